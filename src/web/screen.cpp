// The citizen's screen of a double screen: it joins by a code, shows each step in large type as it is done,
// and is where the citizen confirms, stops, takes the wheel or goes on elsewhere. It needs no sign-in.
#include <algorithm>

#include "front/assist_words.hpp"
#include "web/forms.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using assist::State;
using html::Content;
using html::with;

constexpr int screen_look_again = 10;

// Where a code is typed; one that came by the square code stands there already.
http::Response join_page(const http::Request& request, const Shared& shared, const SeatTold& told) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Your screen"), .path = "/screen"};
    std::string code{request.form.text("code")};
    if (code.empty()) code = request.query.text("code");
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"div">({with<"class">("screen")}, [&](Content& screen) {
                     screen.element<"h1">(frame.title);
                     write_complaint(screen, told.complaint);
                     screen.element<"p">(
                         words("Here you see each step that is done with you, and you alone confirm it. "
                               "Type the code that the mediator tells you."));
                     screen.element<"form">(
                         {with<"method">("post"), with<"action">(url(words, {"screen"}))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             write_hidden(form, "secret", assist::Sessions::new_secret());
                             form.element<"label">({with<"for">("code")}, words("Code of nine digits"));
                             form.empty<"input">({with<"id">("code"), with<"name">("code"),
                                                  with<"type">("text"), with<"inputmode">("numeric"),
                                                  with<"autocomplete">("off"), with<"value">(code),
                                                  with<"class">("code")});
                             form.element<"button">(
                                 {with<"class">("main"), with<"name">("kind"), with<"value">("own")},
                                 words("This is my own screen"));
                             form.text(" ").element<"button">({with<"name">("kind"), with<"value">("desk")},
                                                              words("This screen belongs to the place"));
                         });
                 });
             }),
        told.status);
}

http::Response join_screen(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const std::string secret{request.form.text("secret")};
    const auto kind =
        request.form.text("kind") == "desk" ? assist::ScreenKind::desk : assist::ScreenKind::own;
    const auto joined = shared.sessions->join(request.form.text("code"), {secret, kind}, form_key(request));
    if (const auto* refusal = std::get_if<assist::Refusal>(&joined))
        return join_page(
            request, shared,
            {.complaint = front::refusal_text(*refusal, words), .status = front::status_of(*refusal)});
    const auto& session = std::get<assist::SessionKey>(joined);
    shared.sittings->reads(session, words.language());
    auto response = http::Response::redirect(url(words, {"screen", session.text()}).text());
    response.set_cookie(screen_cookie(session, secret, request));
    return response;
}

// The page of a screen whose session goes on.
class ScreenView {
public:
    ScreenView(const Shared& shared,
               const Words& words,
               const Seat& seat,
               const Table& table,
               const http::Request& request)
        : shared_{shared},
          words_{words},
          seat_{seat},
          table_{table},
          view_{shared, words, seat, table, request},
          change_{request.query.has("step")} {}

    void write(Content& into, const SeatTold& told) const {
        const auto& outline = table_.view.outline;
        write_state(into);
        if (outline.state == State::disputed) return write_stopped(into);
        if (outline.asking) write_asking(into, *outline.asking);
        const auto* shown = table_.shown();
        const bool is_open = shown != nullptr && shown->progress == assist::Progress::shown;
        const bool is_typed = table_.typed.contains(view_.current());
        if (is_open && !(drives(table_, seat_) && change_)) {
            write_confirm(into, *shown, told);
        } else if (table_.next().empty()) {
            write_ready(into);
        }
        if (!view_.current().empty() && (!is_open || is_typed || change_)) {
            if (drives(table_, seat_))
                view_.write_form(into, view_.current(), told);
            else
                view_.write_mirror(into, view_.current());
        }
        if (!view_.current().empty()) view_.write_alone(into, view_.current());
        const bool is_alone = outline.mediator.empty();
        if (!is_alone) write_wheel(into);
        into.element<"h2">(words_("The steps"));
        view_.write_steps(into);
        write_stop(into);
        if (!is_alone) {
            write_propose(into, words_, seat_);
            write_leaving(into);
        }
    }

private:
    void write_state(Content& into) const {
        const auto& outline = table_.view.outline;
        if (outline.purpose == assist::Purpose::practice)
            into.element<"p">({with<"class">("practice")},
                              words_("This is practice: nothing is sent to anybody."));
        into.element<"p">({with<"class">("who")}, lesson_text(outline.lesson, words_));
        if (table_.view.proxy)
            into.element<"p">({with<"class">("who")}, words_("{name} confirms in the citizen's place.",
                                                             {{"name", table_.view.proxy->name}}));
    }

