#include "text/catalogue.hpp"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "base/utf8.hpp"

using namespace balcao::text;

namespace {

constexpr std::array<Message, 2> words{{
    {"Wait of {name}", {{{"Espera de {name}", ""}, {"Wait of {name}", ""}, {"Espera de {name}.", ""}}}},
    {"one day", {{{"um dia", "{count} dias"}, {"one day", "{count} days"}, {"un día", "{count} días"}}}},
}};
constexpr Catalogue two_texts{words};

std::vector<std::string_view> names_in(std::string_view text) {
    std::vector<std::string_view> names;
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
        const auto close = text.find('}', open);
        REQUIRE(close != std::string_view::npos);
        names.push_back(text.substr(open, close - open));
        text.remove_prefix(close);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace

TEST_CASE("a text is found by its English form in every language") {
    CHECK(two_texts.has("one day"));
    CHECK_FALSE(two_texts.has("two days"));
    CHECK(two_texts.text("es", "Wait of {name}") == "Espera de {name}.");
    CHECK(two_texts.text("pt", "Wait of {name}", {{"name", "Ana {x}"}}) == "Espera de Ana {x}");
}

TEST_CASE("who reads a language that we do not speak gets English") {
    CHECK(two_texts.text("fr", "one day") == "one day");
}

TEST_CASE("one is one, and all other numbers are many") {
    CHECK(two_texts.counted("pt", "one day", 1) == "um dia");
    CHECK(two_texts.counted("pt", "one day", 0) == "0 dias");
    CHECK(two_texts.counted("en", "one day", 12000) == "12,000 days");
}

TEST_CASE("a text may name the same thing twice and in any order") {
    const std::array<Filling, 2> fillings{{{"a", "1"}, {"b", "2"}}};
    CHECK(fill_in("{b}, {a} and {b}", fillings) == "2, 1 and 2");
    CHECK(fill_in("nothing", {}) == "nothing");
}

TEST_CASE("every text of Balcão is there in three languages, with the same names to fill in") {
    const auto all = catalogue().all();
    CHECK(std::ranges::is_sorted(all, {}, &Message::english));
    for (const Message& message : all) {
        INFO(message.english);
        CHECK(catalogue().has(message.english));
        for (std::size_t i = 0; i < languages.size(); ++i) {
            CHECK_FALSE(message.forms[i].one.empty());
            CHECK_FALSE(balcao::find_invalid_utf8(message.forms[i].one));
            CHECK(message.forms[i].other.empty() == message.forms[0].other.empty());
            const bool is_counted = !message.forms[i].other.empty();  // "one day" may do without {count}
            CHECK((is_counted || names_in(message.forms[i].one) == names_in(message.forms[0].one)));
            CHECK(names_in(message.forms[i].other) == names_in(message.forms[0].other));
        }
    }
}
