#include "plan/shop_regression.hpp"

#include <algorithm>
#include <cmath>

#include "plan/robust_regression.hpp"

namespace balcao::plan {
namespace {

constexpr int knot_days = 30;
constexpr int rounds = 3;
constexpr std::size_t weekday_columns = 6;

struct Penalties {
    double pooled = 1;
    double shop = 1;
};

Penalties penalties_of(const CalendarColumn& column) {
    const double harmonic = column.harmonic * column.harmonic;
    switch (column.group) {
        case ColumnGroup::holiday:
        case ColumnGroup::christmas:
            return {5, 30};
        case ColumnGroup::month_edge:
            return {10, 60};
        case ColumnGroup::month_curve:
            return {5, 30};
        case ColumnGroup::august:
            return {30, 10};
        case ColumnGroup::year:
            return {5 * harmonic, 20 * harmonic};
    }
    return {};
}

std::size_t weekday_column(Date date) { return static_cast<std::size_t>(std::min(weekday_index(date), 5)); }

// The days of one shop within the input.
struct ShopRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    [[nodiscard]] bool is_empty() const { return begin == end; }
};

std::vector<ShopRange> ranges_of(const RegressionInput& input) {
    std::vector<ShopRange> ranges(input.shops);
    std::size_t row = 0;
    for (std::size_t shop = 0; shop < input.shops; ++shop) {
        ranges[shop].begin = row;
        while (row < input.days.size() && input.days[row].shop == static_cast<int>(shop))
            ++row;
        ranges[shop].end = row;
    }
    return ranges;
}

class Regression {
public:
    Regression(const RegressionInput& input, const RegressionSettings& settings)
        : input_{input},
          settings_{settings},
          ranges_{ranges_of(input)},
          base_(input.days.size(), 0.0),
          columns_{calendar_columns + (input.has_tickets ? 1U : 0U)},
          pooled_(columns_, 0.0) {
        for (const RegressionDay& day : input.days) {
            const double age = days_between(day.date, input.until);
            weights_.push_back(settings.half_life_days ? std::pow(0.5, age / *settings.half_life_days) : 1.0);
        }
    }

    TargetFit run() {
        TargetFit fit;
        fit.shops.resize(input_.shops);
        for (int round = 0; round < rounds; ++round) {
            for (std::size_t shop = 0; shop < input_.shops; ++shop)
                if (!ranges_[shop].is_empty()) fit.shops[shop] = fit_shop(ranges_[shop]);
            if (round + 1 < rounds) fit_pooled();
        }
        summarise(fit);
        return fit;
    }

private:
    // Columns of one shop: knots of the level from `until` backwards, weekdays, calendar, tickets.
    [[nodiscard]] std::size_t knots_of(const ShopRange& range) const {
        const int days = days_between(input_.days[range.begin].date, input_.until);
        return static_cast<std::size_t>((days + knot_days - 1) / knot_days) + 1;
    }

    void add_columns(SparseRows& rows, const RegressionDay& day, std::size_t first) const {
        for (const ColumnValue& value : input_.calendar.on(day.date))
            rows.add(static_cast<std::uint16_t>(first + value.column), value.value);
        if (input_.has_tickets)
            rows.add(static_cast<std::uint16_t>(first + calendar_columns), day.log_tickets);
        rows.end_row();
    }

    [[nodiscard]] SparseRows shop_rows(const ShopRange& range, std::size_t knots) const {
        SparseRows rows;
        for (std::size_t row = range.begin; row < range.end; ++row) {
            const RegressionDay& day = input_.days[row];
            const double place =
                std::clamp(static_cast<double>(days_between(day.date, input_.until)) / knot_days, 0.0,
                           static_cast<double>(knots - 1));
            const std::size_t knot = std::min(static_cast<std::size_t>(place), knots < 2 ? 0 : knots - 2);
            const double part = place - static_cast<double>(knot);
            rows.add(static_cast<std::uint16_t>(knot), 1 - part);
            if (knots > 1) rows.add(static_cast<std::uint16_t>(knot + 1), part);
            rows.add(static_cast<std::uint16_t>(knots + weekday_column(day.date)), 1);
            add_columns(rows, day, knots + weekday_columns);
        }
        return rows;
    }

    [[nodiscard]] LowerMatrix shop_penalty(std::size_t knots) const {
        LowerMatrix penalty{knots + weekday_columns + columns_};
        for (std::size_t k = 0; k < knots; ++k)
            penalty.at(k, k) += 1e-6;
        for (std::size_t k = 0; k + 1 < knots; ++k) {
            penalty.at(k, k) += settings_.level;
            penalty.at(k + 1, k + 1) += settings_.level;
            penalty.at(k + 1, k) -= settings_.level;
        }
        for (std::size_t k = 0; k < weekday_columns; ++k)
            penalty.at(knots + k, knots + k) = settings_.weekday;
        const std::size_t first = knots + weekday_columns;
        for (std::size_t k = 0; k < calendar_columns; ++k)
            penalty.at(first + k, first + k) =
                penalties_of(calendar_column_list()[k]).shop * settings_.shop_columns;
        if (input_.has_tickets)
            penalty.at(first + calendar_columns, first + calendar_columns) = settings_.tickets;
        return penalty;
    }

