#include "text/near.hpp"

#include <rapidcheck.h>
#include <vector>

#include <doctest/doctest.h>

using namespace balcao::text;

TEST_CASE("a letter put in, left out, replaced or swapped is one step each") {
    CHECK(edit_distance("desk", "desk") == 0);
    CHECK(edit_distance("desk", "desks") == 1);
    CHECK(edit_distance("desks", "desk") == 1);
    CHECK(edit_distance("desk", "disk") == 1);
    CHECK(edit_distance("desk", "dekss") == 2);
    CHECK(edit_distance("desk", "deks") == 1);
    CHECK(edit_distance("ca", "abc") == 3);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("praça", "praca") == 1);
}

TEST_CASE("the way there is as long as the way back, and never longer than the longer word") {
    CHECK(rc::check([] {
        const auto letters = rc::gen::container<std::string>(rc::gen::inRange('a', 'd'));
        const std::string a = *letters;
        const std::string b = *letters;
        RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
        RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
        RC_ASSERT((edit_distance(a, b) == 0) == (a == b));
    }));
}

TEST_CASE("a slip of the fingers is recognised") {
    const std::vector<std::string> known{"services", "sites",      "demand",
                                         "entities", "at_closing", "every day"};
    CHECK(near_miss("servces", known) == "services");
    CHECK(near_miss("site", known) == "sites");
    CHECK(near_miss("Demand", known) == "demand");
    CHECK(near_miss("at-closing", known) == "at_closing");
    CHECK(near_miss("everyday", known) == "every day");
}

TEST_CASE("a word that is far from all others suggests nothing") {
    const std::vector<std::string_view> known{"services", "sites", "tax", "a", "b"};
    CHECK_FALSE(near_miss("wheelchair", known));
    CHECK_FALSE(near_miss("c", known));
    CHECK_FALSE(near_miss("", known));
    CHECK_FALSE(near_miss("tax", known));
    CHECK_FALSE(near_miss("services", std::vector<std::string>{}));
}

TEST_CASE("of words equally near the first is suggested") {
    const std::vector<std::string> known{"mon", "son"};
    CHECK(near_miss("non", known) == "mon");
}
