#include "assist/session.hpp"

#include <algorithm>
#include <tuple>

namespace balcao::assist {
namespace {

// One event on its way into a session that it fits.
struct Folding {
    Session& session;
    const journal::Event& event;

    Step& step(const StepKey& name) {
        if (Step* found = session.find(name)) return *found;
        session.steps.push_back({name});
        return session.steps.back();
    }

    void set_screen(const std::string& hash, ScreenKind kind) {
        session.screens.push_back({hash, kind, event.at});
        session.screen = session.screens.back();
    }

    // Nobody joins, goes on or agrees by what was given out before.
    void void_codes() {
        session.screen_code = session.desk_code = 0;
        session.asking.reset();
    }

    void end(Stage stage) {
        void_codes();
        session.stage = std::move(stage);
    }

    void operator()(const SessionOpened& opened) {
        session.opened = event.at;
        session.person = opened.person;
        session.mediator = opened.mediator;
        session.site = opened.site;
        session.subject = opened.subject;
        session.edition = opened.edition;
        session.purpose = opened.purpose;
        session.lesson = {opened.mode, opened.driver};
        session.until = opened.until;
        for (const auto& wanted : opened.steps)
            step(wanted);
    }

    void operator()(const CodeMade& made) {
        session.codes = made.number;
        (made.use == CodeUse::screen ? session.screen_code : session.desk_code) = made.number;
    }

    void operator()(const ScreenJoined& joined) {
        session.screen_code = 0;
        set_screen(joined.screen, joined.kind);
    }

    void operator()(const ScreenLeft&) { session.screen.reset(); }

    void operator()(const LessonSet& set) { session.lesson = {set.mode, set.driver}; }

    void operator()(const StepShown& shown) {
        Step& now = step(shown.step);
        now.state = Proposed{
            {shown.showing, shown.by, shown.language, shown.asked, shown.hash, shown.sealed, event.at}};
        if (shown.by == Side::mediator) now.is_shown_by_mediator = true;
        session.showings = shown.showing;
        session.on_screen = shown.step;
    }

    void operator()(const StepConfirmed& confirmed) {
        Step& now = step(confirmed.step);
        Confirmed state;
        state.what = *shown_of(now);
        state.at = event.at;
        state.version = event.version;
        state.given = confirmed.given;
        if (confirmed.by == Confirmer::proxy) state.proxy = session.proxy;
        if (state.what.by == Side::citizen)
            state.doer = now.is_helped || now.is_shown_by_mediator || state.proxy != 0
                             ? Doer::citizen_with_help
                             : Doer::citizen_alone;
        now.state = std::move(state);
    }

    void operator()(const HelpGiven& help) { step(help.step).is_helped = true; }

    void operator()(const StepLeftOut& left) {
        step(left.step).state = LeftOut{};
        if (session.on_screen == left.step) session.on_screen = {};
    }

    void operator()(const ProxyNamed& named) {
        session.proxies.push_back({named.kind, named.sealed, named.by, named.witness, event.at});
        session.proxy = static_cast<std::uint32_t>(session.proxies.size());
    }

    void operator()(const ProxyEnded&) { session.proxy = 0; }

    void operator()(const SessionDisputed& disputed) {
        void_codes();
        session.disputes.push_back({disputed.why, disputed.words, event.at});
    }

    void operator()(const DisputeLifted&) { session.disputes.back().lifted = event.at; }

    void operator()(const SupervisorCalled&) { session.disputes.back().is_supervisor_called = true; }

    void operator()(const SupervisorCame& came) { session.disputes.back().supervisor = came.supervisor; }

    void operator()(const SessionKept& kept) {
        void_codes();
        if (kept.is_screen_gone) session.screen.reset();
        session.stage = Kept{};
    }

    void operator()(const DeskAsked& asked) { session.asking = Desk{asked.mediator, asked.site}; }

    void operator()(const SessionMoved& moved) {
        void_codes();
        session.mediator = moved.mediator;
        session.site = moved.site;
        session.stage = UnderWay{};
    }

    void operator()(const SessionCarriedHome& carried) {
        void_codes();
        session.mediator = {};
        session.screen.reset();
        session.until = carried.until;
        session.stage = CarriedHome{};
    }

    void operator()(const HomeEntered& entered) {
        void_codes();
        set_screen(entered.screen, ScreenKind::own);
        session.lesson = {Mode::i_do_you_watch, Side::citizen};
        session.stage = UnderWay{};
    }

    void operator()(const GlassBroken& broken) { session.glass.push_back({event.at, broken}); }

    void operator()(const SessionHandedOver&) { end(HandedOver{event.at}); }

    void operator()(const HandoverTaken& taken) {
        auto& over = std::get<HandedOver>(session.stage);
        over.reference = taken.reference;
        over.taken = event.at;
    }

    void operator()(const PracticeEnded&) { end(Practised{event.at}); }

    void operator()(const SessionAbandoned& abandoned) { end(Abandoned{event.at, abandoned.by}); }

    void operator()(const SessionExpired&) { end(Expired{event.at}); }

    void operator()(const ValuesForgotten&) { std::get<HandedOver>(session.stage).is_forgotten = true; }

    void operator()(const LessonKept&) { session.is_lesson_kept = true; }
};

// Whether an event follows from what the session is.
struct FollowsFrom {
    const Session& session;

    template <class Event>
    bool operator()(const Event&) const {
        return !is_over(session);
    }

    bool operator()(const SessionOpened& opened) const {
        return session.end.version == 0 && opened.subject.is_one();
    }

