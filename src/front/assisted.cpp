#include "front/assisted.hpp"

#include <algorithm>

#include "front/case_words.hpp"
#include "front/life_event.hpp"
#include "front/moment.hpp"
#include "model/sentence.hpp"

namespace balcao::front {
namespace {

using assist::FieldKey;
using assist::StepKey;
using text::Words;

const std::string step_prefix = "service.";

FieldKey key_of(const model::FactKey& fact) { return FieldKey{fact.text()}; }

std::string chosen_text(const rules::Answer& answer) {
    if (answer.number) return std::to_string(*answer.number);
    if (answer.date) return format_date(*answer.date);
    std::string text;
    for (const auto& one : answer.chosen)
        text += (text.empty() ? "" : ",") + one.text();
    return text;
}

// As fields of a form say it: one for each answer that was chosen.
http::Fields fields_said(const Said& said, const model::Model& city) {
    http::Fields fields;
    for (const auto& fact : city.facts) {
        const auto found = said.find({situation_step(), key_of(fact.key)});
        if (found == said.end() || found->second.empty()) continue;
        std::string_view rest = found->second;
        for (;;) {
            const auto comma = rest.find(',');
            fields.add(field_of(fact.key), std::string{rest.substr(0, comma)});
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return fields;
}

bool has_contact(const RequestPlan& plan, const model::Model& city) {
    return !is_asked_as(plan, city, "name") || !is_asked_as(plan, city, "email") ||
           !is_asked_as(plan, city, "tel");
}

Typed contact_said(const Said& said, const Words& words) {
    const auto part = [&](std::string_view field) {
        return value_of(said, contact_step(), FieldKey{std::string{field}});
    };
    Typed typed;
    typed.contact = {part(name_field), part(mail_field), part(phone_field), std::string{words.code()}};
    return typed;
}

// The answers, each as it reads; the key of a chosen one names it for whoever reads the sheet again.
void write_situation(assist::Sheet& sheet,
                     const Assisted& assisted,
                     const model::Model& city,
                     const Words& words) {
    for (const auto& key : assisted.said.asked) {
        const model::Fact& fact = *city.find(key);
        const rules::Answer& answer = assisted.said.answers.at(key);
        const std::string label = fact.ask.in(words.code(), key.text());
        if (answer.chosen.empty()) sheet.fields.push_back({key_of(key), label, chosen_text(answer)});
        for (const auto& chosen : answer.chosen) {
            rules::Answer one;
            one.chosen = {chosen};
            sheet.fields.push_back(
                {FieldKey{key.text() + "." + chosen.text()}, label, answer_text(fact, one, words)});
        }
    }
}

void write_contact(assist::Sheet& sheet,
                   std::vector<Amiss>& amiss,
                   const Assisted& assisted,
                   const Said& said,
                   const std::pair<const model::Model&, const Words&>& told) {
    const auto& [city, words] = told;
    cases::Contact contact;
    take_contact(contact, contact_said(said, words), is_asked_as(assisted.plan, city, "name"), amiss);
    for (const auto& blank : blanks_of(assisted, contact_step(), city, words)) {
        const std::string& field = blank.field.text();
        const std::string& text = field == name_field   ? contact.name
                                  : field == mail_field ? contact.mail
                                                        : contact.phone;
        if (!text.empty()) sheet.fields.push_back({blank.field, blank.label, text});
    }
}

// "Full name, Number of the card and “How soon? No hurry”."
std::string listed(const assist::Sheet& sheet,
                   const model::Request& request,
                   const Assisted& assisted,
                   const std::pair<const model::Model&, const Words&>& told) {
    const auto& [city, words] = told;
    std::vector<std::string> names;
    for (const auto& field : sheet.fields)
        names.push_back(field.label);
    for (const auto& fact : request.tells) {
        const auto answer = assisted.said.answers.find(fact);
        if (answer == assisted.said.answers.end()) continue;
        names.push_back("“" + city.find(fact)->ask.in(words.code(), fact.text()) + " " +
                        answer_text(*city.find(fact), answer->second, words) + "”");
    }
    return model::listed_in(words.code(), names);
}

// What is asked, what it costs, and the consent by which its entity gets it.
void write_service(assist::Sheet& sheet,
                   std::vector<Amiss>& amiss,
                   const Assisted& assisted,
                   const Said& said,
                   const std::pair<const model::Model&, const Words&>& told) {
    const auto& [city, words] = told;
    const cases::StepWanted& wanted = *assisted.wanted(sheet.step);
    const model::Request& request = *city.find(wanted.service)->request;
    for (const auto& blank : blanks_of(assisted, sheet.step, city, words)) {
        auto read = read_detail(*blank.detail, value_of(said, sheet.step, blank.field));
        if (const auto* fault = std::get_if<Fault>(&read))
            amiss.push_back({blank.field.text(), *fault, blank.detail->length});
        else
            sheet.fields.push_back({blank.field, blank.label, std::get<std::string>(std::move(read))});
    }
    const std::string data = listed(sheet, request, assisted, told);
    if (!data.empty())
        sheet.consents.push_back({assist::ReceiverKey{wanted.entity.text()}, wanted.service.text(),
                                  words("I agree that {entity} gets: {data}.",
                                        {{"entity", name_of(wanted.entity, city, words)}, {"data", data}})});
    if (wanted.fee) sheet.fields.push_back({FieldKey{"fee"}, words("Fee"), money_text(*wanted.fee, words)});
}

// What was confirmed, as it was said.
Said said_in(const std::vector<ConfirmedStep>& confirmed) {
    Said said;
    for (const auto& step : confirmed) {
        if (step.step == situation_step()) said.merge(answers_of(step.fields));
        for (const auto& field : step.fields)
            said.insert_or_assign({step.step, field.field}, field.value);
    }
    return said;
}

// What is wrong with a confirmed step, if it is held against what it would say now.
std::optional<Lacks> lack_of(const ConfirmedStep& step,
                             const Assisted& assisted,
                             const Said& said,
                             const Sitting& sitting) {
    const auto language = text::parse_language(step.language);
    if (!language) return Lacks::renewal;
    const auto now = sheet_of(assisted, step.step, said, sitting, Words{*language});
    const auto* sheet = std::get_if<assist::Sheet>(&now);
    if (sheet == nullptr || sheet->fields != step.fields) return Lacks::renewal;
    if (step.given.size() != sheet->consents.size()) return Lacks::agreement;
    for (const auto& consent : sheet->consents)
        if (std::ranges::find(step.given, assist::Consent{consent.receiver, consent.item}) ==
            step.given.end())
            return Lacks::agreement;
    if (!step.asked.empty() && step.asked != sheet->consents) return Lacks::renewal;
    return std::nullopt;
}

// All that a person writes in a form of the same plan.
Typed typed_of(const Assisted& assisted, const Said& said, const std::string& language) {
    Typed typed = contact_said(said, Words{*text::parse_language(language)});
    for (const auto& step : assisted.steps)
        for (const auto& detail : assisted.plan.asks) {
            const auto found = said.find({step, FieldKey{field_of(detail)}});
            if (found != said.end()) typed.details[detail] = found->second;
        }
    for (const auto& receiver : assisted.plan.receivers)
        typed.agreed.insert(receiver.entity);
    return typed;
}

}  // namespace

const StepKey& situation_step() {
    static const StepKey step{"situation"};
    return step;
}

const StepKey& contact_step() {
    static const StepKey step{"contact"};
    return step;
}

StepKey step_of(const model::ServiceKey& service) { return StepKey{step_prefix + service.text()}; }

std::optional<model::LifeEvent> event_of(const model::Model& city, const assist::Subject& subject) {
    if (const auto* event = city.find(subject.life_event)) return *event;
    const auto* service = city.find(subject.service);
    if (service == nullptr || !service->request) return std::nullopt;
    return event_of(*service);
}

rules::Agreed agreed_with_host(const model::Model& city,
                               const model::SiteKey& site,
                               const assist::Subject& subject,
                               Date day) {
    std::vector<model::ServiceKey> services;
    if (const auto event = event_of(city, subject))
        for (const auto& step : event->steps)
            if (const auto* service = city.find(step.service); service != nullptr && service->request)
                services.push_back(step.service);
    return rules::agreed_on(city, site, services, day);
}

std::string agreement_text(const rules::Agreed& agreed, const Words& words) {
    using How = rules::Agreed::How;
    if (agreed.how == How::yes) return {};
    if (agreed.protocol == nullptr)
        return words("What was agreed with the host of this place does not name it.");
    const std::string day = day_text(agreed.day, words);
    const std::string protocol = model::name_of(*agreed.protocol, words.code());
    return agreed.how == How::not_yet
               ? words("From {day} on, by this: {protocol}.", {{"day", day}, {"protocol", protocol}})
               : words("It ended on {day}, by this: {protocol}.", {{"day", day}, {"protocol", protocol}});
}

std::string subject_name(const assist::Subject& subject, const model::Model& city, const Words& words) {
    if (!subject.service.empty()) return name_of(subject.service, city, words);
    const auto* event = city.find(subject.life_event);
    return event == nullptr ? subject.life_event.text()
                            : event->name.in(words.code(), subject.life_event.text());
}

const cases::StepWanted* Assisted::wanted(const StepKey& step) const {
    for (const auto& one : plan.planned.steps)
        if (step_of(one.service) == step) return &one;
    return nullptr;
}

Assisted assisted(const Sitting& sitting, const model::LifeEvent& event, const Said& said) {
    Assisted whole{.event = event, .said = {}, .plan = {}, .steps = {}};
    whole.said =
        rules::converse(sitting.city, event, answers_in(fields_said(said, sitting.city), sitting.city),
                        plan_day(sitting.city, sitting.today));
    if (!whole.said.asked.empty() || !whole.is_answered()) whole.steps.push_back(situation_step());
    if (!whole.is_answered()) return whole;
    whole.plan = request_plan(sitting.city, whole.said, sitting.zone);
    if (!whole.plan.is_possible()) return whole;
    for (const auto& step : whole.plan.planned.steps)
        whole.steps.push_back(step_of(step.service));
    if (has_contact(whole.plan, sitting.city)) whole.steps.push_back(contact_step());
    return whole;
}

Said answers_of(const std::vector<assist::Field>& fields) {
    Said said;
    for (const auto& field : fields) {
        const std::string& key = field.field.text();
        const auto dot = key.find('.');
        std::string& text = said[{situation_step(), FieldKey{key.substr(0, dot)}}];
        if (dot == std::string::npos)
            text = field.value;
        else
            text += (text.empty() ? "" : ",") + key.substr(dot + 1);
    }
    return said;
}

Said said_of(const rules::Conversation& conversation) {
    Said said;
    for (const auto& fact : conversation.asked)
        said[{situation_step(), key_of(fact)}] = chosen_text(conversation.answers.at(fact));
    return said;
}

std::vector<Blank> blanks_of(const Assisted& assisted,
                             const StepKey& step,
                             const model::Model& city,
                             const Words& words) {
    std::vector<Blank> blanks;
    if (step == contact_step()) {
        if (!is_asked_as(assisted.plan, city, "name"))
            blanks.push_back({FieldKey{std::string{name_field}}, words("Your name")});
        if (!is_asked_as(assisted.plan, city, "email"))
            blanks.push_back(
                {FieldKey{std::string{mail_field}}, words("Mail address, if you like"), nullptr, false});
        if (!is_asked_as(assisted.plan, city, "tel"))
            blanks.push_back(
                {FieldKey{std::string{phone_field}}, words("Telephone, if you like"), nullptr, false});
    }
    const auto* wanted = assisted.wanted(step);
    if (wanted == nullptr) return blanks;
    for (const auto& key : city.find(wanted->service)->request->asks) {
        const model::Detail& detail = *city.find(key);
        blanks.push_back({FieldKey{field_of(key)}, model::name_of(detail, words.code()), &detail});
    }
    return blanks;
}

std::string value_of(const Said& said, const StepKey& step, const FieldKey& field) {
    if (const auto found = said.find({step, field}); found != said.end()) return found->second;
    for (const auto& [name, text] : said)
        if (name.second == field && !text.empty()) return text;
    return {};
}

std::string step_title(const StepKey& step, const model::Model& city, const Words& words) {
    if (step == situation_step()) return words("Your situation");
    if (step == contact_step()) return words("How you can be reached");
    if (!step.text().starts_with(step_prefix)) return step.text();
    const model::ServiceKey service{step.text().substr(step_prefix.size())};
    const auto* found = city.find(service);
    if (found == nullptr || !found->entity) return name_of(service, city, words);
    return words("{service}, by {entity}", {{"service", name_of(service, city, words)},
                                            {"entity", name_of(*found->entity, city, words)}});
}

std::variant<assist::Sheet, std::vector<Amiss>> sheet_of(const Assisted& assisted,
                                                         const StepKey& step,
                                                         const Said& said,
                                                         const Sitting& sitting,
                                                         const Words& words) {
    assist::Sheet sheet{step, std::string{words.code()}, step_title(step, sitting.city, words)};
    std::vector<Amiss> amiss;
    const std::pair<const model::Model&, const Words&> told{sitting.city, words};
    if (step == situation_step())
        write_situation(sheet, assisted, sitting.city, words);
    else if (step == contact_step())
        write_contact(sheet, amiss, assisted, said, told);
    else if (assisted.wanted(step) != nullptr)
        write_service(sheet, amiss, assisted, said, told);
    if (!amiss.empty()) return amiss;
    return sheet;
}

std::vector<ConfirmedStep> confirmed_of(const assist::View& view) {
    std::vector<ConfirmedStep> steps;
    for (const auto& step : view.steps) {
        if (step.progress != assist::Progress::confirmed || !step.sheet) continue;
        ConfirmedStep& one = steps.emplace_back(
            ConfirmedStep{step.step, step.sheet->language, {}, step.sheet->consents, step.given});
        for (const auto& field : step.sheet->fields)
            one.fields.push_back({field.field, field.label, field.value, field.is_secret});
    }
    return steps;
}

std::vector<ConfirmedStep> confirmed_of(const assist::Given& given) {
    std::vector<ConfirmedStep> steps;
    for (const auto& step : given.steps)
        steps.push_back({step.step, step.language, step.fields, {}, step.given});
    return steps;
}

std::variant<cases::Submission, NotReady> submission_of(const Sitting& sitting,
                                                        const model::LifeEvent& event,
                                                        const std::vector<ConfirmedStep>& confirmed) {
    const Said said = said_in(confirmed);
    const Assisted whole = assisted(sitting, event, said);
    std::string language = sitting.city.languages.front();
    for (const auto& step : whole.steps) {
        const auto found = std::ranges::find(confirmed, step, &ConfirmedStep::step);
        if (found == confirmed.end()) return NotReady{step, Lacks::confirmation};
        if (const auto lack = lack_of(*found, whole, said, sitting)) return NotReady{step, *lack};
        language = found->language;
    }
    if (!whole.is_answered() || !whole.plan.is_possible())
        return NotReady{situation_step(), Lacks::confirmation};
    auto read = submission_of(whole.plan, sitting.city, whole.said, typed_of(whole, said, language));
    if (auto* submission = std::get_if<cases::Submission>(&read)) return std::move(*submission);
    return NotReady{whole.steps.back(), Lacks::renewal};
}

Result<cases::CaseNumber> hand_in(const HandedIn& rooms, const assist::Handover& handover) {
    const assist::Given& given = handover.given();
    const auto event = event_of(rooms.city, given.subject);
    if (!event) return Error{Errc::invalid, "the model in force has it no more", given.session.text()};
    const Sitting sitting{rooms.city, rooms.zone, rooms.zone.at(given.at).date};
    auto made = submission_of(sitting, *event, confirmed_of(given));
    auto* submission = std::get_if<cases::Submission>(&made);
    if (submission == nullptr)
        return Error{Errc::invalid, "the model in force asks for something else", given.session.text()};
    submission->life_event = given.subject.life_event;
    submission->edition = rooms.edition;
    submission->by = cases::ClerkKey{given.mediator.text()};
    const auto accepted = rooms.cases.accept(*submission, handover.key());
    if (const auto* refusal = std::get_if<cases::Refusal>(&accepted)) {
        const auto code = refusal->reason == cases::Reason::unavailable ? Errc::unavailable : Errc::invalid;
        return Error{code, std::string{cases::name_of(refusal->reason)}, given.session.text()};
    }
    const auto number = std::get<cases::Receipt>(accepted).number;
    const auto taken = rooms.sessions.taken(given.session, to_text(number));
    if (const auto* refusal = std::get_if<assist::Refusal>(&taken))
        return Error{Errc::unavailable, std::string{assist::name_of(refusal->reason)}, given.session.text()};
    return number;
}

}  // namespace balcao::front
