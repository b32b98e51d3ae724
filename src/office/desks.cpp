#include <array>

#include "office/verbs.hpp"

namespace balcao::office {
namespace {

// Somebody is behind it and it has no visit; whether that person rests is not asked.
std::optional<Refusal> refuse_unless_empty(const Hall& hall, const DeskId& id) {
    if (!hall.has_desk(id)) return Refusal{.reason = Reason::no_such_desk, .desk = id};
    const Desk& desk = hall.desk(id);
    if (std::holds_alternative<DeskClosedNow>(desk.doing))
        return Refusal{.reason = Reason::desk_is_closed, .desk = id};
    if (const Visit* visit = hall.visit_at(id)) return about(Reason::desk_has_visit, *visit);
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> refuse_unless_free(const Hall& hall, const DeskId& id) {
    if (auto refusal = refuse_unless_empty(hall, id)) return refusal;
    if (std::holds_alternative<DeskResting>(hall.desk(id).doing))
        return Refusal{.reason = Reason::desk_rests, .desk = id};
    return std::nullopt;
}

AtDesk called_at(const Hall& hall, const DeskId& desk) {
    if (!hall.has_desk(desk)) return {nullptr, {.reason = Reason::no_such_desk, .desk = desk}};
    const Visit* visit = hall.visit_at(desk);
    if (visit == nullptr) return {nullptr, {.reason = Reason::desk_has_no_visit, .desk = desk}};
    if (!std::holds_alternative<Called>(visit->state))
        return {nullptr, about(Reason::visit_not_called, *visit)};
    return {visit, {}};
}

AtDesk served_at(const Hall& hall, const DeskId& desk) {
    if (!hall.has_desk(desk)) return {nullptr, {.reason = Reason::no_such_desk, .desk = desk}};
    const Visit* visit = hall.visit_at(desk);
    if (visit == nullptr) return {nullptr, {.reason = Reason::desk_has_no_visit, .desk = desk}};
    if (!std::holds_alternative<InService>(visit->state))
        return {nullptr, about(Reason::visit_not_served, *visit)};
    return {visit, {}};
}

Refusal about(Reason reason, const Visit& visit) {
    Refusal refusal{.reason = reason, .number = visit.number, .state = std::string{name_of(visit.state)}};
    if (const DeskId* desk = desk_of(visit.state)) refusal.desk = *desk;
    return refusal;
}

Decision decide_on(const Hall& hall, const OpenDesk& command, const Now&) {
    if (!hall.has_desk(command.desk)) return Refusal{.reason = Reason::no_such_desk, .desk = command.desk};
    const Desk& desk = hall.desk(command.desk);
    const bool is_closed = std::holds_alternative<DeskClosedNow>(desk.doing);
    if (!is_closed && desk.staff != command.staff)
        return Refusal{.reason = Reason::desk_taken_by_other, .desk = command.desk, .staff = desk.staff};
    if (!is_closed) return std::vector<HallEvent>{};  // signs in again where she already is
    if (const auto elsewhere = hall.desk_of(command.staff))
        return std::vector<HallEvent>{DeskMoved{*elsewhere, command.desk, command.staff}};
    return std::vector<HallEvent>{DeskOpened{command.desk, command.staff}};
}

Decision decide_on(const Hall& hall, const PauseDesk& command, const Now&) {
    if (auto refusal = refuse_unless_free(hall, command.desk)) return *refusal;
    return std::vector<HallEvent>{DeskPaused{command.desk}};
}

Decision decide_on(const Hall& hall, const ResumeDesk& command, const Now&) {
    if (auto refusal = refuse_unless_empty(hall, command.desk)) return *refusal;
    if (std::holds_alternative<DeskFree>(hall.desk(command.desk).doing)) return std::vector<HallEvent>{};
    return std::vector<HallEvent>{DeskResumed{command.desk}};
}

Decision decide_on(const Hall& hall, const CloseDesk& command, const Now&) {
    if (auto refusal = refuse_unless_empty(hall, command.desk)) return *refusal;
    return std::vector<HallEvent>{DeskClosed{command.desk}};
}

Decision decide_on(const Hall& hall, const RaiseEmergency& command, const Now&) {
    if (!hall.has_desk(command.desk)) return Refusal{.reason = Reason::no_such_desk, .desk = command.desk};
    const Desk& desk = hall.desk(command.desk);
    if (std::holds_alternative<DeskClosedNow>(desk.doing))
        return Refusal{.reason = Reason::desk_is_closed, .desk = command.desk};
    if (desk.emergency) return Refusal{.reason = Reason::emergency_already_raised, .desk = command.desk};
    return std::vector<HallEvent>{EmergencyRaised{command.desk}};
}

Decision decide_on(const Hall& hall, const AcceptEmergency& command, const Now&) {
    const Desk& desk = hall.desk(command.desk);
    if (!desk.emergency) return Refusal{.reason = Reason::no_emergency, .desk = command.desk};
    if (desk.staff == command.by) return Refusal{.reason = Reason::own_emergency, .desk = command.desk};
    if (desk.emergency->accepted_by) return std::vector<HallEvent>{};  // help is on its way already
    return std::vector<HallEvent>{EmergencyAccepted{command.desk, command.by}};
}

Decision decide_on(const Hall& hall, const ClearEmergency& command, const Now&) {
    if (!hall.desk(command.desk).emergency)
        return Refusal{.reason = Reason::no_emergency, .desk = command.desk};
    return std::vector<HallEvent>{EmergencyCleared{command.desk, command.by}};
}

Decision decide_on(const Hall&, const EndDay&, const Now&) { return std::vector<HallEvent>{DayEnded{}}; }

Decision decide(const Hall& hall, const Command& command, const Now& now) {
    // What was put aside to be collected outlives its day.
    if (hall.has_ended() && !std::holds_alternative<Collect>(command)) return Refusal{Reason::day_has_ended};
    return std::visit([&](const auto& one) { return decide_on(hall, one, now); }, command);
}

std::string_view name_of(Reason reason) {
    constexpr std::array<std::string_view, 32> names{"day-has-ended",
                                                     "site-is-closed",
                                                     "no-service-named",
                                                     "service-not-offered",
                                                     "service-named-twice",
                                                     "numbers-given-out",
                                                     "person-already-waits",
                                                     "no-such-desk",
                                                     "desk-is-closed",
                                                     "desk-rests",
                                                     "desk-has-visit",
                                                     "desk-has-no-visit",
                                                     "desk-taken-by-other",
                                                     "desk-serves-other-things",
                                                     "nobody-waits",
                                                     "no-such-number",
                                                     "visit-is-elsewhere",
                                                     "visit-is-not-waiting",
                                                     "visit-not-called",
                                                     "visit-not-served",
                                                     "visit-not-parked",
                                                     "visit-not-missed",
                                                     "visit-not-collecting",
                                                     "visit-is-over",
                                                     "too-many-services",
                                                     "next-step-needed",
                                                     "no-such-step",
                                                     "transfer-leads-nowhere",
                                                     "transfer-cannot-be-undone",
                                                     "no-emergency",
                                                     "emergency-already-raised",
                                                     "own-emergency"};
    static_assert(names.size() == static_cast<std::size_t>(Reason::own_emergency) + 1);
    return names[static_cast<std::size_t>(reason)];
}

}  // namespace balcao::office