    void write_confirm(Content& into, const assist::StepSeen& step, const SeatTold& told) const {
        into.element<"form">(
            {with<"method">("post"), with<"action">(seat_.url(words_, "confirm")), with<"class">("confirm"),
             with<"data-keep">("confirm " + step.hash)},
            [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                write_hidden(form, "hash", step.hash);
                if (table_.view.proxy) write_hidden(form, "by", "proxy");
                view_.write_sheet(form, step);
                for (const auto& consent : step.sheet->consents)
                    form.element<"label">({with<"class">("priority")}, [&](Content& label) {
                        label.empty<"input">({with<"type">("checkbox"), with<"name">("agree"),
                                              with<"id">("agree"),
                                              with<"value">(consent.receiver.text() + "/" + consent.item),
                                              when(!told.amiss.empty(), with<"aria-invalid">("true"))});
                        label.element<"span">({with<"lang">(step.sheet->language)}, consent.words);
                    });
                form.element<"p">(
                    {with<"class">("quiet")},
                    words_("Nothing counts before you confirm it. You confirm exactly what stands "
                           "here."));
                form.element<"button">({with<"class">("main")}, words_("Yes, this is right"));
                form.element<"button">({with<"type">("button"), with<"data-read">(""), with<"hidden">()},
                                       words_("Read it aloud"));
            });
        if (drives(table_, seat_))
            into.element<"p">([&](Content& line) {
                line.element<"a">({with<"href">(seat_.at(words_, {{"step", step.step.text()}}))},
                                  words_("Change it"));
            });
    }

    void write_ready(Content& into) const {
        const bool is_practice = table_.view.outline.purpose == assist::Purpose::practice;
        into.element<"p">({with<"class">("headline")}, words_("All steps are confirmed."));
        view_.write_button(into, "hand-over", is_practice ? words_("End the practice") : words_("Hand it in"),
                           {}, "main");
    }

    void write_wheel(Content& into) const {
        into.element<"section">({with<"class">("wheel")}, [&](Content& part) {
            part.element<"h2">(words_("Who drives"));
            part.element<"div">({with<"class">("offers")}, [&](Content& offers) {
                for (const auto& lesson : all_lessons())
                    if (!(lesson == table_.view.outline.lesson))
                        view_.write_button(offers, "lesson", lesson_text(lesson, words_),
                                           {{"lesson", lesson_word(lesson)}});
            });
        });
    }

    void write_stop(Content& into) const {
        into.element<"details">(
            {with<"id">("stop"), with<"class">("stop"), with<"data-keep">("stop")}, [&](Content& more) {
                more.element<"summary">(words_("Stop: I do not agree"));
                more.element<"form">(
                    {with<"method">("post"), with<"action">(seat_.url(words_, "dispute"))},
                    [&](Content& form) {
                        write_hidden(form, "key", new_form_key());
                        form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
                            set.element<"legend">(words_("Why"));
                            for (const auto word : assist::words_of(assist::DisputeReason{}))
                                set.element<"label">([&](Content& label) {
                                    label.empty<"input">({with<"type">("radio"), with<"name">("why"),
                                                          with<"value">(word),
                                                          when(word == "other", with<"checked">())});
                                    label.element<"span">(front::reason_text(
                                        *assist::word_of<assist::DisputeReason>(word), words_));
                                });
                        });
                        form.element<"label">({with<"for">("words")},
                                              words_("In your own words, if you like"));
                        form.element<"textarea">(
                            {with<"id">("words"), with<"name">("words"), with<"rows">("3")}, "");
                        form.element<"button">({with<"class">("bad")}, words_("Stop"));
                    });
            });
    }

    void write_stopped(Content& into) const {
        into.element<"p">(
            {with<"class">("complaint")},
            words_("You have stopped the session. Nothing is shown, confirmed or handed in before "
                   "you go on."));
        const auto& outline = table_.view.outline;
        if (!outline.supervisor.empty())
            into.element<"p">(words_("A supervisor has come."));
        else if (outline.is_supervisor_called)
            into.element<"p">(words_("A supervisor was called."));
        else
            view_.write_button(into, "call-supervisor", words_("Call a supervisor"));
        view_.write_button(into, "lift", words_("Go on"), {}, "main");
        view_.write_button(into, "abandon", words_("Give it up: nothing is kept"));
    }

    void write_asking(Content& into, const assist::Desk& desk) const {
        const auto* site = shared_.office.model().find(desk.site);
        into.element<"p">(
            {with<"class">("told")},
            words_("Somebody at {site} would go on with this session.",
                   {{"site",
                     site == nullptr ? desk.site.text() : site->name.in(words_.code(), desk.site.text())}}));
        view_.write_button(into, "agree", words_("I agree"),
                           {{"mediator", desk.mediator.text()}, {"site", desk.site.text()}});
    }

    void write_leaving(Content& into) const {
        into.element<"details">({with<"id">("later"), with<"data-keep">("later")}, [&](Content& more) {
            more.element<"summary">(words_("Go on later, or give it up"));
            more.element<"p">(
                words_("What was shown so far is kept until midnight. A code lets you go on at any desk."));
            view_.write_button(more, "keep", words_("Keep it for today"));
            if (table_.view.outline.purpose == assist::Purpose::real) {
                more.element<"p">(words_("Or take it home: for thirty days you go on alone with it."));
                view_.write_button(more, "carry-home", words_("Go on at home"));
            }
            more.element<"p">(words_("Or give it up: then nothing of it is kept."));
            view_.write_button(more, "abandon", words_("Give it up"));
        });
    }

    const Shared& shared_;
    const Words& words_;
    const Seat& seat_;
    const Table& table_;
    TableView view_;
    bool change_;
};

