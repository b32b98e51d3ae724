// One question at a time, as a form that works without scripts; what was answered travels with the form and
// is kept nowhere.
#include <algorithm>

#include "front/life_event.hpp"
#include "front/request.hpp"
#include "web/forms.hpp"
#include "web/matter.hpp"
#include "web/service_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using model::FactKind;

// One of the answers that a question has.
struct Option {
    std::string value;
    std::string name;
    std::string outcome{};  // what it comes to; empty: nothing that can be said beside it
    bool is_chosen = false;
};

void write_option(Content& set, const model::Fact& fact, const Option& option) {
    set.element<"label">([&](Content& label) {
        label.empty<"input">({with<"type">(fact.kind == FactKind::any_of ? "checkbox" : "radio"),
                              with<"name">(front::field_of(fact.key)), with<"value">(option.value),
                              when(option.is_chosen, with<"checked">())});
        label.element<"span">([&](Content& words) {
            words.text(option.name);
            if (!option.outcome.empty())
                words.text(" ").element<"span">({with<"class">("quiet")}, option.outcome);
        });
    });
}

// The question that is asked now, and what is true of it.
struct Question {
    const model::Model& city;
    const model::Fact& fact;
    const rules::Answer* before = nullptr;  // what was answered, when it is asked again
    std::string typed{};                    // what came and is no answer
    std::string complaint{};
    std::vector<rules::Outcome> outcomes{};  // by answer
};

// What the answer would cost and take, where that depends on it: "33.00 € · 3 working days".
std::string outcome_text(const Question& question, const model::AnswerKey& answer, const Words& words) {
    const auto found = std::ranges::find(question.outcomes, answer, &rules::Outcome::answer);
    if (found == question.outcomes.end()) return {};
    std::string text;
    for (const auto& [service, quote] : found->quotes) {
        std::string said = fee_text(quote.fee, words);
        if (quote.takes) said += (said.empty() ? "" : " · ") + front::term_text(*quote.takes, words);
        if (said.empty()) continue;
        if (found->quotes.size() > 1)
            said = model::name_of(*question.city.find(service), words.code()) + ": " + said;
        text += (text.empty() ? "" : "; ") + said;
    }
    return text;
}

void write_choices(Content& form, const Words& words, const Question& question) {
    const model::Fact& fact = question.fact;
    const auto write = [&](Content& set, const model::AnswerKey& answer, const std::string& name) {
        const bool is_chosen =
            question.before != nullptr && std::ranges::count(question.before->chosen, answer) > 0;
        write_option(set, fact, {answer.text(), name, outcome_text(question, answer, words), is_chosen});
    };
    form.element<"fieldset">(
        {with<"class">("services"), when(!fact.help.empty(), with<"aria-describedby">("help"))},
        [&](Content& set) {
            set.element<"legend">(fact.ask.in(words.code(), fact.key.text()));
            if (fact.kind == FactKind::yes_no) {
                write(set, model::AnswerKey{"yes"}, words("Yes"));
                write(set, model::AnswerKey{"no"}, words("No"));
            }
            for (const auto& answer : fact.answers)
                write(set, answer.key, model::name_of(answer, words.code()));
        });
}

void write_blank(Content& form, const Words& words, const Question& question) {
    const model::Fact& fact = question.fact;
    std::string value = question.typed;
    if (value.empty() && question.before != nullptr)
        value = question.before->date ? format_date(*question.before->date)
                                      : std::to_string(question.before->number.value_or(0));
    const bool is_date = fact.kind == FactKind::date;
    form.element<"p">([&](Content& line) {
        line.element<"label">({with<"for">("answer")}, fact.ask.in(words.code(), fact.key.text()));
        line.empty<"input">({with<"id">("answer"), with<"name">(front::field_of(fact.key)),
                             with<"type">(is_date ? "date" : "number"), with<"value">(value),
                             when(!is_date, with<"min">("0")),
                             when(!question.complaint.empty(), with<"aria-invalid">("true")),
                             when(!fact.help.empty(), with<"aria-describedby">("help"))});
    });
}

void write_question(Content& main,
                    const Words& words,
                    const Matter& matter,
                    const rules::Conversation& said,
                    const Question& question) {
    write_complaint(main, question.complaint);
    main.element<"form">({with<"method">("post"), with<"action">(matter.url(words))}, [&](Content& form) {
        write_answers(form, said, &question.fact.key);
        write_hidden(form, "asked", question.fact.key.text());
        if (question.fact.kind == FactKind::number || question.fact.kind == FactKind::date)
            write_blank(form, words, question);
        else
            write_choices(form, words, question);
        if (!question.fact.help.empty())
            form.element<"p">({with<"id">("help"), with<"class">("quiet")},
                              question.fact.help.in(words.code(), ""));
        form.element<"button">({with<"class">("main")}, words("Go on"));
    });
}

