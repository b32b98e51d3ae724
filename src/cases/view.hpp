#pragma once
// A case as its citizen sees it: for each step what happened and when, what comes next, by when, and who owns
// that. A pure function of the case, so that no page can say otherwise than the journal does. In words for
// programs; pages put them into sentences. It names nobody who works on it, and holds nothing sealed.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case.hpp"

namespace balcao::cases {

// What happened to a step.
enum class Progress : std::uint8_t {
    waits_for_others,  // for the steps in `waits_for`, or until what can be taken back was sent
    to_be_sent,
    being_sent,
    to_be_sent_again,  // it did not come through yet
    with_person,       // somebody at the entity or the city has it in hand
    held_up,           // something went wrong, and a person looks after it
    taken_up,          // the entity has it
    waits_for_you,
    concluded,
    denied,
    not_sent,  // and will not be
    being_undone,
    undone,
    cannot_be_undone,
};

// Who has to do something next.
enum class Owner : std::uint8_t { nobody, citizen, entity, city };

struct StepView {
    StepKey step;
    model::ServiceKey service;
    model::EntityKey entity;
    Progress progress = Progress::to_be_sent;
    Instant since{};
    std::vector<StepKey> waits_for;  // not concluded yet
    Owner owner = Owner::nobody;
    std::string owner_name;          // the entity, or who answers for the incident in the city
    std::optional<Instant> by_when;  // the next thing: as promised, or the legal term
    std::string reference;           // the entity's own
    std::string what;                // what is wanted, or why it ended so
    std::optional<Money> fee;
    friend bool operator==(const StepView&, const StepView&) = default;
};

struct CaseView {
    CaseNumber number;
    CaseState state = CaseState::accepted;
    Instant opened{};
    Instant last{};  // something happened
    model::LifeEventKey life_event;
    std::string edition;
    std::vector<StepView> steps;
    std::vector<Look> looks;    // who saw what was handed over; in order of time
    std::optional<Money> fees;  // all of them; nothing where currencies differ
    friend bool operator==(const CaseView&, const CaseView&) = default;
};

CaseView view_of(const Case& whole);

std::string_view name_of(Progress progress);
std::string_view name_of(Owner owner);

}  // namespace balcao::cases
