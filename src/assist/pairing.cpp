// Opening a session, the codes that it gives out, and the citizen's screen.
#include "assist/hands.hpp"
#include "base/check.hpp"
#include "crypto/hash.hpp"
#include "journal/codec.hpp"

namespace balcao::assist {

// What was answered to who got a code; its digits grow out of the key again.
struct ToldCode {
    SessionKey session;
    std::uint32_t door = 0;
    std::uint32_t number = 0;
    CodeUse use = CodeUse::screen;
    Instant until{};
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, ToldCode>

void members(Part& part, Value& told) {
    part("session", told.session);
    part("door", told.door);
    part("number", told.number);
    part("use", told.use);
    part("until", told.until);
}

namespace {

std::optional<Refusal> fault_of(const Opening& opening) {
    if (!opening.subject.is_one() ||
        !is_fit_name(opening.subject.service.text() + opening.subject.life_event.text()))
        return Refusal{Reason::subject_unfit};
    if (opening.steps.size() > steps_most) return Refusal{Reason::too_much};
    if (!is_fit_name(opening.mediator.text()) || !is_fit_name(opening.site.text()) ||
        !is_fit_name(opening.edition))
        return Refusal{Reason::name_unfit};
    for (const auto& step : opening.steps)
        if (!is_fit_name(step.text())) return Refusal{Reason::name_unfit, step};
    if (!opening.lesson.is_fit()) return Refusal{Reason::driver_unfit};
    return std::nullopt;
}

// One of the doors, at random.
std::uint32_t any_door() {
    std::uint32_t bits = 0;
    for (const char byte : crypto::random_bytes(4))
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
    return bits % doors;
}

}  // namespace

std::string Sessions::new_secret() { return crypto::to_base64url(crypto::random_bytes(32)); }

Answer<CodeSlip> Sessions::slip_of(const Answer<Made>& made) const {
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const auto told = journal::read_members<ToldCode>(std::get<Made>(made).answer, "code");
    if (!told) return Refusal{Reason::unavailable};
    const std::uint32_t secret = secret_of(codes_, {told->session, told->number, told->use});
    return CodeSlip{told->session, to_text(Code{told->door, secret}), told->until};
}

// Puts another code of the session into a commit, and the door behind which it stands.
std::optional<Refusal> Sessions::give_code(Draft& draft, CodeUse use, Instant until) const {
    constexpr int tries_most = 50;
    const Instant now = draft.now();
    for (int tries = 0; tries < tries_most; ++tries) {
        const std::uint32_t number = any_door();
        const std::string stream = stream_of_door(settings_.zone.at(now).date, number);
        const auto events = store_.read(stream, 0);
        if (!events) return Refusal{Reason::unavailable};
        const auto door = fold_door(stream, *events);
        if (!door) return Refusal{Reason::unavailable};
        if (!door->is_free(now)) continue;
        const ToldCode told{draft.whole().key, number, draft.whole().codes + 1, use, until};
        draft.record(CodeMade{use, told.number, until});
        journal::append(draft.commit, stream, door->end,
                        encode(DoorEvent{DoorGiven{told.session, told.number, use, until}}),
                        std::max(now, door->last));
        draft.commit.answer = journal::write_members(told);
        return std::nullopt;
    }
    return Refusal{Reason::no_code_free};
}

Answer<CodeSlip> Sessions::open(const Opening& opening, const std::string& key) {
    if (auto fault = fault_of(opening)) return *fault;
    if (!key.empty() && !is_fit_name(key)) return Refusal{Reason::name_unfit};
    const SessionKey session{crypto::random_name()};
    const auto made = journal::settle(
        store_, command_of("open", opening.mediator.text(), key), Refusal{Reason::unavailable},
        [&]() -> std::variant<journal::Commit, Refusal> {
            const bool is_real = opening.purpose == Purpose::real;
            if (is_real && !settings_.may_assist(opening.mediator, opening.subject))
                return Refusal{Reason::not_certified};
            if (is_real && !is_agreed_now(opening.site, opening.subject)) return Refusal{Reason::not_agreed};
            Session none;
            none.key = session;
            Draft draft{std::move(none), clock_.now()};
            const Date today = settings_.zone.at(draft.now()).date;
            draft.record(SessionOpened{PersonName{journal::Persons::new_person()}, opening.mediator,
                                       opening.site, opening.subject, opening.edition, opening.steps,
                                       opening.lesson.mode, opening.lesson.driver, opening.purpose,
                                       settings_.zone.midnight(today + std::chrono::days{1})});
            if (auto refusal = give_code(draft, CodeUse::screen, draft.now() + settings_.code_lasts))
                return *refusal;
            return std::move(draft.commit);
        });
    auto slip = slip_of(made);
    if (const auto* opened = std::get_if<CodeSlip>(&slip)) ledger_.add(opened->session);
    return slip;
}

Answer<CodeSlip> Sessions::new_code(const MediatorCall& call) {
    return slip_of(run("new-code", whole_of(call), [&](Draft& draft, Side) -> std::optional<Refusal> {
        if (auto fault = fault_of_going_on(draft.whole(), draft.now())) return fault;
        return give_code(draft, CodeUse::screen, draft.now() + settings_.code_lasts);
    }));
}

// A door is one of its day; around midnight those of the day beside it are good as well, by this clock or by
// that of another server.
Answer<Door> Sessions::find_door(std::uint32_t number, Instant now) const {
    constexpr std::chrono::days one_day{1};
    const Date today = settings_.zone.at(now).date;
    Door latest;
    for (const Date date : {today, today - one_day, today + one_day}) {
        const std::string stream = stream_of_door(date, number);
        const auto events = store_.read(stream, 0);
        if (!events) return Refusal{Reason::unavailable};
        auto door = fold_door(stream, *events);
        if (!door) return Refusal{Reason::unavailable};
        if (!door->is_free(now)) return *std::move(door);
        if (latest.given.session.empty()) latest = *std::move(door);
    }
    return latest;
}

// Decides on a code behind a door: what follows from the right one, or that a wrong one was tried. Who tries
// many at once gains nothing: a right one is written with the version of the door that it was tried at.
Answer<journal::Commit> Sessions::use_code(const Code& code,
                                           CodeUse use,
                                           const Door& door,
                                           const Ledger::Decide& decide) {
    const Instant now = clock_.now();
    if (door.given.session.empty()) return Refusal{Reason::no_such_code};
    const bool is_blocked = door.misses >= settings_.misses_most;
    if (secret_of(codes_, door.given) != code.secret) {
        if (door.is_free(now) || is_blocked) return Refusal{Reason::no_such_code};
        journal::Commit missed;
        journal::append(missed, door.stream, door.end, encode(DoorEvent{DoorMissed{door.given.number}}),
                        std::max(now, door.last));
        return missed;
    }
    Refusal over{Reason::code_over};
    over.when = door.until;
    if (door.given.use != use) return Refusal{Reason::code_unfit};
    if (is_blocked) return Refusal{Reason::code_blocked};
    if (door.is_used) return Refusal{Reason::code_used};
    if (door.until <= now) return over;
    auto session = ledger_.find(door.given.session);
    if (const auto* refusal = std::get_if<Refusal>(&session)) return *refusal;
    Draft draft{std::get<Session>(std::move(session)), now};
    const Session& whole = draft.whole();
    const bool is_void = door.given.number != (use == CodeUse::screen ? whole.screen_code : whole.desk_code);
    // Who stopped the session has made its codes void, and is told of that first.
    if (auto refusal = decide(draft)) return *refusal;
    if (is_void) return over;
    journal::append(draft.commit, door.stream, door.end, encode(DoorEvent{DoorUsed{door.given.number}}),
                    std::max(now, door.last));
    draft.commit.answer = whole.key.text();
    return std::move(draft.commit);
}

// Nobody is refused for what has changed between looking at the door and at what is behind it.
Answer<journal::Commit> Sessions::decide_on_code(const Code& code,
                                                 CodeUse use,
                                                 const Ledger::Decide& decide) {
    constexpr int looks_most = 20;
    for (int looks = 0; looks < looks_most; ++looks) {
        const auto found = find_door(code.door, clock_.now());
        if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
        const Door& door = std::get<Door>(found);
        auto decided = use_code(code, use, door, decide);
        if (std::holds_alternative<journal::Commit>(decided) || door.stream.empty()) return decided;
        const auto news = store_.read(door.stream, door.end.version);
        if (!news) return Refusal{Reason::unavailable};
        if (news->empty()) return decided;
    }
    return Refusal{Reason::unavailable};
}

// Whoever comes with a code, for something of the session that it belongs to.
Answer<SessionKey> Sessions::enter(std::string_view typed,
                                   CodeUse use,
                                   const std::string& command,
                                   const Ledger::Decide& decide) {
    constexpr int tries_most = 20;
    const auto code = read_code(typed);
    if (!code) return Refusal{Reason::code_unfit};
    for (int tries = 0; tries < tries_most; ++tries) {
        const auto before = journal::made_before(store_, command);
        if (!before) return Refusal{Reason::unavailable};
        if (*before) return SessionKey{(*before)->answer};
        // A wrong code is written under no command: it counts each time.
        const auto made = journal::settle(store_, "", Refusal{Reason::unavailable}, [&] {
            auto decided = decide_on_code(*code, use, decide);
            auto* commit = std::get_if<journal::Commit>(&decided);
            if (commit != nullptr && !commit->answer.empty()) commit->command = command;
            return decided;
        });
        if (const auto* refusal = std::get_if<Refusal>(&made)) {
            // Not for what this very command has done elsewhere meanwhile.
            const auto since = journal::made_before(store_, command);
            if (!since) return Refusal{Reason::unavailable};
            if (*since) continue;
            return *refusal;
        }
        const auto& [answer, is_repeated] = std::get<Made>(made);
        if (is_repeated) continue;
        if (answer.empty()) return Refusal{Reason::no_such_code};
        ledger_.add(SessionKey{answer});
        return SessionKey{answer};
    }
    return Refusal{Reason::unavailable};
}

Answer<SessionKey> Sessions::join(std::string_view typed,
                                  const JoiningScreen& screen,
                                  const std::string& key) {
    if (!is_fit_secret(screen.secret) || (!key.empty() && !is_fit_name(key)))
        return Refusal{Reason::name_unfit};
    const std::string hash = hash_of_secret(screen.secret);
    auto joined = enter(typed, CodeUse::screen, command_of("join", hash, key),
                        [&](Draft& draft) -> std::optional<Refusal> {
                            if (auto fault = fault_of_going_on(draft.whole(), draft.now())) return fault;
                            draft.record(ScreenJoined{hash, screen.kind});
                            return std::nullopt;
                        });
    if (const auto* session = std::get_if<SessionKey>(&joined)) presence_.beat(*session, hash, clock_.now());
    return joined;
}

Answer<Done> Sessions::part(const Call& call) {
    return done("part", call, [&](Draft& draft, Side side) -> std::optional<Refusal> {
        if (auto fault = fault_of_going_on(draft.whole(), draft.now())) return fault;
        if (!draft.whole().screen) return Refusal{Reason::no_screen};
        draft.record(ScreenLeft{side});
        return std::nullopt;
    });
}

Answer<Done> Sessions::beat(const ScreenCall& call) {
    if (auto fault =
            glance(call.session, [&](const Session& session) { return fault_of_hand(session, call.by); }))
        return *fault;
    return Done{};
}

}  // namespace balcao::assist
