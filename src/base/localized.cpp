#include "base/localized.hpp"

#include <algorithm>

namespace balcao {

std::string LocalText::in(std::string_view language, std::string_view otherwise) const {
    const auto in_language = [&](std::string_view wanted) {
        return std::ranges::find(texts, wanted,
                                 [](const auto& text) { return std::string_view{text.first}; });
    };
    if (const auto found = in_language(language); found != texts.end()) return found->second;
    if (const auto plain = in_language(""); plain != texts.end()) return plain->second;
    return texts.empty() ? std::string{otherwise} : texts.front().second;
}

}  // namespace balcao
