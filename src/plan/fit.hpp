#pragma once
// Everything that calibration learns of a network of shops from the days up to one date: six regressions,
// each shop's queue curve, what is usual, and the naive forecast to be beaten. Made by `fit_shops`, kept in
// fitted.json, asked by forecast.hpp. It holds no day after `until`.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plan/daily_data.hpp"
#include "plan/day_curve.hpp"
#include "plan/doubtful_days.hpp"
#include "plan/parallel.hpp"
#include "plan/shop_regression.hpp"

namespace balcao::plan {

// What is regressed, in the order of fitted.json.
enum class Target : std::uint8_t { tickets, wait, abandoned, wait_given, capacity, abandoned_given };
inline constexpr std::size_t target_count = 6;
const char* name_of(Target target);

// What is forecast; the `given` ones know the day's tickets.
enum class Forecast : std::uint8_t { tickets, wait, abandoned, wait_given, abandoned_given };
inline constexpr std::size_t forecast_count = 5;
const char* name_of(Forecast forecast);

// The scales on which errors are even: log(tickets + 1), log(wait + 2), √(share + 0.0025).
double to_scale(Forecast forecast, double value);
double from_scale(Forecast forecast, double value);  // cut to what is possible

// What happened on that day; nothing where it was not measured.
std::optional<double> truth_of(Forecast forecast, const ShopDay& day);

// A shop's queue, from its last twelve months.
struct ShopQueue {
    int desks = 1;               // nominal: busy for 80 % of the opening hours
    double service_minutes = 6;  // mean
    double leaving_rate = 0.01;  // of a waiting person, per minute: people who left / minutes waited
    DayCurve curve;
};

// An error's spread on the scale of a forecast: σ of the shop times φ of the months ahead times z.
struct Spread {
    std::array<double, 5> by_month_ahead{1, 1, 1, 1, 1};
    double low = 0;    // z of the tenth percentile
    double high = 0;   // z of the ninetieth
    double sigma = 0;  // of a shop not seen before
};

struct FittedShop {
    Shop shop;
    double usual_tickets = 1;  // median up to `until`
    double usual_wait = 0;
    std::array<ShopCoefficients, target_count> targets{};
    std::optional<ShopQueue> queue{};
    std::array<std::array<std::optional<double>, 7>, forecast_count> naive{};  // by weekday
    std::array<double, forecast_count> sigma{};
};

struct Fitted {
    Date until{};
    std::vector<FittedShop> shops;  // by name; all of the data, fitted or not
    std::array<ShopCoefficients, target_count> pooled{};
    DayShapes shapes;
    std::array<Spread, forecast_count> spreads{};

    [[nodiscard]] const FittedShop* find(const std::string& name) const;
};

struct FitInput {
    const DailyData& data;
    const LiveSamples& samples;
    const CalendarTable& calendar;  // all days of the data
};

// Fits at each of the dates; spreads are left empty. Pieces of work are regressions (6 a date).
std::vector<Fitted> fit_shops(const FitInput& input, const std::vector<Date>& origins, const Work& work);

// The dates before `until` from which forecasts are judged for the spreads: one to six months back, as far as
// the data reach.
std::vector<Date> spread_origins(const DailyData& data, Date until);

// Fills `fitted.spreads` and each shop's σ with the errors that the earlier fits made on the days between
// their origins and `fitted.until`.
void learn_spreads(Fitted& fitted, const std::vector<Fitted>& earlier, const FitInput& input);

}  // namespace balcao::plan
