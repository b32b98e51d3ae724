#include "sim/queue_rules.hpp"

#include <algorithm>
#include <cmath>

#include "random/variates.hpp"

namespace balcao::sim {
namespace {

// Goes before by rank, then by arrival: what the order of most halls comes down to.
bool is_before(const rules::HallPlan& plan,
               const rules::WaiterNow& other,
               rules::QueueIndex queue,
               rules::Instant arrived) {
    const auto rank = plan.static_rank[queue];
    const auto others = plan.static_rank[other.queue];
    return others != rank ? others < rank : other.arrived < arrived;
}

int planned_now(const HallHabits::Group& group, des::Time after_midnight) {
    int desks = 0;
    for (const auto& level : group.planned)
        if (level.from <= after_midnight) desks = level.desks;
    return desks;
}

void count_desks(Line& line, const HallHabits& habits, const rules::HallNow& now, rules::QueueIndex queue) {
    for (const auto& desk : now.desks) {
        if (!habits.plan->serves[desk.group].has(queue) || desk.doing == rules::DeskDoing::resting) continue;
        ++line.desks;
        line.free_desks += desk.doing == rules::DeskDoing::free ? 1 : 0;
    }
    if (line.desks > 0) return;
    for (std::size_t group = 0; group < habits.groups.size(); ++group)
        if (habits.plan->serves[group].has(queue))
            line.desks += static_cast<std::size_t>(
                std::max(0, planned_now(habits.groups[group], now.minute * des::minute)));
    line.assumes_desks = line.desks > 0;
}

Line line_at(const HallHabits& habits,
             const rules::HallNow& now,
             rules::QueueIndex queue,
             rules::Instant arrived) {
    Line line;
    count_desks(line, habits, now, queue);
    const double own = habits.length(queue).mean();
    if (own <= 0) return line;
    double sum = own;
    for (const auto& other : now.waiting) {
        const bool shares_desks = (habits.plan->served_by[other.queue] & habits.plan->served_by[queue]) != 0;
        if (!shares_desks || !is_before(*habits.plan, other, queue, arrived)) continue;
        ++line.ahead;
        sum += habits.length(other.queue).mean();
    }
    line.mean = sum / static_cast<double>(line.ahead + 1) + habits.way.mean() + habits.gap.mean();
    return line;
}

}  // namespace

Line line_before(const HallHabits& habits, const rules::HallNow& now, std::size_t place) {
    const auto& waiter = now.waiting[place];
    return line_at(habits, now, waiter.queue, waiter.arrived);
}

Line line_of_newcomer(const HallHabits& habits, const rules::HallNow& now, rules::QueueIndex queue) {
    return line_at(habits, now, queue, now.at + 1);
}

std::optional<double> queue_length_wait(const Line& line) {
    if (line.mean <= 0 || line.desks == 0) return std::nullopt;
    if (line.ahead < line.free_desks) return 0;
    return static_cast<double>(line.ahead + 1 - line.free_desks) * line.mean /
           static_cast<double>(line.desks);
}

std::optional<double> constant_over_desks(const Line& line) {
    if (line.mean <= 0 || line.desks == 0) return std::nullopt;
    constexpr auto minute = static_cast<double>(des::minute);
    return minute * std::floor(static_cast<double>(line.ahead + 1) * line.mean /
                               static_cast<double>(line.desks) / minute);
}

std::optional<double> queue_length_quantile(const Line& line, double p) {
    const auto wait = queue_length_wait(line);
    if (!wait || *wait == 0) return wait;
    const auto services = static_cast<double>(line.ahead + 1 - line.free_desks);
    const double cube = 1 - 1 / (9 * services) + random::normal_quantile(p) / (3 * std::sqrt(services));
    return *wait * std::pow(std::max(0.0, cube), 3);
}

rules::WaitAnswer queue_length_answer(const Line& line, double level, des::Time until_closing) {
    if (line.mean <= 0) return rules::NoWait::no_average;
    if (line.desks == 0) return rules::NoWait::no_desk;
    const auto quantile = [&](double p) { return des::to_time(*queue_length_quantile(line, p)); };
    rules::WaitForecast forecast;
    forecast.mean = des::to_time(*queue_length_wait(line));
    forecast.earliest = quantile(0.1);
    forecast.promise = quantile(level);
    forecast.from = std::min(quantile(0.25), forecast.promise);
    forecast.to = std::min(quantile(0.75), forecast.promise);
    forecast.basis = rules::WaitBasis::queue_length;
    forecast.before_closing = forecast.mean <= until_closing ? 1 : 0;
    forecast.assumes_desks = line.assumes_desks;
    return forecast;
}

}  // namespace balcao::sim
