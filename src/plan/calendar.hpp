#pragma once
// What a date says about the people who come: season, place in the month, holidays near by, Christmas.
// Columns of the regressions; they come from the date alone, so that no later day can leak into a forecast.
// It holds no coefficient and knows only the holidays of Portugal.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/civil.hpp"

namespace balcao::plan {

// Negative when `to` is before `from`.
constexpr int days_between(Date from, Date to) { return static_cast<int>((to - from).count()); }

// Columns that share a penalty.
enum class ColumnGroup : std::uint8_t { holiday, christmas, month_edge, month_curve, august, year };

struct CalendarColumn {
    std::string_view name;
    ColumnGroup group;
    int harmonic = 0;  // of `year`: 1..6
};

inline constexpr std::size_t calendar_columns = 39;
const std::array<CalendarColumn, calendar_columns>& calendar_column_list();

struct ColumnValue {
    std::uint16_t column = 0;
    double value = 0;
};

// The columns that are not zero, in order.
using CalendarRow = std::vector<ColumnValue>;

// The national holidays and the two days on which offices are closed by custom: Carnival Tuesday and 24
// December.
bool is_closed_by_calendar(Date date);

// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher; Astronomical Algorithms 1991, chapter 8).
Date easter_sunday(int year);

CalendarRow calendar_row(Date date);

// The rows of all days from `first` to `last`, computed once.
class CalendarTable {
public:
    CalendarTable(Date first, Date last);

    // A day within the table.
    [[nodiscard]] const CalendarRow& on(Date date) const;

private:
    Date first_;
    std::vector<CalendarRow> rows_;
};

}  // namespace balcao::plan
