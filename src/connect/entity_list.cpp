#include "connect/entity_list.hpp"

#include "text/json.hpp"

namespace balcao::connect {
namespace {

constexpr std::size_t held_text_bytes_most = 256;

}  // namespace

Result<HeldPage> read_held(std::string_view body) {
    BALCAO_TRY(const text::Json json, text::Json::parse(body, "list"));
    const auto list = json.root()["requests"];
    if (!list.is_array()) return Error{Errc::invalid, "list: there is no array \"requests\""};
    HeldPage page;
    page.next = json.root()["next"].as_text().value_or(std::string_view{});
    for (std::size_t place = 0; place < list.size(); ++place) {
        const auto one = list.at(place);
        const auto key = one["key"].as_text();
        const auto reference = one["reference"].as_text();
        const auto state = cases::held_state_of(one["state"].as_text().value_or(std::string_view{}));
        const bool is_fit = key && reference && state && !key->empty() && !reference->empty() &&
                            key->size() <= held_text_bytes_most && reference->size() <= held_text_bytes_most;
        if (!is_fit)
            return Error{Errc::invalid, "list: \"requests\" " + std::to_string(place) +
                                            " has no key, reference and state that are known"};
        page.held.push_back({std::string{*key}, std::string{*reference}, *state});
    }
    return page;
}

}  // namespace balcao::connect
