#pragma once
// What a person is asked, what follows from the answers, and what a life event needs in which order. Parts of
// a `Model`; the words are those of CPSV-AP (public service, event, rule), but for its "evidence": a
// document. What applies to somebody is worked out in `rules`.
#include <optional>
#include <string>
#include <vector>

#include "base/localized.hpp"
#include "base/money.hpp"
#include "model/distribution.hpp"
#include "model/keys.hpp"
#include "model/other_names.hpp"

namespace balcao::model {

enum class FactKind : unsigned char {
    yes_no,
    one_of,  // of the answers
    any_of,  // several of the answers, at least one
    number,  // whole, not negative: years, days, people
    date,    // when it happened; deadlines count from it
};

// "yes_no", "one_of" …: as a model says them.
std::string name_of(FactKind kind);

struct FactAnswer {
    AnswerKey key;
    LocalText name;
    friend bool operator==(const FactAnswer&, const FactAnswer&) = default;
};

// Something about a person that decides; asked only where it does.
struct Fact {
    FactKey key;
    LocalText ask;   // the question, in plain words
    LocalText help;  // where to look, what is meant
    FactKind kind = FactKind::yes_no;
    std::vector<FactAnswer> answers;  // of one_of and any_of
    friend bool operator==(const Fact&, const Fact&) = default;
};

// What must hold of one fact. Of yes_no, one_of and any_of: one of these answers ("yes" and "no" for the
// first); of a number: from `least` to `most`, both included.
struct Condition {
    FactKey fact;
    std::vector<AnswerKey> answers;
    std::optional<int> least;
    std::optional<int> most;
    friend bool operator==(const Condition&, const Condition&) = default;
};

// All must hold; none: always.
using When = std::vector<Condition>;

// Days of the calendar, or those on which offices work.
struct Term {
    int days = 0;
    bool is_working = false;
    friend bool operator==(const Term&, const Term&) = default;
};

// "8 working days", "1 day", "same day" (no day at all).
std::string format_term(Term term);
std::optional<Term> parse_term(std::string_view text);

// Something that a person brings, or that an entity has already and is asked for instead (once only).
struct Document {
    DocumentKey key;
    LocalText name;
    std::optional<EntityKey> held_by;
    std::string source;
    friend bool operator==(const Document&, const Document&) = default;
};

struct RequiredDocument {
    DocumentKey document;
    When when;
    friend bool operator==(const RequiredDocument&, const RequiredDocument&) = default;
};

// What a service costs and takes for some people, in place of what it says for all. Of several lines the
// first that holds decides (as the hit policy "first" of DMN does).
struct ServiceTerms {
    When when;
    std::optional<PerChannel<Money>> fee;
    std::optional<Term> takes;
    friend bool operator==(const ServiceTerms&, const ServiceTerms&) = default;
};

// Who cannot have a service, and why: what would have to change.
struct Exclusion {
    When when;
    LocalText because;
    friend bool operator==(const Exclusion&, const Exclusion&) = default;
};

// A service's part in a life event.
struct EventStep {
    ServiceKey service;
    When when{};                      // for whom it belongs
    std::vector<ServiceKey> after{};  // concluded before it begins
    std::vector<ServiceKey>
        not_with{};                    // never in one sitting with these: the later one waits for the earlier
    std::optional<Term> within{};      // of the day on which it happened
    LocalText because{};               // why it is there, in plain words
    std::vector<EntityKey> informs{};  // whom its entity tells of it, once it is concluded
    friend bool operator==(const EventStep&, const EventStep&) = default;
};

// So many answers of an any_of fact, or it is no matter for a bundle but for a single service.
struct AtLeast {
    FactKey fact;
    int count = 1;
    friend bool operator==(const AtLeast&, const AtLeast&) = default;
};

struct LifeEvent {
    LifeEventKey key;
    LocalText name;
    OtherNames also;
    LocalText about;
    std::vector<EventStep> steps;
    std::optional<AtLeast> at_least;
    std::optional<FactKey> begins;  // the date from which `within` counts
    std::string source;
    friend bool operator==(const LifeEvent&, const LifeEvent&) = default;

    [[nodiscard]] const EventStep* find(const ServiceKey& service) const;
};

}  // namespace balcao::model
