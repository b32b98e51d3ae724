#include "text/catalogue.hpp"

#include <algorithm>
#include <vector>

#include "base/check.hpp"
#include "text/number.hpp"

namespace balcao::text {

std::string fill_in(std::string_view form, std::span<const Filling> fillings) {
    std::string out;
    std::vector<bool> is_used(fillings.size());
    for (auto open = form.find('{'); open != std::string_view::npos; open = form.find('{')) {
        const auto close = form.find('}', open);
        BALCAO_CHECK(close != std::string_view::npos);
        const std::string_view name = form.substr(open + 1, close - open - 1);
        const auto found = std::ranges::find(fillings, name, &Filling::first);
        BALCAO_CHECK(found != fillings.end());
        is_used[static_cast<std::size_t>(found - fillings.begin())] = true;
        out += form.substr(0, open);
        out += found->second;
        form.remove_prefix(close + 1);
    }
    BALCAO_CHECK(std::ranges::all_of(is_used, [](bool used) { return used; }));
    out += form;
    return out;
}

const Message* Catalogue::find(std::string_view english) const {
    const auto found = std::ranges::lower_bound(messages_, english, {}, &Message::english);
    return found != messages_.end() && found->english == english ? &*found : nullptr;
}

const Message::Forms& Catalogue::forms(std::string_view language, std::string_view english) const {
    const Message* const message = find(english);
    BALCAO_CHECK(message != nullptr);
    const auto spoken = std::ranges::find(languages, language);
    constexpr std::size_t in_english = 1;
    return message->forms[spoken != languages.end() ? static_cast<std::size_t>(spoken - languages.begin())
                                                    : in_english];
}

std::string_view Catalogue::text(std::string_view language, std::string_view english) const {
    return forms(language, english).one;
}

std::string Catalogue::text(std::string_view language,
                            std::string_view english,
                            std::initializer_list<Filling> fillings) const {
    return fill_in(text(language, english), {fillings.begin(), fillings.size()});
}

std::string Catalogue::counted(std::string_view language,
                               std::string_view english,
                               std::int64_t count,
                               std::initializer_list<Filling> fillings) const {
    const Message::Forms& found = forms(language, english);
    BALCAO_CHECK(!found.other.empty());
    const std::string_view form = count == 1 ? found.one : found.other;
    std::vector<Filling> all{fillings};
    // "one day" has no place for its number.
    if (form.find("{count}") != std::string_view::npos)
        all.emplace_back("count", format_number(static_cast<double>(count), language, 0));
    return fill_in(form, all);
}

}  // namespace balcao::text
