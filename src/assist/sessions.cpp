// How a command of a session is made: whose hand it is, whether it may go on, and what is let go of at the
// end.
#include "assist/sessions.hpp"

#include "assist/hands.hpp"
#include "base/check.hpp"
#include "crypto/hash.hpp"

namespace balcao::assist {
namespace {

// More happens in no session: whoever plays with it fills no disk.
constexpr std::uint64_t events_most = 2'000;

}  // namespace

Sessions::Sessions(journal::Store& store,
                   const Clock& clock,
                   const crypto::SecretKey& installation,
                   const Settings& settings)
    : store_{store},
      clock_{clock},
      settings_{settings},
      codes_{installation.derive("codes of double screens")},
      learners_{installation.derive("learners at double screens")},
      persons_{store, installation},
      ledger_{store, clock} {
    BALCAO_CHECK(settings_.may_assist != nullptr);
}

std::string hash_of_secret(std::string_view secret) {
    const auto hash = crypto::sha256({secret});
    return crypto::to_hex(crypto::bytes_of(hash));
}

Call whole_of(const ScreenCall& call) { return {call.session, call.by, call.key}; }

Call whole_of(const MediatorCall& call) { return {call.session, call.by, call.key}; }

Side side_of(const Hand& hand) {
    return std::holds_alternative<ByMediator>(hand) ? Side::mediator : Side::citizen;
}

bool is_fit_secret(std::string_view secret) {
    constexpr std::size_t bytes_least = 20;
    return secret.size() >= bytes_least && is_fit_name(secret);
}

std::string command_of(std::string_view verb, std::string_view about, const std::string& key) {
    if (key.empty()) return {};
    return "assist/" + std::string{verb} + "/" + std::string{about} + "/" + key;
}

std::optional<Refusal> fault_of_going_on(const Session& session, Instant now) {
    const State state = state_of(session);
    Refusal refusal{Reason::session_over};
    refusal.state = state;
    if (is_over(session)) return refusal;
    if (session.until <= now) {
        refusal.state = State::expired;
        refusal.when = session.until;
        return refusal;
    }
    if (const auto* dispute = session.dispute()) {
        refusal.reason = Reason::disputed;
        refusal.when = dispute->since;
        return refusal;
    }
    if (state == State::under_way) return std::nullopt;
    refusal.reason = state == State::kept ? Reason::kept : Reason::carried_home;
    return refusal;
}

std::optional<Instant> Sessions::seen(const Session& session) const {
    return session.screen ? presence_.seen(session.key, session.screen->hash) : std::nullopt;
}

// A screen that is the citizen's has been heard of by this.
std::optional<Refusal> Sessions::fault_of_hand(const Session& session, const Hand& hand) {
    if (const auto* mediator = std::get_if<ByMediator>(&hand)) {
        if (session.mediator.empty() || session.mediator != mediator->mediator)
            return Refusal{Reason::not_your_session};
        return std::nullopt;
    }
    const std::string hash = hash_of_secret(std::get<ByScreen>(hand).secret);
    if (!session.screen || !crypto::is_equal_in_constant_time(session.screen->hash, hash))
        return Refusal{Reason::no_such_screen};
    presence_.beat(session.key, hash, clock_.now());
    return std::nullopt;
}

// AS-04: nothing personal is opened or shown by a mediator without the citizen.
std::optional<Refusal> Sessions::fault_of_absence(const Session& session, Side side) const {
    if (side == Side::citizen) return std::nullopt;
    const auto last = seen(session);
    if (is_fresh(last, clock_.now(), settings_.absent_after)) return std::nullopt;
    Refusal refusal{session.screen ? Reason::citizen_absent : Reason::no_screen};
    refusal.when = last;
    return refusal;
}

std::optional<Refusal> Sessions::fault_of_driving(const Session& session, Side side) const {
    Refusal refusal{Reason::not_driving};
    refusal.side = session.lesson.driver;
    if (session.lesson.driver != side) return refusal;
    return fault_of_absence(session, side);
}

Answer<journal::Made> Sessions::run(std::string_view verb, const Call& call, const Decide& decide) {
    if (!call.key.empty() && !is_fit_name(call.key)) return Refusal{Reason::name_unfit};
    // Whose command it is belongs to its name: nobody gets the answer to another's.
    const auto* screen = std::get_if<ByScreen>(&call.by);
    const std::string who = screen != nullptr ? "screen/" + hash_of_secret(screen->secret)
                                              : "mediator/" + std::get<ByMediator>(call.by).mediator.text();
    const std::string command = command_of(verb, call.session.text() + "/" + who, call.key);
    return ledger_.run(call.session, command, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto fault = fault_of_hand(draft.whole(), call.by)) return fault;
        if (auto refusal = decide(draft, side_of(call.by))) return refusal;
        if (draft.whole().end.version > events_most && !is_over(draft.whole()))
            return Refusal{Reason::too_much};
        return std::nullopt;
    });
}

Answer<Done> Sessions::done(std::string_view verb, const Call& call, const Decide& decide) {
    const auto made = run(verb, call, decide);
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

Answer<Done> Sessions::done_by_staff(const SessionKey& session,
                                     const std::string& command,
                                     const Ledger::Decide& decide) {
    const auto made = ledger_.run(session, command, [&](Draft& draft) -> std::optional<Refusal> {
        if (auto refusal = decide(draft)) return refusal;
        if (draft.whole().end.version > events_most && !is_over(draft.whole()))
            return Refusal{Reason::too_much};
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return Done{std::get<Made>(made).is_repeated};
}

// Answered from memory; but nobody is refused for what another server has changed meanwhile.
std::optional<Refusal> Sessions::glance(
    const SessionKey& session, const std::function<std::optional<Refusal>(const Session&)>& fault_of) {
    const auto known = ledger_.known(session);
    if (const auto* here = std::get_if<Session>(&known))
        if (!fault_of(*here)) return std::nullopt;
    const auto found = ledger_.find(session);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    return fault_of(std::get<Session>(found));
}

void Sessions::let_go(const SessionKey& session) {
    presence_.forget(session);
    echo_.forget(session);
}

}  // namespace balcao::assist
