#pragma once
// A session as it is: the fold of its events. What counts of a step is the last sheet of it that was shown,
// and only once it was confirmed as it stood there. Used by the decisions, by the views and by whoever counts
// what was taught. It knows no clock and no store, and opens no seal.
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "assist/refusal.hpp"
#include "assist/session_event.hpp"
#include "base/result.hpp"
#include "journal/settle.hpp"

namespace balcao::assist {

// A screen that was the citizen's, from then on.
struct Screen {
    std::string hash;  // of its secret
    ScreenKind kind = ScreenKind::desk;
    Instant since{};
    friend bool operator==(const Screen&, const Screen&) = default;
};

// What was shown last of a step.
struct LastShown {
    std::uint32_t showing = 0;
    Side by = Side::mediator;
    std::string language;
    std::vector<Consent> asked;
    std::string hash;
    std::string sealed;
    Instant at{};
    friend bool operator==(const LastShown&, const LastShown&) = default;
};

struct ToDo {
    friend bool operator==(const ToDo&, const ToDo&) = default;
};

// It was shown, and counts for nothing.
struct Proposed {
    LastShown what;
    friend bool operator==(const Proposed&, const Proposed&) = default;
};

struct Confirmed {
    LastShown what;
    Instant at{};
    std::uint64_t version = 0;  // of the event in the session's stream that says so
    std::uint32_t proxy = 0;    // which of the session's proxies, from 1; 0: the citizen
    Doer doer = Doer::mediator;
    std::vector<Consent> given;
    friend bool operator==(const Confirmed&, const Confirmed&) = default;
};

// It is not wanted any more; nothing of it is handed over.
struct LeftOut {
    friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

using StepState = std::variant<ToDo, Proposed, Confirmed, LeftOut>;

struct Step {
    StepKey step;
    StepState state{};
    bool is_helped = false;             // somebody helped with it
    bool is_shown_by_mediator = false;  // at least once
    friend bool operator==(const Step&, const Step&) = default;
};

// Somebody who confirms in the citizen's place.
struct ProxyInPlace {
    ProxyKind kind = ProxyKind::legal_guardian;
    std::string sealed;
    MediatorKey by;
    MediatorKey witness;
    Instant since{};
    friend bool operator==(const ProxyInPlace&, const ProxyInPlace&) = default;
};

struct Dispute {
    DisputeReason why = DisputeReason::other;
    std::string words;  // sealed; empty: none
    Instant since{};
    bool is_supervisor_called = false;
    MediatorKey supervisor{};  // who came; empty: nobody yet
    std::optional<Instant> lifted{};
    friend bool operator==(const Dispute&, const Dispute&) = default;
};

struct BrokenGlass {
    Instant at{};
    GlassBroken what;
    friend bool operator==(const BrokenGlass&, const BrokenGlass&) = default;
};

// A desk that would go on with the session.
struct Desk {
    MediatorKey mediator;
    model::SiteKey site;
    friend bool operator==(const Desk&, const Desk&) = default;
};

struct UnderWay {
    friend bool operator==(const UnderWay&, const UnderWay&) = default;
};

struct Kept {
    friend bool operator==(const Kept&, const Kept&) = default;
};

struct CarriedHome {
    friend bool operator==(const CarriedHome&, const CarriedHome&) = default;
};

struct HandedOver {
    Instant at{};
    std::string reference{};  // of what another room made of it; empty: nothing yet
    Instant taken{};
    bool is_forgotten = false;
    friend bool operator==(const HandedOver&, const HandedOver&) = default;
};

struct Practised {
    Instant at{};
    friend bool operator==(const Practised&, const Practised&) = default;
};

struct Abandoned {
    Instant at{};
    Side by = Side::citizen;
    friend bool operator==(const Abandoned&, const Abandoned&) = default;
};

struct Expired {
    Instant at{};
    friend bool operator==(const Expired&, const Expired&) = default;
};

using Stage = std::variant<UnderWay, Kept, CarriedHome, HandedOver, Practised, Abandoned, Expired>;

struct Session {
    SessionKey key;
    journal::StreamEnd end;
    Instant opened{};
    Instant last{};  // of its last event
    PersonName person;
    MediatorKey mediator;  // empty: the citizen is alone with it
    model::SiteKey site;
    Subject subject;
    std::string edition;
    Purpose purpose = Purpose::real;
    Lesson lesson;
    Instant until{};  // it expires, unless it is over
    Stage stage{};
    std::optional<Screen> screen{};  // the citizen's, now; after the end, the last one
    std::vector<Screen> screens;     // all that ever were
    std::uint32_t codes = 0;         // given out so far
    std::uint32_t screen_code = 0;   // the number of the one that is good for a screen; 0: none
    std::uint32_t desk_code = 0;
    std::vector<Step> steps;  // those wanted from the beginning, then as they were shown first
    std::uint32_t showings = 0;
    StepKey on_screen;  // empty: nothing
    std::vector<ProxyInPlace> proxies;
    std::uint32_t proxy = 0;  // which of them is in force, from 1; 0: none
    std::vector<Dispute> disputes;
    std::vector<BrokenGlass> glass;
    std::optional<Desk> asking{};  // waits for the citizen to agree
    bool is_lesson_kept = false;

    [[nodiscard]] const Step* find(const StepKey& step) const;
    [[nodiscard]] Step* find(const StepKey& step);
    // The dispute that holds it up; null: none.
    [[nodiscard]] const Dispute* dispute() const;
    // What stands on the citizen's screen.
    [[nodiscard]] std::optional<OnScreen> shown() const;

    friend bool operator==(const Session& a, const Session& b);
};

// The next event of the session's stream. Error: invalid, for what does not follow; the session is then as
// before.
Result<void> apply(Session& session, const journal::Event& event);
// The same of an event that was decided just now.
Result<void> apply(Session& session, const SessionEvent& decoded, const journal::Event& event);

// All events of a stream. Error: invalid.
Result<Session> fold(const SessionKey& key, const std::vector<journal::Event>& events);

// What was shown last of a step, confirmed or not; null where nothing counts or may count.
const LastShown* shown_of(const Step& step);

State state_of(const Session& session);
// Nothing of it can be handed over any more, or it was.
bool is_over(const Session& session);
// What was sealed for it is to be opened still.
bool has_values(const Session& session);

}  // namespace balcao::assist
