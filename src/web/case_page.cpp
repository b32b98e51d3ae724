// A case as its citizen sees it, by its link: what is true of each step now, who has to do what next, what is
// asked of the person, who saw what was handed over. And the way to it by number and code.
#include <algorithm>

#include "front/case_words.hpp"
#include "front/life_event.hpp"
#include "front/moment.hpp"
#include "web/case_pages.hpp"
#include "web/fees.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"

namespace balcao::web {
namespace {

using cases::CaseNumber;
using cases::CaseView;
using cases::StepView;
using html::Content;
using html::with;

constexpr std::size_t answer_bytes_most = 4'000;

bool is_over(cases::CaseState state) {
    using cases::CaseState;
    return state == CaseState::cancelled || state == CaseState::concluded ||
           state == CaseState::concluded_in_part || state == CaseState::not_concluded;
}

// How a step stands, for the colour beside its words.
std::string_view tone_of(cases::Progress progress) {
    using cases::Progress;
    if (progress == Progress::concluded || progress == Progress::undone) return "good";
    if (progress == Progress::waits_for_you) return "yours";
    const bool is_bad = progress == Progress::held_up || progress == Progress::denied ||
                        progress == Progress::cannot_be_undone;
    return is_bad ? "bad" : "open";
}

void write_answer_form(
    Content& item, const Shared& shared, const Words& words, const CaseView& view, const StepView& step) {
    const std::string id = "answer." + step.step.text();
    item.element<"form">(
        {with<"method">("post"),
         with<"action">(url(words, {"cases", shared.case_links.write(view.number), "answer"})),
         with<"class">("sheet wide")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "step", step.step.text());
            form.element<"label">({with<"for">(id)}, words("Your answer"));
            form.element<"textarea">({with<"id">(id), with<"name">("answer"), with<"rows">("4")}, "");
            form.element<"p">({with<"class">("quiet")},
                              words("{entity} gets your answer and nothing else.",
                                    {{"entity", front::name_of(step.entity, shared.office.model(), words)}}));
            form.element<"button">({with<"id">("send." + step.step.text()), with<"class">("main")},
                                   words("Send"));
        });
}

void write_step(
    Content& item, const Shared& shared, const Words& words, const CaseView& view, const StepView& step) {
    const model::Model& city = shared.office.model();
    const Zone& zone = shared.office.zone();
    item.element<"h3">(front::name_of(step.service, city, words));
    item.element<"p">({with<"class">("quiet")}, front::name_of(step.entity, city, words));
    item.element<"p">({with<"class">("headline"), with<"data-tone">(tone_of(step.progress))},
                      front::progress_text(step, view.steps, city, words));
    const auto* event = city.find(view.life_event);
    if (const auto* asked = event == nullptr ? nullptr : event->find(step.service); asked != nullptr)
        if (const auto told = front::informs_text(*asked, city, words); !told.empty())
            item.element<"p">({with<"class">("informs")}, told);
    item.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
        write_fact(facts, words("Since"), front::moment_text(zone, step.since, words));
        write_fact(facts, words("What comes next"), front::next_text(step, city, zone, words));
        write_fact(facts, words("Reference there"), step.reference);
        if (step.fee) write_fact(facts, words("Fee"), front::money_text(*step.fee, words));
    });
    if (step.progress == cases::Progress::waits_for_you) write_answer_form(item, shared, words, view, step);
}

void write_case(Content& into, const Shared& shared, const Words& words, const CaseView& view) {
    into.element<"p">({with<"class">("headline"), with<"data-state">(cases::name_of(view.state))},
                      front::state_text(view.state, words));
    const auto done = std::ranges::count(view.steps, cases::Progress::concluded, &StepView::progress);
    if (view.steps.size() > 1)
        into.element<"p">(words("{done} of {count} done.", {{"done", std::to_string(done)},
                                                            {"count", std::to_string(view.steps.size())}}));
    write_fees(into, shared, words, view.number);
    into.element<"h2">(words("What you asked for"));
    into.element<"ol">({with<"class">("plan")}, [&](Content& list) {
        for (const auto& step : view.steps)
            list.element<"li">([&](Content& item) { write_step(item, shared, words, view, step); });
    });
}

