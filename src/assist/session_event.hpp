#pragma once
// What happens in a session: the events of the stream "assist/<session>". Internal to `assist`, but for what
// the values mean. What is personal is in them only sealed with the key of the session's person: what was
// shown, in whose place somebody confirms, a dispute in the citizen's own words. What somebody types is in
// none of them before it is shown.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assist/names.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"

namespace balcao::assist {

struct SessionOpened {
    static constexpr std::string_view type = "session-opened";
    PersonName person;
    MediatorKey mediator;
    model::SiteKey site;
    Subject subject;
    std::string edition;         // of the model by which it goes to its end
    std::vector<StepKey> steps;  // that it takes at least
    Mode mode = Mode::show_me;
    Side driver = Side::mediator;
    Purpose purpose = Purpose::real;
    Instant until{};
};

// A code of that number in the session was given out; earlier ones for the same use are void.
struct CodeMade {
    static constexpr std::string_view type = "code-made";
    CodeUse use = CodeUse::screen;
    std::uint32_t number = 0;  // from 1, of all codes of the session
    Instant until{};
};

// The earlier screen is no longer the citizen's.
struct ScreenJoined {
    static constexpr std::string_view type = "screen-joined";
    std::string screen;  // SHA-256 of its secret, in hexadecimal
    ScreenKind kind = ScreenKind::desk;
};

struct ScreenLeft {
    static constexpr std::string_view type = "screen-left";
    Side by = Side::citizen;
};

struct LessonSet {
    static constexpr std::string_view type = "lesson-set";
    Mode mode = Mode::show_me;
    Side driver = Side::mediator;
    Side by = Side::mediator;
};

// From now on this is what stands on the citizen's screen. What was confirmed of the step before is so no
// longer.
struct StepShown {
    static constexpr std::string_view type = "step-shown";
    StepKey step;
    std::uint32_t showing = 0;  // from 1, of all of the session
    Side by = Side::mediator;
    MediatorKey mediator;  // who showed it; empty: the citizen
    std::string language;
    std::vector<Consent> asked;
    std::string hash;
    std::string sealed;
    Instant seen{};  // the last sign of life of the citizen's screen
};

struct StepConfirmed {
    static constexpr std::string_view type = "step-confirmed";
    StepKey step;
    std::uint32_t showing = 0;
    std::string hash;
    Confirmer by = Confirmer::citizen;
    std::vector<Consent> given;
};

// The citizen did not do this step without being helped.
struct HelpGiven {
    static constexpr std::string_view type = "help-given";
    StepKey step;
    Side by = Side::mediator;
};

struct StepLeftOut {
    static constexpr std::string_view type = "step-left-out";
    StepKey step;
    Side by = Side::mediator;
};

struct ProxyNamed {
    static constexpr std::string_view type = "proxy-named";
    ProxyKind kind = ProxyKind::legal_guardian;
    std::string sealed;
    MediatorKey by;
    MediatorKey witness;  // empty: none was needed
};

struct ProxyEnded {
    static constexpr std::string_view type = "proxy-ended";
    Side by = Side::citizen;
};

struct SessionDisputed {
    static constexpr std::string_view type = "session-disputed";
    DisputeReason why = DisputeReason::other;
    std::string words;  // sealed; empty: none
};

struct DisputeLifted {
    static constexpr std::string_view type = "dispute-lifted";
};

struct SupervisorCalled {
    static constexpr std::string_view type = "supervisor-called";
    Side by = Side::citizen;
};

struct SupervisorCame {
    static constexpr std::string_view type = "supervisor-came";
    MediatorKey supervisor;
};

struct SessionKept {
    static constexpr std::string_view type = "session-kept";
    bool is_screen_gone = false;  // it was one of the spot
};

// Another desk would go on with it; nothing changes before the citizen's screen agrees.
struct DeskAsked {
    static constexpr std::string_view type = "desk-asked";
    MediatorKey mediator;
    model::SiteKey site;
};

struct SessionMoved {
    static constexpr std::string_view type = "session-moved";
    MediatorKey mediator;
    model::SiteKey site;
    CodeUse by = CodeUse::screen;  // agreed on the citizen's screen, or by the code for a desk
};

struct SessionCarriedHome {
    static constexpr std::string_view type = "session-carried-home";
    Instant until{};
};

struct HomeEntered {
    static constexpr std::string_view type = "home-entered";
    std::string screen;
};

struct GlassBroken {
    static constexpr std::string_view type = "glass-broken";
    MediatorKey by;
    MediatorKey second;
    GlassReason why = GlassReason::person_taken_ill;
    Instant until{};
    friend bool operator==(const GlassBroken&, const GlassBroken&) = default;
};

struct SessionHandedOver {
    static constexpr std::string_view type = "session-handed-over";
    Side by = Side::citizen;
};

// Another room has made something of it, under this reference.
struct HandoverTaken {
    static constexpr std::string_view type = "handover-taken";
    std::string reference;
};

struct PracticeEnded {
    static constexpr std::string_view type = "practice-ended";
    Side by = Side::citizen;
};

struct SessionAbandoned {
    static constexpr std::string_view type = "session-abandoned";
    Side by = Side::citizen;
};

struct SessionExpired {
    static constexpr std::string_view type = "session-expired";
    Instant until{};
};

// The values of a session that was handed over are gone.
struct ValuesForgotten {
    static constexpr std::string_view type = "values-forgotten";
};

// The person chose to keep what was learnt; it is not said who.
struct LessonKept {
    static constexpr std::string_view type = "lesson-kept";
};

using SessionEvent = std::variant<SessionOpened,
                                  CodeMade,
                                  ScreenJoined,
                                  ScreenLeft,
                                  LessonSet,
                                  StepShown,
                                  StepConfirmed,
                                  HelpGiven,
                                  StepLeftOut,
                                  ProxyNamed,
                                  ProxyEnded,
                                  SessionDisputed,
                                  DisputeLifted,
                                  SupervisorCalled,
                                  SupervisorCame,
                                  SessionKept,
                                  DeskAsked,
                                  SessionMoved,
                                  SessionCarriedHome,
                                  HomeEntered,
                                  GlassBroken,
                                  SessionHandedOver,
                                  HandoverTaken,
                                  PracticeEnded,
                                  SessionAbandoned,
                                  SessionExpired,
                                  ValuesForgotten,
                                  LessonKept>;

journal::Draft encode(const SessionEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<SessionEvent> decode_session(const journal::Event& event);

std::string stream_of(const SessionKey& session);
// Nothing for any other stream.
std::optional<SessionKey> session_of_stream(std::string_view stream);

}  // namespace balcao::assist
