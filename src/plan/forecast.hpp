#pragma once
// What a fit says about one shop and day: the middle forecast and its 80 % interval, of tickets, mean wait
// and abandoned share, with or without knowing the day's tickets. Used by scoring and by the learning of the
// spreads.
#include <optional>

#include "plan/fit.hpp"

namespace balcao::plan {

struct Prediction {
    double middle = 0;  // median, in the forecast's unit
    double low = 0;     // tenth and ninetieth percentile; whole people and minutes, as the indicators are
    double high = 0;
};

struct Question {
    Forecast forecast{};
    Date date{};
    double tickets = 0;  // of the day; only the `given` forecasts look at it
};

// On the forecast's scale; nothing for a shop that the fit does not know.
std::optional<double> predict_on_scale(const FittedShop& shop,
                                       const Question& question,
                                       const CalendarRow& row);

// How far ahead a forecast looks decides its spread: whole periods of 31 days after the origin, at most four.
std::size_t months_ahead(Date origin, Date date);

// The interval with the spread of that many months ahead.
Prediction with_interval(
    const Fitted& fitted, const FittedShop* shop, Forecast forecast, double on_scale, std::size_t months);

}  // namespace balcao::plan
