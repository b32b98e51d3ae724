#include "html/escape.hpp"

#include <array>

#include "base/utf8.hpp"

namespace balcao::html {
namespace {

// What a byte turns into; empty: itself.
constexpr std::array<std::string_view, 256> references = [] {
    std::array<std::string_view, 256> table{};
    for (std::size_t control = 0; control < 0x20; ++control)
        table[control] = "\uFFFD";
    for (const unsigned char allowed : {'\t', '\n', '\r', '\f'})
        table[allowed] = {};
    table['&'] = "&amp;";
    table['<'] = "&lt;";
    table['>'] = "&gt;";
    table['"'] = "&quot;";
    table['\''] = "&#39;";
    return table;
}();

constexpr std::array<std::string_view, 256> json_escapes = [] {
    std::array<std::string_view, 256> table{};
    table['&'] = "\\u0026";
    table['<'] = "\\u003c";
    table['>'] = "\\u003e";
    return table;
}();

void append_replacing(std::string& out,
                      std::string_view text,
                      const std::array<std::string_view, 256>& table) {
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view replacement = table[static_cast<unsigned char>(text[i])];
        if (replacement.empty()) continue;
        out.append(text, written, i - written);
        out += replacement;
        written = i + 1;
    }
    out.append(text, written);
}

void append_valid(std::string& out, std::string_view text, const std::array<std::string_view, 256>& table) {
    if (find_invalid_utf8(text))
        append_replacing(out, replace_invalid_utf8(text), table);
    else
        append_replacing(out, text, table);
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) { append_valid(out, text, references); }

void append_json_for_script(std::string& out, std::string_view json) {
    append_valid(out, json, json_escapes);
}

}  // namespace balcao::html
