#include <algorithm>

#include "office/verbs.hpp"

namespace balcao::office {
namespace {

bool is_open(const Hall& hall, int minute) {
    for (const TimeRange range : hall.layout().site().open.on(hall.date()))
        if (range.begin_minute <= minute && minute < range.end_minute) return true;
    return false;
}

const Visit* waiting_already(const Hall& hall, const TakeTicket& command) {
    if (command.person.empty()) return nullptr;
    for (const Visit& visit : hall.visits()) {
        if (visit.person != command.person || is_over(visit.state)) continue;
        const auto wants = [&](const Leg& leg) {
            return std::ranges::find(command.services, leg.service) != command.services.end();
        };
        if (std::any_of(visit.legs.begin() + static_cast<std::ptrdiff_t>(visit.leg), visit.legs.end(), wants))
            return &visit;
    }
    return nullptr;
}

int changes_of(const Layout& layout, const std::vector<Leg>& legs) {
    int changes = 0;
    std::uint64_t desks = ~std::uint64_t{0};
    for (const Leg& leg : legs) {
        const auto queue = layout.queue_of(leg, layout.rank_of(leg.service), Standing::ordinary);
        const std::uint64_t serving = queue ? layout.plan().served_by[*queue] : 0;
        if ((desks & serving) != 0) {
            desks &= serving;
            continue;
        }
        desks = serving;
        ++changes;
    }
    return changes;
}

}  // namespace

std::vector<Leg> plan_path(const Layout& layout, std::vector<Leg> legs) {
    if (legs.size() < 3 || legs.size() > 6) return legs;  // of two, one order is as good as the other
    std::vector<std::size_t> order(legs.size());
    for (std::size_t place = 0; place < order.size(); ++place)
        order[place] = place;
    std::vector<Leg> best = legs;
    int fewest = changes_of(layout, legs);
    while (std::ranges::next_permutation(order).found) {
        std::vector<Leg> tried;
        tried.reserve(order.size());
        for (const std::size_t place : order)
            tried.push_back(legs[place]);
        const int changes = changes_of(layout, tried);
        if (changes >= fewest) continue;
        fewest = changes;
        best = std::move(tried);
    }
    return best;
}

Decision decide_on(const Hall& hall, const TakeTicket& command, const Now& now) {
    const Layout& layout = hall.layout();
    if (!command.appointment && !is_open(hall, now.minute)) return Refusal{Reason::site_is_closed};
    if (command.services.empty()) return Refusal{Reason::no_service_named};
    if (command.services.size() > services_max) return Refusal{Reason::too_many_services};
    std::vector<Leg> legs;
    legs.reserve(command.services.size());
    for (const ServiceKey& service : command.services) {
        if (!(command.appointment ? layout.offers_booked(service) : layout.offers(service)))
            return Refusal{.reason = Reason::service_not_offered, .service = service};
        if (std::ranges::count(command.services, service) > 1)
            return Refusal{.reason = Reason::service_named_twice, .service = service};
        legs.push_back(layout.first_leg(service));
    }
    if (const Visit* visit = waiting_already(hall, command))
        return about(Reason::person_already_waits, *visit);
    const auto number = hall.next_number();
    if (!number) return Refusal{Reason::numbers_given_out};
    VisitBegun begun;
    begun.number = *number;
    begun.legs = plan_path(layout, std::move(legs));
    begun.rank = command.rank.value_or(layout.rank_of(begun.legs.front().service));
    // In a service whose order gives rights nobody goes before another.
    const auto is_strict = [&](const Leg& leg) { return layout.city().find(leg.service)->strict_order; };
    if (std::ranges::none_of(begun.legs, is_strict)) begun.standing = command.standing;
    begun.channel = command.channel;
    begun.person = command.person;
    begun.appointment = command.appointment.value_or(Instant{});
    return std::vector<HallEvent>{std::move(begun)};
}

Decision decide_on(const Hall& hall, const AddService& command, const Now&) {
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    if (is_over(visit->state)) return about(Reason::visit_is_over, *visit);
    if (!hall.layout().offers_to(*visit, command.service))
        return Refusal{.reason = Reason::service_not_offered, .service = command.service};
    if (visit->legs.size() >= services_max) return Refusal{Reason::too_many_services};
    const auto is_it = [&](const Leg& leg) { return leg.service == command.service; };
    if (std::any_of(visit->legs.begin() + static_cast<std::ptrdiff_t>(visit->leg), visit->legs.end(), is_it))
        return Refusal{.reason = Reason::service_named_twice, .service = command.service};
    return std::vector<HallEvent>{ServiceAdded{command.number, hall.layout().first_leg(command.service)}};
}

}  // namespace balcao::office
