// The list of an entity, as it comes.
#include "connect/entity_list.hpp"

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::connect;
using cases::HeldState;
using cases::HeldThere;

TEST_CASE("a list is read, or refused with the place") {
    const auto page = read_held(
        R"({"requests": [{"key": "k", "reference": "r", "state": "undone", "more": 1}], "next": "2"})");
    REQUIRE(page.has_value());
    CHECK(page->held == std::vector<HeldThere>{{"k", "r", HeldState::undone}});
    CHECK(page->next == "2");
    for (const char* wrong : {"", "{}", "[]", R"({"requests": {}})", R"({"requests": [1]})",
                              R"({"requests": [{"key": "k", "reference": "r", "state": "lost"}]})",
                              R"({"requests": [{"key": "", "reference": "r", "state": "accepted"}]})",
                              R"({"requests": [{"key": "k", "state": "accepted"}]})"})
        CHECK_FALSE(read_held(wrong).has_value());
}
