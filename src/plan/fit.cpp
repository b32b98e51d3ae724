#include "plan/fit.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "plan/robust_regression.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

constexpr double share_offset = 0.0025;

RegressionSettings settings_of(Target target) {
    switch (target) {
        case Target::tickets:
            return {.level = 200, .weekday = 1, .shop_columns = 10, .half_life_days = 365};
        case Target::wait:
            return {.level = 100, .weekday = 1, .shop_columns = 10};
        case Target::wait_given:
            return {.level = 100, .weekday = 1, .shop_columns = 20, .tickets = 5};
        case Target::capacity:
            return {.level = 100, .weekday = 1, .shop_columns = 20, .tickets = 20};
        case Target::abandoned:
            return {.smallest_residual = 0.03, .level = 600, .weekday = 4, .shop_columns = 50};
        case Target::abandoned_given:
            return {.smallest_residual = 0.03, .level = 600, .weekday = 4, .shop_columns = 50, .tickets = 50};
    }
    return {};
}

bool is_of_waits(Target target) {
    return target == Target::wait || target == Target::wait_given || target == Target::capacity;
}

// The nominal queue of a shop from the days of the year up to `until`.
struct QueueSums {
    std::size_t days = 0;
    double service = 0;
    std::size_t services = 0;
    double abandoned = 0;
    double waited = 0;
    double attended = 0;

    void add(const ShopDay& day) {
        ++days;
        if (day.service) {
            service += *day.service;
            ++services;
        }
        abandoned += day.abandoned;
        waited += day.tickets * std::max(day.wait.value_or(0), 1.0);
        attended += day.attended;
    }

    [[nodiscard]] double leaving_rate() const { return std::max(1e-4, abandoned / std::max(1.0, waited)); }
};

class Origin {
public:
    Origin(const FitInput& input, Date until) : input_{input}, judgement_{judge_days(input.data, until)} {
        fitted.until = until;
        note_usual();
        note_queues();
        note_naive();
    }

    void regress(Target target) {
        std::vector<RegressionDay> rows;
        for (std::size_t row = 0; row < input_.data.days.size(); ++row) {
            const ShopDay& day = input_.data.days[row];
            if (day.date > fitted.until || !may_use(target, row)) continue;
            const std::optional<double> response = response_of(target, day);
            if (!response) continue;
            const double usual = fitted.shops[static_cast<std::size_t>(day.shop)].usual_tickets;
            rows.push_back({day.shop, day.date, *response, std::log(day.tickets) - std::log(usual)});
        }
        std::vector<double> weights;
        for (const FittedShop& shop : fitted.shops)
            weights.push_back(weight_of(target, shop));
        const RegressionSettings settings = settings_of(target);
        const RegressionInput regression{.days = rows,
                                         .shops = fitted.shops.size(),
                                         .shop_weights = weights,
                                         .until = fitted.until,
                                         .has_tickets = target >= Target::wait_given,
                                         .calendar = input_.calendar};
        const TargetFit fit = fit_target(regression, settings);
        const std::size_t place = static_cast<std::size_t>(target);
        for (std::size_t shop = 0; shop < fitted.shops.size(); ++shop)
            fitted.shops[shop].targets[place] = fit.shops[shop];
        fitted.pooled[place] = fit.pooled;
    }

    Fitted fitted;

private:
    [[nodiscard]] bool may_use(Target target, std::size_t row) const {
        const LeftOutOf use = judgement_.use[row];
        return use == LeftOutOf::nothing || (use == LeftOutOf::waits && !is_of_waits(target));
    }

    [[nodiscard]] std::optional<double> response_of(Target target, const ShopDay& day) const {
        switch (target) {
            case Target::tickets:
                return to_scale(Forecast::tickets, day.tickets);
            case Target::abandoned:
            case Target::abandoned_given:
                return to_scale(Forecast::abandoned, day.abandoned_share());
            case Target::wait:
            case Target::wait_given:
                if (!day.wait) return {};
                return to_scale(Forecast::wait, *day.wait);
            case Target::capacity: {
                const FittedShop& shop = fitted.shops[static_cast<std::size_t>(day.shop)];
                if (!day.wait || !shop.queue) return {};
                const DayCurve& curve = shop.queue->curve;
                return std::log(day.tickets) - curve.load(*day.wait) - std::log(curve.capacity());
            }
        }
        return {};
    }

    static double weight_of(Target target, const FittedShop& shop) {
        if (target == Target::tickets) return shop.usual_tickets;
        return is_of_waits(target) ? std::max(shop.usual_wait, 1.0) : 1.0;
    }

    void note_usual() {
        const std::size_t shops = input_.data.shops.size();
        std::vector<std::vector<double>> tickets(shops);
        std::vector<std::vector<double>> waits(shops);
        for (const ShopDay& day : input_.data.days) {
            if (day.date > fitted.until) continue;
            tickets[static_cast<std::size_t>(day.shop)].push_back(day.tickets);
            if (day.wait) waits[static_cast<std::size_t>(day.shop)].push_back(*day.wait);
        }
        for (std::size_t shop = 0; shop < shops; ++shop) {
            FittedShop& known = fitted.shops.emplace_back();
            known.shop = input_.data.shops[shop];
            known.usual_tickets = tickets[shop].empty() ? 1 : median_of(tickets[shop]);
            known.usual_wait = waits[shop].empty() ? 1 : median_of(waits[shop]);
        }
    }

    [[nodiscard]] bool is_of_last_year(const ShopDay& day) const {
        return day.date <= fitted.until && day.date > fitted.until - days{365};
    }

