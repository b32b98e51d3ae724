#include "record/law.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/offering.hpp"
#include "model/serving.hpp"
#include "record/clock_time.hpp"

namespace balcao::record {
namespace {

using std::chrono::minutes;

constexpr milliseconds soon = minutes{1};  // in which a wait need not have been told

// Desks of a group at a minute of the day; none for one without limit.
int desks_at(const model::DeskGroup& group, Date date, int minute) {
    if (const int* count = std::get_if<int>(&group.count)) return *count;
    const auto* roster = std::get_if<model::Roster>(&group.count);
    if (roster == nullptr) return 0;
    for (const auto& [days, hours] : roster->weekly) {
        if (!days.has(weekday_index(date))) continue;
        for (const auto& [range, count] : hours)
            if (range.begin_minute <= minute && minute < range.end_minute) return count;
    }
    return 0;
}

bool is_attended_in_person(const model::DeskGroup& group) {
    const bool is_in_person =
        group.channels.empty() || std::ranges::any_of(group.channels, [](const model::ChannelKey& channel) {
            return !model::is_remote(channel);
        });
    return is_in_person && group.kind != model::DeskKind::kiosk;
}

bool is_offered_to_walk_ins(const model::Site& site, const model::Service& service) {
    const auto takes_walk_ins = [](const model::DeskGroup* desk) {
        return desk->takes != model::Takes::booked && is_attended_in_person(*desk);
    };
    std::vector<model::ChannelKey> channels{model::ChannelKey{"counter"}};
    for (const model::DeskGroup& group : site.desks)
        for (const model::ChannelKey& channel : group.channels)
            if (!model::is_remote(channel)) channels.push_back(channel);
    return std::ranges::any_of(channels, [&](const model::ChannelKey& channel) {
        if (!model::serves(site, service, channel)) return false;
        const auto steps = model::desks_by_step(site, service, channel);
        return std::ranges::all_of(
            steps, [&](const auto& desks) { return std::ranges::any_of(desks, takes_walk_ins); });
    });
}

class Finder {
public:
    Finder(const HallDay& day, const model::Model& model, const model::Site& site, const Zone& zone)
        : day_{day}, model_{model}, site_{site}, zone_{zone}, open_{site.open.on(day.date)} {}

    [[nodiscard]] DutyFound find(const model::Duty& duty) const {
        DutyFound found{.duty = duty};
        switch (duty.kind) {
            case model::DutyKind::walk_in_hours:
                found.walk_in_hours = walk_in_hours();
                found.kept = judged(*found.walk_in_hours);
                break;
            case model::DutyKind::wait_shown:
                found.wait_shown = wait_shown();
                found.kept = found.wait_shown->tickets == 0       ? Kept::unknown
                             : found.wait_shown->long_without > 0 ? Kept::broken
                                                                  : Kept::kept;
                break;
            case model::DutyKind::priority:
                found.priority = priority();
                found.kept = judged(*found.priority);
                break;
            case model::DutyKind::walk_in_capacity:
                found.capacity = capacity();
                found.kept = judged(*found.capacity, duty.at_least);
                break;
            case model::DutyKind::drop_off:
                found.drop_off = drop_off(duty);
                found.kept = open_.empty()                     ? Kept::unknown
                             : found.drop_off->offered.empty() ? Kept::broken
                                                               : Kept::kept;
                break;
            case model::DutyKind::screen_languages:
                found.untranslated = untranslated(duty);
                found.kept = found.untranslated.empty() ? Kept::kept : Kept::broken;
                break;
        }
        return found;
    }

private:
    [[nodiscard]] bool is_anything_recorded() const { return !day_.tickets.empty() || !day_.desks.empty(); }

    [[nodiscard]] Instant at(int minute) const { return instant_at(zone_, day_.date, minute); }

    // Minutes of opening behind that moment.
    [[nodiscard]] int minutes_after(Instant moment) const {
        int lost = 0;
        for (const TimeRange& range : open_) {
            const Instant from = std::max(moment, at(range.begin_minute));
            if (from < at(range.end_minute))
                lost += static_cast<int>(std::chrono::floor<minutes>(at(range.end_minute) - from).count());
        }
        return lost;
    }

    // The day's last ticket: numbers go on from the first, as the hall gives them (Hall::next_number).
    [[nodiscard]] std::uint32_t last_number() const {
        const auto first = static_cast<std::uint32_t>(site_.tickets.first);
        const auto last = static_cast<std::uint32_t>(site_.tickets.last);
        const auto begun = day_.tickets.empty() ? first : day_.tickets.front().number.value;
        return std::max(last, begun + (last - first));
    }

