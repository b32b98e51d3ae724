// Going on elsewhere: at another desk on the same day, or at home.
#include "assist/hands.hpp"
#include "journal/codec.hpp"

namespace balcao::assist {

// What was answered to who carries a session home.
struct ToldUntil {
    Instant until{};
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, ToldUntil>

void members(Part& part, Value& told) { part("until", told.until); }

namespace {

// It can go on at a desk: it is under way or kept, and nobody stopped it.
std::optional<Refusal> fault_of_moving(const Session& session, Instant now) {
    auto fault = fault_of_going_on(session, now);
    if (fault && fault->reason == Reason::kept) return std::nullopt;
    return fault;
}

}  // namespace

std::optional<Refusal> Sessions::fault_of_desk(const Session& session, const Desk& desk) const {
    if (!is_fit_name(desk.mediator.text()) || !is_fit_name(desk.site.text()))
        return Refusal{Reason::name_unfit};
    if (session.purpose == Purpose::real && !settings_.may_assist(desk.mediator, session.subject))
        return Refusal{Reason::not_certified};
    if (session.purpose == Purpose::real && !is_agreed_now(desk.site, session.subject))
        return Refusal{Reason::not_agreed};
    return std::nullopt;
}

bool Sessions::is_agreed_now(const model::SiteKey& site, const Subject& subject) const {
    return !settings_.is_agreed || settings_.is_agreed(site, subject, settings_.zone.at(clock_.now()).date);
}

Answer<CodeSlip> Sessions::keep(const ScreenCall& call) {
    return slip_of(run("keep", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (auto fault = fault_of_going_on(session, draft.now())) return fault;
        if (session.mediator.empty()) return Refusal{Reason::at_home};
        draft.record(SessionKept{session.screen->kind == ScreenKind::desk});
        return give_code(draft, CodeUse::desk, session.until);
    }));
}

Answer<SessionKey> Sessions::take_over(std::string_view typed, const Desk& desk, const std::string& key) {
    if (!key.empty() && !is_fit_name(key)) return Refusal{Reason::name_unfit};
    return enter(typed, CodeUse::desk, command_of("take-over", desk.mediator.text(), key),
                 [&](Draft& draft) -> std::optional<Refusal> {
                     const Session& session = draft.whole();
                     if (auto fault = fault_of_moving(session, draft.now())) return fault;
                     if (state_of(session) != State::kept) return Refusal{Reason::not_kept};
                     if (auto fault = fault_of_desk(session, desk)) return fault;
                     draft.record(SessionMoved{desk.mediator, desk.site, CodeUse::desk});
                     return std::nullopt;
                 });
}

Answer<Done> Sessions::ask_over(const SessionKey& session, const Desk& desk, const std::string& key) {
    if (!key.empty() && !is_fit_name(key)) return Refusal{Reason::name_unfit};
    const std::string command = command_of("ask", session.text() + "/" + desk.mediator.text(), key);
    return done_by_staff(session, command, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto fault = fault_of_moving(draft.whole(), draft.now())) return fault;
        if (auto fault = fault_of_desk(draft.whole(), desk)) return fault;
        if (!(draft.whole().asking == desk)) draft.record(DeskAsked{desk.mediator, desk.site});
        return std::nullopt;
    });
}

Answer<Done> Sessions::agree_over(const ScreenCall& call, const Desk& desk) {
    return done("agree", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        if (auto fault = fault_of_moving(draft.whole(), draft.now())) return fault;
        if (!(draft.whole().asking == desk)) return Refusal{Reason::nobody_asked};
        draft.record(SessionMoved{desk.mediator, desk.site, CodeUse::screen});
        return std::nullopt;
    });
}

Answer<Instant> Sessions::carry_home(const ScreenCall& call) {
    const auto made = run("carry-home", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        if (auto fault = fault_of_going_on(session, draft.now())) return fault;
        if (session.purpose == Purpose::practice) return Refusal{Reason::only_practice};
        if (session.mediator.empty()) return Refusal{Reason::at_home};
        const Instant until = draft.now() + settings_.home_lasts;
        draft.record(SessionCarriedHome{until});
        draft.commit.answer = journal::write_members(ToldUntil{until});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const auto told = journal::read_members<ToldUntil>(std::get<Made>(made).answer, "until");
    if (!told) return Refusal{Reason::unavailable};
    let_go(call.session);
    return told->until;
}

Answer<Done> Sessions::enter_at_home(const ScreenCall& call) {
    if (!is_fit_secret(call.by.secret) || (!call.key.empty() && !is_fit_name(call.key)))
        return Refusal{Reason::name_unfit};
    const std::string hash = hash_of_secret(call.by.secret);
    const std::string command = command_of("enter", call.session.text() + "/" + hash, call.key);
    auto entered = done_by_staff(call.session, command, [&](Draft& draft) -> std::optional<Refusal> {
        const Session& session = draft.whole();
        auto fault = fault_of_going_on(session, draft.now());
        if (fault && fault->reason != Reason::carried_home) return fault;
        if (!session.mediator.empty()) return Refusal{Reason::not_carried_home};
        draft.record(HomeEntered{hash});
        return std::nullopt;
    });
    if (std::holds_alternative<Done>(entered)) presence_.beat(call.session, hash, clock_.now());
    return entered;
}

}  // namespace balcao::assist
