// How often the right service of the demonstration of Lisbon is among the first three.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "model/read.hpp"
#include "search/index.hpp"
#include "text/utf8.hpp"

namespace balcao::search {
namespace {

constexpr double wanted = 0.9;

struct Sentence {
    std::string language;
    std::string text;
    std::vector<std::string> right;
};

std::vector<Sentence> sentences() {
    std::ifstream file{"tests/search/sentences.tsv"};
    REQUIRE(file);
    std::vector<Sentence> all;
    std::string line;
    std::getline(file, line);  // the heading
    while (std::getline(file, line)) {
        std::istringstream cells{line};
        Sentence sentence;
        std::string right;
        std::getline(cells, sentence.language, '\t');
        std::getline(cells, sentence.text, '\t');
        std::getline(cells, right);
        std::istringstream keys{right};
        for (std::string key; keys >> key;)
            sentence.right.push_back(key);
        all.push_back(std::move(sentence));
    }
    return all;
}

const model::Model& lisbon() {
    static const model::Model model = [] {
        auto read = model::read_model("models/lisbon", model::DiskFiles{}, {});
        REQUIRE(read.value.has_value());
        return std::move(*read.value);
    }();
    return model;
}

bool is_among(const std::vector<Found>& found, const std::vector<std::string>& right) {
    return std::ranges::any_of(
        found, [&](const Found& one) { return std::ranges::find(right, one.service.text()) != right.end(); });
}

// Of each language, how many there were and how many were right.
struct Tally {
    std::map<std::string, std::pair<int, int>> by_language;

    void add(const std::string& language, bool is_right) {
        ++by_language[language].first;
        by_language[language].second += is_right ? 1 : 0;
    }

    void check(const std::string& what) const {
        REQUIRE(by_language.size() == 3);
        for (const auto& [language, counts] : by_language) {
            MESSAGE(what << " in " << language << ": " << counts.second << " of " << counts.first
                         << " found among the first three");
            CHECK(counts.second >= wanted * counts.first);
        }
    }
};

// One letter left out of the middle of the longest word.
std::string misspelt(const std::string& text) {
    std::string longest;
    std::istringstream words{text};
    for (std::string word; words >> word;)
        if (word.size() > longest.size()) longest = word;
    std::string wrong = text;
    if (longest.size() >= 6) wrong.erase(wrong.find(longest) + longest.size() / 2, 1);
    return wrong;
}

TEST_CASE("of plain sentences nine in ten find a right service among the first three, in each language") {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const model::Model& city = lisbon();
    const std::vector<Sentence> asked = sentences();
    const auto begun = std::chrono::steady_clock::now();
    const Index index = Index::of(city);
    const auto made = std::chrono::steady_clock::now();
    Tally tally;
    for (const Sentence& sentence : asked)
        tally.add(sentence.language,
                  is_among(index.find(sentence.language, sentence.text, 3), sentence.right));
    const Milliseconds answers = std::chrono::steady_clock::now() - made;
    MESSAGE("made in " << Milliseconds{made - begun}.count() << " ms, a sentence in "
                       << answers.count() / static_cast<double>(asked.size()) << " ms");
    tally.check("sentences");
}

TEST_CASE("sentences without accents and in capitals find the same") {
    const Index index = Index::of(lisbon());
    for (const Sentence& sentence : sentences()) {
        CAPTURE(sentence.text);
        std::string bare = text::fold(sentence.text);
        std::ranges::transform(bare, bare.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        CHECK(index.find(sentence.language, bare, 3) == index.find(sentence.language, sentence.text, 3));
    }
}

TEST_CASE("names of services without accents and with a letter missing find their service") {
    const Index index = Index::of(lisbon());
    Tally tally;
    for (const model::Service& service : lisbon().services)
        for (const std::string& language : lisbon().languages) {
            const std::string name = misspelt(text::fold(model::name_of(service, language)));
            tally.add(language, is_among(index.find(language, name, 3), {service.key.text()}));
        }
    tally.check("misspelt names");
}

}  // namespace
}  // namespace balcao::search