void write_looks(Content& main, const Shared& shared, const Words& words, const CaseView& view) {
    main.element<"h2">(words("Who saw what you handed over"));
    if (view.looks.empty()) {
        main.element<"p">(words("Nobody yet."));
        return;
    }
    main.element<"ul">([&](Content& list) {
        for (const auto& look : view.looks) {
            const auto role = staff::role_of(look.what.role);
            const auto step = std::ranges::find(view.steps, look.what.step, &StepView::step);
            list.element<"li">(front::moment_text(shared.office.zone(), look.at, words) + ": " +
                               (role ? role_name(*role, words) : look.what.role) + ", " +
                               (step == view.steps.end()
                                    ? look.what.step.text()
                                    : front::name_of(step->service, shared.office.model(), words)) +
                               ". " + front::reason_text(look.what.why, words) + ".");
        }
    });
}

void write_withdraw(Content& main, const Shared& shared, const Words& words, const CaseView& view) {
    if (is_over(view.state)) return;
    // While somebody still works on what cannot be taken back at once, the state says that.
    const auto whole = shared.cases.find(view.number);
    if (const auto* found = std::get_if<cases::Case>(&whole); found != nullptr && found->cancelled) {
        main.element<"p">(
            words("This request was withdrawn on {when}.",
                  {{"when", front::moment_text(shared.office.zone(), *found->cancelled, words)}}));
        return;
    }
    main.element<"details">([&](Content& more) {
        more.element<"summary">(words("Withdraw the request"));
        more.element<"p">(
            words("What was not sent will not be. What was done is undone where that can be; "
                  "the page then says what cannot."));
        more.element<"form">(
            {with<"method">("post"),
             with<"action">(url(words, {"cases", shared.case_links.write(view.number), "withdraw"}))},
            [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                form.element<"button">(words("Withdraw all of it"));
            });
    });
}

struct CaseTold {
    std::string complaint{};
    int status = 200;
};

http::Response case_page(const http::Request& request, const Shared& shared, const CaseTold& told) {
    const auto number = case_in(request, shared);
    if (!number) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    const auto seen = shared.cases.see(*number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&seen))
        return shared.failure(words, front::status_of(*refusal),
                              front::refusal_text(*refusal, shared.office.zone(), words));
    const auto& view = std::get<CaseView>(seen);
    const std::string link = shared.case_links.write(*number);
    const Frame frame{.words = words,
                      .title = words("Your request {number}", {{"number", to_text(*number)}}),
                      .path = "/cases/" + link};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"p">(
                     words("Keep the address of this page. By telephone or at a counter, say "
                           "the number and this code: {code}",
                           {{"code", shared.case_links.code_of(*number)}}));
                 main.element<"div">({with<"class">("case"), with<"aria-live">("polite"),
                                      with<"data-live">(url(words, {"live", "cases", link}).text())},
                                     [&](Content& into) { write_case(into, shared, words, view); });
                 main.element<"p">([&](Content& line) {
                     line.element<"a">({with<"href">(url(words, {"cases", link, "handed-over"}))},
                                       words("What you handed over"));
                 });
                 if (shared.proofs.case_receipt)
                     main.element<"p">([&](Content& line) {
                         line.element<"a">({with<"href">(url(words, {"cases", link, "receipt"}))},
                                           words("Receipt: all that happened to it, with its proof"));
                     });
                 write_looks(main, shared, words, view);
                 write_withdraw(main, shared, words, view);
             }),
        told.status);
}

http::Response handed_over_page(const http::Request& request, const Shared& shared) {
    const auto number = case_in(request, shared);
    if (!number) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    const auto opened = shared.cases.open(*number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&opened))
        return shared.failure(words, front::status_of(*refusal),
                              front::refusal_text(*refusal, shared.office.zone(), words));
    const auto& handed = std::get<cases::HandedOver>(opened);
    const std::string link = shared.case_links.write(*number);
    const Frame frame{
        .words = words, .title = words("What you handed over"), .path = "/cases/" + link + "/handed-over"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, [&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"cases", link}))},
                              words("Your request {number}", {{"number", to_text(*number)}}));
        });
        main.element<"h1">(frame.title);
        write_handed_over(main, shared, words, handed.data);
        main.element<"h2">(words("How you can be reached"));
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words("Name"), handed.contact.name);
            write_fact(facts, words("Mail address"), handed.contact.mail);
            write_fact(facts, words("Telephone"), handed.contact.phone);
        });
    }));
}

http::Response refused(const http::Request& request, const Shared& shared, const cases::Refusal& refusal) {
    const Words words = shared.words_of(request);
    return case_page(request, shared,
                     {front::refusal_text(refusal, shared.office.zone(), words), front::status_of(refusal)});
}

