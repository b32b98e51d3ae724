// How sessions end: handed over once, practised, abandoned, or by time alone.
#include <algorithm>

#include "assist/hands.hpp"

namespace balcao::assist {
namespace {

constexpr std::size_t reference_bytes_most = 128;

// Everything that is wanted of it stands confirmed as it was shown last, and something does.
std::optional<Refusal> fault_of_steps(const Session& session) {
    bool is_any = false;
    for (const auto& step : session.steps) {
        if (std::holds_alternative<LeftOut>(step.state)) continue;
        if (!std::holds_alternative<Confirmed>(step.state)) return Refusal{Reason::not_confirmed, step.step};
        is_any = true;
    }
    if (!is_any) return Refusal{Reason::nothing_confirmed};
    return std::nullopt;
}

// Why it cannot be brought to its end now, real or not.
std::optional<Refusal> fault_of_finishing(const Session& session, Instant now) {
    if (const auto* over = std::get_if<HandedOver>(&session.stage)) {
        Refusal refusal{Reason::already_handed_over};
        refusal.when = over->at;
        return refusal;
    }
    if (auto fault = fault_of_going_on(session, now)) return fault;
    if (!session.screen) return Refusal{Reason::no_screen};
    return fault_of_steps(session);
}

}  // namespace

Answer<Handover> Sessions::hand_over(const Call& call) {
    const auto made = run("hand-over", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (session.purpose == Purpose::practice) return Refusal{Reason::only_practice};
        if (auto fault = fault_of_finishing(session, draft.now())) return fault;
        if (auto fault = fault_of_absence(session, side)) return fault;
        draft.record(SessionHandedOver{side});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    echo_.forget(call.session);
    const auto session = ledger_.find(call.session);
    if (const auto* refusal = std::get_if<Refusal>(&session)) return *refusal;
    return handover_of(std::get<Session>(session));
}

std::vector<SessionKey> Sessions::not_taken() const {
    std::vector<SessionKey> sessions;
    for (const auto& session : ledger_.with_values()) {
        const auto* over = std::get_if<HandedOver>(&session.stage);
        if (over != nullptr && over->reference.empty()) sessions.push_back(session.key);
    }
    return sessions;
}

Answer<Handover> Sessions::handed_over(const SessionKey& session) {
    const auto found = ledger_.find(session);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto* over = std::get_if<HandedOver>(&std::get<Session>(found).stage);
    if (over == nullptr) return Refusal{Reason::not_handed_over};
    if (!over->reference.empty()) return Refusal{Reason::already_taken, {}, over->reference};
    return handover_of(std::get<Session>(found));
}

Answer<Done> Sessions::taken(const SessionKey& session, const std::string& reference) {
    if (reference.empty() || !is_fit_text(reference, reference_bytes_most))
        return Refusal{Reason::name_unfit};
    return done_by_staff(session, {}, [&](Draft& draft) -> std::optional<Refusal> {
        const auto* over = std::get_if<HandedOver>(&draft.whole().stage);
        if (over == nullptr) return Refusal{Reason::not_handed_over};
        if (over->reference == reference) return std::nullopt;
        if (!over->reference.empty()) return Refusal{Reason::already_taken, {}, over->reference};
        draft.record(HandoverTaken{reference});
        return std::nullopt;
    });
}

Answer<PracticeHandover> Sessions::end_practice(const Call& call) {
    const auto made = run("end-practice", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (session.purpose == Purpose::real) return Refusal{Reason::not_practice};
        if (auto fault = fault_of_finishing(session, draft.now())) return fault;
        if (auto fault = fault_of_absence(session, side)) return fault;
        draft.record(PracticeEnded{side});
        journal::Persons::erase(session.person.text(), draft.commit);
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    let_go(call.session);
    const auto found = ledger_.find(call.session);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& session = std::get<Session>(found);
    PracticeHandover practice{session.key, session.subject, {}};
    for (const auto& step : session.steps)
        if (const auto* confirmed = std::get_if<Confirmed>(&step.state))
            practice.steps.push_back({step.step, confirmed->doer});
    return practice;
}

Answer<Done> Sessions::abandon(const Call& call) {
    auto abandoned = done("abandon", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        auto fault = fault_of_going_on(session, draft.now());
        if (fault && (side == Side::mediator || fault->reason == Reason::session_over)) return fault;
        draft.record(SessionAbandoned{side});
        journal::Persons::erase(session.person.text(), draft.commit);
        return std::nullopt;
    });
    if (std::holds_alternative<Done>(abandoned)) let_go(call.session);
    return abandoned;
}

std::size_t Sessions::let_time_pass() {
    const auto is_due = [&](const Session& session, Instant now) {
        const auto* over = std::get_if<HandedOver>(&session.stage);
        if (over == nullptr) return !is_over(session) && session.until <= now;
        return !over->reference.empty() && !over->is_forgotten && over->taken + settings_.values_last <= now;
    };
    std::size_t ended = 0;
    for (const auto& session : ledger_.with_values()) {
        if (!is_due(session, std::max(clock_.now(), session.last))) continue;
        const auto made = ledger_.run(session.key, {}, [&](Draft& draft) -> std::optional<Refusal> {
            const Session& now = draft.whole();
            if (!is_due(now, draft.now())) return Refusal{Reason::session_over};
            const bool is_handed_over = std::holds_alternative<HandedOver>(now.stage);
            journal::Persons::erase(now.person.text(), draft.commit);
            if (is_handed_over)
                draft.record(ValuesForgotten{});
            else
                draft.record(SessionExpired{now.until});
            return std::nullopt;
        });
        if (std::holds_alternative<Made>(made)) ++ended;
    }
    // What is kept in memory of sessions that ended elsewhere.
    auto remembered = echo_.sessions();
    const auto heard = presence_.sessions();
    remembered.insert(remembered.end(), heard.begin(), heard.end());
    for (const auto& session : remembered) {
        const auto known = ledger_.known(session);
        const auto* found = std::get_if<Session>(&known);
        if (found != nullptr && !has_values(*found)) let_go(session);
    }
    return ended;
}

}  // namespace balcao::assist
