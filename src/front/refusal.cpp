#include "front/refusal.hpp"

#include "front/hall_view.hpp"

namespace balcao::front {
namespace {

// In English, the name of each text; {number}, {desk} and {service} are filled in where they stand.
const char* english_of(office::Reason reason) {
    using office::Reason;
    switch (reason) {
        case Reason::day_has_ended:
            return "The day has ended here. Come back when the site opens again.";
        case Reason::site_is_closed:
            return "The site is closed now, so it gives no tickets.";
        case Reason::no_service_named:
            return "Choose at least one service.";
        case Reason::service_not_offered:
            return "This service is not given at this site. Choose another one.";
        case Reason::service_named_twice:
            return "The same service was chosen twice. Choose it once.";
        case Reason::numbers_given_out:
            return "All of today's tickets are given out. Tickets are given again on the next opening day.";
        case Reason::person_already_waits:
            return "You have a ticket here already: number {number}.";
        case Reason::no_such_desk:
            return "There is no such desk at this site.";
        case Reason::desk_is_closed:
            return "The desk is closed. Open it first.";
        case Reason::desk_rests:
            return "The desk is pausing. Resume first.";
        case Reason::desk_has_visit:
            return "The desk has number {number}. Finish or park that visit first.";
        case Reason::desk_has_no_visit:
            return "Nobody is at this desk.";
        case Reason::desk_taken_by_other:
            return "Somebody else is signed in at this desk.";
        case Reason::desk_serves_other_things:
            return "This desk does not serve what number {number} needs.";
        case Reason::nobody_waits:
            return "Nobody waits for this desk.";
        case Reason::no_such_number:
            return "There is no ticket with this number today.";
        case Reason::visit_is_elsewhere:
            return "Number {number} is at {desk}.";
        case Reason::visit_is_not_waiting:
            return "Number {number} is not waiting any more.";
        case Reason::visit_not_called:
            return "Number {number} has not been called.";
        case Reason::visit_not_served:
            return "Number {number} is not being served.";
        case Reason::visit_not_parked:
            return "Number {number} is not parked.";
        case Reason::visit_not_missed:
            return "Number {number} was not missed: it keeps its place.";
        case Reason::visit_not_collecting:
            return "Number {number} has nothing to collect.";
        case Reason::visit_is_over:
            return "The visit with number {number} is over.";
        case Reason::too_many_services:
            return "These are too many services for one visit. Choose fewer.";
        case Reason::next_step_needed:
            return "Say which step comes next.";
        case Reason::no_such_step:
            return "The service has no such step after this one.";
        case Reason::transfer_leads_nowhere:
            return "Nobody at this site serves what the visit would be sent to.";
        case Reason::transfer_cannot_be_undone:
            return "The transfer cannot be undone any more: the visit has moved on.";
        case Reason::no_emergency:
            return "No emergency has been raised at this desk.";
        case Reason::emergency_already_raised:
            return "The emergency has been raised already. Help is called.";
        case Reason::own_emergency:
            return "A colleague must accept the emergency, not who raised it.";
    }
    return "";
}

}  // namespace

std::string refusal_text(const office::Refusal& refusal, const office::Layout& layout, const Words& words) {
    const std::string_view english = english_of(refusal.reason);
    const std::string number = refusal.number ? std::to_string(refusal.number->value) : "";
    const std::string desk = refusal.desk ? desk_name(layout, *refusal.desk, words.code()) : "";
    const bool names_number = english.find("{number}") != std::string_view::npos;
    const bool names_desk = english.find("{desk}") != std::string_view::npos;
    if (names_number && names_desk) return words(english, {{"number", number}, {"desk", desk}});
    if (names_number) return words(english, {{"number", number}});
    return words(english);
}

int status_of(const office::Refusal& refusal) {
    using office::Reason;
    switch (refusal.reason) {
        case Reason::no_such_number:
        case Reason::no_such_desk:
            return 404;
        case Reason::no_service_named:
        case Reason::service_not_offered:
        case Reason::service_named_twice:
        case Reason::too_many_services:
        case Reason::next_step_needed:
        case Reason::no_such_step:
            return 422;
        default:
            return 409;
    }
}

std::string refusal_text(const device::Refusal& refusal, const Words& words) {
    switch (refusal.reason) {
        case device::Reason::unavailable:
            return words("This cannot be done right now. Nothing was lost; try again in a moment.");
        case device::Reason::not_enabled:
        case device::Reason::disabled:
            return words("This machine is not enabled");
        case device::Reason::code_unfit:
            return words("This is no code of a machine. Type the eight letters and digits that it shows.");
        case device::Reason::code_in_use:
            return words("The machine with this code is in use already. Disable it first.");
        case device::Reason::name_missing:
            return words("Give the machine a name, so that it is found again.");
        case device::Reason::name_unfit:
            return words("The name of a machine has at most 60 letters.");
        case device::Reason::no_such_device:
            return words("There is no such machine at this site.");
    }
    return {};
}

int status_of(const device::Refusal& refusal) {
    switch (refusal.reason) {
        case device::Reason::unavailable:
            return 503;
        case device::Reason::not_enabled:
        case device::Reason::disabled:
            return 403;
        case device::Reason::no_such_device:
            return 404;
        case device::Reason::code_in_use:
            return 409;
        default:
            return 422;
    }
}

}  // namespace balcao::front