    [[nodiscard]] WalkInHours walk_in_hours() const {
        WalkInHours found;
        found.hours = open_;
        found.is_offered = std::ranges::any_of(
            model_.services, [&](const auto& service) { return is_offered_to_walk_ins(site_, service); });
        for (const TimeRange& range : open_)
            found.minutes_asked += range.end_minute - range.begin_minute;
        for (const Ticket& ticket : day_.tickets) {
            const bool is_last = ticket.number.value == last_number();
            if (is_last && minutes_after(ticket.arrived) > 0) found.numbers_gone = ticket.arrived;
            if (ticket.appointment) continue;
            ++found.tickets;
            if (!found.first) found.first = ticket.arrived;
            found.last = ticket.arrived;
        }
        if (day_.day_ended && minutes_after(*day_.day_ended) > 0) found.ended = day_.day_ended;
        Instant until = Instant::max();
        if (found.numbers_gone) until = std::min(until, *found.numbers_gone);
        if (found.ended) until = std::min(until, *found.ended);
        found.minutes_lost = !found.is_offered         ? found.minutes_asked
                             : until == Instant::max() ? 0
                                                       : minutes_after(until);
        return found;
    }

    [[nodiscard]] Kept judged(const WalkInHours& found) const {
        if (found.minutes_lost > 0) return Kept::broken;
        return open_.empty() || !is_anything_recorded() ? Kept::unknown : Kept::kept;
    }

    [[nodiscard]] WaitShown wait_shown() const {
        WaitShown found;
        for (const Ticket& ticket : day_.tickets) {
            ++found.tickets;
            if (!ticket.promise) {
                const Instant until = ticket.first_called.value_or(ticket.ended);
                ++found.without;
                found.long_without += until - ticket.counts_from() >= soon ? 1 : 0;
            } else if (ticket.promise->basis == rules::WaitBasis::simulated) {
                ++found.by_forecast;
            } else {
                ++found.by_queue;
            }
        }
        return found;
    }

    [[nodiscard]] PriorityGiven priority() const {
        PriorityGiven found;
        found.tickets = std::ranges::count_if(day_.tickets, &Ticket::has_priority);
        found.cases = day_.passed_over;
        for (const PassedOver& one : found.cases)
            for (const Passed& passed : one.passed)
                found.longest = std::max(found.longest, waited_on(one, passed).value_or(milliseconds{0}));
        return found;
    }

    [[nodiscard]] Kept judged(const PriorityGiven& found) const {
        if (found.cases.empty()) return is_anything_recorded() ? Kept::kept : Kept::unknown;
        const bool is_all_by_rule = std::ranges::all_of(found.cases, [](const PassedOver& one) {
            return one.called_by == office::CalledBy::rule || one.called_by == office::CalledBy::sending;
        });
        return is_all_by_rule ? Kept::look : Kept::broken;
    }

    // People at once that the windows of that minute keep for appointments.
    [[nodiscard]] int places_at(int minute) const {
        int places = 0;
        for (const model::AppointmentWindow& window : site_.appointments.windows) {
            const bool is_open = std::ranges::any_of(window.hours, [&](const TimeRange& range) {
                return range.begin_minute <= minute && minute < range.end_minute;
            });
            const bool is_remote =
                !window.channels.empty() && std::ranges::all_of(window.channels, &model::is_remote);
            if (!is_open || is_remote || !window.comes_on(day_.date)) continue;
            if (window.places) {
                places += *window.places;
                continue;
            }
            const auto desks = model::desks_for_window(model_, site_, window, weekday_index(day_.date));
            if (!desks) continue;
            for (const auto& [range, count] : *desks)
                if (range.begin_minute <= minute && minute < range.end_minute) places += count;
        }
        return places;
    }

    void add_planned(Capacity& found, int minute, int length) const {
        int all = 0;
        int only_booked = 0;
        int only_walk_in = 0;
        for (const model::DeskGroup& group : site_.desks) {
            if (!is_attended_in_person(group)) continue;
            const int desks = desks_at(group, day_.date, minute);
            all += desks;
            if (group.takes == model::Takes::booked) only_booked += desks;
            if (group.takes == model::Takes::walk_in) only_walk_in += desks;
        }
        const int booked = std::min(all - only_walk_in, std::max(only_booked, places_at(minute)));
        found.planned += static_cast<double>(all) * length;
        found.planned_for_booked += static_cast<double>(booked) * length;
    }

    [[nodiscard]] const model::DeskGroup* group_of(const office::DeskId& desk) const {
        return model::find_desk(site_, desk.group);
    }

