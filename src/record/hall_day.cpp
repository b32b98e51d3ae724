#include "record/hall_day.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "office/layout.hpp"

namespace balcao::record {

std::string_view name_of(Doing doing) {
    constexpr std::array<std::string_view, 6> names{"waiting", "way",  "service",
                                                    "parked",  "away", "collecting"};
    return names[static_cast<std::size_t>(doing)];
}

std::string_view name_of(Ending ending) {
    constexpr std::array<std::string_view, 15> names{
        "called",    "came", "not_come", "undone",   "parked", "resumed", "transferred", "done",
        "collected", "left", "missed",   "returned", "moved",  "day_end", "open"};
    return names[static_cast<std::size_t>(ending)];
}

std::string_view name_of(Fate fate) {
    constexpr std::array<std::string_view, 5> names{"open", "served", "left", "missed", "sent_away"};
    return names[static_cast<std::size_t>(fate)];
}

milliseconds Ticket::waited(const Leg& leg) const {
    if (!leg.was_begun) return milliseconds{0};
    const Instant from = std::max(leg.joined, counts_from());
    return std::max(milliseconds{0}, leg.called.value_or(ended) - from);
}

milliseconds Ticket::waited() const {
    milliseconds sum{0};
    for (const Leg& leg : legs)
        sum += waited(leg);
    return sum;
}

namespace {

class Listener {
public:
    Listener(HallDay& day, const Zone& zone) : day_{day}, zone_{zone} {}

    void hear(const office::HallEvent& event, Instant at) {
        at_ = std::max(at_, at);
        if (!day_.edition) day_.edition = office::first_edition;
        std::visit([this](const auto& one) { on(one); }, event);
    }

    void finish(Instant now) {
        at_ = std::max(at_, now);
        day_.seen = at_;
        const bool is_past = zone_.at(at_).date > day_.date;
        day_.is_over = is_past || day_.day_ended.has_value();
        for (std::size_t place = 0; place < day_.tickets.size(); ++place) {
            Ticket& ticket = day_.tickets[place];
            if (ticket.fate != Fate::open) continue;
            ticket.ended = at_;
            if (!ticket.periods.empty() && ticket.periods.back().ending == Ending::open)
                ticket.periods.back().end = at_;
            ticket.is_exact = !is_past;
        }
        // A desk that nobody closed was open until the last thing that happened there.
        for (const auto& [desk, open] : open_) {
            if (!open.is_resting) add_stretch(desk, open.since, is_past ? open.last : at_);
        }
        for (PassedOver& one : day_.passed_over)
            for (Passed& passed : one.passed)
                passed.called = next_call_of(passed.number, one.at);
    }

private:
    struct OpenDesk {
        Instant since{};
        Instant last{};
        bool is_resting = false;
    };

    Ticket* find(office::Number number) {
        const auto found = place_.find(number);
        return found == place_.end() ? nullptr : &day_.tickets[found->second];
    }

    Leg* leg_of(Ticket& ticket) {
        const std::size_t leg = leg_[ticket.number];
        return leg < ticket.legs.size() ? &ticket.legs[leg] : nullptr;
    }

    static Leg planned(const office::Leg& leg) { return {.service = leg.service, .step = leg.step}; }

    // Ends what the visit did, with its time added where it counts.
    void end(Ticket& ticket, Ending ending) {
        if (ticket.periods.empty() || ticket.periods.back().ending != Ending::open) return;
        Period& period = ticket.periods.back();
        period.end = at_;
        period.ending = ending;
        if (period.leg >= ticket.legs.size() || ending == Ending::undone) return;
        Leg& leg = ticket.legs[period.leg];
        if (period.doing == Doing::way) leg.on_the_way += at_ - period.begin;
        if (period.doing == Doing::service) leg.served += at_ - period.begin;
    }

    void begin(Ticket& ticket, Doing doing, const std::optional<office::DeskId>& desk = {}) {
        ticket.periods.push_back(
            {.doing = doing, .leg = leg_[ticket.number], .desk = desk, .begin = at_, .end = at_});
    }

    // The way to the desk that is gone on now, with its parts before the desk was another, as a mistake;
    // gives when it began.
    static Instant undo_way(Ticket& ticket) {
        auto part = ticket.periods.rbegin();
        for (auto before = part + 1; before != ticket.periods.rend(); ++before) {
            if (before->doing != Doing::way || before->ending != Ending::moved) break;
            before->ending = Ending::undone;
            if (before->leg < ticket.legs.size())
                ticket.legs[before->leg].on_the_way -= before->end - before->begin;
            part = before;
        }
        return part->begin;
    }

    void join(Ticket& ticket) {
        Leg* leg = leg_of(ticket);
        if (leg == nullptr) return;
        leg->joined = at_;
        leg->was_begun = true;
    }

    void close(Ticket& ticket, Fate fate) {
        ticket.fate = fate;
        ticket.ended = at_;
        if (zone_.at(at_).date > day_.date) ticket.is_exact = false;
    }

