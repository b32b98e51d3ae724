// What happened to somebody: the life events, and the conversation that leads from one to its plan. One
// question at a time, as a form that works without scripts; what was answered travels with the form and is
// kept nowhere.
#include <algorithm>

#include "front/finder.hpp"
#include "front/life_event.hpp"
#include "web/event_plan.hpp"
#include "web/forms.hpp"
#include "web/service_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using model::FactKind;

const model::LifeEvent* event_in(const http::Request& request, const Shared& shared) {
    return shared.office.model().find(model::LifeEventKey{std::string{request.parameters.text("event")}});
}

html::Url event_url(const Words& words, const model::LifeEvent& event) {
    return url(words, {"events", event.key.text()});
}

// The answers that travel with a form, but for one.
void write_answers(Content& form, const rules::Conversation& said, const model::FactKey* without = nullptr) {
    std::vector<model::FactKey> facts = said.asked;
    if (without != nullptr) std::erase(facts, *without);
    for (const http::Field& field : front::fields_of(said.answers, facts))
        write_hidden(form, field.name, field.value);
}

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
                    const model::LifeEvent& event,
                    const rules::Conversation& said,
                    const Question& question) {
    write_complaint(main, question.complaint);
    main.element<"form">(
        {with<"method">("post"), with<"action">(event_url(words, event))}, [&](Content& form) {
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

// What was answered, each with a way to change it.
void write_said(Content& main,
                const Shared& shared,
                const Words& words,
                const model::LifeEvent& event,
                const rules::Conversation& said) {
    if (said.asked.empty()) return;
    main.element<"h2">(words("What you said"));
    main.element<"form">(
        {with<"method">("post"), with<"action">(event_url(words, event))}, [&](Content& form) {
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

http::Response event_page(const http::Request& request, const Shared& shared) {
    const auto* event = event_in(request, shared);
    if (event == nullptr) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    const model::Model& city = shared.office.model();
    const auto day = front::plan_day(city, shared.now().date);
    const auto said = rules::converse(city, *event, front::answers_in(request.form, city), day);
    auto question = question_of(request, words, city, said);
    if (question) question->outcomes = rules::outcomes_of(city, *event, said, question->fact, day);
    const Frame frame{.words = words,
                      .title = model::name_of(*event, words.code()),
                      .path = "/events/" + event->key.text()};
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"h1">(frame.title);
                                         if (said.asked.empty())
                                             if (const std::string about = event->about.in(words.code(), "");
                                                 !about.empty())
                                                 main.element<"p">(about);
                                         if (question)
                                             write_question(main, words, *event, said, *question);
                                         else
                                             write_plan(main, shared, words, *event, said);
                                         write_said(main, shared, words, *event, said);
                                     }),
                                question && !question->complaint.empty() ? 422 : 200);
}

http::Response events_page(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    if (shared.office.model().life_events.empty()) return shared.failure(request, 404);
    const Frame frame{.words = words, .title = words("What happened?"), .path = "/events"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"p">(words("Choose what happened. You need not know which services that means."));
        write_events(main, shared, words);
    }));
}

}  // namespace

void write_events(Content& main, const Shared& shared, const Words& words, const ShownEvents& shown) {
    std::vector<const model::LifeEvent*> found;
    for (const auto& event : shared.office.model().life_events)
        if (front::is_meant(event, words.code(), shown.typed)) found.push_back(&event);
    if (found.empty()) return;
    const std::size_t most = std::min(found.size(), shown.most.value_or(found.size()));
    const auto write = [&](Content& list, const html::Url& to, const std::string& name) {
        list.element<"li">([&](Content& item) {
            item.element<"a">({with<"class">("way"), with<"href">(to)}, name);
        });
    };
    main.element<"ul">({with<"class">("events")}, [&](Content& list) {
        for (std::size_t place = 0; place < most; ++place)
            write(list, event_url(words, *found[place]), model::name_of(*found[place], words.code()));
        if (most < found.size())
            write(list, url(words, {"events"}),
                  words("All {count}", {{"count", std::to_string(found.size())}}));
    });
}

void add_event_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/events", on_worker(shared, events_page));
    router.add(http::Method::get, "/{language}/events/{event}", on_worker(shared, event_page));
    add_post(router, shared, "/{language}/events/{event}", on_worker(shared, event_page));
}

}  // namespace balcao::web