http::Response back(const http::Request& request, const Shared& shared, const CaseNumber& number) {
    return http::Response::redirect(case_url(shared, shared.words_of(request), number).text());
}

http::Response withdraw(const http::Request& request, const Shared& shared) {
    const auto number = case_in(request, shared);
    if (!number) return shared.failure(request, 404);
    const auto done = shared.cases.cancel(*number, {}, form_key(request));
    if (const auto* refusal = std::get_if<cases::Refusal>(&done)) return refused(request, shared, *refusal);
    return back(request, shared, *number);
}

http::Response answer(const http::Request& request, const Shared& shared) {
    const auto number = case_in(request, shared);
    if (!number) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    const std::string text{request.form.text("answer")};
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return case_page(request, shared, {words("Write your answer."), 422});
    if (text.size() > answer_bytes_most)
        return case_page(request, shared, {words("The answer is too long: at most 4000 letters."), 422});
    const cases::StepName step{*number, cases::StepKey{std::string{request.form.text("step")}}};
    const auto done = shared.cases.answer(step, {{"answer", text}}, {"answer"}, form_key(request));
    if (const auto* refusal = std::get_if<cases::Refusal>(&done)) return refused(request, shared, *refusal);
    return back(request, shared, *number);
}

// By number and code, for who has no link at hand.
http::Response find_page(const http::Request& request, const Shared& shared, const CaseTold& told) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("How is my request?"), .path = "/cases"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"cases"})), with<"class">("sheet")},
                     [&](Content& form) {
                         write_field(form, {"number", words("Number of the request"), "text",
                                            request.form.text("number"), "off"});
                         write_field(form, {"code", words("Code"), "text", "", "off"});
                         form.element<"button">({with<"class">("main")}, words("Show"));
                     });
             }),
        told.status);
}

http::Response find(const http::Request& request, const Shared& shared) {
    CaseNumber number;
    const bool is_right = from_text(request.form.text("number"), number) &&
                          shared.case_links.is_code_of(number, request.form.text("code"));
    if (is_right) return back(request, shared, number);
    const Words words = shared.words_of(request);
    return find_page(
        request, shared,
        {words("There is no request of that number and code. Both stand on the page of the request."), 404});
}

void follow(const http::Request& request, http::Reply reply, Shared& shared) {
    const auto number = case_in(request, shared);
    if (!number) return reply.send(shared.failure(request, 404));
    const Words words = shared.words_of(request);
    const std::string fragment = "case " + std::string{words.code()};
    const auto stream = reply.stream();
    shared.live.follow(
        *number, fragment, stream, [&shared, words, number = *number]() -> std::optional<std::string> {
            const auto seen = shared.cases.see(number);
            const auto* view = std::get_if<CaseView>(&seen);
            if (view == nullptr) return std::nullopt;
            return html::fragment([&](Content& into) { write_case(into, shared, words, *view); }).text();
        });
}

}  // namespace

std::optional<cases::CaseNumber> case_in(const http::Request& request, const Shared& shared) {
    return shared.case_links.read(request.parameters.text("case"));
}

html::Url case_url(const Shared& shared, const Words& words, const cases::CaseNumber& number) {
    return url(words, {"cases", shared.case_links.write(number)});
}

void write_handed_over(Content& into,
                       const Shared& shared,
                       const Words& words,
                       const std::vector<cases::Datum>& data) {
    const model::Model& city = shared.office.model();
    into.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
        for (const auto& datum : data) {
            facts.element<"dt">(datum.name == "answer" ? words("Answer")
                                                       : front::datum_text(datum.name, city, words));
            facts.element<"dd">(front::datum_value(datum, city, words));
        }
    });
}

void add_case_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/cases",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return find_page(request, all, {});
               }));
    add_post(router, shared, "/{language}/cases", on_worker(shared, find));
    router.add(http::Method::get, "/{language}/cases/{case}",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return case_page(request, all, {});
               }));
    router.add(http::Method::get, "/{language}/cases/{case}/handed-over",
               on_worker(shared, handed_over_page));
    add_post(router, shared, "/{language}/cases/{case}/answer", on_worker(shared, answer));
    add_post(router, shared, "/{language}/cases/{case}/withdraw", on_worker(shared, withdraw));
    router.add(http::Method::get, "/{language}/live/cases/{case}",
               [&shared](const http::Request& request, http::Reply reply) {
                   follow(request, std::move(reply), shared);
               });
}

}  // namespace balcao::web
