#include "plan/calendar.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

enum Column : std::uint16_t {
    after_holiday,
    before_holiday,
    second_after,
    bridge,
    holiday_week,
    saturday_by_holiday,
    holy_week,
    after_easter,
    christmas_third_week,
    christmas_before,
    christmas_after,
    year_end,
    new_year,
    new_year_second,
    month_start_0,
    month_start_1,
    month_start_2,
    month_end_0,
    month_end_1,
    month_end_2,
    month_end_3,
    month_sin_1,
    month_cos_1,
    month_sin_2,
    month_cos_2,
    august_all,
    august_middle,
    year_first_harmonic
};

constexpr ColumnGroup hol = ColumnGroup::holiday;
constexpr ColumnGroup xmas = ColumnGroup::christmas;
constexpr ColumnGroup edge = ColumnGroup::month_edge;
constexpr ColumnGroup curve = ColumnGroup::month_curve;
constexpr ColumnGroup year = ColumnGroup::year;

constexpr std::array<CalendarColumn, calendar_columns> column_list{{
    {"after_holiday", hol},
    {"before_holiday", hol},
    {"second_after", hol},
    {"bridge", hol},
    {"holiday_week", hol},
    {"saturday_by_holiday", hol},
    {"holy_week", hol},
    {"after_easter", hol},
    {"christmas_third_week", xmas},
    {"christmas_before", xmas},
    {"christmas_after", xmas},
    {"year_end", xmas},
    {"new_year", xmas},
    {"new_year_second", xmas},
    {"month_start_0", edge},
    {"month_start_1", edge},
    {"month_start_2", edge},
    {"month_end_0", edge},
    {"month_end_1", edge},
    {"month_end_2", edge},
    {"month_end_3", edge},
    {"month_sin_1", curve},
    {"month_cos_1", curve},
    {"month_sin_2", curve},
    {"month_cos_2", curve},
    {"august", ColumnGroup::august},
    {"august_middle", ColumnGroup::august},
    {"year_sin_1", year, 1},
    {"year_cos_1", year, 1},
    {"year_sin_2", year, 2},
    {"year_cos_2", year, 2},
    {"year_sin_3", year, 3},
    {"year_cos_3", year, 3},
    {"year_sin_4", year, 4},
    {"year_cos_4", year, 4},
    {"year_sin_5", year, 5},
    {"year_cos_5", year, 5},
    {"year_sin_6", year, 6},
    {"year_cos_6", year, 6},
}};

bool is_weekday(Date date) { return weekday_index(date) < 5; }

bool is_working_day(Date date) { return is_weekday(date) && !is_closed_by_calendar(date); }

Date previous_weekday(Date date) {
    do {
        date -= days{1};
    } while (!is_weekday(date));
    return date;
}

Date next_weekday(Date date) {
    do {
        date += days{1};
    } while (!is_weekday(date));
    return date;
}

class RowBuilder {
public:
    void add(std::size_t column, double value = 1) {
        if (value != 0) row_.push_back({static_cast<std::uint16_t>(column), value});
    }

    CalendarRow done() { return std::move(row_); }

private:
    CalendarRow row_;
};

// Of a day from Monday to Friday, which has holidays on its neighbours of the same kind.
void add_weekday_holidays(RowBuilder& row, Date date) {
    const int weekday = weekday_index(date);
    const Date before = previous_weekday(date);
    const bool is_after = is_closed_by_calendar(before);
    if (is_after) row.add(after_holiday);
    if (is_closed_by_calendar(next_weekday(date))) row.add(before_holiday);
    if (!is_after && is_closed_by_calendar(previous_weekday(before))) row.add(second_after);
    const bool is_friday_bridge = weekday == 4 && is_closed_by_calendar(date - days{1});
    const bool is_monday_bridge = weekday == 0 && is_closed_by_calendar(date + days{1});
    if (is_friday_bridge || is_monday_bridge) row.add(bridge);
    const Date monday = date - days{weekday};
    bool is_in_holiday_week = false;
    for (int k = 0; k < 5; ++k)
        is_in_holiday_week = is_in_holiday_week || is_closed_by_calendar(monday + days{k});
    if (is_in_holiday_week) row.add(holiday_week);
}

void add_holidays(RowBuilder& row, Date date) {
    if (is_weekday(date))
        add_weekday_holidays(row, date);
    else if (is_closed_by_calendar(date - days{1}) || is_closed_by_calendar(date + days{2}))
        row.add(saturday_by_holiday);
    const int in_year = int(std::chrono::year_month_day{date}.year());
    const int after_easter_days = days_between(easter_sunday(in_year), date);
    if (after_easter_days >= -6 && after_easter_days <= -3) row.add(holy_week);
    if (after_easter_days >= 2 && after_easter_days <= 6) row.add(after_easter);
}