    void touch(const office::DeskId& desk) {
        if (const auto open = open_.find(desk); open != open_.end()) open->second.last = at_;
    }

    void add_stretch(const office::DeskId& desk, Instant begin, Instant end) {
        if (end > begin) day_.desks.push_back({desk, begin, end});
    }

    void close_desk(const office::DeskId& desk, Instant at) {
        const auto open = open_.find(desk);
        if (open == open_.end()) return;
        if (!open->second.is_resting) add_stretch(desk, open->second.since, at);
        open_.erase(open);
    }

    void on(const office::DeskOpened& event) {
        close_desk(event.desk, at_);
        open_[event.desk] = {at_, at_, false};
    }

    void on(const office::DeskMoved& event) {
        close_desk(event.from, at_);
        open_[event.to] = {at_, at_, false};
        for (Ticket& ticket : day_.tickets) {
            if (ticket.periods.empty()) continue;
            const Period last = ticket.periods.back();
            if (last.ending != Ending::open || last.desk != event.from || last.doing == Doing::parked)
                continue;
            end(ticket, Ending::moved);
            begin(ticket, last.doing, event.to);
        }
    }

    void on(const office::DeskPaused& event) {
        const auto open = open_.find(event.desk);
        if (open == open_.end() || open->second.is_resting) return;
        add_stretch(event.desk, open->second.since, at_);
        open->second.is_resting = true;
    }

    void on(const office::DeskResumed& event) {
        const auto open = open_.find(event.desk);
        if (open != open_.end()) open->second = {at_, at_, false};
    }

    void on(const office::DeskClosed& event) { close_desk(event.desk, at_); }

    void on(const office::VisitBegun& event) {
        if (place_.contains(event.number)) return;
        place_[event.number] = day_.tickets.size();
        Ticket& ticket = day_.tickets.emplace_back();
        ticket.number = event.number;
        ticket.arrived = at_;
        if (event.appointment != Instant{}) ticket.appointment = event.appointment;
        ticket.has_priority = event.standing == office::Standing::priority;
        ticket.taken_by = event.channel;
        for (const office::Leg& leg : event.legs)
            ticket.legs.push_back(planned(leg));
        join(ticket);
        begin(ticket, Doing::waiting);
    }

    void on(const office::VisitCalled& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        touch(event.desk);
        end(*ticket, Ending::called);
        begin(*ticket, Doing::way, event.desk);
        if (!ticket->first_called) ticket->first_called = at_;
        if (Leg* leg = leg_of(*ticket); leg != nullptr && !leg->called) leg->called = at_;
        if (event.passed_over.empty()) return;
        PassedOver one{event.number, event.desk, at_, event.called_by, false, {}};
        one.has_appointment = ticket->appointment && *ticket->appointment <= at_;
        for (const office::Number number : event.passed_over)
            if (const Ticket* other = find(number))
                one.passed.push_back({number, std::max(milliseconds{0}, at_ - other->counts_from()), {}});
        day_.passed_over.push_back(std::move(one));
    }

    void on(const office::VisitRecalled& event) { touch(event.desk); }

    void on(const office::CallUndone& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr || ticket->periods.empty()) return;
        const Instant called = undo_way(*ticket);
        if (ticket->first_called == called) ticket->first_called.reset();
        if (Leg* leg = leg_of(*ticket); leg != nullptr && leg->called == called) leg->called.reset();
        std::erase_if(day_.passed_over,
                      [&](const PassedOver& one) { return one.called == event.number && one.at == called; });
        end(*ticket, Ending::undone);
        begin(*ticket, Doing::waiting);
        touch(event.desk);
    }

    void on(const office::VisitRequeued& event) {
        if (Ticket* ticket = find(event.number)) {
            end(*ticket, Ending::not_come);
            begin(*ticket, Doing::waiting);
        }
        touch(event.desk);
    }

    void on(const office::VisitMissed& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        if (!ticket->periods.empty() && ticket->periods.back().desk) touch(*ticket->periods.back().desk);
        end(*ticket, Ending::missed);
        begin(*ticket, Doing::away);
        close(*ticket, Fate::missed);
    }

    void on(const office::VisitReturned& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        end(*ticket, Ending::returned);
        begin(*ticket, Doing::waiting);
        ticket->fate = Fate::open;
    }

    void on(const office::ServiceStarted& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr || ticket->periods.empty()) return;
        touch(event.desk);
        end(*ticket, ticket->periods.back().doing == Doing::parked ? Ending::resumed : Ending::came);
        begin(*ticket, Doing::service, event.desk);
        if (!ticket->first_called) ticket->first_called = at_;
        Leg* leg = leg_of(*ticket);
        if (leg == nullptr) return;
        if (!leg->called) leg->called = at_;
        leg->desk = event.desk;
    }

