#include "record/sums.hpp"

#include <algorithm>
#include <cmath>

#include "model/serving.hpp"
#include "record/clock_time.hpp"

namespace balcao::record {
namespace {

using sim::Breakdown;
using std::chrono::microseconds;

std::int64_t micros(milliseconds length) { return std::chrono::duration_cast<microseconds>(length).count(); }

// One service of a visit: its legs together.
struct Errand {
    model::ServiceKey service;
    milliseconds waited{0};
    bool is_served = true;
    bool was_begun = false;
};

std::vector<Errand> errands_of(const Ticket& ticket) {
    std::vector<Errand> errands;
    for (const Leg& leg : ticket.legs) {
        auto errand = std::ranges::find(errands, leg.service, &Errand::service);
        if (errand == errands.end()) errand = errands.insert(errand, Errand{.service = leg.service});
        errand->waited += ticket.waited(leg);
        errand->is_served = errand->is_served && leg.was_begun && (leg.ended || ticket.fate == Fate::served);
        errand->was_begun = errand->was_begun || leg.was_begun;
    }
    return errands;
}

// The channel by which somebody was served in person: that of the desks of the site for the first service.
std::string channel_of(const model::Site& site, const Ticket& ticket) {
    for (const model::DeskGroup& desk : site.desks) {
        const bool serves =
            !ticket.legs.empty() && std::ranges::any_of(desk.serves, [&](const model::Skill& one) {
                return one.service == ticket.legs.front().service;
            });
        if (!serves) continue;
        for (const model::ChannelKey& channel : desk.channels)
            if (!model::is_remote(channel)) return channel.text();
    }
    return "counter";
}

class Adder {
public:
    Adder(DaySums& into, const HallDay& day, const model::Site& site, const City& city)
        : into_{into},
          day_{day},
          place_{site},
          site_{site.key.text()},
          open_{site.open.on(day.date)},
          limits_{city.limits},
          zone_{city.zone},
          has_one_site_{city.model.sites.size() == 1} {}

    void run() {
        for (const Ticket& ticket : day_.tickets)
            add(ticket);
        for (const DeskStretch& desk : day_.desks)
            add_desk(desk.desk, desk.begin, desk.end, &Sums::staffed);
        for (const auto& [service, booked] : day_.booked)
            for (const Breakdown& of :
                 {Breakdown{}, Breakdown{.site = site_}, Breakdown{.service = service.text()},
                  Breakdown{.site = site_, .service = service.text()}}) {
                sums(of).bookings_due += booked.due;
                sums(of).no_shows += booked.missed;
            }
        add_open_hours();
    }

private:
    Sums& sums(const Breakdown& of) { return into_.parts[of].sums; }

    Spread& spread(const Breakdown& of) {
        Part& part = into_.parts[of];
        if (!part.spread) part.spread = std::make_unique<Spread>();
        return *part.spread;
    }

    [[nodiscard]] int hour_of(Instant at) const {
        return static_cast<int>(zone_.at(at).since_midnight / std::chrono::hours{1});
    }

    // Every hour of the clocks that a stretch of time touches, with its share of it.
    template <class Visit>
    void over_hours(Instant begin, Instant end, Visit visit) const {
        while (begin < end) {
            const auto civil = zone_.at(begin);
            const milliseconds hour = std::chrono::hours{1};
            const Instant next = std::min(end, begin + (hour - civil.since_midnight % hour));
            visit(static_cast<int>(civil.since_midnight / hour), micros(next - begin));
            begin = next;
        }
    }

    // A visit, or one errand of it.
    struct Outcome {
        bool is_served = false;
        milliseconds waited{0};
    };

