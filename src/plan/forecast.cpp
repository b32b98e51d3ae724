#include "plan/forecast.hpp"

#include <algorithm>
#include <cmath>

namespace balcao::plan {

std::optional<double> predict_on_scale(const FittedShop& shop,
                                       const Question& question,
                                       const CalendarRow& row) {
    const int weekday = weekday_index(question.date);
    const double load = question.tickets > 0 ? std::log(question.tickets) - std::log(shop.usual_tickets) : 0;
    const auto at = [&](Target target) -> std::optional<double> {
        const ShopCoefficients& coefficients = shop.targets[static_cast<std::size_t>(target)];
        if (!coefficients.is_fitted) return {};
        return coefficients.at(weekday, row, load);
    };
    switch (question.forecast) {
        case Forecast::tickets:
            return at(Target::tickets);
        case Forecast::wait:
            return at(Target::wait);
        case Forecast::abandoned:
            return at(Target::abandoned);
        case Forecast::abandoned_given:
            return at(Target::abandoned_given);
        case Forecast::wait_given:
            break;
    }
    // The middle of two answers on the scale: the shop's queue at the capacity of such a day, and the line
    // through the day's tickets.
    const std::optional<double> line = at(Target::wait_given);
    const std::optional<double> capacity = at(Target::capacity);
    if (!capacity || !shop.queue || question.tickets <= 0) return line;
    const DayCurve& curve = shop.queue->curve;
    const double wait = curve.wait(std::log(question.tickets) - *capacity - std::log(curve.capacity()));
    const double queue = to_scale(Forecast::wait, std::max(0.0, wait));
    return line ? (queue + *line) / 2 : queue;
}

std::size_t months_ahead(Date origin, Date date) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(((date - origin).count() - 1) / 31, 0, 4));
}

Prediction with_interval(
    const Fitted& fitted, const FittedShop* shop, Forecast forecast, double on_scale, std::size_t months) {
    const std::size_t place = static_cast<std::size_t>(forecast);
    const Spread& spread = fitted.spreads[place];
    const double sigma = shop != nullptr && shop->sigma[place] > 0 ? shop->sigma[place] : spread.sigma;
    const double width = sigma * spread.by_month_ahead[months];
    Prediction prediction{from_scale(forecast, on_scale), from_scale(forecast, on_scale + spread.low * width),
                          from_scale(forecast, on_scale + spread.high * width)};
    if (forecast != Forecast::abandoned && forecast != Forecast::abandoned_given) {
        prediction.low = std::floor(prediction.low);
        prediction.high = std::ceil(prediction.high);
    }
    return prediction;
}

}  // namespace balcao::plan
