#pragma once
// A case as it is: the fold of its events. A step is in exactly one state, which holds only what is true in
// it; the state of the case follows from its steps and is kept nowhere. Used by the decisions, by who carries
// effects, and by the views. It knows no clock, no store and no connector.
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "cases/case_event.hpp"
#include "journal/settle.hpp"

namespace balcao::cases {

// To be sent once it is its turn, or to be tried again.
struct Owed {
    Errand errand = Errand::deliver;
    int attempts = 0;
    Instant since{};  // since when it is its turn; 1970: it is not
    Instant not_before{};
    bool is_unknown = false;  // the entity may have it
    std::string why{};        // of the last attempt
    friend bool operator==(const Owed&, const Owed&) = default;
};

// Somebody carries it, until then at the latest.
struct UnderWay {
    Errand errand = Errand::deliver;
    int attempt = 0;
    Instant since{};  // since when it was its turn
    Instant until{};
    bool is_unknown = false;  // an earlier attempt may have reached the entity
    friend bool operator==(const UnderWay&, const UnderWay&) = default;
};

// A task in an inbox.
struct WithPerson {
    Errand errand = Errand::deliver;
    Instant due{};
    ClerkKey claimed_by{};  // empty: nobody
    ClerkKey vouched_by{};  // the first of two pairs of eyes; empty: none yet
    std::string verdict{};  // of that one
    friend bool operator==(const WithPerson&, const WithPerson&) = default;
};

// An incident holds it: a person decides.
struct Held {
    Errand errand = Errand::deliver;
    int attempts = 0;
    std::uint32_t incident = 0;
    bool is_unknown = false;
    friend bool operator==(const Held&, const Held&) = default;
};

// The entity has it and works on it.
struct Accepted {
    friend bool operator==(const Accepted&, const Accepted&) = default;
};

// The entity wants something more of the citizen.
struct AwaitsCitizen {
    std::string what;
    Instant until{};
    friend bool operator==(const AwaitsCitizen&, const AwaitsCitizen&) = default;
};

struct Concluded {
    friend bool operator==(const Concluded&, const Concluded&) = default;
};

struct Denied {
    std::string why;
    friend bool operator==(const Denied&, const Denied&) = default;
};

struct Stopped {
    std::string why;
    friend bool operator==(const Stopped&, const Stopped&) = default;
};

struct Undone {
    friend bool operator==(const Undone&, const Undone&) = default;
};

struct Stands {
    friend bool operator==(const Stands&, const Stands&) = default;
};

using StepState = std::variant<Owed,
                               UnderWay,
                               WithPerson,
                               Held,
                               Accepted,
                               AwaitsCitizen,
                               Concluded,
                               Denied,
                               Stopped,
                               Undone,
                               Stands>;

struct Step {
    StepAsked asked;  // its data is let go of once the entity has them
    StepState state;
    std::string effect;     // the key of what is being done of it
    std::string reference;  // the entity's own, once it has one
    std::uint32_t round = 0;
    Instant changed{};       // when its state became this
    std::string changed_by;  // the salt of that event
    friend bool operator==(const Step&, const Step&) = default;
};

struct Incident {
    std::uint32_t id = 0;
    StepKey step;
    IncidentKind kind = IncidentKind::outcome_unknown;
    std::string why;
    int level = 1;  // 1 to 3
    std::string owner;
    ClerkKey by;  // who took it over; empty: nobody yet
    Instant opened{};
    Instant promised{};
    std::optional<Settlement> settled{};
    friend bool operator==(const Incident&, const Incident&) = default;
};

// Somebody saw what was handed over.
struct Look {
    Instant at{};
    DataSeen what;
    friend bool operator==(const Look&, const Look&) = default;
};

// What the whole case is, worst news first where several hold.
enum class CaseState : std::uint8_t {
    accepted,  // nothing was sent yet
    under_way,
    waits_for_citizen,
    waits_for_person,   // an incident or a task
    being_cancelled,    // the citizen withdrew, and something is still to be undone or found out
    cancelled,          // and nothing is left, or what cannot be undone
    concluded,          // every step
    concluded_in_part,  // some, and the others will not be
    not_concluded,      // none
};

struct Case {
    CaseNumber number;
    journal::StreamEnd end;
    Instant opened{};
    Instant last{};  // of its last event
    PersonName person;
    std::string contact;  // sealed
    model::LifeEventKey life_event;
    std::string edition;
    ClerkKey by;
    std::vector<Step> steps;
    std::vector<Incident> incidents;
    std::vector<Look> looks;
    std::optional<Instant> cancelled{};
    std::optional<Instant> erased{};  // since when nobody can read what its person handed over

    [[nodiscard]] const Step* find(const StepKey& step) const;
    [[nodiscard]] Step* find(const StepKey& step);
    [[nodiscard]] const Incident* find(std::uint32_t incident) const;
};

bool operator==(const Case& a, const Case& b);

// The next event of the case's stream. Error: invalid, for what does not follow; the case is then as before.
Result<void> apply(Case& whole, const journal::Event& event);
// The same of an event that was decided just now.
Result<void> apply(Case& whole, const CaseEvent& decoded, const journal::Event& event);

// All events of a stream. Error: invalid.
Result<Case> fold(const CaseNumber& number, const std::vector<journal::Event>& events);

// The errand of a step on which somebody works, or for which somebody decides.
std::optional<Errand> errand_of(const StepState& state);

// Something is still to happen with the step.
bool is_open(const Step& step);
// Nothing is to happen with any step, and nobody has to look after anything.
bool is_over(const Case& whole);
CaseState state_of(const Case& whole);
std::string_view name_of(CaseState state);

// It is the turn of a step that is owed. To be delivered: all that it comes after are concluded, and the case
// was not cancelled; a point of no return also waits until every step that can be had without one has been
// sent, refused or given up, or waits for a person. To be undone: nothing that came after it is still to be
// undone.
bool is_its_turn(const Case& whole, const Step& step);

// The steps that come after that one, directly or not.
std::vector<StepKey> followers_of(const Case& whole, const StepKey& step);

}  // namespace balcao::cases
