#pragma once
// One target of calibration for all shops at once: a level that moves slowly, weekdays, and columns of the
// calendar whose coefficients lean on those of all shops together. Used by fit.hpp for each of its targets;
// it sees only the days that it is given.
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/civil.hpp"
#include "plan/calendar.hpp"

namespace balcao::plan {

// How stiff each part is. Chosen once by forecasts from earlier origins, before any day after 2025-07-31 was
// looked at (docs/calibration.md).
struct RegressionSettings {
    double smallest_residual = 0.08;
    double level = 200;          // between knots of the level
    double weekday = 1;          // towards none
    double shop_columns = 10;    // a factor on each group's penalty, towards the pooled coefficients
    double pooled_columns = 50;  // the same of the pooled coefficients, towards none
    double tickets = 20;         // the answer to the day's tickets, towards the pooled one
    std::optional<double> half_life_days{};  // of a day's weight
};

// One day of one shop; the response may be on any scale.
struct RegressionDay {
    int shop = 0;
    Date date{};
    double response = 0;
    double log_tickets = 0;  // against the shop's usual; used when the settings say so
};

struct RegressionInput {
    std::span<const RegressionDay> days;  // by shop and date, none after `until`
    std::size_t shops = 0;
    std::span<const double> shop_weights;  // of the shop in the pooled part
    Date until{};
    bool has_tickets = false;  // log_tickets is a column
    const CalendarTable& calendar;
};

// A shop's coefficients at `until`: the level holds from there on.
struct ShopCoefficients {
    bool is_fitted = false;
    double level = 0;
    std::array<double, 6> weekdays{};  // Sunday takes Saturday's
    std::array<double, calendar_columns> columns{};
    double tickets = 0;

    [[nodiscard]] double at(int weekday, const CalendarRow& row, double log_tickets) const;
};

struct TargetFit {
    std::vector<ShopCoefficients> shops;
    ShopCoefficients
        pooled;  // columns and tickets of all shops; level and weekdays are the medians of the shops
};

TargetFit fit_target(const RegressionInput& input, const RegressionSettings& settings);

}  // namespace balcao::plan
