#include "office/verbs.hpp"

namespace balcao::office {

Decision decide_on(const Hall& hall, const Transfer& command, const Now&) {
    const auto [visit, refusal] = served_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    const Layout& layout = hall.layout();
    const Leg& now_at = visit->legs[visit->leg];
    if (visit->legs.size() >= 2 * services_max) return Refusal{Reason::too_many_services};
    if (!command.service && !command.to) return Refusal{Reason::transfer_leads_nowhere};
    Leg to = now_at;
    to.only.reset();
    if (command.service) {
        if (!layout.offers_to(*visit, *command.service))
            return Refusal{.reason = Reason::service_not_offered, .service = *command.service};
        if (*command.service != now_at.service) to = layout.first_leg(*command.service);
    }
    if (command.to) {
        const auto group = layout.group_of(*command.to);
        if (!group) return Refusal{.reason = Reason::no_such_desk, .desk = *command.to};
        if (*command.to == command.desk) return Refusal{Reason::transfer_leads_nowhere};
        if (!layout.serves(*group, to, *visit))
            return Refusal{
                .reason = Reason::desk_serves_other_things, .desk = *command.to, .service = to.service};
        to.only = command.to;
    }
    return std::vector<HallEvent>{VisitTransferred{visit->number, command.desk, std::move(to)}};
}

Decision decide_on(const Hall& hall, const UndoTransfer& command, const Now&) {
    if (auto refusal = refuse_unless_free(hall, command.desk)) return *refusal;
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    const auto* waits = std::get_if<Waiting>(&visit->state);
    if (waits == nullptr || !waits->sent_by) return about(Reason::transfer_cannot_be_undone, *visit);
    if (*waits->sent_by != command.desk) return about(Reason::transfer_cannot_be_undone, *visit);
    return std::vector<HallEvent>{TransferUndone{command.number, command.desk, command.reason}};
}

}  // namespace balcao::office
