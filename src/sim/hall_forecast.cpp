#include "sim/hall_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/hall_path.hpp"
#include "sim/queue_rules.hpp"

namespace balcao::sim {
namespace {

using des::Time;

rules::WaitAnswer answer_of(const PathWaits& waits, double own_length, double level) {
    if (own_length <= 0) return rules::NoWait::no_average;
    const auto promise = waits.quantile(level);
    const auto to = waits.quantile(0.75);
    if (!promise || !to) return waits.has_desk ? rules::NoWait::not_today : rules::NoWait::no_desk;
    rules::WaitForecast forecast;
    forecast.mean = des::to_time(waits.mean());
    forecast.earliest = *waits.quantile(0.1);
    forecast.from = std::min(*waits.quantile(0.25), *promise);
    forecast.to = std::min(*to, *promise);
    forecast.promise = *promise;
    forecast.before_closing = waits.before_closing / static_cast<double>(waits.paths);
    forecast.assumes_desks = waits.assumes_desks;
    return forecast;
}

}  // namespace

double PathWaits::mean() const {
    if (waits.empty()) return 0;
    return std::accumulate(waits.begin(), waits.end(), 0.0) / static_cast<double>(waits.size());
}

std::optional<Time> PathWaits::quantile(double p) const {
    const auto place = static_cast<std::size_t>(std::max(0.0, std::ceil(p * paths) - 1));
    if (place >= waits.size()) return std::nullopt;
    return waits[place];
}

HallWaits simulate_hall(const HallHabits& habits,
                        const rules::HallNow& now,
                        const std::vector<rules::QueueIndex>& newcomers,
                        const ForecastOptions& options) {
    HallPath path{habits, now, newcomers};
    HallWaits found;
    std::vector<PathWaits*> slots;
    const auto add = [&](PathWaits& waits, rules::QueueIndex queue) {
        waits.paths = options.paths;
        waits.assumes_desks = path.assumes_desks(queue);
        waits.has_desk = path.has_desk(queue);
        waits.waits.reserve(static_cast<std::size_t>(options.paths));
        slots.push_back(&waits);
    };
    for (const auto& waiter : now.waiting)
        add(found.tickets[waiter.ticket], waiter.queue);
    for (const auto queue : newcomers)
        add(found.newcomers[queue], queue);
    if (slots.empty()) return found;
    for (int number = 0; number < options.paths; ++number) {
        path.run(options.seed, static_cast<std::uint64_t>(number));
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            const Time wait = path.waits()[slot];
            if (wait == des::never) continue;
            slots[slot]->waits.push_back(wait);
            slots[slot]->before_closing += wait <= path.until_closing() ? 1 : 0;
        }
    }
    for (auto* waits : slots)
        std::ranges::sort(waits->waits);
    return found;
}

rules::Outlook simulated_outlook(const HallHabits& habits,
                                 const rules::HallNow& now,
                                 const std::vector<rules::QueueIndex>& newcomers,
                                 const ForecastOptions& options) {
    const auto waits = simulate_hall(habits, now, newcomers, options);
    rules::Outlook outlook;
    outlook.at = now.at;
    for (const auto& waiter : now.waiting)
        outlook.tickets.emplace(waiter.ticket, answer_of(waits.tickets.at(waiter.ticket),
                                                         habits.length(waiter.queue).mean(), options.level));
    for (const auto& [queue, found] : waits.newcomers)
        outlook.newcomers.emplace(queue, answer_of(found, habits.length(queue).mean(), options.level));
    return outlook;
}

rules::Outlook queue_length_outlook(const HallHabits& habits,
                                    const rules::HallNow& now,
                                    const std::vector<rules::QueueIndex>& newcomers,
                                    double level) {
    rules::Outlook outlook;
    outlook.at = now.at;
    outlook.basis = rules::WaitBasis::queue_length;
    const Time until_closing = habits.closes - now.minute * des::minute;
    for (std::size_t place = 0; place < now.waiting.size(); ++place)
        outlook.tickets.emplace(now.waiting[place].ticket,
                                queue_length_answer(line_before(habits, now, place), level, until_closing));
    for (const auto queue : newcomers)
        outlook.newcomers.emplace(
            queue, queue_length_answer(line_of_newcomer(habits, now, queue), level, until_closing));
    return outlook;
}

}  // namespace balcao::sim