    void count(Sums& to, const Ticket& ticket, const Outcome& outcome) const {
        ++to.arrivals;
        if (ticket.fate == Fate::open) {
            ++to.open_tickets;
            return;
        }
        to.served += outcome.is_served ? 1 : 0;
        if (!outcome.is_served) ++(ticket.fate == Fate::sent_away ? to.sent_away : to.abandoned);
        if (!ticket.is_exact) {
            ++to.inexact;
            return;
        }
        const std::int64_t waited = micros(outcome.waited);
        ++to.timed_all;
        to.wait_all += waited;
        to.waited += waited > 0 ? 1 : 0;
        if (!outcome.is_served) return;
        ++to.timed_served;
        to.wait_served += waited;
        to.in_system += micros(ticket.ended - ticket.arrived);
        for (std::size_t limit = 0; limit < limits_.size(); ++limit)
            to.within[limit] += waited <= std::llround(limits_[limit] * 60e6) ? 1 : 0;
    }

    static void spread_out(Spread& to, const Ticket& ticket, const Outcome& outcome) {
        if (ticket.fate == Fate::open || !ticket.is_exact) return;
        const std::int64_t waited = micros(outcome.waited);
        to.wait_all.add(waited);
        if (!outcome.is_served) return;
        to.wait_served.add(waited);
        to.in_system.add(micros(ticket.ended - ticket.arrived));
    }

    void add(const Ticket& ticket) {
        const Outcome whole{ticket.fate == Fate::served, ticket.waited()};
        const int hour = hour_of(ticket.arrived);
        for (const Breakdown& of :
             {Breakdown{}, Breakdown{.site = site_}, Breakdown{.channel = channel_of(place_, ticket)}}) {
            count(sums(of), ticket, whole);
            spread_out(spread(of), ticket, whole);
            add_promise(sums(of), ticket);
        }
        for (const Breakdown& of : {Breakdown{.hour = hour}, Breakdown{.site = site_, .hour = hour}})
            count(sums(of), ticket, whole);
        count(into_.by_way[ticket.taken_by], ticket, whole);
        for (const Errand& errand : errands_of(ticket)) {
            const std::string& service = errand.service.text();
            const Outcome outcome{errand.is_served, errand.waited};
            for (const Breakdown& of :
                 {Breakdown{.service = service}, Breakdown{.site = site_, .service = service}}) {
                count(sums(of), ticket, outcome);
                spread_out(spread(of), ticket, outcome);
            }
            count(sums({.service = service, .hour = hour}), ticket, outcome);
        }
        for (const Leg& leg : ticket.legs)
            add_leg(ticket, leg);
        add_periods(ticket);
    }

    static void add_promise(Sums& to, const Ticket& ticket) {
        if (!ticket.promise || (ticket.fate == Fate::open && !ticket.first_called)) return;
        const Instant latest = ticket.promise->at_latest;
        const bool is_withdrawn = !ticket.first_called && ticket.fate == Fate::left && ticket.ended <= latest;
        if (is_withdrawn) return;
        ++to.promises_due;
        to.promises_kept += ticket.first_called && *ticket.first_called <= latest ? 1 : 0;
        to.promised_minutes +=
            std::chrono::floor<std::chrono::minutes>(latest - ticket.promise->from).count();
    }

    void add_leg(const Ticket& ticket, const Leg& leg) {
        if (!leg.was_begun || !ticket.is_exact || ticket.fate == Fate::open) return;
        const bool is_served = leg.desk.has_value() && leg.ended.has_value();
        std::vector<Breakdown> parts{{},
                                     {.site = site_},
                                     {.service = leg.service.text()},
                                     {.site = site_, .service = leg.service.text()}};
        if (leg.desk) parts.push_back({.site = site_, .desk = leg.desk->group.text()});
        for (const Breakdown& of : parts) {
            Sums& to = sums(of);
            if (is_served) {
                to.at_desk += micros(leg.served);
                ++to.legs_served;
                spread(of).at_desk.add(micros(leg.served));
            }
            if (leg.on_the_way > milliseconds{0}) {
                to.on_the_way += micros(leg.on_the_way);
                ++to.ways;
            }
        }
        if (leg.step.empty()) return;
        const std::int64_t waited = micros(ticket.waited(leg));
        Sums& to = sums({.site = site_, .service = leg.service.text(), .step = leg.step.text()});
        to.served += is_served ? 1 : 0;
        ++to.timed_all;
        to.wait_all += waited;
        if (!is_served) return;
        ++to.timed_served;
        to.wait_served += waited;
    }

