// The page of the link in a letter to an entity: whoever has it says what becomes of that one request. It
// shows nothing that was handed over: that stands in the letter.
#include "connect/entity_link.hpp"
#include "front/case_words.hpp"
#include "front/moment.hpp"
#include "web/case_pages.hpp"
#include "web/forms.hpp"
#include "web/report_form.hpp"

namespace balcao::web {
namespace {

using cases::Case;
using cases::Step;
using html::Content;
using html::with;

struct Asked {
    connect::EntityLink link;
    Case whole;

    [[nodiscard]] const Step& step() const { return *whole.find(link.step); }
};

// What the link is of; else why it is not shown.
std::variant<Asked, http::Response> asked_in(const http::Request& request, const Shared& shared) {
    const auto link = shared.entity_links.read(request.parameters.text("answer"));
    if (!link) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    auto found = shared.cases.find(link->number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&found))
        return shared.failure(words, front::status_of(*refusal),
                              front::refusal_text(*refusal, shared.office.zone(), words));
    Asked asked{*link, std::get<Case>(std::move(found))};
    if (connect::is_of_now(asked.link, asked.whole)) return asked;
    return shared.failure(words, 410,
                          words("This request has changed since that letter: a newer one holds."));
}

// Somebody at the entity can say something of it now.
bool is_there(const Step& step) {
    return std::holds_alternative<cases::Accepted>(step.state) ||
           std::holds_alternative<cases::AwaitsCitizen>(step.state);
}

// What was said, or why nothing is asked any more.
std::string said_of(const Step& step, const Words& words) {
    if (std::holds_alternative<cases::Concluded>(step.state))
        return words("You said that it is done. Thank you.");
    if (std::holds_alternative<cases::Denied>(step.state))
        return words("You said that it is refused. Thank you.");
    if (std::holds_alternative<cases::AwaitsCitizen>(step.state))
        return words("The person was asked for what you need. The answer comes by letter.");
    return words("Nothing is to be done for this request now.");
}

struct AnswerTold {
    std::string complaint{};
    int status = 200;
};

void write_answer_sheet(Content& main, const http::Request& request, const Words& words) {
    const std::string link{request.parameters.text("answer")};
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"answers", link})), with<"class">("sheet wide")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_report_fields(form, words, request.form);
            form.element<"button">({with<"class">("main")}, words("Send"));
        });
}

http::Response asked_page(const http::Request& request, const Shared& shared, const AnswerTold& told) {
    const auto read = asked_in(request, shared);
    if (const auto* response = std::get_if<http::Response>(&read)) return *response;
    const auto& asked = std::get<Asked>(read);
    const Step& step = asked.step();
    const Words words = shared.words_of(request);
    const model::Model& city = shared.office.model();
    const std::string link{request.parameters.text("answer")};
    const Frame frame{
        .words = words,
        .title = words("What becomes of request {number}?", {{"number", to_text(asked.link.number)}}),
        .path = "/answers/" + link};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
                     write_fact(facts, words("Service"), front::name_of(step.asked.service, city, words));
                     write_fact(facts, words("Entity"), front::name_of(step.asked.entity, city, words));
                     write_fact(facts, words("Handed in"),
                                front::moment_text(shared.office.zone(), asked.whole.opened, words));
                 });
                 const bool is_asked = std::holds_alternative<cases::Accepted>(step.state);
                 if (!is_asked) main.element<"p">({with<"class">("headline")}, said_of(step, words));
                 if (is_asked) {
                     main.element<"p">(
                         words("The person reads it at once. What was handed over stands in the letter."));
                     write_answer_sheet(main, request, words);
                 }
             }),
        told.status);
}

http::Response take_answer(const http::Request& request, const Shared& shared) {
    const auto read = asked_in(request, shared);
    if (const auto* response = std::get_if<http::Response>(&read)) return *response;
    const auto& asked = std::get<Asked>(read);
    const Words words = shared.words_of(request);
    if (!is_there(asked.step())) return asked_page(request, shared, {{}, 409});
    const auto report = report_in(request, shared, asked.step().reference);
    if (!report) return asked_page(request, shared, {words("Choose what came of it."), 422});
    const bool needs_text = report->word != cases::Report::Word::concluded;
    if (needs_text && report->text.find_first_not_of(" \t\r\n") == std::string::npos)
        return asked_page(request, shared, {words("Write why it is refused, or what is needed."), 422});
    const auto done = shared.cases.report({asked.link.number, asked.link.step}, *report, form_key(request));
    if (const auto* refusal = std::get_if<cases::Refusal>(&done))
        return asked_page(
            request, shared,
            {front::refusal_text(*refusal, shared.office.zone(), words), front::status_of(*refusal)});
    return http::Response::redirect(
        url(words, {"answers", std::string{request.parameters.text("answer")}}).text());
}

}  // namespace

void add_answer_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/answers/{answer}",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return asked_page(request, all, {});
               }));
    add_post(router, shared, "/{language}/answers/{answer}", on_worker(shared, take_answer));
}

}  // namespace balcao::web
