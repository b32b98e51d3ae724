#pragma once
// Asking for what a plan needs: what is asked of the person, which entity gets what of it, and the submission
// that comes of a filled form. Each thing is asked once, whoever needs it. Used by pages and by the API; it
// draws nothing and files nothing (`cases` does).
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "cases/from_plan.hpp"
#include "http/fields.hpp"
#include "model/model.hpp"
#include "rules/life_plan.hpp"
#include "text/words.hpp"

namespace balcao::front {

// What goes to one entity.
struct Receiver {
    model::EntityKey entity;
    std::vector<model::ServiceKey> services;
    std::vector<model::DetailKey> details;
    std::vector<model::FactKey> facts;  // those that were answered
    friend bool operator==(const Receiver&, const Receiver&) = default;
};

struct RequestPlan {
    cases::Planned planned;              // without data and consents
    std::vector<model::DetailKey> asks;  // each once, in the order of the model
    std::vector<Receiver> receivers;     // in the order of the steps
    std::optional<Money> fees;           // of all that is filed; nothing where currencies differ

    [[nodiscard]] bool is_possible() const { return !planned.steps.empty(); }
};

// By the channel `online`, or what the counter asks where that says nothing.
RequestPlan request_plan(const model::Model& city, const rules::Conversation& said, const Zone& zone);

// A single service as a life event of its own: the same questions, one step.
model::LifeEvent event_of(const model::Service& service);

// What a person wrote, as it came.
struct Typed {
    std::map<model::DetailKey, std::string> details;
    cases::Contact contact;
    std::set<model::EntityKey> agreed;
};

// The fields of a form: "detail.full-name", "contact.mail", "agree.registry".
std::string field_of(const model::DetailKey& detail);
std::string field_of(const model::EntityKey& entity);
inline constexpr std::string_view name_field = "contact.name";
inline constexpr std::string_view mail_field = "contact.mail";
inline constexpr std::string_view phone_field = "contact.phone";

Typed typed_in(const http::Fields& fields, const RequestPlan& plan, std::string_view language);

// Whether a detail says who the person is or how to be reached, so that it is not asked for again.
bool is_asked_as(const RequestPlan& plan, const model::Model& city, std::string_view autofill);

enum class Fault : unsigned char { missing, too_long, no_date, no_digits, no_mail, no_phone, not_agreed };

// What has to be mended, by the name of its field.
struct Amiss {
    std::string field;
    Fault why = Fault::missing;
    int length = 0;  // no_digits: so many, where it is said
    friend bool operator==(const Amiss&, const Amiss&) = default;
};

// The submission, or all that is amiss in the order of the form.
std::variant<cases::Submission, std::vector<Amiss>> submission_of(const RequestPlan& plan,
                                                                  const model::Model& city,
                                                                  const rules::Conversation& said,
                                                                  const Typed& typed);

// What a detail says, as its entity gets it; or why it says nothing.
std::variant<std::string, Fault> read_detail(const model::Detail& detail, std::string_view typed);

// Adds what is written beside the details to who the person is and how to be reached; the name only where no
// detail is one (`is_named`).
void take_contact(cases::Contact& contact, const Typed& typed, bool is_named, std::vector<Amiss>& amiss);

// "Write a date, such as 1984-05-31."
std::string amiss_text(const Amiss& amiss, const text::Words& words);

}  // namespace balcao::front
