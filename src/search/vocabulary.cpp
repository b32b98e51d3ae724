#include "search/vocabulary.hpp"

#include <algorithm>

#include "text/near.hpp"

namespace balcao::search {
namespace {

constexpr std::size_t meant_most = 4;

// Letters that may be wrong in a word of that length.
std::size_t letters_wrong(std::size_t length) {
    if (length < 4) return 0;
    return length < 6 ? 1 : 2;
}

}  // namespace

void Vocabulary::add(const Word& word) {
    stems_.insert(word.stem);
    words_.emplace(word.folded, word.stem);
}

Meant Vocabulary::meant_by(const Word& word) const {
    if (stems_.contains(word.stem)) return {{word.stem}, true};
    const std::size_t most = letters_wrong(word.folded.size());
    std::size_t nearest = most;
    Meant meant{{}, false};
    std::vector<std::string>& stems = meant.stems;
    if (most == 0) return meant;
    for (const auto& [known, stem] : words_) {
        const std::size_t longer = std::max(known.size(), word.folded.size());
        const std::size_t shorter = std::min(known.size(), word.folded.size());
        if (longer - shorter > nearest || known.size() < 4 || known.front() != word.folded.front()) continue;
        const std::size_t distance = text::edit_distance(known, word.folded);
        if (distance > nearest) continue;
        if (distance < nearest) stems.clear();
        nearest = distance;
        if (stems.size() < meant_most && std::ranges::find(stems, stem) == stems.end()) stems.push_back(stem);
    }
    return meant;
}

}  // namespace balcao::search
