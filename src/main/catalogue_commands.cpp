// The catalogue of a model for others.
#include <algorithm>
#include <string_view>

#include "cpsv/catalogue.hpp"
#include "main/console.hpp"
#include "main/record_commands.hpp"

namespace balcao::cli {

namespace {

// What an IRI may begin with (RFC 3987), as far as nobody would notice later: a scheme, and none of the signs
// that end one.
bool can_begin_names(std::string_view base) {
    const bool has_scheme =
        base.starts_with("urn:") || base.starts_with("https://") || base.starts_with("http://");
    return has_scheme && std::ranges::none_of(base, [](unsigned char c) {
               return c <= 0x20 ||
                      std::string_view{R"(<>"{}|\^`)"}.find(static_cast<char>(c)) != std::string_view::npos;
           });
}

}  // namespace

int export_catalogue(const Catalogue& command) {
    if (!command.base.empty() && !can_begin_names(command.base)) {
        complain("--base: names of things begin with urn:, https:// or http:// and hold no blanks");
        return wrong_usage;
    }
    if (!can_write({command.out})) return wrong_usage;
    const auto model = read_model(command.model);
    if (!model) return wrong_input;
    const std::string base = command.base.empty() ? cpsv::base_of(*model) : command.base;
    return write_output(command.out, cpsv::json_ld(*model, base)) ? done : wrong_input;
}

}  // namespace balcao::cli
