#include "base/civil.hpp"

#include <algorithm>
#include <limits>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;
using namespace std::chrono_literals;

namespace {

Date day(int year, unsigned month, unsigned day_of_month) {
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day_of_month};
}

bool has_holiday(int year, Date date) {
    const auto holidays = public_holidays("PT", year);
    return std::ranges::find(holidays, date) != holidays.end();
}

}  // namespace

TEST_CASE("a date is a day of the calendar, written year first") {
    CHECK(parse_date("2026-01-05") == day(2026, 1, 5));
    CHECK(parse_date("2024-02-29") == day(2024, 2, 29));
    for (const char* wrong : {"", "2026-1-5", "2025-02-29", "2026-13-01", "2026-00-10", "05-01-2026",
                              "2026/01/05", "2026-01-05 ", "2026-01-0x", "-026-01-05", "2026-04-31"}) {
        INFO(wrong);
        CHECK_FALSE(parse_date(wrong));
    }
}

TEST_CASE("every date reads back as it was written") {
    CHECK(rc::check([] {
        const Date date{std::chrono::days{*rc::gen::inRange(-700'000, 2'900'000)}};
        RC_ASSERT(parse_date(format_date(date)) == date);
    }));
}

TEST_CASE("the week begins on Monday") {
    CHECK(weekday_index(day(2026, 1, 5)) == 0);
    CHECK(weekday_index(day(2026, 1, 11)) == 6);
    CHECK(weekday_index(day(1969, 12, 31)) == 2);
}

TEST_CASE("weekdays are named one by one, in runs or all together") {
    CHECK(parse_weekdays("mon")->bits == 0b0000001);
    CHECK(parse_weekdays("mon-fri")->bits == 0b0011111);
    CHECK(parse_weekdays("sat, sun")->bits == 0b1100000);
    CHECK(parse_weekdays("mon-wed,sat")->bits == 0b0100111);
    CHECK(parse_weekdays("every day") == WeekdaySet::every_day());
    for (const char* wrong : {"", "monday", "Mon", "fri-mon", "mon-mon", "mon,", ",mon", "mon tue",
                              "mon, mon-fri", "mon-", "-fri", "mon-wed-fri", "every  day", "weekdays"}) {
        INFO(wrong);
        CHECK_FALSE(parse_weekdays(wrong));
    }
}

TEST_CASE("three days in a row and more are written as a run, two are not") {
    CHECK(format_weekdays(WeekdaySet{0b0011111}) == "mon-fri");
    CHECK(format_weekdays(WeekdaySet{0b1100000}) == "sat, sun");
    CHECK(format_weekdays(WeekdaySet{0b1110101}) == "mon, wed, fri-sun");
    CHECK(format_weekdays(WeekdaySet::every_day()) == "every day");
}

TEST_CASE("every set of weekdays reads back as it was written") {
    for (unsigned bits = 1; bits <= 0x7F; ++bits) {
        const WeekdaySet days{static_cast<std::uint8_t>(bits)};
        INFO(format_weekdays(days));
        CHECK(parse_weekdays(format_weekdays(days)) == days);
    }
}

TEST_CASE("a range of hours is an hour, two hours, or two times of day") {
    CHECK(parse_time_range("08") == TimeRange{480, 540});
    CHECK(parse_time_range("23") == TimeRange{1380, 1440});
    CHECK(parse_time_range("08-12") == TimeRange{480, 720});
    CHECK(parse_time_range("08:30-12:15") == TimeRange{510, 735});
    CHECK(parse_time_range("08:30 - 24") == TimeRange{510, 1440});
    for (const char* wrong : {"", "8", "24", "08:30", "12-08", "08-08", "08-25", "08:60-09", "24:01-25",
                              "08-", "-12", "08-12-14", "08.30-12.15", "8am-12pm", "00-24:01"}) {
        INFO(wrong);
        CHECK_FALSE(parse_time_range(wrong));
    }
}

TEST_CASE("every range of hours and every time of day reads back as it was written") {
    CHECK(rc::check([] {
        const int begin = *rc::gen::inRange(0, 1440);
        const TimeRange range{begin, *rc::gen::inRange(begin + 1, 1441)};
        RC_ASSERT(parse_time_range(format_time_range(range)) == range);
        RC_ASSERT(parse_time_of_day(format_time_of_day(begin)) == begin);
    }));
}

TEST_CASE("a time of day has hours and minutes and is before midnight") {
    CHECK(parse_time_of_day("10:30") == 630);
    CHECK(parse_time_of_day("00:00") == 0);
    for (const char* wrong : {"", "10", "10:3", "24:00", "10:60", "1030", "10h30", "10:30 "}) {
        INFO(wrong);
        CHECK_FALSE(parse_time_of_day(wrong));
    }
}

TEST_CASE("a length of time is a sum of units, the longest first") {
    CHECK(parse_duration("6 min") == 6min);
    CHECK(parse_duration("45 s") == 45s);
    CHECK(parse_duration("1 h 30 min") == 90min);
    CHECK(parse_duration("2 days") == 48h);
    CHECK(parse_duration("1 day") == 24h);
    CHECK(parse_duration("3 weeks") == 21 * 24h);
    CHECK(parse_duration("-4 min") == -4min);
    CHECK(parse_duration("-1 h 30 min") == -90min);
    CHECK(parse_duration("1.5 h") == 90min);
    CHECK(parse_duration("0.1 s") == 100ms);
    CHECK(parse_duration("250 us") == 250us);
    for (const char* wrong :
         {"", "6", "min", "6 minutes", "6 m", "30 min 1 h", "1 h 2 h", "1 h -30 min", "6 min.", "1. min",
          ".5 min", "1e3 s", "--4 min", "6 Min", "6,5 min", "15250285 weeks", "99999999999999999999 s"}) {
        INFO(wrong);
        CHECK_FALSE(parse_duration(wrong));
    }
}

TEST_CASE("a length of time is written in whole units") {
    CHECK(format_duration(90min) == "1 h 30 min");
    CHECK(format_duration(45s) == "45 s");
    CHECK(format_duration(24h) == "1 day");
    CHECK(format_duration(14 * 24h) == "2 weeks");
    CHECK(format_duration(10 * 24h) == "10 days");
    CHECK(format_duration(5500ms) == "5 s 500 ms");
    CHECK(format_duration(-4min) == "-4 min");
    CHECK(format_duration(0s) == "0 min");
}

TEST_CASE("every length of time reads back as it was written") {
    CHECK(rc::check([](std::int64_t micros) {
        RC_ASSERT(parse_duration(format_duration(Duration{micros})) == Duration{micros});
    }));
    for (const auto micros :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        CHECK(parse_duration(format_duration(Duration{micros})) == Duration{micros});
}

TEST_CASE("Portugal's holidays of 2026 are thirteen, in order") {
    const std::vector<Date> expected{day(2026, 1, 1),  day(2026, 4, 3),  day(2026, 4, 5),  day(2026, 4, 25),
                                     day(2026, 5, 1),  day(2026, 6, 4),  day(2026, 6, 10), day(2026, 8, 15),
                                     day(2026, 10, 5), day(2026, 11, 1), day(2026, 12, 1), day(2026, 12, 8),
                                     day(2026, 12, 25)};
    CHECK(public_holidays("PT", 2026) == expected);
}

TEST_CASE("Easter moves as the calendar of 1582 says") {
    for (const Date easter : {day(2000, 4, 23), day(2008, 3, 23), day(2011, 4, 24), day(2019, 4, 21),
                              day(2023, 4, 9), day(2024, 3, 31), day(2025, 4, 20), day(2049, 4, 18)}) {
        INFO(format_date(easter));
        const int year = static_cast<int>(std::chrono::year_month_day{easter}.year());
        CHECK(has_holiday(year, easter));
        CHECK(has_holiday(year, easter - std::chrono::days{2}));
        CHECK(has_holiday(year, easter + std::chrono::days{60}));
    }
}

TEST_CASE("four holidays were suspended from 2013 to 2015") {
    CHECK(public_holidays("PT", 2012).size() == 13);
    for (const int year : {2013, 2014, 2015})
        CHECK(public_holidays("PT", year).size() == 9);
    CHECK(has_holiday(2016, day(2016, 5, 26)));
    CHECK_FALSE(has_holiday(2015, day(2015, 12, 1)));
}

TEST_CASE("a movable feast on a fixed holiday is one holiday") {
    CHECK(public_holidays("PT", 2038).size() == 12);  // Easter on 25 April
    CHECK(public_holidays("PT", 2004).size() == 12);  // Corpus Christi on 10 June
}

TEST_CASE("a country that is not known has no holidays") {
    CHECK(is_known_country("PT"));
    CHECK_FALSE(is_known_country("XX"));
    CHECK(public_holidays("XX", 2026).empty());
}
