#include "office/foresight.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/check.hpp"
#include "office/hall_snapshot.hpp"

namespace balcao::office {
namespace {

using namespace std::chrono_literals;

constexpr auto at_most_every = 1s;
constexpr auto looks_again = 20s;     // of a hall in use where nothing happened: time passes there too
constexpr auto learns_again = 15min;  // from what today has shown
constexpr auto worth_moving = 5min;   // a promise is moved to a time so much earlier, at least

Instant to_instant(rules::Instant at) {
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{at})};
}

Instant minute_before(rules::Instant at) { return std::chrono::floor<std::chrono::minutes>(to_instant(at)); }

Instant minute_after(rules::Instant at) { return std::chrono::ceil<std::chrono::minutes>(to_instant(at)); }

// The nearest minute that is still to come: always the next one would keep more promises than were meant.
Instant minute_of_promise(rules::Instant at, rules::Instant now) {
    const Instant nearest = std::chrono::round<std::chrono::minutes>(to_instant(at));
    return std::max(nearest, minute_before(now) + 1min);
}

int minute_of(const Zone& zone, Instant at) {
    return static_cast<int>(std::chrono::floor<std::chrono::minutes>(zone.at(at).since_midnight).count());
}

// Promised once, and moved once at most: then to a time that is much earlier, in minutes and as a share of
// what was left.
bool is_worth_saying(const std::optional<Promise>& made, Instant at_latest, Instant now) {
    if (!made) return true;
    if (made->was_moved || at_latest + worth_moving > made->at_latest) return false;
    return 4 * (at_latest - now) <= 3 * (made->at_latest - now);
}

}  // namespace

const rules::WaitAnswer* SiteOutlook::of(Number number) const {
    const auto found = outlook.tickets.find(number.value);
    return found == outlook.tickets.end() ? nullptr : &found->second;
}

const rules::WaitAnswer* SiteOutlook::of_newcomer(const ServiceKey& service) const {
    const auto queue =
        layout->queue_of(layout->first_leg(service), layout->rank_of(service), Standing::ordinary);
    if (!queue) return nullptr;
    const auto found = outlook.newcomers.find(*queue);
    return found == outlook.newcomers.end() ? nullptr : &found->second;
}

void Foresight::Marks::set(const model::SiteKey& site, bool has_changed) {
    const std::lock_guard lock{mutex_};
    if (has_changed)
        changed_.insert(site);
    else
        changed_.erase(site);
}

bool Foresight::Marks::has(const model::SiteKey& site) const {
    const std::lock_guard lock{mutex_};
    return changed_.contains(site);
}

Foresight::Foresight(FrontOffice& office,
                     const Clock& clock,
                     Forecaster& forecaster,
                     Appointments* appointments)
    : office_{office}, clock_{clock}, forecaster_{forecaster}, appointments_{appointments} {
    office.listen([changed = changed_](const Happened& happened) {
        const auto is_of_us = [](const auto& event) {
            return std::holds_alternative<PromiseMade>(event.first);
        };
        if (std::ranges::all_of(happened.events, is_of_us)) return;
        changed->set(happened.hall.layout().site().key, true);
    });
}

void Foresight::listen(std::function<void(const model::SiteKey&)> listener) {
    listeners_.push_back(std::move(listener));
}

std::shared_ptr<const SiteOutlook> Foresight::of(const model::SiteKey& site) const {
    const std::lock_guard lock{mutex_};
    const auto found = outlooks_.find(site);
    return found == outlooks_.end() ? nullptr : found->second;
}

Foresight::Counters Foresight::counters() const {
    const std::lock_guard lock{mutex_};
    return counters_;
}

Result<void> Foresight::look_ahead() {
    Result<void> first;
    for (const auto& site : office_.model().sites) {
        auto looked = look_ahead(site.key);
        if (!looked && first) first = std::move(looked);
    }
    return first;
}

Result<void> Foresight::look_ahead(const model::SiteKey& key) {
    const std::lock_guard looking{looking_};
    const auto layout = office_.layout(key);
    if (layout == nullptr || layout->services().empty()) {
        publish(key, nullptr);
        return {};
    }
    auto& site = sites_[key];
    if (site.layout != layout) {
        site = Site{};  // queues have other places in another edition, so everything is learnt anew
        site.layout = layout;
    }
    auto looked = look_at(key, site, changed_->has(key));
    if (!looked) changed_->set(key, true);
    return looked;
}

Result<void> Foresight::look_at(const model::SiteKey& key, Site& site, bool has_changed) {
    const Instant at = clock_.now();
    const Date today = office_.zone().at(at).date;
    const bool is_new_day = !site.is_learnt || site.date != today;
    if (!is_new_day && at < site.looked + (has_changed ? at_most_every : looks_again)) return {};
    site.looked = at;
    changed_->set(key, false);
    if (is_new_day)
        if (auto learnt = learn(key, site, today); !learnt) return learnt;
    auto seen = see(key, site, at);
    if (!seen) return seen.error();
    if (!seen->is_in_use) {
        publish(key, nullptr);
        return {};
    }
    if (seen->edition != site.layout->edition()) {
        changed_->set(key, true);  // the hall is about to follow
        return {};
    }
    if (!site.was_handed_over || at >= site.learnt + learns_again)
        if (auto learnt = learn_today(key, site, at); !learnt) return learnt;
    if (auto expected = expect(key, site, seen->now, at); !expected) return expected;

    const auto begun = std::chrono::steady_clock::now();
    auto outlook = std::make_shared<SiteOutlook>();
    outlook->outlook =
        forecaster_.forecast(*site.layout, seen->now, newcomers_of(*site.layout), seen->level.value());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    {
        const std::lock_guard lock{mutex_};
        ++counters_.forecasts;
        counters_.seconds += seconds;
        counters_.longest = std::max(counters_.longest, seconds);
    }
    promise(key, site, *seen, outlook->outlook);
    outlook->layout = site.layout;
    outlook->date = today;
    outlook->made = at;
    outlook->today = outlook->week = seen->today;
    outlook->week.add(site.days_before);
    outlook->level = seen->level.value();
    publish(key, std::move(outlook));
    return {};
}

