#pragma once
// The words of one language of a catalogue, and which of them a word that is not among them may have been
// meant to be. Holds no sentence. Internal to `search`.
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "search/words.hpp"

namespace balcao::search {

struct Meant {
    std::vector<std::string> stems;
    bool is_exact = true;  // the catalogue has the word itself
};

class Vocabulary {
public:
    void add(const Word& word);

    [[nodiscard]] bool has(const Word& word) const { return stems_.contains(word.stem); }

    // The stem of the word where the catalogue has it; else those of the nearest words, some at most; none
    // where nothing is near. A word of fewer than four letters has no near ones.
    [[nodiscard]] Meant meant_by(const Word& word) const;

private:
    std::set<std::string> stems_;
    std::map<std::string, std::string> words_;  // folded, with its stem
};

}  // namespace balcao::search
