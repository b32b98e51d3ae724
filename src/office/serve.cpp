#include <algorithm>

#include "office/verbs.hpp"

namespace balcao::office {
namespace {

// The step that follows a leg, by the model and by what the desk chose.
struct Following {
    std::optional<Leg> leg{};
    std::optional<Refusal> refusal{};
};

Following following(const Layout& layout, const Leg& leg, const std::optional<StepKey>& chosen) {
    const auto onward = layout.after(leg);
    if (chosen) {
        const auto found = std::ranges::find(onward.legs, *chosen, &Leg::step);
        if (found == onward.legs.end()) return {{}, Refusal{Reason::no_such_step}};
        return {*found, {}};
    }
    if (onward.may_leave) return {};
    if (onward.legs.size() == 1) return {onward.legs.front(), {}};
    return {{}, Refusal{Reason::next_step_needed}};
}

}  // namespace

Decision decide_on(const Hall& hall, const Start& command, const Now&) {
    const auto [visit, refusal] = called_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    return std::vector<HallEvent>{ServiceStarted{visit->number, command.desk}};
}

Decision decide_on(const Hall& hall, const Finish& command, const Now&) {
    const auto [visit, refusal] = served_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    const Layout& layout = hall.layout();
    const auto next = following(layout, visit->legs[visit->leg], command.next);
    if (next.refusal) return *next.refusal;
    ServiceEnded ended{visit->number, command.desk, Then::goes, next.leg};
    const bool has_more = next.leg || visit->leg + 1 < visit->legs.size();
    if (has_more) {
        const Leg& coming = next.leg ? *next.leg : visit->legs[visit->leg + 1];
        const auto group = layout.group_of(command.desk);
        const bool can_stay =
            coming.only ? *coming.only == command.desk : group && layout.serves(*group, coming, *visit);
        ended.then = can_stay && command.stay == Stay::here_if_possible ? Then::stays : Then::waits;
    } else if (command.must_collect) {
        ended.then = Then::collects;
    }
    return std::vector<HallEvent>{std::move(ended)};
}

Decision decide_on(const Hall& hall, const Park& command, const Now&) {
    const auto [visit, refusal] = served_at(hall, command.desk);
    if (visit == nullptr) return refusal;
    return std::vector<HallEvent>{VisitParked{visit->number, command.desk}};
}

Decision decide_on(const Hall& hall, const Resume& command, const Now&) {
    if (auto refusal = refuse_unless_free(hall, command.desk)) return *refusal;
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    if (desk_of(visit->state) != nullptr) return about(Reason::visit_is_elsewhere, *visit);
    if (!std::holds_alternative<Parked>(visit->state)) return about(Reason::visit_not_parked, *visit);
    return std::vector<HallEvent>{ServiceStarted{visit->number, command.desk}};
}

Decision decide_on(const Hall& hall, const Collect& command, const Now&) {
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    if (!std::holds_alternative<Collecting>(visit->state)) return about(Reason::visit_not_collecting, *visit);
    return std::vector<HallEvent>{VisitCollected{command.number}};
}

Decision decide_on(const Hall& hall, const Leave& command, const Now&) {
    const Visit* visit = hall.find(command.number);
    if (visit == nullptr) return Refusal{.reason = Reason::no_such_number, .number = command.number};
    if (is_over(visit->state)) return about(Reason::visit_is_over, *visit);
    return std::vector<HallEvent>{VisitLeft{command.number}};
}

}  // namespace balcao::office
