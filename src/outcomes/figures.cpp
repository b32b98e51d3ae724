#include "outcomes/figures.hpp"

#include <algorithm>

namespace balcao::outcomes {
namespace {

using std::chrono::milliseconds;

int month_number(Date date) {
    const std::chrono::year_month_day day{date};
    return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month()));
}

milliseconds took(const Trail& trail, const StepTrail& step) {
    return std::max(step.ended - trail.opened, milliseconds{0});
}

std::optional<std::uint64_t> told(std::uint64_t count) {
    return count < told_from ? std::nullopt : std::optional{count};
}

}  // namespace

Result<std::size_t> Outcomes::catch_up(std::size_t limit) {
    const std::lock_guard following{following_};
    BALCAO_TRY(auto news, store_.follow(cursor_, limit));
    cursor_ = std::move(news.next);
    Result<void> all{};
    const std::lock_guard lock{mutex_};
    for (const auto& event : news.events)
        if (const auto number = cases::case_of_stream(event.stream)) {
            auto heard = hear(*number, event);
            if (heard) continue;
            open_.erase(*number);  // and counted no further
            if (all) all = heard;
        }
    if (!all) return all.error();
    if (news.events.empty()) is_current_ = true;
    return news.events.size();
}

bool Outcomes::is_current() const {
    const std::lock_guard lock{mutex_};
    return is_current_;
}

// What was counted is taken back before an event and counted again after it, so that a step that was had and
// is undone is in one place.
Result<void> Outcomes::hear(const cases::CaseNumber& number, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, cases::decode_case(event));
    auto found = open_.find(number);
    if (found == open_.end()) {
        if (event.version != 1) return {};  // over already
        found = open_.emplace(number, Trail{.number = number}).first;
    }
    Trail& trail = found->second;
    const auto before = trail.steps;
    trail.hear(decoded, event.at);
    for (std::size_t place = 0; place < trail.steps.size(); ++place) {
        const StepTrail& now = trail.steps[place];
        if (place < before.size()) {
            if (before[place] == now) continue;
            if (before[place].fate != Fate::open) take_back(trail, before[place]);
        }
        if (now.fate != Fate::open) count(trail, now);
    }
    if (trail.is_over()) open_.erase(found);
    return {};
}

Outcomes::Month& Outcomes::month_of(OfService& of, Instant ended) {
    return of.by_month[month_number(zone_.at(ended).date)];
}

void Outcomes::count(const Trail& trail, const StepTrail& step) {
    OfService& of = services_[step.service];
    Month& month = month_of(of, step.ended);
    if (step.fate == Fate::denied) ++month.denied;
    if (step.fate == Fate::dropped) ++month.dropped;
    if (step.fate == Fate::had) {
        month.had.add(took(trail, step));
        month.took += took(trail, step);
        month.with_citizen += step.with_citizen;
    }
    while (of.by_month.size() > months + 1)
        of.by_month.erase(of.by_month.begin());
    of.lately.push_front({trail.number, trail.opened, step});
    if (of.lately.size() > lately_most) of.lately.pop_back();
}

void Outcomes::take_back(const Trail& trail, const StepTrail& step) {
    OfService& of = services_[step.service];
    std::erase_if(of.lately,
                  [&](const Known& one) { return one.number == trail.number && one.step.step == step.step; });
    const auto found = of.by_month.find(month_number(zone_.at(step.ended).date));
    if (found == of.by_month.end()) return;  // too long ago to be told
    Month& month = found->second;
    if (step.fate == Fate::denied) --month.denied;
    if (step.fate == Fate::dropped) --month.dropped;
    if (step.fate != Fate::had) return;
    month.had.take_back(took(trail, step));
    month.took -= took(trail, step);
    month.with_citizen -= step.with_citizen;
}

Figures Outcomes::figures_of(const model::ServiceKey& service, Date today) const {
    Figures figures{.service = service};
    const auto found = services_.find(service);
    if (found == services_.end()) return figures;
    Month all;
    const int last = month_number(today);
    for (const auto& [number, month] : found->second.by_month) {
        if (number <= last - months || number > last) continue;
        all.had.add(month.had);
        all.denied += month.denied;
        all.dropped += month.dropped;
        all.took += month.took;
        all.with_citizen += month.with_citizen;
    }
    figures.had = told(all.had.count());
    figures.denied = told(all.denied);
    figures.dropped = told(all.dropped);
    if (!figures.had) return figures;
    constexpr double nine_of_ten = 0.9;
    figures.half = all.had.within(0.5);
    figures.nine_of_ten = all.had.within(nine_of_ten);
    figures.with_citizen = all.took.count() == 0 ? 0.0
                                                 : static_cast<double>(all.with_citizen.count()) /
                                                       static_cast<double>(all.took.count());
    return figures;
}

std::vector<Figures> Outcomes::all(Date today) const {
    const std::lock_guard lock{mutex_};
    std::vector<Figures> all;
    for (const auto& [service, of] : services_) {
        auto figures = figures_of(service, today);
        if (figures.had || figures.denied || figures.dropped) all.push_back(std::move(figures));
    }
    return all;
}

Figures Outcomes::of(const model::ServiceKey& service, Date today) const {
    const std::lock_guard lock{mutex_};
    return figures_of(service, today);
}

std::vector<Ended> Outcomes::lately(const model::ServiceKey& service) const {
    const std::lock_guard lock{mutex_};
    const auto found = services_.find(service);
    if (found == services_.end() || found->second.lately.size() < told_from) return {};
    std::vector<Ended> ended;
    for (const auto& one : found->second.lately)
        ended.push_back({names_.of(one.number), zone_.at(one.opened).date, zone_.at(one.step.ended).date,
                         one.step.fate, std::max(one.step.ended - one.opened, milliseconds{0}),
                         one.step.with_citizen});
    std::ranges::stable_sort(ended, std::ranges::greater{}, &Ended::ended);
    return ended;
}

}  // namespace balcao::outcomes
