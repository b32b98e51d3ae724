// Whatever mediators, citizens, strangers and clocks do in whatever order, on two servers whose lines to the
// journal fail: a plain model says of each command whether it is done, and the journal is walked through by
// somebody who knows nothing but its form.
#include <rapidcheck.h>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "assist/comparison_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

TEST_CASE(
    "whatever is done by whom and where, nothing counts that the citizen did not confirm as it was shown "
    "last") {
    const auto number = [](int most) { return rc::gen::inRange(0, most); };
    const auto verb = rc::gen::weightedElement<int>({{3, 0},
                                                     {3, 1},
                                                     {9, 2},
                                                     {12, 3},
                                                     {6, 4},
                                                     {1, 5},
                                                     {2, 6},
                                                     {3, 7},
                                                     {1, 8},
                                                     {2, 9},
                                                     {1, 10},
                                                     {2, 11},
                                                     {2, 12},
                                                     {5, 13},
                                                     {12, 14}});
    const auto hand = rc::gen::weightedElement<int>({{8, 0}, {2, 1}, {10, 2}, {1, 3}, {1, 4}});
    const auto order = rc::gen::tuple(verb, number(2), hand, number(8), number(2));
    constexpr int orders_most = 300;
    Lived lived;
    int towns = 0;
    CHECK(rc::check("commands against a plain model", [&] {
        const auto seed = *rc::gen::arbitrary<unsigned>();
        const auto orders = *rc::gen::resize(
            orders_most, rc::gen::container<std::vector<std::tuple<int, int, int, int, int>>>(order));
        ++towns;
        Comparison comparison{seed, lived};
        for (const auto& [what, session, who, with, server] : orders)
            comparison.step({what, session, who, with, server});
        comparison.finish();
    }));
    constexpr int usual = 100;
    if (towns < usual) return;  // fewer were asked for: not everything need happen in them
    CHECK(lived.confirmed > 500);
    CHECK(lived.other_hash > 100);
    CHECK(lived.by_proxy > 3);
    CHECK(lived.handed_over > 50);
    CHECK(lived.at_home > 2);
    CHECK(lived.practised > 30);
    CHECK(lived.lifted > 20);
    CHECK(lived.taken_over > 3);
    CHECK(lived.agreed > 3);
    CHECK(lived.expired > 10);
    CHECK(lived.blocked > 3);
    CHECK(lived.absent > 20);
}