bool goes_on(State state) { return state == State::under_way || state == State::disputed; }

html::Html screen_fragment(const http::Request& request,
                           const Shared& shared,
                           const Seat& seat,
                           const std::pair<const Table&, const SeatTold&>& what) {
    const Words words = shared.words_of(request);
    const Table& table = what.first;
    const SeatTold& told = what.second;
    return html::fragment([&](Content& into) {
        const auto& outline = table.view.outline;
        if (goes_on(outline.state))
            ScreenView{shared, words, seat, table, request}.write(into, told);
        else
            write_end(into, request, shared, words, {seat, outline});
    });
}

http::Response screen_now(const http::Request& request, const Shared& shared, const Seat& seat) {
    const auto found = table_of(shared, seat);
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return http::Response::text("", front::status_of(*refusal));
    shared.sittings->reads(seat.session, shared.words_of(request).language());
    return http::Response::html(
        screen_fragment(request, shared, seat, {std::get<Table>(found), SeatTold{}}).text());
}

http::Response confirm_shown(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    assist::Confirmation confirmation{.hash = std::string{request.form.text("hash")}};
    if (request.form.text("by") == "proxy") confirmation.by = assist::Confirmer::proxy;
    for (const auto agreed : request.form.all("agree")) {
        const auto slash = agreed.find('/');
        if (slash != std::string_view::npos)
            confirmation.given.push_back({assist::ReceiverKey{std::string{agreed.substr(0, slash)}},
                                          std::string{agreed.substr(slash + 1)}});
    }
    const auto found = table_of(shared, seat);
    if (const auto* table = std::get_if<Table>(&found)) {
        const auto* shown = table->shown();
        if (shown != nullptr && shown->hash == confirmation.hash &&
            shown->sheet->consents.size() > confirmation.given.size())
            return seat_page(
                request, shared, seat,
                {.complaint = words("Tick that you agree, or stop: without your consent it cannot be "
                                    "asked for there."),
                 .status = 422,
                 .amiss = {{"agree", front::Fault::not_agreed}}});
    }
    const assist::ScreenCall call{seat.session, std::get<assist::ByScreen>(seat.hand), form_key(request)};
    return answered_at(request, shared, seat, shared.sessions->confirm(call, confirmation));
}

assist::ScreenCall screen_call(const http::Request& request, const Seat& seat) {
    return {seat.session, std::get<assist::ByScreen>(seat.hand), form_key(request)};
}

http::Response stop_session(const http::Request& request, const Shared& shared, const Seat& seat) {
    const auto why = assist::word_of<assist::DisputeReason>(request.form.text("why"));
    return answered_at(
        request, shared, seat,
        shared.sessions->dispute(screen_call(request, seat), {why.value_or(assist::DisputeReason::other),
                                                              std::string{request.form.text("words")}}));
}

http::Response lift_stop(const http::Request& request, const Shared& shared, const Seat& seat) {
    return answered_at(request, shared, seat, shared.sessions->lift(screen_call(request, seat)));
}

