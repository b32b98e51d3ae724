#include <algorithm>

#include "office/verbs.hpp"
#include "rules/dispatch.hpp"

namespace balcao::office {
namespace {

bool is_among(const std::vector<Number>& numbers, Number number) {
    return std::ranges::find(numbers, number) != numbers.end();
}

// Those with priority by law who wait for something that this desk serves, while another is called.
std::vector<Number> passed_over(const Hall& hall, rules::GroupIndex group, const Visit& called) {
    std::vector<Number> numbers;
    if (called.standing == Standing::priority) return numbers;
    for (const Visit& visit : hall.visits()) {
        const auto* waits = std::get_if<Waiting>(&visit.state);
        if (waits == nullptr || waits->paused_until || visit.standing != Standing::priority) continue;
        const Leg& leg = visit.legs[visit.leg];
        if (!leg.only && hall.layout().serves(group, leg, visit)) numbers.push_back(visit.number);
    }
    return numbers;
}

// By the rule, among those who are not left out.
const Visit* next_by_rule(const Hall& hall,
                          rules::GroupIndex group,
                          const CallNext& command,
                          const Now& now) {
    if (command.except.empty()) {
        const auto queue = rules::next_queue(hall.waiting(), group, rules::microseconds_of(now.at));
        return queue ? &hall.visits()[hall.waiting().head(*queue)] : nullptr;
    }
    rules::HallState waiting = hall.waiting();
    for (;;) {
        const auto queue = rules::next_queue(waiting, group, rules::microseconds_of(now.at));
        if (!queue) return nullptr;
        const auto person = waiting.head(*queue);
        if (!is_among(command.except, hall.visits()[person].number)) return &hall.visits()[person];
        waiting.leave(*queue, person);
    }
}

Decision call(const Hall& hall, const DeskId& desk, const Visit& visit, CalledBy called_by) {
    const auto group = hall.layout().group_of(desk);
    return std::vector<HallEvent>{VisitCalled{
        visit.number, desk, group ? passed_over(hall, *group, visit) : std::vector<Number>{}, called_by}};
}

}  // namespace

Decision decide_on(const Hall& hall, const CallNext& command, const Now& now) {
    if (auto refusal = refuse_unless_free(hall, command.desk)) return *refusal;
    // Who was sent to this very desk has waited once already.
    for (const Number number : hall.sent_to(command.desk))
        if (!is_among(command.except, number))
            return call(hall, command.desk, *hall.find(number), CalledBy::sending);
    // A desk that the model has no longer finishes with whom it has.
    const auto group = hall.layout().group_of(command.desk);
    if (!group) return Refusal{.reason = Reason::no_such_desk, .desk = command.desk};
    const Visit* next = next_by_rule(hall, *group, command, now);
    if (next == nullptr) return Refusal{Reason::nobody_waits};
    return call(hall, command.desk, *next, CalledBy::rule);
}

Decision decide_on(const Hall& hall, const CallNumber& command, const Now&) {
    if (auto refusal = refuse_unless_free(hall, command.desk)) return *refusal;
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    if (desk_of(visit->state) != nullptr) return about(Reason::visit_is_elsewhere, *visit);
    const auto* waits = std::get_if<Waiting>(&visit->state);
    if (waits == nullptr) return about(Reason::visit_is_not_waiting, *visit);
    const Leg& leg = visit->legs[visit->leg];
    const auto group = hall.layout().group_of(command.desk);
    const bool is_for_this =
        leg.only ? *leg.only == command.desk : group && hall.layout().serves(*group, leg, *visit);
    // Whom no desk is for any more every desk may call.
    if (!is_for_this && !hall.is_stranded(*visit))
        return Refusal{
            .reason = Reason::desk_serves_other_things, .number = visit->number, .service = leg.service};
    return call(hall, command.desk, *visit, CalledBy::hand);
}

Decision decide_on(const Hall& hall, const Recall& command, const Now&) {
    const auto [visit, refusal] = called_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    return std::vector<HallEvent>{VisitRecalled{visit->number, command.desk}};
}

Decision decide_on(const Hall& hall, const UndoCall& command, const Now&) {
    const auto [visit, refusal] = called_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    return std::vector<HallEvent>{CallUndone{visit->number, command.desk}};
}

Decision decide_on(const Hall& hall, const NotCome& command, const Now&) {
    const auto [visit, refusal] = called_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    const bool is_forgiven = command.manner != Requeue::keep_count;
    if (!is_forgiven && visit->calls >= hall.layout().site().tickets.calls)
        return std::vector<HallEvent>{VisitMissed{visit->number}};
    return std::vector<HallEvent>{VisitRequeued{visit->number, command.desk, command.manner}};
}

Decision decide_on(const Hall& hall, const ComeBack& command, const Now&) {
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    if (!std::holds_alternative<Missed>(visit->state)) return about(Reason::visit_not_missed, *visit);
    return std::vector<HallEvent>{VisitReturned{command.number}};
}

}  // namespace balcao::office
