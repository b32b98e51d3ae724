// What somebody has learnt at double screens: kept under a code that the person alone has, where the person
// wants it, shown by it and erased by it; and how a next session should teach.
#include "front/assist_words.hpp"
#include "front/moment.hpp"
#include "web/forms.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

void write_code_form(Content& main, const Words& words, std::string_view verb, const std::string& label) {
    main.element<"form">(
        {with<"method">("post"),
         with<"action">(verb.empty() ? url(words, {"learnt"}) : url(words, {"learnt", verb})),
         with<"class">("sheet")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            const std::string id = "learner" + std::string{verb};
            form.element<"label">({with<"for">(id)}, words("Your learning code"));
            form.empty<"input">(
                {with<"id">(id), with<"name">("learner"), with<"type">("text"), with<"autocomplete">("off")});
            form.element<"button">({when(verb.empty(), with<"class">("main"))}, label);
        });
}

void write_lessons(Content& main,
                   const Shared& shared,
                   const Words& words,
                   const std::vector<assist::Learnt>& lessons) {
    if (lessons.empty()) {
        main.element<"p">({with<"role">("status")}, words("Nothing is kept under this code."));
        return;
    }
    main.element<"ul">({with<"class">("found")}, [&](Content& list) {
        for (const auto& one : lessons)
            list.element<"li">([&](Content& item) {
                item.element<"h2">(front::subject_name(one.subject, shared.office.model(), words));
                item.element<"p">(front::moment_text(shared.office.zone(), one.at, words) + " · " +
                                  front::mode_text(one.mode, words) +
                                  (one.is_practice ? " · " + words("Practice") : std::string{}));
                item.element<"p">(
                    words("Steps done alone: {alone}; with help: {helped}; by the mediator: {others}.",
                          {{"alone", std::to_string(one.alone)},
                           {"helped", std::to_string(one.with_help)},
                           {"others", std::to_string(one.by_mediator)}}));
            });
    });
}

http::Response learnt_page(const http::Request& request,
                           const Shared& shared,
                           const std::vector<assist::Learnt>* lessons,
                           const SeatTold& told) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("What I have learnt"), .path = "/learnt"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"p">(words(
                     "What you have learnt with a mediator is kept only if you wish, under a code that you "
                     "alone have. Nothing leads from it to your name or to a request."));
                 if (lessons != nullptr) write_lessons(main, shared, words, *lessons);
                 write_code_form(main, words, "", words("Show"));
                 main.element<"h2">(words("Erase it"));
                 write_code_form(main, words, "erase", words("Erase what is kept"));
             }),
        told.status);
}

http::Response show_learnt(const http::Request& request, const Shared& shared) {
    const auto found = shared.sessions->learnt(std::string{request.form.text("learner")});
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return learnt_page(request, shared, nullptr,
                           {.complaint = front::refusal_text(*refusal, shared.words_of(request)),
                            .status = front::status_of(*refusal)});
    return learnt_page(request, shared, &std::get<std::vector<assist::Learnt>>(found), {});
}

http::Response erase_learnt(const http::Request& request, const Shared& shared) {
    const auto erased =
        shared.sessions->forget_learnt(std::string{request.form.text("learner")}, form_key(request));
    if (const auto* refusal = std::get_if<assist::Refusal>(&erased))
        return learnt_page(request, shared, nullptr,
                           {.complaint = front::refusal_text(*refusal, shared.words_of(request)),
                            .status = front::status_of(*refusal)});
    const std::vector<assist::Learnt> none;
    return learnt_page(request, shared, &none, {});
}

assist::ScreenCall call_of(const http::Request& request, const Seat& seat) {
    return {seat.session, std::get<assist::ByScreen>(seat.hand), form_key(request)};
}

// Under a code of the person, or a new one, which is told here and nowhere again.
http::Response keep_lesson(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    std::string learner{request.form.text("learner")};
    const bool is_new = learner.empty();
    if (is_new) learner = request.form.text("new-learner");
    const auto kept = shared.sessions->keep_lesson(call_of(request, seat), learner);
    if (const auto* refusal = std::get_if<assist::Refusal>(&kept))
        return refused_at(request, shared, seat, *refusal);
    const Frame frame{.words = words, .title = words("Kept for you"), .path = "/learnt"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"div">({with<"class">("screen")}, [&](Content& screen) {
            screen.element<"h1">(frame.title);
            if (is_new) screen.element<"p">(words("Keep this code. It is not told again:"));
            screen.element<"p">({with<"class">("hash")}, learner);
            screen.element<"p">(
                [&](Content& line) { line.element<"a">({with<"href">(seat.url(words))}, words("Back")); });
        });
    }));
}

// How this session should teach, by what the person has learnt; the mediator does not see the code.
http::Response propose(const http::Request& request, const Shared& shared, const Seat& seat) {
    const auto outline = shared.sessions->outline(seat.session);
    if (const auto* refusal = std::get_if<assist::Refusal>(&outline))
        return refused_at(request, shared, seat, *refusal);
    const auto proposed = shared.sessions->propose(std::string{request.form.text("learner")},
                                                   std::get<assist::Outline>(outline).subject);
    if (const auto* refusal = std::get_if<assist::Refusal>(&proposed))
        return refused_at(request, shared, seat, *refusal);
    return answered_at(
        request, shared, seat,
        shared.sessions->set_lesson(seat.call(form_key(request)), std::get<assist::Lesson>(proposed)));
}

}  // namespace

void write_keep_lesson(Content& into, const Words& words, const Seat& seat) {
    into.element<"details">({with<"id">("lesson"), with<"data-keep">("lesson")}, [&](Content& more) {
        more.element<"summary">(words("Keep what you have learnt"));
        more.element<"p">(words(
            "Only if you wish: under a code that you alone have. With it the next session begins where you "
            "are now."));
        more.element<
            "form">({with<"method">("post"), with<"action">(seat.url(words, "keep-lesson"))}, [&](Content&
                                                                                                      form) {
            write_hidden(form, "key", new_form_key());
            write_hidden(form, "new-learner", assist::Sessions::new_learner());
            write_field(form, {"learner", words("Your learning code, if you have one"), "text", "", "off"});
            form.element<"button">(words("Keep it"));
        });
    });
}

void write_propose(Content& into, const Words& words, const Seat& seat) {
    into.element<"details">({with<"id">("propose"), with<"data-keep">("propose")}, [&](Content& more) {
        more.element<"summary">(words("I have done this before"));
        more.element<"form">(
            {with<"method">("post"), with<"action">(seat.url(words, "propose"))}, [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                write_field(form, {"learner", words("Your learning code"), "text", "", "off"});
                form.element<"button">(words("Go on from there"));
            });
    });
}

void add_learnt_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/learnt",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return learnt_page(request, all, nullptr, {});
               }));
    add_post(router, shared, "/{language}/learnt", on_worker(shared, show_learnt));
    add_post(router, shared, "/{language}/learnt/erase", on_worker(shared, erase_learnt));
    add_seat_form(router, shared, For::screen, "keep-lesson", keep_lesson);
    add_seat_form(router, shared, For::screen, "propose", propose);
}

}  // namespace balcao::web
