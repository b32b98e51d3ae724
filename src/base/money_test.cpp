#include "base/money.hpp"

#include <limits>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;

TEST_CASE("amounts add up within one currency alone") {
    CHECK(sum_of({}) == Money{});
    CHECK(sum_of({{750, "EUR"}, {1800, "EUR"}, {0, "EUR"}}) == Money{2550, "EUR"});
    CHECK(sum_of({{100, "USD"}}) == Money{100, "USD"});
    CHECK_FALSE(sum_of({{100, "USD"}, {100, "EUR"}}));
}

TEST_CASE("an amount is a number with at most two decimals and a currency") {
    CHECK(parse_money("7.50 EUR") == Money{750, "EUR"});
    CHECK(parse_money("7.5 EUR") == Money{750, "EUR"});
    CHECK(parse_money("18 EUR") == Money{1800, "EUR"});
    CHECK(parse_money("0.05 USD") == Money{5, "USD"});
    CHECK(parse_money("-3 EUR") == Money{-300, "EUR"});
    for (const char* wrong : {"", "EUR", " EUR", "7.50", "7.505 EUR", "7. EUR", ".5 EUR", "7,50 EUR",
                              "7.50EUR", "7.50 eur", "7.50 EURO", "EUR 7.50", "7 50 EUR", "+7 EUR", "--7 EUR",
                              "1e3 EUR", "99999999999999999999 EUR", "7.50 EUR "}) {
        INFO(wrong);
        CHECK_FALSE(parse_money(wrong));
    }
}

TEST_CASE("cents are written only where there are some") {
    CHECK(format_money({1800, "EUR"}) == "18 EUR");
    CHECK(format_money({750, "EUR"}) == "7.50 EUR");
    CHECK(format_money({5, "EUR"}) == "0.05 EUR");
    CHECK(format_money({-5, "EUR"}) == "-0.05 EUR");
}

TEST_CASE("every amount reads back as it was written") {
    CHECK(rc::check([](std::int64_t cents) {
        const Money amount{cents, "EUR"};
        RC_ASSERT(parse_money(format_money(amount)) == amount);
    }));
    for (const auto cents :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        CHECK(parse_money(format_money({cents, "EUR"})) == Money{cents, "EUR"});
}
