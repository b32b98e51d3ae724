#include "web/qr_picture.hpp"

#include <string>

#include "qr/qr.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

// Runs of dark modules, each a rectangle one module high.
std::string path_of(const qr::Symbol& symbol) {
    std::string path;
    for (std::size_t row = 0; row < symbol.size(); ++row)
        for (std::size_t column = 0; column < symbol.size(); ++column) {
            if (!symbol.is_dark(column, row)) continue;
            const std::size_t begin = column;
            while (column < symbol.size() && symbol.is_dark(column, row))
                ++column;
            const std::string length = std::to_string(column - begin);
            path += "M" + std::to_string(begin + qr::quiet_zone) + " " +
                    std::to_string(row + qr::quiet_zone) + "h" + length + "v1h-" + length + "z";
        }
    return path;
}

}  // namespace

void write_qr(Content& into, std::string_view text, std::string_view label) {
    const auto symbol = qr::encode(text);
    if (!symbol) return;
    const std::string side = std::to_string(symbol->size() + 2 * qr::quiet_zone);
    into.element<"svg">(
        {with<"class">("qr"), with<"viewBox">("0 0 " + side + " " + side), with<"role">("img"),
         with<"aria-label">(label), with<"shape-rendering">("crispEdges")},
        [&](Content& picture) {
            picture.element<"rect">({with<"width">(side), with<"height">(side), with<"fill">("#fff")}, "");
            picture.element<"path">({with<"d">(path_of(*symbol)), with<"fill">("#000")}, "");
        });
}

}  // namespace balcao::web