std::string complaint_of(FactKind kind, const Words& words) {
    switch (kind) {
        case FactKind::yes_no:
        case FactKind::one_of:
            return words("Choose an answer.");
        case FactKind::any_of:
            return words("Choose one answer at least.");
        case FactKind::number:
            return words("Write a whole number, such as 34.");
        case FactKind::date:
            return words("Write a date, such as {date}.", {{"date", "2026-11-23"}});
    }
    return {};
}

// The question to show: one that shall be changed, else the next; nothing when all is known.
std::optional<Question> question_of(const http::Request& request,
                                    const Words& words,
                                    const model::Model& city,
                                    const rules::Conversation& said) {
    const model::FactKey changed{std::string{request.form.text("change")}};
    if (std::ranges::count(said.asked, changed) > 0)
        return Question{.city = city, .fact = *city.find(changed), .before = &said.answers.at(changed)};
    if (said.plan.to_ask.empty()) return std::nullopt;
    const model::FactKey& next = said.plan.to_ask.front();
    Question question{.city = city, .fact = *city.find(next)};
    if (request.form.text("asked") == next.text() && !request.form.has("change")) {
        question.complaint = complaint_of(question.fact.kind, words);
        question.typed = request.form.text(front::field_of(next));
    }
    return question;
}

}  // namespace

std::string Matter::title(const Words& words) const { return event.name.in(words.code(), event.key.text()); }

std::string Matter::path() const {
    return service ? "/services/" + service->text() + "/request" : "/events/" + event.key.text();
}

html::Url Matter::url(const Words& words) const {
    if (here) return *here;
    return service ? web::url(words, {"services", service->text(), "request"})
                   : web::url(words, {"events", event.key.text()});
}

html::Url Matter::request_url(const Words& words) const {
    return service ? url(words) : web::url(words, {"events", event.key.text(), "request"});
}

std::optional<Matter> matter_in(const http::Request& request, const Shared& shared) {
    const model::Model& city = shared.office.model();
    if (request.parameters.has("event")) {
        const auto* event = city.find(model::LifeEventKey{std::string{request.parameters.text("event")}});
        return event != nullptr ? std::optional{Matter{*event, std::nullopt, std::nullopt}} : std::nullopt;
    }
    const auto* service = city.find(model::ServiceKey{std::string{request.parameters.text("service")}});
    if (service == nullptr || !service->request) return std::nullopt;
    return Matter{front::event_of(*service), service->key, std::nullopt};
}

rules::Conversation conversation_in(const http::Request& request,
                                    const Shared& shared,
                                    const Matter& matter) {
    const model::Model& city = shared.office.model();
    return rules::converse(city, matter.event, front::answers_in(request.form, city),
                           front::plan_day(city, shared.now().date));
}

void write_answers(Content& form, const rules::Conversation& said, const model::FactKey* without) {
    std::vector<model::FactKey> facts = said.asked;
    if (without != nullptr) std::erase(facts, *without);
    for (const http::Field& field : front::fields_of(said.answers, facts))
        write_hidden(form, field.name, field.value);
}

Asked write_next_question(Content& main,
                          const http::Request& request,
                          const Shared& shared,
                          const Matter& matter,
                          const rules::Conversation& said) {
    const Words words = shared.words_of(request);
    const model::Model& city = shared.office.model();
    auto question = question_of(request, words, city, said);
    if (!question) return Asked::nothing;
    question->outcomes = rules::outcomes_of(city, matter.event, said, question->fact,
                                            front::plan_day(city, shared.now().date));
    write_question(main, words, matter, said, *question);
    return question->complaint.empty() ? Asked::something : Asked::once_again;
}

void write_said(Content& main,
                const Shared& shared,
                const Words& words,
                const Matter& matter,
                const rules::Conversation& said) {
    if (said.asked.empty()) return;
    main.element<"h2">(words("What you said"));
    main.element<"form">({with<"method">("post"), with<"action">(matter.url(words))}, [&](Content& form) {
        write_answers(form, said);
        form.element<"dl">({with<"class">("facts said")}, [&](Content& list) {
            for (const auto& key : said.asked) {
                const model::Fact& fact = *shared.office.model().find(key);
                const std::string ask = fact.ask.in(words.code(), key.text());
                list.element<"dt">(ask);
                list.element<"dd">([&](Content& answer) {
                    answer.text(front::answer_text(fact, said.answers.at(key), words) + " ");
                    answer.element<"button">(
                        {with<"name">("change"), with<"value">(key.text()), with<"class">("small"),
                         with<"aria-label">(words("Change: {question}", {{"question", ask}}))},
                        words("Change"));
                });
            }
        });
    });
}

}  // namespace balcao::web
