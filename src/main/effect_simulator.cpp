#include "main/effect_simulator.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <sys/resource.h>
#include <thread>

#include "sim/compare.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr int low_priority = 15;
constexpr int days_simulated = 7;
constexpr int replications_first = 4;  // so few that something is known soon
constexpr int replications_most = 60;
constexpr double spare = 0.8;  // of the time that is left

// Becomes true at a moment, or with another flag; looked at by a thread of its own.
class Deadline {
public:
    Deadline(steady_clock::time_point at, const std::atomic<bool>& or_with)
        : has_come_{or_with || steady_clock::now() >= at},
          watch_{[this, at, &or_with](const std::stop_token& over) {
              std::unique_lock lock{mutex_};
              while (!over.stop_requested() && steady_clock::now() < at && !or_with)
                  woken_.wait_for(lock, over, 50ms, [] { return false; });
              has_come_ = true;
          }} {}

    [[nodiscard]] const std::atomic<bool>& flag() const { return has_come_; }

private:
    std::atomic<bool> has_come_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::jthread watch_;  // last: it uses all the others
};

// The dates that are closed or have hours of their own at some site.
std::set<Date> days_that_differ(const model::OpeningHours& one, const model::OpeningHours& other) {
    std::set<Date> days;
    for (const auto* open : {&one, &other}) {
        days.insert(open->closed.begin(), open->closed.end());
        for (const auto& said : open->dates)
            days.insert(said.date);
    }
    std::erase_if(days, [&](Date day) { return one.on(day) == other.on(day); });
    return days;
}

std::optional<web::EffectRow> row_of(const sim::Difference& difference) {
    const auto& of = difference.of;
    const bool is_told = difference.measure == sim::Measure::wait ||
                         (difference.measure == sim::Measure::served_within && difference.limit_minutes);
    const bool is_part = of.desk || of.step || of.channel || of.hour || (of.group && of.service);
    // Who waits as before is not told of.
    const bool is_same = difference.difference == 0 && difference.half_width.value_or(0) == 0;
    if (!is_told || is_part || is_same) return std::nullopt;
    web::EffectRow row;
    if (difference.measure == sim::Measure::served_within) row.within_minutes = difference.limit_minutes;
    row.site = model::SiteKey{of.site.value_or("")};
    row.service = model::ServiceKey{of.service.value_or("")};
    row.group = model::GroupKey{of.group.value_or("")};
    row.before = difference.base_mean;
    row.after = difference.scenario_mean;
    row.half_width = difference.half_width;
    row.is_better = difference.better;
    return row;
}

// Who comes, a day.
double people_in(const sim::Results& results) {
    const auto* arrivals = results.find(sim::Measure::arrivals);
    return arrivals != nullptr ? arrivals->mean : 0;
}

struct Pair {
    model::Model now;
    model::Model after;
};

// So many replications of both; without rows where the deadline came first.
Result<web::Effect> compared(const Pair& models, int replications, const std::atomic<bool>& stop) {
    sim::CompareOptions options;
    options.run.days = days_simulated;
    options.run.replications = replications;
    options.run.threads = 1;
    options.run.stop = &stop;
    BALCAO_TRY(const auto comparison, sim::compare(models.now, {{"change", models.after}}, options));
    web::Effect effect{.first_day = models.now.first_day, .days = days_simulated};
    const int done = comparison.scenarios.front().replications;
    if (done < 2 || comparison.base.replications != done) return effect;
    effect.replications = done;
    effect.people_before = people_in(comparison.base);
    effect.people_after = people_in(comparison.scenarios.front());
    for (const auto& difference : comparison.differences)
        if (auto row = row_of(difference)) effect.rows.push_back(*std::move(row));
    return effect;
}

// Those of the whole city first, then sites, in the order of the model.
void put_in_order(std::vector<web::EffectRow>& rows, const model::Model& city) {
    const auto place = [&](const web::EffectRow& row) {
        const auto found = std::ranges::find(city.sites, row.site, &model::Site::key);
        return row.site.empty() ? -1 : static_cast<int>(found - city.sites.begin());
    };
    std::ranges::stable_sort(rows, {}, place);
}

}  // namespace

Date first_day_to_simulate(const model::Model& now, const model::Model& after, Date today) {
    const auto monday = [](Date date) { return date - std::chrono::days{weekday_index(date)}; };
    std::optional<Date> first;
    for (const auto& site : now.sites) {
        const auto* other = after.find(site.key);
        if (other == nullptr) continue;
        for (const Date day : days_that_differ(site.open, other->open))
            if (day >= today && (!first || day < *first)) first = day;
    }
    return first ? monday(*first) : monday(today) + std::chrono::days{7};
}

Result<web::Effect> EffectSimulator::effect_of(const model::Model& now,
                                               const model::Model& after,
                                               const std::atomic<bool>& stop) {
    // Of this thread and those that it begins; it is only made worse, so this cannot fail.
    (void)setpriority(PRIO_PROCESS, 0, low_priority);
    const auto began = steady_clock::now();
    const Deadline deadline{began + time_most_, stop};
    Pair models{now, after};
    models.now.first_day = first_day_to_simulate(now, after, zone_.at(clock_.now()).date);
    models.after.first_day = models.now.first_day;
    BALCAO_TRY(web::Effect effect, compared(models, replications_first, deadline.flag()));
    const std::chrono::duration<double> took = steady_clock::now() - began;
    const std::chrono::duration<double> left = time_most_ - took;
    const int more = std::min(replications_most,
                              static_cast<int>(spare * left.count() / took.count() * replications_first));
    if (effect.replications == replications_first && more > replications_first) {
        BALCAO_TRY(web::Effect surer, compared(models, more, deadline.flag()));
        if (surer.replications > effect.replications) effect = std::move(surer);
    }
    put_in_order(effect.rows, now);
    return effect;
}

}  // namespace balcao::cli
