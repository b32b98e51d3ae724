#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "sim/simulate.hpp"
#include "stats/student.hpp"
#include "validation.hpp"

namespace balcao::validation {

namespace {

struct Interval {
    double mean = 0;
    double low = 0;
    double high = 0;
};

const sim::Row& row_of(const sim::Results& results, const Check& check, const std::string& id) {
    for (const auto& row : results.rows) {
        if (row.measure != check.measure || row.of != check.of) continue;
        if (check.limit_minutes && row.limit_minutes &&
            std::abs(*row.limit_minutes - *check.limit_minutes) > 1e-9)
            continue;
        if (row.half_width) return row;
    }
    stop(fmt::format("{}: there is no interval of {}", id, sim::name_of(check.measure)));
}

// Chi-square by Wilson and Hilferty (1931); exact to four digits from 30 degrees of freedom on.
double chi_square(double normal_quantile, double degrees) {
    const double part = 2 / (9 * degrees);
    return degrees * std::pow(1 - part + normal_quantile * std::sqrt(part), 3);
}

Interval interval_of(const sim::Row& row, const Check& check, int units) {
    if (!check.is_variance) return {row.mean, row.mean - *row.half_width, row.mean + *row.half_width};
    // The interval of a mean of equal units tells their variance; that one's interval is chi-square's.
    const double degrees = units - 1;
    const double deviation = *row.half_width * std::sqrt(units) / stats::t_factor(0.95, degrees);
    const double variance = deviation * deviation;
    constexpr double z = 1.959963984540054;
    return {variance, variance * degrees / chi_square(z, degrees),
            variance * degrees / chi_square(-z, degrees)};
}

sim::Results run_once(const Case& one, const model::Model& model, std::uint64_t seed, int threads) {
    sim::RunOptions options;
    options.days = one.days;
    options.replications = one.replications;
    options.seed = seed;
    options.threads = threads;
    auto results = sim::simulate(model, options);
    if (results) return *results;
    stop(fmt::format("{}: {}", one.id, results.error().what));
}

void add(Case& one, const sim::Results& results, bool is_first) {
    one.customers += results.customers;
    one.longest_warm_up = std::max(one.longest_warm_up, results.warm_up_days);
    for (auto& check : one.checks) {
        const auto interval = interval_of(row_of(results, check, one.id), check, results.units);
        if (is_first) {
            check.first_mean = interval.mean;
            check.first_low = interval.low;
            check.first_high = interval.high;
        }
        check.sum += interval.mean;
        ++check.trials;
        check.held += interval.low <= check.exact && check.exact <= interval.high ? 1 : 0;
    }
}

class VisitList final : public sim::Trace {
public:
    void visit(const sim::TracedVisit& visit) override { visits.push_back(visit); }

    std::vector<sim::TracedVisit> visits;
};

double minutes(des::Time time) { return static_cast<double>(time) / static_cast<double>(des::minute); }

std::string difference_of(const TracedPerson& expected, const sim::TracedVisit& found) {
    if (minutes(found.arrived) != expected.arrived)
        return fmt::format("arrived at {}, not at {}", minutes(found.arrived), expected.arrived);
    if (name_of(found.outcome) != expected.outcome)
        return fmt::format("who came at {} was {}, not {}", expected.arrived, name_of(found.outcome),
                           expected.outcome);
    if (expected.waited && minutes(found.waited) != *expected.waited)
        return fmt::format("who came at {} waited {}, not {}", expected.arrived, minutes(found.waited),
                           *expected.waited);
    if (expected.left && minutes(found.left) != *expected.left)
        return fmt::format("who came at {} left at {}, not at {}", expected.arrived, minutes(found.left),
                           *expected.left);
    return {};
}

}  // namespace

void run_cases(const std::filesystem::path& folder, Cases& cases, Seeds seeds) {
    std::vector<model::Model> models;
    for (const auto& one : cases.cases)
        models.push_back(read_case_model(folder / one.model_file));
    const std::size_t count = static_cast<std::size_t>(seeds.count);
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    const auto work = [&] {
        for (std::size_t task = next++; task < count * models.size(); task = next++) {
            const std::size_t number = task / count;
            const auto seed = seeds.first + task % count;
            const auto results = run_once(cases.cases[number], models[number], seed, 1);
            const std::scoped_lock lock{mutex};
            add(cases.cases[number], results, task % count == 0);
        }
    };
    std::jthread second{work};
    work();
}

void run_shop(const std::filesystem::path& folder, Case& shop, std::uint64_t seed) {
    add(shop, run_once(shop, read_case_model(folder / shop.model_file), seed, 2), true);
}

std::vector<sim::TracedVisit> first_day_of(const model::Model& model) {
    VisitList list;
    sim::RunOptions options;
    options.days = 1;
    options.replications = 1;
    options.trace = &list;
    if (const auto results = sim::simulate(model, options); !results) stop(results.error().what);
    std::ranges::stable_sort(list.visits, {}, [](const sim::TracedVisit& visit) { return visit.number; });
    return list.visits;
}

void run_traces(const std::filesystem::path& folder, std::vector<HandTrace>& traces) {
    for (auto& trace : traces) {
        const auto visits = first_day_of(read_case_model(folder / trace.model_file));
        if (visits.size() != trace.expected.size())
            trace.difference = fmt::format("{} people instead of {}", visits.size(), trace.expected.size());
        for (std::size_t place = 0; place < visits.size() && trace.difference.empty(); ++place)
            trace.difference = difference_of(trace.expected[place], visits[place]);
    }
}

Bounds binomial_bounds(int trials) {
    const auto bounds = stats::binomial_bounds(trials, 0.95, 0.999);
    return {static_cast<int>(bounds.low), static_cast<int>(bounds.high)};
}

}  // namespace balcao::validation