    void add_periods(const Ticket& ticket) {
        for (const Period& period : ticket.periods) {
            // Of what the end of the day ended on another day nobody knows how long it was.
            if (!ticket.is_exact && (period.ending == Ending::day_end || period.ending == Ending::open))
                continue;
            // What was undone is as if it had not been: who was called by mistake waited on, who was sent on
            // by mistake stayed.
            const bool is_undone = period.ending == Ending::undone;
            const bool holds_desk =
                !is_undone && (period.doing == Doing::service || period.doing == Doing::way);
            if (holds_desk && period.desk) add_desk(*period.desk, period.begin, period.end, &Sums::busy);
            const bool waits = period.doing == (is_undone ? Doing::way : Doing::waiting);
            if (!waits && !holds_desk && !is_undone && period.doing != Doing::parked) continue;
            over_hours(period.begin, period.end, [&](int hour, std::int64_t length) {
                for (const Breakdown& of : {Breakdown{}, Breakdown{.site = site_}, Breakdown{.hour = hour},
                                            Breakdown{.site = site_, .hour = hour}}) {
                    sums(of).queue_area += waits ? length : 0;
                    sums(of).system_area += length;
                }
            });
        }
    }

    void add_desk(const office::DeskId& desk, Instant begin, Instant end, std::int64_t Sums::*what) {
        over_hours(begin, end, [&](int hour, std::int64_t length) {
            for (const Breakdown& of :
                 {Breakdown{}, Breakdown{.site = site_}, Breakdown{.site = site_, .desk = desk.group.text()},
                  Breakdown{.hour = hour}, Breakdown{.site = site_, .hour = hour},
                  Breakdown{.site = site_, .desk = desk.group.text(), .hour = hour}})
                sums(of).*what += length;
        });
    }

    // From opening to closing, and on until the last has gone; of today up to now.
    void add_open_hours() {
        Instant last{};
        for (const Ticket& ticket : day_.tickets)
            if (ticket.is_exact) last = std::max(last, ticket.ended);
        for (std::size_t place = 0; place < open_.size(); ++place) {
            const Instant begin = instant_at(zone_, day_.date, open_[place].begin_minute);
            Instant end = instant_at(zone_, day_.date, open_[place].end_minute);
            if (place + 1 == open_.size()) end = std::max(end, last);
            end = std::min(end, day_.seen);
            over_hours(begin, end, [&](int hour, std::int64_t length) {
                for (const Breakdown& of : {Breakdown{.site = site_}, Breakdown{.site = site_, .hour = hour}})
                    sums(of).open += length;
                if (!has_one_site_) return;
                for (const Breakdown& of : {Breakdown{}, Breakdown{.hour = hour}})
                    sums(of).open += length;
            });
        }
    }

    DaySums& into_;
    const HallDay& day_;
    const model::Site& place_;
    std::optional<std::string> site_;
    std::vector<TimeRange> open_;
    const std::vector<double>& limits_;
    const Zone& zone_;
    bool has_one_site_;
};

}  // namespace

Sums& Sums::operator+=(const Sums& other) {
    static_assert(sizeof(Sums) % sizeof(std::int64_t) == 0 && std::is_trivially_copyable_v<Sums>);
    auto* to = reinterpret_cast<std::int64_t*>(this);
    const auto* from = reinterpret_cast<const std::int64_t*>(&other);
    for (std::size_t field = 0; field < sizeof(Sums) / sizeof(std::int64_t); ++field)
        to[field] += from[field];
    return *this;
}

std::vector<double> limits_of(const model::Model& model) {
    std::vector<double> limits;
    for (const model::Target& target : model.targets)
        if (target.limit) limits.push_back(static_cast<double>(target.limit->count()) / 60e6);
    std::ranges::sort(limits);
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    if (limits.size() > model::served_within_limits_max) limits.resize(model::served_within_limits_max);
    return limits;
}

void add_to(DaySums& into, const HallDay& day, const City& city) {
    if (const model::Site* site = city.model.find(day.site)) Adder{into, day, *site, city}.run();
}

}  // namespace balcao::record
