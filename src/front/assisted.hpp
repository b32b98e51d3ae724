#pragma once
// A request on the double screen: the steps of a session about a service or a life event, what stands on the
// sheet of each, and the submission that comes of what was confirmed. The plan, the questions and the checks
// are those of a request that somebody hands in alone (front/request.hpp). Used by pages and by the API; what
// may be done in a session is decided by `assist`, what becomes of a submission by `cases`.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "assist/sessions.hpp"
#include "cases/cases.hpp"
#include "front/request.hpp"
#include "rules/agreed.hpp"

namespace balcao::front {

// The first steps of a session, where there is something to be said in them: the answers that the plan
// follows from, and how the person can be reached. Those of the plan come after them.
const assist::StepKey& situation_step();
const assist::StepKey& contact_step();
assist::StepKey step_of(const model::ServiceKey& service);

// A service that can be asked for from afar, or a life event; nothing for what the model does not hold.
std::optional<model::LifeEvent> event_of(const model::Model& city, const assist::Subject& subject);

// Whether what was agreed with the host of the site covers it: a service, or all of a life event that can be
// asked for.
rules::Agreed agreed_with_host(const model::Model& city,
                               const model::SiteKey& site,
                               const assist::Subject& subject,
                               Date day);
// "Until Tuesday, 30 June 2026, by the protocol with the parish."; empty where it is agreed.
std::string agreement_text(const rules::Agreed& agreed, const text::Words& words);

std::string subject_name(const assist::Subject& subject, const model::Model& city, const text::Words& words);

// What was said of a session's steps, by step and field: answers by the key of their fact, as programs say
// them ("card,licence"), and what a form asks by the name of its field ("detail.full-name").
using Said = std::map<std::pair<assist::StepKey, assist::FieldKey>, std::string>;

// All of what a session is about, as far as it is known.
struct Assisted {
    model::LifeEvent event;
    rules::Conversation said;
    RequestPlan plan;
    // In their order; while a question is open, the situation alone.
    std::vector<assist::StepKey> steps;

    [[nodiscard]] bool is_answered() const { return said.plan.to_ask.empty(); }

    // Of the plan; null for the first ones.
    [[nodiscard]] const cases::StepWanted* wanted(const assist::StepKey& step) const;
};

// When and where it is looked at: the day decides terms and holidays.
struct Sitting {
    const model::Model& city;
    const Zone& zone;
    Date today{};
};

Assisted assisted(const Sitting& sitting, const model::LifeEvent& event, const Said& said);

// What a sheet of the situation says, as answers.
Said answers_of(const std::vector<assist::Field>& fields);
// The answers of a conversation, to be typed or kept.
Said said_of(const rules::Conversation& said);

// What a step asks to be written. The situation is asked as a conversation, and has none.
struct Blank {
    assist::FieldKey field;
    std::string label;
    const model::Detail* detail = nullptr;  // null: a part of the contact
    bool is_needed = true;
};

std::vector<Blank> blanks_of(const Assisted& assisted,
                             const assist::StepKey& step,
                             const model::Model& city,
                             const text::Words& words);

// What stands there for a field: what was said in that step, or else in another that asks the same.
std::string value_of(const Said& said, const assist::StepKey& step, const assist::FieldKey& field);

std::string step_title(const assist::StepKey& step, const model::Model& city, const text::Words& words);

// The sheet of a step with what was said of it; or what has to be mended first.
std::variant<assist::Sheet, std::vector<Amiss>> sheet_of(const Assisted& assisted,
                                                         const assist::StepKey& step,
                                                         const Said& said,
                                                         const Sitting& sitting,
                                                         const text::Words& words);

// A step that was confirmed.
struct ConfirmedStep {
    assist::StepKey step;
    std::string language;
    std::vector<assist::Field> fields;
    std::vector<assist::ConsentAsked> asked{};
    std::vector<assist::Consent> given{};
};

// Of a view that was opened whole; of what was handed over.
std::vector<ConfirmedStep> confirmed_of(const assist::View& view);
std::vector<ConfirmedStep> confirmed_of(const assist::Given& given);

enum class Lacks : unsigned char {
    confirmation,  // it was not confirmed as it was shown last
    agreement,     // to what its entity would get
    renewal,       // what was confirmed is not what would be handed in now
};

struct NotReady {
    assist::StepKey step;
    Lacks what = Lacks::confirmation;
};

// What would be handed in; or the first step that is not as it must be.
std::variant<cases::Submission, NotReady> submission_of(const Sitting& sitting,
                                                        const model::LifeEvent& event,
                                                        const std::vector<ConfirmedStep>& confirmed);

// What was handed over becomes a case, once, however often this is asked; its number. `edition`: of the model
// that is in force. Waits for storage.
struct HandedIn {
    cases::Cases& cases;
    assist::Sessions& sessions;
    const model::Model& city;
    const Zone& zone;
    std::string edition;
};

Result<cases::CaseNumber> hand_in(const HandedIn& rooms, const assist::Handover& handover);

}  // namespace balcao::front