    void on(const office::VisitParked& event) {
        touch(event.desk);
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        end(*ticket, Ending::parked);
        begin(*ticket, Doing::parked, event.desk);
    }

    void on(const office::ServiceAdded& event) {
        if (Ticket* ticket = find(event.number)) ticket->legs.push_back(planned(event.leg));
    }

    void on(const office::VisitTransferred& event) {
        touch(event.desk);
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        end(*ticket, Ending::transferred);
        if (Leg* leg = leg_of(*ticket)) leg->ended = at_;
        const std::size_t next = std::min(++leg_[event.number], ticket->legs.size());
        ticket->legs.insert(ticket->legs.begin() + static_cast<std::ptrdiff_t>(next), planned(event.to));
        join(*ticket);
        begin(*ticket, Doing::waiting);
    }

    void on(const office::TransferUndone& event) {
        touch(event.desk);
        Ticket* ticket = find(event.number);
        auto& at = leg_[event.number];
        if (ticket == nullptr || at == 0 || at >= ticket->legs.size()) return;
        end(*ticket, Ending::undone);
        ticket->legs.erase(ticket->legs.begin() + static_cast<std::ptrdiff_t>(at--));
        for (Period& period : ticket->periods)
            if (period.leg > at) period.leg = at;
        ticket->legs[at].ended.reset();
        begin(*ticket, Doing::service, event.desk);
    }

    void on(const office::ServiceEnded& event) {
        touch(event.desk);
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        end(*ticket, Ending::done);
        if (Leg* leg = leg_of(*ticket)) leg->ended = at_;
        const std::size_t next = std::min(++leg_[event.number], ticket->legs.size());
        if (event.next)
            ticket->legs.insert(ticket->legs.begin() + static_cast<std::ptrdiff_t>(next),
                                planned(*event.next));
        switch (event.then) {
            case office::Then::stays:
                join(*ticket);
                begin(*ticket, Doing::service, event.desk);
                if (Leg* leg = leg_of(*ticket)) {
                    leg->called = at_;
                    leg->desk = event.desk;
                }
                break;
            case office::Then::waits:
                join(*ticket);
                begin(*ticket, Doing::waiting);
                break;
            case office::Then::collects:
                close(*ticket, Fate::served);
                begin(*ticket, Doing::collecting);
                break;
            case office::Then::goes:
                close(*ticket, Fate::served);
                break;
        }
    }

    void on(const office::VisitCollected& event) {
        if (Ticket* ticket = find(event.number)) end(*ticket, Ending::collected);
    }

    void on(const office::VisitLeft& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        if (!ticket->periods.empty() && ticket->periods.back().desk) touch(*ticket->periods.back().desk);
        const bool was_served = ticket->fate == Fate::served;  // and did not come back to collect
        end(*ticket, Ending::left);
        if (!was_served) close(*ticket, Fate::left);
    }

    void on(const office::PromiseMade& event) {
        Ticket* ticket = find(event.number);
        if (ticket == nullptr) return;
        if (!ticket->promise) ticket->promised = at_;
        ticket->promise = event;
    }

    void on(const office::DayEnded&) {
        const bool is_next_day = zone_.at(at_).date > day_.date;
        day_.day_ended = at_;
        for (Ticket& ticket : day_.tickets) {
            if (ticket.fate != Fate::open || ticket.periods.empty()) continue;
            const Doing doing = ticket.periods.back().doing;
            end(ticket, Ending::day_end);
            const bool was_served = doing == Doing::service || doing == Doing::parked;
            close(ticket, was_served                ? Fate::served
                          : doing == Doing::waiting ? Fate::sent_away
                                                    : Fate::missed);
            // Nobody said when the service was over.
            if (was_served) ticket.is_exact = false;
        }
        while (!open_.empty()) {
            const auto [desk, open] = *open_.begin();
            close_desk(desk, is_next_day ? open.last : at_);
        }
    }

    void on(const office::ModelFollowed& event) { day_.edition = event.edition; }

    template <class Event>
    void on(const Event&) {}

    std::optional<Instant> next_call_of(office::Number number, Instant after) {
        const Ticket* ticket = find(number);
        if (ticket == nullptr) return std::nullopt;
        for (const Period& period : ticket->periods)
            if (period.doing == Doing::way && period.begin >= after && period.ending != Ending::undone)
                return period.begin;
        return std::nullopt;
    }

    HallDay& day_;
    const Zone& zone_;
    Instant at_{};
    std::map<office::Number, std::size_t> place_;
    std::map<office::Number, std::size_t> leg_;
    std::map<office::DeskId, OpenDesk> open_;
};

}  // namespace

HallDay hall_day(
    const model::SiteKey& site, Date date, const HallEvents& events, const Zone& zone, Instant now) {
    HallDay day;
    day.site = site;
    day.date = date;
    Listener listener{day, zone};
    for (const auto& [event, at] : events)
        listener.hear(event, at);
    listener.finish(now);
    return day;
}

}  // namespace balcao::record
