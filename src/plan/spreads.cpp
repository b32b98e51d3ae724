// How far forecasts were off when they were made from earlier origins: the intervals of fit.hpp.
#include <algorithm>
#include <cmath>

#include "plan/fit.hpp"
#include "plan/forecast.hpp"
#include "plan/robust_regression.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

constexpr std::size_t rows_min = 30;      // an origin with fewer days before it teaches nothing
constexpr double shop_prior_rows = 40;    // of the mean spread, in a shop's own
constexpr double month_prior_rows = 200;  // of none, in a month's factor

struct Miss {
    std::size_t shop = 0;
    std::size_t months = 0;
    double error = 0;  // truth minus forecast, on the scale
};

std::vector<Miss> misses_of(Forecast forecast,
                            Date until,
                            const std::vector<Fitted>& earlier,
                            const FitInput& input) {
    std::vector<Miss> misses;
    for (const Fitted& fit : earlier)
        for (const ShopDay& day : input.data.days) {
            if (day.date <= fit.until || day.date > until) continue;
            const std::optional<double> truth = truth_of(forecast, day);
            if (!truth) continue;
            const std::size_t shop = static_cast<std::size_t>(day.shop);
            const std::optional<double> predicted = predict_on_scale(
                fit.shops[shop], {forecast, day.date, day.tickets}, input.calendar.on(day.date));
            if (!predicted) continue;
            misses.push_back(
                {shop, months_ahead(fit.until, day.date), to_scale(forecast, *truth) - *predicted});
        }
    return misses;
}

void learn_spread(Fitted& fitted, Forecast forecast, const std::vector<Miss>& misses) {
    const std::size_t place = static_cast<std::size_t>(forecast);
    Spread& spread = fitted.spreads[place];
    if (misses.empty()) return;
    double sum = 0;
    for (const Miss& miss : misses)
        sum += std::abs(miss.error);
    spread.sigma = sum / static_cast<double>(misses.size());
    std::vector<double> rows(fitted.shops.size(), 0.0);
    std::vector<double> sums(fitted.shops.size(), 0.0);
    for (const Miss& miss : misses) {
        rows[miss.shop] += 1;
        sums[miss.shop] += std::abs(miss.error);
    }
    for (std::size_t shop = 0; shop < fitted.shops.size(); ++shop)
        fitted.shops[shop].sigma[place] =
            (sums[shop] + shop_prior_rows * spread.sigma) / (rows[shop] + shop_prior_rows);
    std::array<double, 5> month_rows{};
    std::array<double, 5> month_sums{};
    for (const Miss& miss : misses) {
        month_rows[miss.months] += 1;
        month_sums[miss.months] += std::abs(miss.error) / fitted.shops[miss.shop].sigma[place];
    }
    for (std::size_t month = 0; month < 5; ++month) {
        const double factor = (month_sums[month] + month_prior_rows) / (month_rows[month] + month_prior_rows);
        const double before = month == 0 ? 0 : spread.by_month_ahead[month - 1];
        spread.by_month_ahead[month] = std::max(before, factor);
    }
    std::vector<double> scores;
    scores.reserve(misses.size());
    for (const Miss& miss : misses)
        scores.push_back(miss.error /
                         (fitted.shops[miss.shop].sigma[place] * spread.by_month_ahead[miss.months]));
    spread.low = quantile_of(scores, 0.1);
    spread.high = quantile_of(scores, 0.9);
}

}  // namespace

std::vector<Date> spread_origins(const DailyData& data, Date until) {
    std::vector<Date> origins;
    for (const int back : {31, 62, 92, 123, 153, 184}) {
        const Date origin = until - days{back};
        const auto before = std::count_if(data.days.begin(), data.days.end(),
                                          [&](const ShopDay& day) { return day.date <= origin; });
        if (static_cast<std::size_t>(before) >= rows_min) origins.push_back(origin);
    }
    return origins;
}

void learn_spreads(Fitted& fitted, const std::vector<Fitted>& earlier, const FitInput& input) {
    for (std::size_t k = 0; k < forecast_count; ++k) {
        const Forecast forecast = static_cast<Forecast>(k);
        learn_spread(fitted, forecast, misses_of(forecast, fitted.until, earlier, input));
    }
}

}  // namespace balcao::plan