http::Response agree_to_desk(const http::Request& request, const Shared& shared, const Seat& seat) {
    const assist::Desk desk{assist::MediatorKey{std::string{request.form.text("mediator")}},
                            model::SiteKey{std::string{request.form.text("site")}}};
    return answered_at(request, shared, seat, shared.sessions->agree_over(screen_call(request, seat), desk));
}

// The code is told once, here: a screen of the place sees nothing of the session after that.
http::Response keep_for_today(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    const auto kept = shared.sessions->keep(screen_call(request, seat));
    if (const auto* refusal = std::get_if<assist::Refusal>(&kept))
        return refused_at(request, shared, seat, *refusal);
    const auto& slip = std::get<assist::CodeSlip>(kept);
    const Frame frame{.words = words, .title = words("Kept for today"), .path = "/screen"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"div">({with<"class">("screen")}, [&](Content& screen) {
            screen.element<"h1">(frame.title);
            screen.element<"p">(words("Write down this code, and say it at any desk today to go on:"));
            screen.element<"p">({with<"class">("code")}, slip.text);
            screen.element<"form">(
                {with<"method">("post"), with<"action">(seat.url(words, "leave"))},
                [&](Content& form) { form.element<"button">(words("Clear this screen")); });
        });
    }));
}

// A sign of life.
http::Response screen_is_alive(const http::Request&, const Shared& shared, const Seat& seat) {
    const auto done =
        shared.sessions->beat({seat.session, std::get<assist::ByScreen>(seat.hand), std::string{}});
    if (const auto* refusal = std::get_if<assist::Refusal>(&done))
        return http::Response::text("", front::status_of(*refusal));
    return http::Response::no_content();
}

// For whoever sits there next.
http::Response leave_screen(const http::Request& request, const Shared& shared, const Seat&) {
    auto response = http::Response::redirect(url(shared.words_of(request), {"screen"}).text());
    response.set_cookie(no_screen_cookie(request));
    return response;
}

}  // namespace

http::Response screen_page(const http::Request& request,
                           const Shared& shared,
                           const Seat& seat,
                           const SeatTold& told) {
    const Words words = shared.words_of(request);
    const auto found = table_of(shared, seat);
    if (const auto* refusal = std::get_if<assist::Refusal>(&found)) {
        auto response =
            shared.failure(words, front::status_of(*refusal), front::refusal_text(*refusal, words));
        return response;
    }
    const auto& table = std::get<Table>(found);
    shared.sittings->reads(seat.session, words.language());
    const bool is_driving = drives(table, seat);
    const Frame frame{
        .words = words,
        .title = front::subject_name(table.view.outline.subject, shared.office.model(), words),
        .path = seat.path(),
        .refresh_seconds =
            is_driving || !goes_on(table.view.outline.state) || told.status != 200 ? 0 : screen_look_again};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"div">({with<"class">("screen")}, [&](Content& screen) {
                     screen.element<"h1">(frame.title);
                     write_complaint(screen, told.complaint);
                     screen.element<"div">(
                         {with<"id">("sitting"), with<"data-sitting">(seat.url(words, "now").text()),
                          with<"data-stream">(seat.url(words, "live").text()),
                          with<"data-beat">(seat.url(words, "beat").text()), with<"data-side">("citizen")},
                         [&](Content& root) {
                             root.insert(screen_fragment(request, shared, seat, {table, told}));
                         });
                 });
             }),
        told.status);
}

void add_screen_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/screen",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return join_page(request, all, {});
               }));
    add_post(router, shared, "/{language}/screen", on_worker(shared, join_screen));
    add_seat_page(router, shared, For::screen, "",
                  [](const http::Request& request, const Shared& all, const Seat& seat) {
                      return screen_page(request, all, seat, {});
                  });
    add_seat_page(router, shared, For::screen, "now", screen_now);
    add_seat_form(router, shared, For::screen, "confirm", confirm_shown);
    add_seat_form(router, shared, For::screen, "dispute", stop_session);
    add_seat_form(router, shared, For::screen, "lift", lift_stop);
    add_seat_form(router, shared, For::screen, "agree", agree_to_desk);
    add_seat_form(router, shared, For::screen, "keep", keep_for_today);
    add_seat_form(router, shared, For::screen, "beat", screen_is_alive);
    add_seat_form(router, shared, For::screen, "leave", leave_screen);
}

}  // namespace balcao::web
