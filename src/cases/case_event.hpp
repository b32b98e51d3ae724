#pragma once
// What happens to a case: the events of the stream "case/<number>". The first one holds the whole submission,
// so that accepting it and owing its effects are one fact. Internal to `cases`, but for what the values mean.
// Personal data is in them only sealed with the key of the case's person.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "cases/case_number.hpp"
#include "journal/event.hpp"
#include "model/keys.hpp"

namespace balcao::cases {

using StepKey = Key<struct CaseStepTag>;   // within its case
using PersonName = Key<struct PersonTag>;  // whose key seals what is personal in a case
using ClerkKey = Key<struct ClerkTag>;     // somebody who works for the city or an entity; empty: the citizen

// Whether what an effect did at an entity can be taken back; as model::EffectClass says it, in the journal's
// own words.
enum class EffectClass : std::uint8_t {
    reversible,          // as if it had never been
    compensable,         // by something else that makes up for it
    point_of_no_return,  // not at all: goes last
};

// What an entity's way in promises, and so what may be done after an outcome that nobody knows.
enum class ConnectorKind : std::uint8_t {
    idempotent_key,       // the same key again does nothing more: it is sent again
    lookup_by_reference,  // it can be asked whether it has it: looked up first, sent again where it has not
    none,                 // never sent again blindly: a person finds out
    human,                // nobody is sent to: a task in an inbox
};

// For how long an effect is tried before a person is told: somebody sits there and waits, or nobody does.
enum class Haste : std::uint8_t { interactive, batch };

// What is being done of a step: carried to the entity, or taken back from it.
enum class Errand : std::uint8_t { deliver, undo };

enum class Eyes : std::uint8_t { two, four };

enum class IncidentKind : std::uint8_t {
    outcome_unknown,  // it may have been done, and cannot be asked or sent again
    budget_spent,     // tried for as long as its haste allows
    refused,          // for now: something in it has to be mended
    undo_failed,
    term_passed,     // the legal term, and the step is still open
    task_overdue,    // nobody finished the task in time
    citizen_silent,  // asked for something that did not come in time
    astray,          // an answer or report that does not belong here; it changed nothing
};

// How somebody settled an incident.
enum class Settlement : std::uint8_t {
    it_is_there,       // the entity has it after all
    send_again,        // it is not there, or may be sent again without harm
    give_up,           // it will not be done
    undone_by_hand,    // of an undoing
    cannot_be_undone,  // of an undoing: what was done stands
    noted,             // of one that holds nothing up
    moved_on,          // what it was about has come right by itself
};

// What a service costs, as it was told; nothing where nobody said.
struct Fee {
    std::optional<Money> amount;
    friend bool operator==(const Fee&, const Fee&) = default;
};

// One service of one entity, as it was asked for. It holds all that decides how it is carried, so that a case
// goes on by what it began with.
struct StepAsked {
    StepKey step;
    model::EntityKey entity;
    model::ServiceKey service;
    std::vector<StepKey> after;  // begins when all of these are concluded
    EffectClass effect_class = EffectClass::compensable;
    ConnectorKind kind = ConnectorKind::none;
    bool is_undone_by_hand = false;  // its entity takes nothing back by its way in
    Haste haste = Haste::batch;
    Eyes eyes = Eyes::two;          // of its tasks
    std::int64_t task_minutes = 0;  // until a task of it is due
    std::uint32_t protocol = 1;     // version of what is said to the entity
    Instant term{};                 // the legal term; 1970: none
    Fee fee;
    std::vector<std::string> consents;  // names of the data that the citizen agreed to hand to this entity
    std::string data;                   // sealed
    std::string effect;                 // the key of the effect, made here, before anything is sent
    friend bool operator==(const StepAsked&, const StepAsked&) = default;
};

struct CaseOpened {
    static constexpr std::string_view type = "case-opened";
    PersonName person;
    std::string contact;  // sealed
    model::LifeEventKey life_event;
    std::string edition;  // of the model by which it goes to its end
    std::vector<StepAsked> steps;
    ClerkKey by;
};

// Somebody carries it now, for so long; whoever comes too late for this event leaves it alone.
struct EffectTaken {
    static constexpr std::string_view type = "effect-taken";
    StepKey step;
    int attempt = 0;
    Instant until{};
};

struct EffectDeferred {
    static constexpr std::string_view type = "effect-deferred";
    StepKey step;
    std::string why;
    Instant again{};
    bool is_unknown = false;  // the entity may have it
};

struct EffectDelivered {
    static constexpr std::string_view type = "effect-delivered";
    StepKey step;
    std::string reference;  // the entity's own
    bool is_concluded = false;
};

// A final no; or nobody wants it any more.
struct StepDenied {
    static constexpr std::string_view type = "step-denied";
    StepKey step;
    std::string why;
};

struct StepConcluded {
    static constexpr std::string_view type = "step-concluded";
    StepKey step;
};

// It was not sent and will not be.
struct StepStopped {
    static constexpr std::string_view type = "step-stopped";
    StepKey step;
    std::string why;  // "cancelled", "person-erased", or the step that failed
};

struct UndoOwed {
    static constexpr std::string_view type = "undo-owed";
    StepKey step;
    std::string effect;
};

struct StepUndone {
    static constexpr std::string_view type = "step-undone";
    StepKey step;
};

// Of a cancelled case: what was done cannot be undone.
struct StepStands {
    static constexpr std::string_view type = "step-stands";
    StepKey step;
};

struct EffectOwedAgain {
    static constexpr std::string_view type = "effect-owed-again";
    StepKey step;
    bool is_unknown = false;
    ClerkKey by;
};

struct CitizenAsked {
    static constexpr std::string_view type = "citizen-asked";
    StepKey step;
    std::string what;
    Instant until{};
};

struct CitizenAnswered {
    static constexpr std::string_view type = "citizen-answered";
    StepKey step;
    std::vector<std::string> consents;
    std::string data;    // sealed
    std::string effect;  // of what is now to be sent
};

struct TaskMade {
    static constexpr std::string_view type = "task-made";
    StepKey step;
    Instant due{};
};

struct TaskClaimed {
    static constexpr std::string_view type = "task-claimed";
    StepKey step;
    ClerkKey by;
};

// Given back, or to somebody else (`to`), or because the second pair of eyes saw it otherwise.
struct TaskReleased {
    static constexpr std::string_view type = "task-released";
    StepKey step;
    ClerkKey by;
    ClerkKey to;
    bool is_disputed = false;
};

// The first of two pairs of eyes.
struct TaskVouched {
    static constexpr std::string_view type = "task-vouched";
    StepKey step;
    ClerkKey by;
    std::string verdict;  // what the second must say as well
};

struct TaskFinished {
    static constexpr std::string_view type = "task-finished";
    StepKey step;
    ClerkKey by;
};

struct IncidentOpened {
    static constexpr std::string_view type = "incident-opened";
    std::uint32_t incident = 0;  // within its case, from 1
    StepKey step;
    IncidentKind kind = IncidentKind::outcome_unknown;
    std::string why;
    std::string owner;
    Instant promised{};
    bool is_holding = false;  // the step waits for it
    bool is_unknown = false;  // the entity may have it
};

struct IncidentEscalated {
    static constexpr std::string_view type = "incident-escalated";
    std::uint32_t incident = 0;
    std::string owner;
    Instant promised{};
};

// Somebody took it over, and says until when.
struct IncidentPromised {
    static constexpr std::string_view type = "incident-promised";
    std::uint32_t incident = 0;
    ClerkKey by;
    Instant promised{};
};

struct IncidentSettled {
    static constexpr std::string_view type = "incident-settled";
    std::uint32_t incident = 0;
    Settlement how = Settlement::noted;
    ClerkKey by;
};

struct CancelAsked {
    static constexpr std::string_view type = "cancel-asked";
    ClerkKey by;
};

// Why somebody who works for the city or an entity looked at what the citizen handed over.
enum class LookReason : std::uint8_t {
    to_do_it,      // what was asked for
    person_asked,  // the citizen, at the counter or by telephone
    to_put_right,  // something that went wrong
};

// Written before anything is shown. Its citizen reads it by role, auditors by account.
struct DataSeen {
    static constexpr std::string_view type = "data-seen";
    StepKey step;
    LookReason why = LookReason::to_do_it;
    std::string role;  // as staff says it
    ClerkKey by;
    friend bool operator==(const DataSeen&, const DataSeen&) = default;
};

// Their key is destroyed: what was sealed for this case can be read by nobody any more, nor handed over.
struct PersonErased {
    static constexpr std::string_view type = "person-erased";
};

using CaseEvent = std::variant<CaseOpened,
                               EffectTaken,
                               EffectDeferred,
                               EffectDelivered,
                               StepDenied,
                               StepConcluded,
                               StepStopped,
                               UndoOwed,
                               StepUndone,
                               StepStands,
                               EffectOwedAgain,
                               CitizenAsked,
                               CitizenAnswered,
                               TaskMade,
                               TaskClaimed,
                               TaskReleased,
                               TaskVouched,
                               TaskFinished,
                               IncidentOpened,
                               IncidentEscalated,
                               IncidentPromised,
                               IncidentSettled,
                               CancelAsked,
                               DataSeen,
                               PersonErased>;

journal::Draft encode(const CaseEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<CaseEvent> decode_case(const journal::Event& event);

// A run of serials of one year that one server gives out: the events of "case-numbers/<year>".
struct NumbersTaken {
    static constexpr std::string_view type = "numbers-taken";
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

using NumbersEvent = std::variant<NumbersTaken>;

journal::Draft encode(const NumbersTaken& event);
Result<NumbersTaken> decode_numbers(const journal::Event& event);

// The words of the journal and of programs: "outcome-unknown".
std::string_view name_of(IncidentKind kind);
std::string_view name_of(Settlement how);
std::string_view name_of(ConnectorKind kind);
std::string_view name_of(LookReason reason);
std::optional<LookReason> look_reason_of(std::string_view name);

// The key of an effect: the same for one case, step, errand, protocol and round, whoever makes it
// (hexadecimal, 40 digits of SHA-256). `round` counts what is sent anew because the citizen added something.
struct EffectName {
    CaseNumber number;
    StepKey step;
    Errand errand = Errand::deliver;
    std::uint32_t protocol = 1;
    std::uint32_t round = 0;
};

std::string key_of(const EffectName& effect);

}  // namespace balcao::cases
