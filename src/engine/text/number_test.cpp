#include "text/number.hpp"

#include <cmath>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao::text;

TEST_CASE("a number is read whole or not at all") {
    CHECK(parse_number("0.13") == 0.13);
    CHECK(parse_number("-4") == -4);
    CHECK(parse_number("1e6") == 1e6);
    CHECK(parse_number("2.5E-3") == 0.0025);
    for (const char* wrong : {"", "-", ".5", "5.", "+5", "1,5", "0x10", "inf", "nan", "1e", "1e+", "5 min",
                              " 5", "5 ", "1e999", "--1", "1.2.3", "١"}) {
        INFO(wrong);
        CHECK_FALSE(parse_number(wrong));
    }
}

TEST_CASE("thousands may be set apart by spaces, in threes") {
    CHECK(parse_number("12 000") == 12000);
    CHECK(parse_number("-1 234 567.5") == -1234567.5);
    CHECK(parse_number("12\u00A0000") == 12000);
    CHECK(parse_number("12\u202F000") == 12000);
    for (const char* wrong :
         {"1 00", "1 0000", "1234 567", "1  000", "1 000 ", "1.5 000", "1 000e3x", " 1 000"}) {
        INFO(wrong);
        CHECK_FALSE(parse_number(wrong));
    }
}

TEST_CASE("a whole number has no decimals") {
    CHECK(parse_whole_number("42") == 42);
    CHECK(parse_whole_number("-7") == -7);
    for (const char* wrong : {"", "4.0", "4e2", "+4", "4 ", "9223372036854775808"}) {
        INFO(wrong);
        CHECK_FALSE(parse_whole_number(wrong));
    }
}

TEST_CASE("thirteen per cent and 0.13 are the same share, to the bit") {
    CHECK(rc::check([] {
        const int hundredths = *rc::gen::inRange(-100'000, 100'000);
        const double share = hundredths / 10'000.0;
        const double per_cent = hundredths / 100.0;
        RC_ASSERT(parse_share(format_shortest(per_cent) + " %") == share);
        RC_ASSERT(parse_share(format_shortest(per_cent) + "%") == share);
        RC_ASSERT(parse_share(format_shortest(share)) == share);
    }));
    CHECK(parse_share("13 %") == 0.13);
    for (const char* wrong : {"", "%", " %", "13  %", "13 % ", "13 percent", "1e2 %", "13,5 %", "%13"}) {
        INFO(wrong);
        CHECK_FALSE(parse_share(wrong));
    }
}

TEST_CASE("a number is written as short as it can be read back") {
    CHECK(format_shortest(1.13) == "1.13");
    CHECK(format_shortest(0.1 + 0.2) == "0.30000000000000004");
    CHECK(format_shortest(100000) == "100000");
    CHECK(format_shortest(1e20) == "100000000000000000000");
    CHECK(format_shortest(1e22) == "1e+22");
    CHECK(format_shortest(0.00001) == "0.00001");
    CHECK(format_shortest(1e-7) == "1e-07");
    CHECK(format_shortest(-0.0) == "0");
    CHECK(rc::check([](double value) {
        if (std::isfinite(value)) RC_ASSERT(parse_number(format_shortest(value)) == value);
    }));
}

TEST_CASE("a number is shown as its reader's language writes it") {
    CHECK(format_number(1234.5, "en", 1) == "1,234.5");
    CHECK(format_number(1234.5, "pt", 1) == "1234,5");
    CHECK(format_number(4890000, "pt", 0) == "4\u202F890\u202F000");
    CHECK(format_number(12345.678, "es", 2) == "12\u202F345,68");
    CHECK(format_number(-1234567, "en", 0) == "-1,234,567");
    CHECK(format_number(999, "en", 0) == "999");
    CHECK(format_number(0.5, "pt", 2) == "0,50");
}

TEST_CASE("nothing rounds to minus zero") {
    CHECK(format_number(-0.04, "en", 1) == "0.0");
    CHECK(format_number(-0.0, "pt", 0) == "0");
}

TEST_CASE("a share is shown as per cent") {
    CHECK(format_share(0.125, "en", 1) == "12.5%");
    CHECK(format_share(0.125, "pt", 1) == "12,5\u00A0%");
}
