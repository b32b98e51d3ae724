#include "rules_compared.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>

#include "base/check.hpp"
#include "made_up_days.hpp"
#include "office/hall_snapshot.hpp"
#include "sim/hall_forecast.hpp"
#include "sim/queue_rules.hpp"

namespace balcao::waits {
namespace {

using office::Standing;

double to_minutes(double microseconds) { return microseconds / 60e6; }

double to_minutes(std::chrono::milliseconds length) { return static_cast<double>(length.count()) / 60'000; }

// What each rule told one person, in minutes.
struct Told {
    std::map<std::string, double> by_rule;
    double mean = 0;
    double median = 0;
};

// People are told apart as finely as a rule can: by service, and by standing.
using Kind = std::pair<office::ServiceKey, Standing>;

Kind kind_of(const office::Visit& visit) { return {visit.legs.front().service, visit.standing}; }

// People of the same service who wait and go before; the desks open for it.
sim::Line line_of_service(const sim::HallHabits& habits,
                          const rules::HallNow& now,
                          const office::Hall& hall,
                          const office::Visit& visit) {
    sim::Line line;
    const auto queue = *hall.layout().queue_of(visit.legs.front(), visit.rank, visit.standing);
    for (const auto& desk : now.desks)
        if (desk.doing != rules::DeskDoing::resting && habits.plan->serves[desk.group].has(queue)) {
            ++line.desks;
            line.free_desks += desk.doing == rules::DeskDoing::free ? 1 : 0;
        }
    for (const auto& other : hall.visits()) {
        const bool goes_before = other.standing == visit.standing || other.standing == Standing::priority;
        if (other.number != visit.number && std::holds_alternative<office::Waiting>(other.state) &&
            other.legs.front().service == visit.legs.front().service && goes_before)
            ++line.ahead;
    }
    line.mean = habits.length(queue).mean() + habits.way.mean() + habits.gap.mean();
    return line;
}

class Comparison {
public:
    Comparison(int learnt, int paths)
        : zone_{*Zone::find("Europe/Lisbon")},
          layout_{*office::Layout::of(made_up_shop(), model::SiteKey{"shop"})},
          paths_{paths} {
        rules::HallPast past;
        for (int number = 0; number < learnt; ++number) {
            const auto day = made_up_day(layout_, zone_, number, {});
            past.add(office::past_of(layout_, day.hall.date(), day.events, zone_));
        }
        past_ = std::move(past);
    }

    void try_day(int number) {
        told_.clear();
        last_wait_.clear();
        events_seen_ = 0;
        habits_ =
            sim::habits_by_model(layout_->city(), layout_->site(), layout_->plan(), layout_->names(),
                                 *parse_date("2026-01-05") + std::chrono::days{number / 5 * 7 + number % 5});
        sim::learn_from(habits_, past_, layout_->names());
        const auto day = made_up_day(layout_, zone_, number,
                                     [this](const office::Hall& hall, const office::Now& now,
                                            office::Number ticket) { return tell(hall, now, ticket); });
        for (const auto& visit : day.hall.visits()) {
            if (!visit.first_called) continue;
            const double came = to_minutes(*visit.first_called - visit.arrived);
            ++compared_.people;
            compared_.mean_wait += came;
            const Told& told = told_.at(visit.number);
            for (const auto& [name, wait] : told.by_rule)
                count(rules_[name], wait - came);
            count(mean_, told.mean - came);
            count(median_, told.median - came);
        }
        const Instant night = zone_.midnight(day.hall.date() + std::chrono::days{1});
        compared_.promises.add(office::record_of(day.hall, night));
        level_.take(day.hall, night);
    }

    Compared result() && {
        for (const auto& [name, errors] : rules_)
            compared_.rules.push_back(score(name, errors));
        compared_.forecast = {score("forecast, mean", mean_), score("forecast, median", median_)};
        compared_.mean_wait /= static_cast<double>(compared_.people);
        compared_.forecast_ms /= static_cast<double>(forecasts_);
        compared_.level = level_.value();
        return std::move(compared_);
    }

private:
    struct Errors {
        double squares = 0;
        double sizes = 0;
        double sum = 0;
        int count = 0;
    };

    static void count(Errors& errors, double error) {
        errors.squares += error * error;
        errors.sizes += std::abs(error);
        errors.sum += error;
        ++errors.count;
    }

    static Score score(const std::string& name, const Errors& errors) {
        const double count = errors.count;
        return {name, std::sqrt(errors.squares / count), errors.sizes / count, errors.sum / count};
    }

    std::vector<office::PromiseMade> tell(const office::Hall& hall,
                                          const office::Now& now,
                                          office::Number number) {
        const auto snapshot = office::now_of(hall, now);
        const auto place = std::ranges::find(snapshot.waiting, number.value, &rules::WaiterNow::ticket);
        BALCAO_CHECK(place != snapshot.waiting.end());
        compared_.most_waiting = std::max(compared_.most_waiting, snapshot.waiting.size());
        const auto begun = std::chrono::steady_clock::now();
        const auto waits = sim::simulate_hall(
            habits_, snapshot, {}, {.paths = paths_, .seed = static_cast<std::uint64_t>(snapshot.at)});
        const double took =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
        compared_.forecast_ms += took;
        compared_.longest_ms = std::max(compared_.longest_ms, took);
        ++forecasts_;
        const auto& own = waits.tickets.at(number.value);
        Told& told = told_[number];
        told.mean = to_minutes(own.mean());
        told.median = to_minutes(static_cast<double>(own.quantile(0.5).value_or(0)));
        tell_by_rules(hall, now, snapshot, static_cast<std::size_t>(place - snapshot.waiting.begin()));
        const auto latest = own.quantile(level_.value());
        if (!latest) return {};
        office::PromiseMade promise;
        promise.number = number;
        promise.from = std::chrono::floor<std::chrono::minutes>(
            now.at + std::chrono::milliseconds{*own.quantile(0.25) / 1000});
        promise.at_latest =
            std::chrono::ceil<std::chrono::minutes>(now.at + std::chrono::milliseconds{*latest / 1000});
        promise.to = promise.at_latest;
        return {promise};
    }

    void tell_by_rules(const office::Hall& hall,
                       const office::Now& now,
                       const rules::HallNow& snapshot,
                       std::size_t place) {
        const auto& visit = *hall.find({snapshot.waiting[place].ticket});
        auto& told = told_[visit.number].by_rule;
        const auto of_service = line_of_service(habits_, snapshot, hall, visit);
        const auto of_hall = sim::line_before(habits_, snapshot, place);
        const auto say = [&](const char* name, std::optional<double> wait) {
            told[name] = to_minutes(wait.value_or(0));
        };
        say("queue length, by service", sim::queue_length_wait(of_service));
        say("queue length, desks shared", sim::queue_length_wait(of_hall));
        say("constant over desks, by service", sim::constant_over_desks(of_service));
        say("constant over desks, desks shared", sim::constant_over_desks(of_hall));
        const bool is_free = of_service.ahead < of_service.free_desks;
        double head = 0;
        for (const auto& other : hall.visits()) {
            if (other.first_called && !told_.contains(other.number)) continue;
            if (other.number != visit.number && kind_of(other) == kind_of(visit) &&
                std::holds_alternative<office::Waiting>(other.state) && !other.first_called)
                head = std::max(head, to_minutes(now.at - other.arrived));
            if (other.first_called && kind_of(other) == kind_of(visit)) {
                auto& last = last_wait_[kind_of(visit)];
                if (*other.first_called >= last.first)
                    last = {*other.first_called, to_minutes(*other.first_called - other.arrived)};
            }
        }
        told["head of line, by service"] = is_free ? 0 : head;
        told["last served, by service"] = is_free ? 0 : last_wait_[kind_of(visit)].second;
    }

    Zone zone_;
    std::shared_ptr<const office::Layout> layout_;
    int paths_;
    rules::HallPast past_;
    sim::HallHabits habits_;
    office::PromiseLevel level_;
    std::map<office::Number, Told> told_;
    std::map<Kind, std::pair<Instant, double>> last_wait_;
    std::size_t events_seen_ = 0;
    std::size_t forecasts_ = 0;
    std::map<std::string, Errors> rules_;
    Errors mean_;
    Errors median_;
    Compared compared_;
};

}  // namespace

const Score& Compared::best_rule() const { return *std::ranges::min_element(rules, {}, &Score::rmse); }

double time_of_large_hall(int paths) {
    constexpr std::size_t desks = 12;
    constexpr std::size_t people = 150;
    const auto layout = *office::Layout::of(made_up_shop(), model::SiteKey{"shop"});
    auto habits = sim::habits_by_model(layout->city(), layout->site(), layout->plan(), layout->names(),
                                       *parse_date("2026-01-05"));
    habits.lengths = {sim::LengthOfTime::of(random::Sampler::lognormal(600e6, 0.8))};
    std::ranges::fill(habits.length_of, std::size_t{0});
    rules::HallNow now;
    now.at = 1'000 * des::hour;
    now.minute = 10 * 60;
    for (std::size_t place = 0; place < desks; ++place) {
        rules::DeskNow desk;
        desk.group = static_cast<rules::GroupIndex>(place % layout->plan().serves.size());
        desk.doing = rules::DeskDoing::serving;
        desk.since = now.at - des::minute;
        while (!layout->plan().serves[desk.group].has(desk.queue))
            ++desk.queue;
        now.desks.push_back(desk);
    }
    for (std::size_t place = 0; place < people; ++place) {
        rules::WaiterNow waiter;
        waiter.ticket = static_cast<std::uint32_t>(place);
        waiter.queue = static_cast<rules::QueueIndex>(place % layout->plan().queues.size());
        waiter.arrived = waiter.joined = now.at - static_cast<rules::Instant>(people - place) * des::second;
        now.waiting.push_back(waiter);
    }
    std::vector<double> times;
    for (int round = 0; round < 11; ++round) {
        const auto begun = std::chrono::steady_clock::now();
        const auto waits = sim::simulate_hall(habits, now, {}, {.paths = paths});
        BALCAO_CHECK(waits.tickets.size() == people);
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

Compared compare_on_made_up_days(int learnt, int tried, int paths) {
    Comparison comparison{learnt, paths};
    for (int number = learnt; number < learnt + tried; ++number)
        comparison.try_day(number);
    return std::move(comparison).result();
}

}  // namespace balcao::waits