    [[nodiscard]] Capacity capacity() const {
        constexpr int step = 5;
        Capacity found;
        for (const TimeRange& range : open_)
            for (int minute = range.begin_minute; minute < range.end_minute; minute += step)
                add_planned(found, minute, std::min(step, range.end_minute - minute));
        const auto length = [](Instant begin, Instant end) {
            return std::chrono::duration<double, std::ratio<60>>(end - begin).count();
        };
        const auto is_for_booked = [&](const office::DeskId& desk) {
            const auto* group = group_of(desk);
            return group != nullptr && group->takes == model::Takes::booked;
        };
        for (const DeskStretch& desk : day_.desks) {
            const auto* group = group_of(desk.desk);
            if (group == nullptr || !is_attended_in_person(*group)) continue;
            found.open += length(desk.begin, desk.end);
            if (is_for_booked(desk.desk)) found.for_booked += length(desk.begin, desk.end);
        }
        for (const Ticket& ticket : day_.tickets) {
            if (!ticket.appointment || !ticket.is_exact) continue;
            for (const Period& period : ticket.periods) {
                const bool holds = period.doing == Doing::service || period.doing == Doing::way;
                if (holds && period.ending != Ending::undone && period.desk && !is_for_booked(*period.desk))
                    found.for_booked += length(period.begin, period.end);
            }
        }
        return found;
    }

    [[nodiscard]] static Kept judged(const Capacity& found, double at_least) {
        const auto planned = found.planned_left();
        const auto left = found.left();
        if (!planned && !left) return Kept::unknown;
        constexpr double slack = 1e-9;
        const bool is_low = (planned && *planned < at_least - slack) || (left && *left < at_least - slack);
        return is_low ? Kept::broken : Kept::kept;
    }

    [[nodiscard]] DropOff drop_off(const model::Duty& duty) const {
        DropOff found;
        for (const model::ServiceKey& key : duty.services) {
            const model::Service* service = model_.find(key);
            if (service != nullptr && is_offered_to_walk_ins(site_, *service)) found.offered.push_back(key);
        }
        for (const Ticket& ticket : day_.tickets)
            for (std::size_t place = 0; place < ticket.legs.size(); ++place) {
                const Leg& leg = ticket.legs[place];
                const bool is_last =
                    place + 1 == ticket.legs.size() || ticket.legs[place + 1].service != leg.service;
                const bool is_handed_in =
                    is_last && leg.desk && leg.ended &&
                    std::ranges::find(duty.services, leg.service) != duty.services.end();
                if (!is_handed_in) continue;
                if (ticket.appointment)
                    ++found.with_appointment;
                else
                    found.documents.push_back({ticket.number, leg.service, *leg.ended});
            }
        return found;
    }

    [[nodiscard]] std::vector<std::string> untranslated(const model::Duty& duty) const {
        std::vector<std::string> names;
        const auto look = [&](const LocalText& name, const std::string& key) {
            // One text without a language is a proper name, the same in all.
            if (name.texts.size() == 1 && name.texts.front().first.empty()) return;
            for (const std::string& language : duty.languages)
                if (std::ranges::none_of(name.texts, [&](const auto& one) { return one.first == language; }))
                    names.push_back(fmt::format("{} ({})", key, language));
        };
        look(site_.name, site_.key.text());
        for (const model::DeskGroup& group : site_.desks)
            look(group.name, group.key.text());
        for (const model::Service& service : model_.services)
            if (model::serves_somehow(site_, service)) look(service.name, service.key.text());
        return names;
    }

    const HallDay& day_;
    const model::Model& model_;
    const model::Site& site_;
    const Zone& zone_;
    std::vector<TimeRange> open_;
};

std::optional<double> share_left(double all, double taken) {
    if (all <= 0) return std::nullopt;
    return std::max(0.0, 1 - taken / all);
}

}  // namespace

std::string_view name_of(Kept kept) {
    constexpr std::array<std::string_view, 4> names{"kept", "broken", "look", "unknown"};
    return names[static_cast<std::size_t>(kept)];
}

std::optional<milliseconds> waited_on(const PassedOver& one, const Passed& passed) {
    if (!passed.called) return std::nullopt;
    return std::max(milliseconds{0}, *passed.called - one.at);
}

std::optional<double> Capacity::planned_left() const { return share_left(planned, planned_for_booked); }

std::optional<double> Capacity::left() const { return share_left(open, for_booked); }

bool LawDay::is_any_broken() const {
    return std::ranges::any_of(duties, [](const DutyFound& one) { return one.kept == Kept::broken; });
}

LawDay law_day(const HallDay& day, const model::Model& model, const Zone& zone) {
    LawDay law;
    law.site = day.site;
    law.date = day.date;
    law.is_over = day.is_over;
    law.tickets = static_cast<std::int64_t>(day.tickets.size());
    const model::Site* site = model.find(day.site);
    if (site == nullptr) return law;
    law.is_open_day = !site->open.on(day.date).empty();
    const Finder finder{day, model, *site, zone};
    for (const model::Duty& duty : model.duties)
        if (duty.binds(day.site)) law.duties.push_back(finder.find(duty));
    return law;
}

}  // namespace balcao::record
