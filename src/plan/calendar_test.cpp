#include "plan/calendar.hpp"

#include <set>

#include <doctest/doctest.h>

#include "plan/sample_test.hpp"

namespace balcao::plan {
namespace {

bool has(const CalendarRow& row, std::string_view name) {
    for (const ColumnValue& value : row)
        if (calendar_column_list()[value.column].name == name) return true;
    return false;
}

}  // namespace

TEST_CASE("Easter falls on the days of the almanac") {
    CHECK(easter_sunday(2024) == day("2024-03-31"));
    CHECK(easter_sunday(2025) == day("2025-04-20"));
    CHECK(easter_sunday(2026) == day("2026-04-05"));
    CHECK(easter_sunday(2038) == day("2038-04-25"));
}

TEST_CASE("offices are closed by custom on Carnival Tuesday and on Christmas Eve") {
    CHECK(is_closed_by_calendar(day("2025-03-04")));
    CHECK(is_closed_by_calendar(day("2025-12-24")));
    CHECK(is_closed_by_calendar(day("2025-06-19")));  // Corpus Christi
    CHECK_FALSE(is_closed_by_calendar(day("2025-12-23")));
}

TEST_CASE("a Friday after a Thursday holiday is a bridge, after a holiday and in a holiday week") {
    const CalendarRow row = calendar_row(day("2025-06-20"));
    CHECK(has(row, "bridge"));
    CHECK(has(row, "after_holiday"));
    CHECK(has(row, "holiday_week"));
    CHECK_FALSE(has(row, "before_holiday"));
}

TEST_CASE("the first and last working days of a month are known as such") {
    CHECK(has(calendar_row(day("2025-06-02")), "month_start_0"));  // the 1st is a Sunday
    CHECK(has(calendar_row(day("2025-05-30")), "month_end_0"));
    CHECK(has(calendar_row(day("2025-05-29")), "month_end_1"));
    CHECK_FALSE(has(calendar_row(day("2025-05-15")), "month_end_3"));
}

TEST_CASE("the columns of a day ascend and each stands once, on every day of three years") {
    for (Date date = day("2024-01-01"); date < day("2027-01-01"); date += std::chrono::days{1}) {
        const CalendarRow row = calendar_row(date);
        for (std::size_t i = 1; i < row.size(); ++i)
            REQUIRE(row[i - 1].column < row[i].column);
        REQUIRE(row.back().column < calendar_columns);
    }
}

TEST_CASE("no two columns of the calendar have the same name") {
    std::set<std::string_view> names;
    for (const CalendarColumn& column : calendar_column_list())
        names.insert(column.name);
    CHECK(names.size() == calendar_columns);
}

}  // namespace balcao::plan
