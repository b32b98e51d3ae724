#include "front/hall_view.hpp"

#include <algorithm>
#include <map>

namespace balcao::front {
namespace {

constexpr std::size_t calls_shown = 8;

bool is_open_at(const model::Site& site, const CivilTime& now) {
    const auto ranges = site.open.on(now.date);
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(now.since_midnight).count();
    return std::ranges::any_of(ranges, [&](const TimeRange& range) {
        return range.begin_minute <= minute && minute < range.end_minute;
    });
}

std::optional<Call> call_of(const office::Visit& visit) {
    if (const auto* called = std::get_if<office::Called>(&visit.state))
        return Call{visit.number, called->desk, called->at, true};
    if (const auto* served = std::get_if<office::InService>(&visit.state))
        return Call{visit.number, served->desk, served->since, false};
    return std::nullopt;
}

// An appointment whose time has come goes before, where the site calls people so.
bool is_due(const office::Visit& visit, const office::Hall& hall) {
    return visit.appointment && *visit.appointment <= hall.last_at() &&
           std::ranges::count(hall.layout().site().queue.criteria, model::Criterion::booked_due) > 0;
}

bool is_ahead(const office::Visit& other, const office::Visit& visit, const office::Hall& hall) {
    const bool has_priority = other.standing == office::Standing::priority;
    if (has_priority != (visit.standing == office::Standing::priority)) return has_priority;
    if (is_due(other, hall) != is_due(visit, hall)) return is_due(other, hall);
    return std::pair{office::counts_from(other), other.number} <
           std::pair{office::counts_from(visit), visit.number};
}

// Some desk may serve the one before the other.
bool share_a_desk(const office::Layout& layout, const office::Leg& one, const office::Leg& other) {
    return std::ranges::any_of(layout.site().desks, [&](const model::DeskGroup& desks) {
        const auto group = layout.group_of({desks.key, 1});
        return group && layout.serves(*group, one) && layout.serves(*group, other);
    });
}

// When who is or was served came to a desk for the first time; nothing for who never did.
std::optional<Instant> came_to_desk(const office::Visit& visit) {
    const bool is_called_only = std::holds_alternative<office::Called>(visit.state) && visit.leg == 0;
    const bool has_been = visit.served.count() > 0 || std::holds_alternative<office::InService>(visit.state);
    if (is_called_only || !has_been) return std::nullopt;
    return visit.first_called;
}

bool is_for_one_service(const office::Visit& visit) {
    return std::ranges::all_of(
        visit.legs, [&](const office::Leg& leg) { return leg.service == visit.legs.front().service; });
}

// What the public board of a site says besides numbers: the wait of the last one served, and how long each
// service takes today.
void add_times(HallView& view, const office::Hall& hall) {
    std::optional<Instant> last;
    std::map<office::ServiceKey, ServiceTime> times;
    for (const auto& visit : hall.visits()) {
        if (const auto came = came_to_desk(visit); came && (!last || *came >= *last)) {
            last = came;
            view.last_wait = office::waited(visit, *came);
        }
        if (!std::holds_alternative<office::Done>(visit.state) || visit.served.count() <= 0) continue;
        if (!is_for_one_service(visit)) continue;
        auto& time = times[visit.legs.front().service];
        time.mean += visit.served;
        ++time.count;
    }
    for (const auto& service : hall.layout().city().services) {
        const auto found = times.find(service.key);
        if (found == times.end()) continue;
        view.times.push_back({service.key, found->second.mean / found->second.count, found->second.count});
    }
}

}  // namespace

HallView view_of(const office::Hall& hall, const CivilTime& now) {
    HallView view;
    view.date = hall.date();
    view.is_open = is_open_at(hall.layout().site(), now);
    view.has_numbers = hall.next_number().has_value();
    view.has_ended = hall.has_ended();
    for (const auto& visit : hall.visits()) {
        if (std::holds_alternative<office::Waiting>(visit.state)) ++view.waiting;
        if (const auto call = call_of(visit)) view.calls.push_back(*call);
    }
    for (const auto& [name, desk] : hall.desks())
        if (!std::holds_alternative<office::DeskClosedNow>(desk.doing)) ++view.desks_open;
    std::ranges::sort(view.calls, [](const Call& a, const Call& b) {
        return std::tuple{!a.is_waited_for, b.at, b.number} < std::tuple{!b.is_waited_for, a.at, a.number};
    });
    if (view.calls.size() > calls_shown) view.calls.resize(calls_shown);
    add_times(view, hall);
    return view;
}

std::optional<TicketView> view_of(const office::Hall& hall, office::Number number) {
    const office::Visit* visit = hall.find(number);
    if (visit == nullptr) return std::nullopt;
    TicketView view;
    view.number = number;
    view.state = office::name_of(visit->state);
    if (const auto* desk = office::desk_of(visit->state)) view.desk = *desk;
    for (const auto& leg : visit->legs)
        if (view.services.empty() || view.services.back() != leg.service)
            view.services.push_back(leg.service);
    view.services_done = visit->leg;
    view.standing = visit->standing;
    view.arrived = visit->arrived;
    view.appointment = visit->appointment;
    if (!visit->first_called) view.promise = visit->promise;
    if (visit->leg >= visit->legs.size()) return view;
    view.ahead =
        static_cast<std::size_t>(std::ranges::count_if(hall.visits(), [&](const office::Visit& other) {
            return other.number != number && std::holds_alternative<office::Waiting>(other.state) &&
                   other.leg < other.legs.size() && is_ahead(other, *visit, hall) &&
                   share_a_desk(hall.layout(), other.legs[other.leg], visit->legs[visit->leg]);
        }));
    return view;
}

std::string desk_name(const office::Layout& layout, const office::DeskId& desk, std::string_view language) {
    for (const auto& group : layout.site().desks) {
        if (group.key != desk.group) continue;
        const std::string name = model::name_of(group, language);
        return layout.desks_in(desk.group) > 1 ? name + " " + std::to_string(desk.place) : name;
    }
    return office::to_string(desk);
}

std::string leg_name(const office::Layout& layout, const office::Leg& leg, std::string_view language) {
    const auto* service = layout.city().find(leg.service);
    const std::string name = service != nullptr ? model::name_of(*service, language) : leg.service.text();
    return leg.step.empty() ? name : name + " · " + leg.step.text();
}

std::string hours_on(const model::Site& site, Date date, std::string_view language) {
    std::string hours;
    for (const TimeRange range : site.open.on(date)) {
        if (!hours.empty()) hours += ", ";
        hours += format_time_of_day(range.begin_minute) + "–" + format_time_of_day(range.end_minute);
    }
    if (const auto* said = site.open.find(date); said != nullptr && !site.open.always)
        if (const std::string name = said->name.in(language, ""); !name.empty()) hours += " (" + name + ")";
    return hours;
}

}  // namespace balcao::front