void add_christmas(RowBuilder& row, unsigned month, unsigned day) {
    if (month == 12) {
        if (day >= 15 && day <= 19) row.add(christmas_third_week);
        if (day >= 20 && day <= 23) row.add(christmas_before);
        if (day >= 26) row.add(christmas_after);
        if (day >= 30) row.add(year_end);
    }
    if (month == 1 && day <= 5) row.add(new_year);
    if (month == 1 && day >= 6 && day <= 12) row.add(new_year_second);
}

void add_month(RowBuilder& row, Date date, std::chrono::year_month month) {
    const Date first{month / 1};
    const Date next{(month + std::chrono::months{1}) / 1};
    std::size_t before = 0;
    std::size_t after = 0;
    for (Date day = first; day < date; day += days{1})
        before += is_working_day(day) ? 1U : 0U;
    for (Date day = date + days{1}; day < next; day += days{1})
        after += is_working_day(day) ? 1U : 0U;
    if (before < 3) row.add(month_start_0 + before);
    if (after < 4) row.add(month_end_0 + after);
    const double phase = 2 * std::numbers::pi * days_between(first, date) / days_between(first, next);
    row.add(month_sin_1, std::sin(phase));
    row.add(month_cos_1, std::cos(phase));
    row.add(month_sin_2, std::sin(2 * phase));
    row.add(month_cos_2, std::cos(2 * phase));
}

void add_year(RowBuilder& row, Date date, std::chrono::year this_year) {
    const Date first{this_year / 1 / 1};
    const Date next{(this_year + std::chrono::years{1}) / 1 / 1};
    const double phase = 2 * std::numbers::pi * (days_between(first, date) + 0.5) / days_between(first, next);
    for (int k = 1; k <= 6; ++k) {
        const std::size_t place = year_first_harmonic + 2 * static_cast<std::size_t>(k - 1);
        row.add(place, std::sin(k * phase));
        row.add(place + 1, std::cos(k * phase));
    }
}

// One lookup of the closed days per year is enough for any number of dates.
std::vector<Date> closed_days_of(int in_year) {
    std::vector<Date> closed = public_holidays("PT", in_year);
    closed.push_back(easter_sunday(in_year) - days{47});
    closed.push_back(Date{std::chrono::year{in_year} / 12 / 24});
    std::sort(closed.begin(), closed.end());
    return closed;
}

}  // namespace

const std::array<CalendarColumn, calendar_columns>& calendar_column_list() { return column_list; }

Date easter_sunday(int in_year) {
    const int a = in_year % 19;
    const int b = in_year / 100;
    const int c = in_year % 100;
    const int g = (b - (b + 8) / 25 + 1) / 3;
    const int h = (19 * a + b - b / 4 - g + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int sum = h + l - 7 * m + 114;
    return Date{std::chrono::year{in_year} / (sum / 31) / (sum % 31 + 1)};
}

bool is_closed_by_calendar(Date date) {
    thread_local int cached_year = 0;
    thread_local std::vector<Date> cached;
    const int in_year = int(std::chrono::year_month_day{date}.year());
    if (in_year != cached_year) {
        cached = closed_days_of(in_year);
        cached_year = in_year;
    }
    return std::binary_search(cached.begin(), cached.end(), date);
}

CalendarRow calendar_row(Date date) {
    const std::chrono::year_month_day civil{date};
    const unsigned month = unsigned(civil.month());
    const unsigned day = unsigned(civil.day());
    RowBuilder row;
    add_holidays(row, date);
    add_christmas(row, month, day);
    add_month(row, date, civil.year() / civil.month());
    if (month == 8) row.add(august_all);
    if (month == 8 && day >= 4 && day <= 24) row.add(august_middle);
    add_year(row, date, civil.year());
    CalendarRow done = row.done();
    std::sort(done.begin(), done.end(),
              [](const ColumnValue& a, const ColumnValue& b) { return a.column < b.column; });
    return done;
}

CalendarTable::CalendarTable(Date first, Date last) : first_{first} {
    for (Date day = first; day <= last; day += days{1})
        rows_.push_back(calendar_row(day));
}

const CalendarRow& CalendarTable::on(Date date) const {
    BALCAO_CHECK(date >= first_ && date < first_ + days{static_cast<int>(rows_.size())});
    return rows_[static_cast<std::size_t>((date - first_).count())];
}

}  // namespace balcao::plan