    bool operator()(const CodeMade& made) const {
        return !is_over(session) && made.number == session.codes + 1;
    }

    bool operator()(const StepShown& shown) const {
        return !is_over(session) && shown.showing == session.showings + 1;
    }

    bool operator()(const StepConfirmed& confirmed) const {
        const OnScreen now{confirmed.step, confirmed.showing, confirmed.hash};
        const bool has_hand = confirmed.by == Confirmer::citizen || session.proxy != 0;
        return !is_over(session) && has_hand && session.shown() == now;
    }

    bool operator()(const HelpGiven& help) const {
        return !is_over(session) && session.find(help.step) != nullptr;
    }

    bool operator()(const StepLeftOut& left) const {
        return !is_over(session) && session.find(left.step) != nullptr;
    }

    bool operator()(const DisputeLifted&) const { return session.dispute() != nullptr; }

    bool operator()(const SupervisorCalled&) const { return session.dispute() != nullptr; }

    bool operator()(const SupervisorCame&) const { return session.dispute() != nullptr; }

    bool operator()(const GlassBroken&) const { return session.end.version > 0; }

    bool operator()(const HandoverTaken&) const { return is_handed_over(); }

    bool operator()(const ValuesForgotten&) const { return is_handed_over(); }

    bool operator()(const SessionHandedOver&) const {
        return !is_over(session) && session.purpose == Purpose::real;
    }

    bool operator()(const PracticeEnded&) const {
        return !is_over(session) && session.purpose == Purpose::practice;
    }

    bool operator()(const LessonKept&) const { return session.end.version > 0; }

    [[nodiscard]] bool is_handed_over() const { return std::holds_alternative<HandedOver>(session.stage); }
};

auto step_named(auto& steps, const StepKey& step) {
    return std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.step == step; });
}

}  // namespace

const Step* Session::find(const StepKey& step) const {
    const auto found = step_named(steps, step);
    return found == steps.end() ? nullptr : &*found;
}

Step* Session::find(const StepKey& step) {
    const auto found = step_named(steps, step);
    return found == steps.end() ? nullptr : &*found;
}

const Dispute* Session::dispute() const {
    if (disputes.empty() || disputes.back().lifted || is_over(*this)) return nullptr;
    return &disputes.back();
}

std::optional<OnScreen> Session::shown() const {
    const Step* step = find(on_screen);
    const LastShown* what = step == nullptr ? nullptr : shown_of(*step);
    if (what == nullptr) return std::nullopt;
    return OnScreen{on_screen, what->showing, what->hash};
}

bool operator==(const Session& a, const Session& b) {
    const auto first = [](const Session& one) {
        return std::tie(one.key, one.end.version, one.end.salt, one.opened, one.last, one.person,
                        one.mediator, one.site, one.subject, one.edition, one.purpose, one.lesson, one.until,
                        one.stage);
    };
    const auto rest = [](const Session& one) {
        return std::tie(one.screen, one.screens, one.codes, one.screen_code, one.desk_code, one.steps,
                        one.showings, one.on_screen, one.proxies, one.proxy, one.disputes, one.glass,
                        one.asking, one.is_lesson_kept);
    };
    return first(a) == first(b) && rest(a) == rest(b);
}

Result<void> apply(Session& session, const SessionEvent& decoded, const journal::Event& event) {
    const bool is_first = std::holds_alternative<SessionOpened>(decoded);
    const bool is_next = event.version == session.end.version + 1 && is_first == (event.version == 1);
    if (!is_next || !std::visit(FollowsFrom{session}, decoded))
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) +
                                        ": this event does not follow from those before it"};
    Folding folding{session, event};
    std::visit(folding, decoded);
    session.end = {event.version, event.salt};
    session.last = event.at;
    return {};
}

Result<void> apply(Session& session, const journal::Event& event) {
    BALCAO_TRY(const auto decoded, decode_session(event));
    return apply(session, decoded, event);
}

Result<Session> fold(const SessionKey& key, const std::vector<journal::Event>& events) {
    Session session;
    session.key = key;
    for (const auto& event : events)
        if (auto applied = apply(session, event); !applied) return applied.error();
    return session;
}

const LastShown* shown_of(const Step& step) {
    if (const auto* proposed = std::get_if<Proposed>(&step.state)) return &proposed->what;
    if (const auto* confirmed = std::get_if<Confirmed>(&step.state)) return &confirmed->what;
    return nullptr;
}

State state_of(const Session& session) {
    struct Naming {
        State operator()(const UnderWay&) const { return State::under_way; }

        State operator()(const Kept&) const { return State::kept; }

        State operator()(const CarriedHome&) const { return State::carried_home; }

        State operator()(const HandedOver&) const { return State::handed_over; }

        State operator()(const Practised&) const { return State::practised; }

        State operator()(const Abandoned&) const { return State::abandoned; }

        State operator()(const Expired&) const { return State::expired; }
    };

    return session.dispute() != nullptr ? State::disputed : std::visit(Naming{}, session.stage);
}

bool is_over(const Session& session) {
    return !std::holds_alternative<UnderWay>(session.stage) && !std::holds_alternative<Kept>(session.stage) &&
           !std::holds_alternative<CarriedHome>(session.stage);
}

bool has_values(const Session& session) {
    const auto* handed_over = std::get_if<HandedOver>(&session.stage);
    return handed_over == nullptr ? !is_over(session) : !handed_over->is_forgotten;
}

}  // namespace balcao::assist