    ShopCoefficients fit_shop(const ShopRange& range) {
        const std::size_t knots = knots_of(range);
        const SparseRows rows = shop_rows(range, knots);
        std::vector<double> responses;
        for (std::size_t row = range.begin; row < range.end; ++row)
            responses.push_back(input_.days[row].response);
        const double middle = median_of(responses);
        for (double& response : responses)
            response -= middle;
        const std::size_t first = knots + weekday_columns;
        std::vector<double> centre(first + columns_, 0.0);
        std::copy(pooled_.begin(), pooled_.end(), centre.begin() + static_cast<std::ptrdiff_t>(first));
        const LowerMatrix penalty = shop_penalty(knots);
        const std::vector<double> found =
            fit_robust({.rows = rows,
                        .response = responses,
                        .weights = std::span{weights_}.subspan(range.begin, range.end - range.begin),
                        .penalty = penalty,
                        .centre = centre,
                        .smallest_residual = settings_.smallest_residual});
        // Without the calendar, for the pooled part.
        std::vector<double> without = found;
        std::fill(without.begin() + static_cast<std::ptrdiff_t>(first), without.end(), 0.0);
        for (std::size_t row = range.begin; row < range.end; ++row)
            base_[row] = middle + rows.times(row - range.begin, without);
        ShopCoefficients shop;
        shop.is_fitted = true;
        shop.level = middle + found[0];
        for (std::size_t k = 0; k < weekday_columns; ++k)
            shop.weekdays[k] = found[knots + k];
        for (std::size_t k = 0; k < calendar_columns; ++k)
            shop.columns[k] = found[first + k];
        if (input_.has_tickets) shop.tickets = found[first + calendar_columns];
        return shop;
    }

    void fit_pooled() {
        SparseRows rows;
        std::vector<double> responses;
        std::vector<double> weights;
        double sum = 0;
        for (std::size_t row = 0; row < input_.days.size(); ++row) {
            const RegressionDay& day = input_.days[row];
            add_columns(rows, day, 0);
            responses.push_back(day.response - base_[row]);
            weights.push_back(input_.shop_weights[static_cast<std::size_t>(day.shop)] * weights_[row]);
            sum += weights.back();
        }
        for (double& weight : weights)
            weight *= static_cast<double>(weights.size()) / sum;
        LowerMatrix penalty{columns_};
        for (std::size_t k = 0; k < calendar_columns; ++k)
            penalty.at(k, k) = penalties_of(calendar_column_list()[k]).pooled * settings_.pooled_columns;
        if (input_.has_tickets) penalty.at(calendar_columns, calendar_columns) = 1;
        const std::vector<double> none(columns_, 0.0);
        pooled_ = fit_robust({.rows = rows,
                              .response = responses,
                              .weights = weights,
                              .penalty = penalty,
                              .centre = none,
                              .smallest_residual = settings_.smallest_residual});
    }

    void summarise(TargetFit& fit) const {
        std::copy_n(pooled_.begin(), calendar_columns, fit.pooled.columns.begin());
        if (input_.has_tickets) fit.pooled.tickets = pooled_[calendar_columns];
        std::vector<double> levels;
        std::array<std::vector<double>, weekday_columns> weekdays;
        for (const ShopCoefficients& shop : fit.shops) {
            if (!shop.is_fitted) continue;
            levels.push_back(shop.level);
            for (std::size_t k = 0; k < weekday_columns; ++k)
                weekdays[k].push_back(shop.weekdays[k]);
        }
        fit.pooled.is_fitted = !levels.empty();
        fit.pooled.level = median_of(levels);
        for (std::size_t k = 0; k < weekday_columns; ++k)
            fit.pooled.weekdays[k] = median_of(weekdays[k]);
    }

    const RegressionInput& input_;
    const RegressionSettings& settings_;
    std::vector<ShopRange> ranges_;
    std::vector<double> weights_;
    std::vector<double> base_;  // level and weekday of each day
    std::size_t columns_;
    std::vector<double> pooled_;
};

}  // namespace

double ShopCoefficients::at(int weekday, const CalendarRow& row, double log_tickets) const {
    double sum = level + weekdays[static_cast<std::size_t>(std::min(weekday, 5))] + tickets * log_tickets;
    for (const ColumnValue& value : row)
        sum += columns[value.column] * value.value;
    return sum;
}

TargetFit fit_target(const RegressionInput& input, const RegressionSettings& settings) {
    return Regression{input, settings}.run();
}

}  // namespace balcao::plan