// The days before, read once a day.
Result<void> Foresight::learn(const model::SiteKey& key, Site& site, Date today) {
    Site learnt;
    learnt.layout = site.layout;
    learnt.date = today;
    learnt.looked = site.looked;
    for (int before = days_learnt; before > 0; --before) {
        const Date date = today - std::chrono::days{before};
        const auto events = office_.history(key, date);
        if (!events) return events.error();
        if (events->empty()) continue;
        learnt.past.add(past_of(site.layout, date, *events, office_.zone()));
        Hall hall{site.layout, date};
        for (const auto& [event, at] : *events)
            hall.apply(event, at);
        const Instant night = office_.zone().midnight(date + std::chrono::days{1});
        learnt.level.take(hall, night);
        if (before <= 6) learnt.days_before.add(record_of(hall, night));
    }
    learnt.is_learnt = true;
    site = std::move(learnt);
    return {};
}

// How things go today counts as well; who comes does not, for the day is not over.
Result<void> Foresight::learn_today(const model::SiteKey& key, Site& site, Instant now) {
    const auto events = office_.history(key, site.date);
    if (!events) return events.error();
    auto today = past_of(site.layout, site.date, *events, office_.zone());
    today.days = 0;
    today.arrivals.clear();
    today.add(site.past);
    forecaster_.learn(*site.layout, site.date, today);
    site.was_handed_over = true;
    site.learnt = now;
    return {};
}

// Who has an appointment today and is not here yet.
Result<void> Foresight::expect(const model::SiteKey& key, const Site& site, rules::HallNow& now, Instant at) {
    if (appointments_ == nullptr) return {};
    BALCAO_TRY(const auto due, appointments_->due(key, site.date, at));
    for (const auto& one : due)
        if (auto expected = expected_of(*site.layout, one)) now.expected.push_back(*std::move(expected));
    return {};
}

Result<Foresight::Seen> Foresight::see(const model::SiteKey& key, const Site& site, Instant at) {
    Seen seen;
    seen.level = site.level;
    const auto looked = office_.look(key, site.date, [&](const Hall& hall) {
        const int minute = minute_of(office_.zone(), at);
        const auto hours = hall.layout().site().open.on(hall.date());
        const bool is_before_closing = !hours.empty() && minute < hours.back().end_minute;
        seen.edition = hall.layout().edition();
        seen.now = now_of(hall, {at, minute});
        seen.today = record_of(hall, at);
        seen.level.take(hall, at);
        seen.is_in_use = !hall.has_ended() && (is_before_closing || !seen.now.waiting.empty());
        for (const Visit& visit : hall.visits())
            if (std::holds_alternative<Waiting>(visit.state) && !visit.first_called)
                seen.open.emplace(visit.number, visit.promise);
    });
    if (!looked) return looked.error();
    return seen;
}

void Foresight::promise(const model::SiteKey& key,
                        const Site& site,
                        const Seen& seen,
                        const rules::Outlook& told) {
    MakePromises command;
    for (const auto& [number, made] : seen.open) {
        const auto answer = told.tickets.find(number.value);
        if (answer == told.tickets.end()) continue;
        const auto* forecast = std::get_if<rules::WaitForecast>(&answer->second);
        if (forecast == nullptr) continue;
        PromiseMade promise;
        promise.number = number;
        promise.from = minute_before(told.at + forecast->from);
        promise.at_latest = minute_of_promise(told.at + forecast->promise, told.at);
        promise.to = std::clamp(minute_after(told.at + forecast->to), promise.from, promise.at_latest);
        promise.basis = forecast->basis;
        if (is_worth_saying(made, promise.at_latest, to_instant(told.at)))
            command.promises.push_back(promise);
    }
    if (command.promises.empty()) return;
    {
        const std::lock_guard lock{mutex_};
        counters_.promises += command.promises.size();
    }
    const auto answered = [changed = changed_, key](const Reply& reply) {
        // The next look sees who has none, and promises again.
        if (!std::holds_alternative<Accepted>(reply)) changed->set(key, true);
    };
    const auto handled =
        office_.handle({.site = key, .date = site.date, .key = {}, .command = std::move(command)}, answered);
    BALCAO_CHECK(handled.has_value());  // the sites are the office's own
}

void Foresight::publish(const model::SiteKey& key, std::shared_ptr<const SiteOutlook> outlook) {
    {
        const std::lock_guard lock{mutex_};
        auto& known = outlooks_[key];
        if (known == nullptr && outlook == nullptr) return;
        known = std::move(outlook);
    }
    for (const auto& listener : listeners_)
        listener(key);
}

std::vector<rules::QueueIndex> Foresight::newcomers_of(const Layout& layout) const {
    std::vector<rules::QueueIndex> queues;
    for (const auto& service : layout.services())
        if (const auto queue =
                layout.queue_of(layout.first_leg(service), layout.rank_of(service), Standing::ordinary))
            queues.push_back(*queue);
    return queues;
}

}  // namespace balcao::office