    void note_queues() {
        std::vector<QueueSums> sums(fitted.shops.size());
        std::vector<std::vector<double>> tickets(fitted.shops.size());
        for (const ShopDay& day : input_.data.days) {
            if (!is_of_last_year(day) || !day.wait) continue;
            sums[static_cast<std::size_t>(day.shop)].add(day);
            tickets[static_cast<std::size_t>(day.shop)].push_back(day.tickets);
        }
        std::map<std::string, BranchLevel> levels;
        for (std::size_t shop = 0; shop < sums.size(); ++shop)
            if (sums[shop].days >= 3)
                levels[branch_of(fitted.shops[shop].shop.name)] = {median_of(tickets[shop]),
                                                                   sums[shop].leaving_rate()};
        fitted.shapes = shapes_of(input_.samples, levels);
        for (std::size_t shop = 0; shop < sums.size(); ++shop)
            if (sums[shop].days >= 3)
                fitted.shops[shop].queue = queue_of(fitted.shops[shop].shop, sums[shop]);
    }

    [[nodiscard]] ShopQueue queue_of(const Shop& shop, const QueueSums& sums) const {
        const DayProfile& profile = fitted.shapes.of(branch_of(shop.name));
        const double service =
            sums.services == 0 ? 1.0 : std::max(1.0, sums.service / static_cast<double>(sums.services));
        const double attended = sums.attended / static_cast<double>(sums.days);
        const double busy_desks = attended * service / (60 * profile.open_hours());
        const DeskHall hall{.desks = std::clamp(static_cast<int>(std::nearbyint(busy_desks / 0.8)), 1, 400),
                            .service_minutes = service,
                            .leaving_rate = sums.leaving_rate()};
        return {hall.desks, service, hall.leaving_rate, DayCurve{hall, profile}};
    }

    void note_naive() {
        struct Mean {
            double sum = 0;
            std::size_t count = 0;
        };

        std::vector<std::array<std::array<Mean, 7>, forecast_count>> means(fitted.shops.size());
        for (const ShopDay& day : input_.data.days) {
            if (!is_of_last_year(day)) continue;
            for (std::size_t k = 0; k < forecast_count; ++k) {
                const std::optional<double> truth = truth_of(static_cast<Forecast>(k), day);
                if (!truth) continue;
                Mean& mean = means[static_cast<std::size_t>(day.shop)][k]
                                  [static_cast<std::size_t>(weekday_index(day.date))];
                mean.sum += *truth;
                ++mean.count;
            }
        }
        for (std::size_t shop = 0; shop < means.size(); ++shop)
            for (std::size_t k = 0; k < forecast_count; ++k)
                for (std::size_t weekday = 0; weekday < 7; ++weekday) {
                    const Mean& mean = means[shop][k][weekday];
                    if (mean.count > 0)
                        fitted.shops[shop].naive[k][weekday] = mean.sum / static_cast<double>(mean.count);
                }
    }

    const FitInput& input_;
    DayJudgement judgement_;
};

}  // namespace

const char* name_of(Target target) {
    constexpr std::array<const char*, target_count> names{"tickets",    "wait",     "abandoned_share",
                                                          "wait_given", "capacity", "abandoned_share_given"};
    return names[static_cast<std::size_t>(target)];
}

const char* name_of(Forecast forecast) {
    constexpr std::array<const char*, forecast_count> names{"tickets", "wait", "abandoned_share",
                                                            "wait_given", "abandoned_share_given"};
    return names[static_cast<std::size_t>(forecast)];
}

double to_scale(Forecast forecast, double value) {
    switch (forecast) {
        case Forecast::tickets:
            return std::log(value + 1);
        case Forecast::wait:
        case Forecast::wait_given:
            return std::log(value + 2);
        case Forecast::abandoned:
        case Forecast::abandoned_given:
            return std::sqrt(value + share_offset);
    }
    return value;
}

double from_scale(Forecast forecast, double value) {
    switch (forecast) {
        case Forecast::tickets:
            return std::max(0.0, std::exp(value) - 1);
        case Forecast::wait:
        case Forecast::wait_given:
            return std::max(0.0, std::exp(value) - 2);
        case Forecast::abandoned:
        case Forecast::abandoned_given: {
            const double root = std::max(0.0, value);
            return std::clamp(root * root - share_offset, 0.0, 1.0);
        }
    }
    return value;
}

std::optional<double> truth_of(Forecast forecast, const ShopDay& day) {
    switch (forecast) {
        case Forecast::tickets:
            return day.tickets;
        case Forecast::wait:
        case Forecast::wait_given:
            return day.wait;
        case Forecast::abandoned:
        case Forecast::abandoned_given:
            return day.abandoned_share();
    }
    return {};
}

const FittedShop* Fitted::find(const std::string& name) const {
    for (const FittedShop& shop : shops)
        if (shop.shop.name == name) return &shop;
    return nullptr;
}

std::vector<Fitted> fit_shops(const FitInput& input, const std::vector<Date>& origins, const Work& work) {
    std::vector<std::optional<Origin>> begun(origins.size());
    Work quiet = work;
    quiet.progress = nullptr;
    in_parallel(origins.size(), quiet, [&](std::size_t i) { begun[i].emplace(input, origins[i]); });
    if (work.is_stopped()) return {};
    in_parallel(origins.size() * target_count, work, [&](std::size_t i) {
        begun[i / target_count]->regress(static_cast<Target>(i % target_count));
    });
    std::vector<Fitted> fits;
    fits.reserve(begun.size());
    for (std::optional<Origin>& origin : begun)
        fits.push_back(std::move(origin->fitted));
    return fits;
}

}  // namespace balcao::plan
