#include "front/request.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "text/contact.hpp"
#include "text/utf8.hpp"

namespace balcao::front {
namespace {

constexpr std::size_t line_letters_most = 200;
constexpr std::size_t text_letters_most = 4'000;

template <class Value>
void add_once(std::vector<Value>& values, const Value& value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

std::string without_blanks_around(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return std::string{text.substr(begin, text.find_last_not_of(blanks) - begin + 1)};
}

std::string digits_in(std::string_view text) {
    std::string digits;
    for (const char letter : text)
        if (std::string_view{" .-/"}.find(letter) == std::string_view::npos) digits += letter;
    return digits;
}

bool is_all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_short_enough(std::string_view text, std::size_t letters_most, bool has_lines) {
    return !find_invalid_utf8(text) && text::display_width(text) <= letters_most &&
           std::ranges::none_of(text, [&](char letter) {
               const bool is_break = letter == '\n' || letter == '\r';
               return (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) &&
                      !(is_break && has_lines);
           });
}

// What was answered, as programs say it: names of answers, a number, a date.
std::string text_of(const rules::Answer& answer) {
    if (answer.number) return std::to_string(*answer.number);
    if (answer.date) return format_date(*answer.date);
    std::string text;
    for (const auto& one : answer.chosen)
        text += (text.empty() ? "" : ",") + one.text();
    return text;
}

std::string* contact_part(cases::Contact& contact, std::string_view autofill) {
    if (autofill == "name") return &contact.name;
    if (autofill == "email") return &contact.mail;
    return autofill == "tel" ? &contact.phone : nullptr;
}

// What goes to the entity of one step, each with the consent that it needs.
void hand_over(cases::StepWanted& step,
               const model::Request& request,
               const std::map<model::DetailKey, std::string>& details,
               const rules::Answers& answers) {
    const auto add = [&](const std::string& name, std::string text) {
        step.consents.push_back(name);
        step.data.push_back({name, std::move(text)});
    };
    for (const auto& detail : request.asks)
        if (const auto found = details.find(detail); found != details.end())
            add(detail.text(), found->second);
    for (const auto& fact : request.tells)
        if (const auto found = answers.find(fact); found != answers.end())
            add(fact.text(), text_of(found->second));
}

}  // namespace

std::variant<std::string, Fault> read_detail(const model::Detail& detail, std::string_view typed) {
    using model::DetailKind;
    const std::string text = without_blanks_around(typed);
    if (text.empty()) return Fault::missing;
    switch (detail.kind) {
        case DetailKind::text:
            return is_short_enough(text, line_letters_most, false) ? std::variant<std::string, Fault>{text}
                                                                   : Fault::too_long;
        case DetailKind::long_text:
            return is_short_enough(text, text_letters_most, true) ? std::variant<std::string, Fault>{text}
                                                                  : Fault::too_long;
        case DetailKind::date:
            return parse_date(text) ? std::variant<std::string, Fault>{text} : Fault::no_date;
        case DetailKind::digits: {
            const std::string digits = digits_in(text);
            const bool is_fit =
                is_all_digits(digits) && digits.size() <= 40 &&
                (detail.length == 0 || digits.size() == static_cast<std::size_t>(detail.length));
            return is_fit ? std::variant<std::string, Fault>{digits} : Fault::no_digits;
        }
        case DetailKind::mail:
            return text::is_mail_address(text) ? std::variant<std::string, Fault>{text} : Fault::no_mail;
        case DetailKind::phone:
            return text::is_phone_number(text) ? std::variant<std::string, Fault>{text} : Fault::no_phone;
    }
    return Fault::missing;
}

void take_contact(cases::Contact& contact, const Typed& typed, bool is_named, std::vector<Amiss>& amiss) {
    const auto fill = [](std::string& into, const std::string& text) {
        if (into.empty()) into = without_blanks_around(text);
    };
    if (!is_named) {
        fill(contact.name, typed.contact.name);
        if (contact.name.empty())
            amiss.push_back({std::string{name_field}, Fault::missing});
        else if (!is_short_enough(contact.name, line_letters_most, false))
            amiss.push_back({std::string{name_field}, Fault::too_long});
    }
    fill(contact.mail, typed.contact.mail);
    fill(contact.phone, typed.contact.phone);
    contact.language = typed.contact.language;
    if (!contact.mail.empty() && !text::is_mail_address(contact.mail))
        amiss.push_back({std::string{mail_field}, Fault::no_mail});
    if (!contact.phone.empty() && !text::is_phone_number(contact.phone))
        amiss.push_back({std::string{phone_field}, Fault::no_phone});
}

RequestPlan request_plan(const model::Model& city, const rules::Conversation& said, const Zone& zone) {
    RequestPlan plan;
    plan.planned = cases::steps_of(city, said.plan, model::ChannelKey{"online"}, zone);
    std::set<model::DetailKey> asked;
    for (const auto& step : plan.planned.steps) {
        const model::Request& request = *city.find(step.service)->request;
        auto receiver = std::ranges::find(plan.receivers, step.entity, &Receiver::entity);
        if (receiver == plan.receivers.end())
            receiver = plan.receivers.insert(plan.receivers.end(), Receiver{step.entity, {}, {}, {}});
        receiver->services.push_back(step.service);
        for (const auto& detail : request.asks) {
            add_once(receiver->details, detail);
            asked.insert(detail);
        }
        for (const auto& fact : request.tells)
            if (said.answers.contains(fact)) add_once(receiver->facts, fact);
    }
    for (const auto& detail : city.details)
        if (asked.contains(detail.key)) plan.asks.push_back(detail.key);
    std::vector<Money> fees;
    for (const auto& step : plan.planned.steps)
        if (step.fee) fees.push_back(*step.fee);
    plan.fees = balcao::sum_of(fees);
    return plan;
}

model::LifeEvent event_of(const model::Service& service) {
    model::LifeEvent event;
    event.key = model::LifeEventKey{service.key.text()};
    event.name = service.name;
    event.about = service.about;
    event.steps.push_back({.service = service.key});
    return event;
}

std::string field_of(const model::DetailKey& detail) { return "detail." + detail.text(); }

std::string field_of(const model::EntityKey& entity) { return "agree." + entity.text(); }

Typed typed_in(const http::Fields& fields, const RequestPlan& plan, std::string_view language) {
    Typed typed;
    for (const auto& detail : plan.asks)
        typed.details.emplace(detail, std::string{fields.text(field_of(detail))});
    for (const auto& receiver : plan.receivers)
        if (fields.text(field_of(receiver.entity)) == "yes") typed.agreed.insert(receiver.entity);
    typed.contact.name = fields.text(name_field);
    typed.contact.mail = fields.text(mail_field);
    typed.contact.phone = fields.text(phone_field);
    typed.contact.language = language;
    return typed;
}

bool is_asked_as(const RequestPlan& plan, const model::Model& city, std::string_view autofill) {
    return std::ranges::any_of(
        plan.asks, [&](const model::DetailKey& detail) { return city.find(detail)->autofill == autofill; });
}

std::variant<cases::Submission, std::vector<Amiss>> submission_of(const RequestPlan& plan,
                                                                  const model::Model& city,
                                                                  const rules::Conversation& said,
                                                                  const Typed& typed) {
    std::vector<Amiss> amiss;
    std::map<model::DetailKey, std::string> details;
    cases::Submission submission;
    for (const auto& key : plan.asks) {
        const model::Detail& detail = *city.find(key);
        const auto found = typed.details.find(key);
        auto read = read_detail(detail, found == typed.details.end() ? std::string_view{} : found->second);
        if (const auto* fault = std::get_if<Fault>(&read)) {
            amiss.push_back({field_of(key), *fault, detail.length});
            continue;
        }
        const std::string& text = details.emplace(key, std::get<std::string>(std::move(read))).first->second;
        if (std::string* into = contact_part(submission.contact, detail.autofill); into != nullptr)
            *into = text;
    }
    take_contact(submission.contact, typed, is_asked_as(plan, city, "name"), amiss);
    for (const auto& receiver : plan.receivers) {
        const bool gets_something = !receiver.details.empty() || !receiver.facts.empty();
        if (gets_something && !typed.agreed.contains(receiver.entity))
            amiss.push_back({field_of(receiver.entity), Fault::not_agreed});
    }
    if (!amiss.empty()) return amiss;
    submission.steps = plan.planned.steps;
    for (auto& step : submission.steps)
        hand_over(step, *city.find(step.service)->request, details, said.answers);
    return submission;
}

std::string amiss_text(const Amiss& amiss, const text::Words& words) {
    switch (amiss.why) {
        case Fault::missing:
            return words("This is needed.");
        case Fault::too_long:
            return words("This is too long, or holds signs that cannot be written.");
        case Fault::no_date:
            return words("Write a date, such as {date}.", {{"date", "1984-05-31"}});
        case Fault::no_digits:
            return amiss.length == 0
                       ? words("Write digits alone.")
                       : words("Write {count} digits.", {{"count", std::to_string(amiss.length)}});
        case Fault::no_mail:
            return words("This is no mail address. Write it as in ana@example.org.");
        case Fault::no_phone:
            return words(
                "This is no phone number. Write digits, with the country's code if it is not Portuguese.");
        case Fault::not_agreed:
            return words("Without your consent nothing can be asked for there.");
    }
    return {};
}

}  // namespace balcao::front
