#pragma once
// A sentence as what it is about: its words without accents, without those that say nothing, each by its
// stem. Both what is looked for and what is looked in go through here, so that they meet. It knows no
// catalogue and keeps nothing; one object serves one thread. Internal to `search`.
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace balcao::search {

struct Word {
    std::string folded;  // as written, in lower case and without accents
    std::string stem;
};

class Words {
public:
    // Of a language that is not known the stems are the words themselves.
    explicit Words(std::string_view language);
    ~Words();
    Words(const Words&) = delete;
    Words& operator=(const Words&) = delete;

    // In order, repetitions too. Only letters a to z and digits: other scripts are left out.
    [[nodiscard]] std::vector<Word> of(std::string_view text) const;

private:
    [[nodiscard]] std::string stem_of(const std::string& folded) const;
    [[nodiscard]] bool says_nothing(const std::string& folded) const;

    std::string language_;
    sb_stemmer* stemmer_ = nullptr;  // null: of another language
};

}  // namespace balcao::search
