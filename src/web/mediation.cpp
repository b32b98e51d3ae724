// The mediator's side of a session at a double screen: the citizen's screen is let in by a code, steps are
// filled in and shown, and what was confirmed becomes a request.
#include <algorithm>

#include "front/assist_words.hpp"
#include "front/moment.hpp"
#include "web/case_pages.hpp"
#include "web/forms.hpp"
#include "web/kiosk_frame.hpp"
#include "web/people.hpp"
#include "web/qr_picture.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using assist::MediatorKey;
using assist::Outline;
using assist::State;
using html::Content;
using html::with;

constexpr int mediation_look_again = 10;

// Everything below the heading of a session's page.
class MediationView {
public:
    MediationView(const Shared& shared,
                  const Words& words,
                  const Seat& seat,
                  const Outline& outline,
                  const http::Request& request)
        : shared_{shared}, words_{words}, seat_{seat}, outline_{outline}, request_{request} {}

    // `table`: as far as the mediator may see it now; `refusal` says why not.
    void write(Content& into, const std::variant<Table, assist::Refusal>& found, const SeatTold& told) const {
        write_state(into);
        const auto* table = std::get_if<Table>(&found);
        const bool is_here = table != nullptr && table->view.is_citizen_here;
        if (outline_.state == State::under_way && !is_here) write_code(into);
        if (outline_.state == State::handed_over) return write_case(into);
        if (table == nullptr) {
            if (outline_.has_screen)
                into.element<"p">({with<"class">("told")},
                                  front::refusal_text(std::get<assist::Refusal>(found), words_));
        } else if (outline_.state == State::under_way) {
            write_table(into, *table, told);
        }
        if (outline_.state == State::under_way) write_lesson(into);
        write_more(into, table);
    }

private:
    [[nodiscard]] Table nothing() const { return Table{.view = {}}; }

    void write_state(Content& into) const {
        if (outline_.purpose == assist::Purpose::practice)
            into.element<"p">({with<"class">("practice")},
                              words_("This is practice: nothing is sent to anybody."));
        into.element<"p">({with<"class">("headline"), with<"data-state">(assist::name_of(outline_.state))},
                          front::state_text(outline_.state, words_));
        into.element<"p">({with<"class">("who")}, lesson_text(outline_.lesson, words_));
        if (outline_.state != State::disputed) return;
        into.element<"p">(
            {with<"class">("complaint")},
            words_("The citizen has stopped the session: {why}. Only the citizen's screen can go on.",
                   {{"why",
                     front::reason_text(outline_.dispute.value_or(assist::DisputeReason::other), words_)}}));
    }

    // How the citizen's screen comes to it.
    void write_code(Content& into) const {
        const auto slip = shared_.sittings->given(outline_.session);
        const Table none = nothing();
        const TableView view{shared_, words_, seat_, none, request_};
        into.element<"section">({with<"class">("joining")}, [&](Content& part) {
            part.element<"h2">(words_("The citizen's screen"));
            part.element<"p">(outline_.has_screen
                                  ? words_("It was not heard of in the last minute.")
                                  : words_("On the second screen, or on the citizen's own telephone:"));
            if (slip && shared_.clock.now() < slip->until) {
                std::string digits;
                for (const char sign : slip->text)
                    if (sign != ' ') digits += sign;
                const auto there = url(words_, {"screen"}, {{"code", digits}});
                part.element<"p">({with<"class">("code")}, slip->text);
                part.element<"p">(shared_.address + url(words_, {"screen"}).text());
                write_qr(part, address_outside(shared_, request_, there),
                         words_("Square code of the citizen's screen"));
            }
            view.write_button(part, "code", words_("New code"));
        });
    }

    void write_table(Content& into, const Table& table, const SeatTold& told) const {
        const TableView view{shared_, words_, seat_, table, request_};
        into.element<"p">(
            {with<"class">("here"), with<"data-here">(table.view.is_citizen_here ? "yes" : "no")},
            table.view.is_citizen_here ? words_("The citizen's screen is there.")
                                       : words_("The citizen's screen is not there now."));
        view.write_steps(into);
        if (const auto* shown = table.shown(); shown != nullptr)
            into.element<"section">({with<"class">("on-screen")}, [&](Content& part) {
                part.element<"h2">(words_("On the citizen's screen"));
                part.element<"p">({with<"class">("headline"),
                                   with<"data-confirmed">(table.is_confirmed(shown->step) ? "yes" : "no")},
                                  table.is_confirmed(shown->step)
                                      ? words_("Confirmed")
                                      : words_("Waits for the citizen to confirm it"));
                view.write_sheet(part, *shown);
            });
        if (table.next().empty()) {
            into.element<"p">({with<"class">("headline")}, words_("All steps are confirmed."));
            view.write_button(into, "hand-over",
                              outline_.purpose == assist::Purpose::practice ? words_("End the practice")
                                                                            : words_("Hand it in"),
                              {}, "main");
        }
        if (view.current().empty()) return;
        if (drives(table, seat_)) {
            view.write_form(into, view.current(), told);
        } else {
            view.write_mirror(into, view.current());
            view.write_button(into, "help", words_("I helped with this step"),
                              {{"step", view.current().text()}});
        }
        view.write_alone(into, view.current());
    }

    void write_lesson(Content& into) const {
        if (outline_.lesson.driver != assist::Side::mediator) return;
        const Table none = nothing();
        const TableView view{shared_, words_, seat_, none, request_};
        into.element<"section">({with<"class">("wheel")}, [&](Content& part) {
            part.element<"h2">(words_("Who drives"));
            part.element<"div">({with<"class">("offers")}, [&](Content& offers) {
                for (const auto& lesson : all_lessons())
                    if (!(lesson == outline_.lesson))
                        view.write_button(offers, "lesson", lesson_text(lesson, words_),
                                          {{"lesson", lesson_word(lesson)}});
            });
        });
    }

    void write_case(Content& into) const {
        const auto found = shared_.sessions->find(outline_.session);
        const auto* whole = std::get_if<assist::Session>(&found);
        const auto* over = whole == nullptr ? nullptr : std::get_if<assist::HandedOver>(&whole->stage);
        into.element<"p">(
            over == nullptr || over->reference.empty()
                ? words_("Its number comes in a moment.")
                : words_("The number of the request is {number}.", {{"number", over->reference}}));
    }

    void write_more(Content& into, const Table* table) const {
        const bool is_open = outline_.state == State::under_way || outline_.state == State::disputed;
        if (!is_open) return;
        const Table none = nothing();
        const TableView view{shared_, words_, seat_, table == nullptr ? none : *table, request_};
        into.element<"details">({with<"id">("more"), with<"data-keep">("more")}, [&](Content& more) {
            more.element<"summary">(words_("More"));
            if (outline_.state == State::disputed) {
                if (!outline_.is_supervisor_called)
                    view.write_button(more, "call-supervisor", words_("Call a supervisor"));
                return;
            }
            if (table != nullptr && table->view.is_citizen_here)
                view.write_button(more, "code", words_("New code for another screen"));
            if (table != nullptr)
                write_proxy_form(more, words_, seat_,
                                 shared_.sittings->witness_asked(outline_.session).has_value());
            view.write_button(more, "abandon", words_("Give it up: nothing is kept"));
        });
    }

    const Shared& shared_;
    const Words& words_;
    const Seat& seat_;
    const Outline& outline_;
    const http::Request& request_;
};

std::optional<Outline> outline_at(const Shared& shared, const Seat& seat) {
    const auto found = shared.sessions->outline(seat.session);
    const auto* outline = std::get_if<Outline>(&found);
    const auto& mediator = std::get<assist::ByMediator>(seat.hand).mediator;
    if (outline == nullptr || outline->site != seat.site || outline->mediator != mediator)
        return std::nullopt;
    return *outline;
}

http::Response mediation_now(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    const auto outline = outline_at(shared, seat);
    if (!outline) return http::Response::text("", 403);
    const auto found = table_of(shared, seat);
    return http::Response::html(
        html::fragment([&](Content& into) {
            MediationView{shared, words, seat, *outline, request}.write(into, found, {});
        }).text());
}

http::Response new_screen_code(const http::Request& request, const Shared& shared, const Seat& seat) {
    const auto made =
        shared.sessions->new_code({seat.session, std::get<assist::ByMediator>(seat.hand), form_key(request)});
    if (const auto* slip = std::get_if<assist::CodeSlip>(&made)) shared.sittings->give(*slip);
    return answered_at(request, shared, seat, made);
}

}  // namespace

http::Response mediator_page(const http::Request& request,
                             const Shared& shared,
                             const Seat& seat,
                             const SeatTold& told) {
    const Words words = shared.words_of(request);
    const auto outline = outline_at(shared, seat);
    if (!outline) return shared.failure(request, 404);
    const auto found = table_of(shared, seat);
    const bool is_over = outline->state != State::under_way && outline->state != State::disputed;
    const bool is_driving = outline->lesson.driver == assist::Side::mediator && outline->has_screen;
    const Frame frame{
        .words = words,
        .title = front::subject_name(outline->subject, shared.office.model(), words),
        .path = seat.path(),
        .refresh_seconds = is_over || is_driving || told.status != 200 ? 0 : mediation_look_again};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.element<"a">({with<"href">(url(words, {"mediation", seat.site.text()}))},
                                       words("Double screen"));
                 });
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"div">(
                     {with<"id">("sitting"), with<"data-sitting">(seat.url(words, "now").text()),
                      with<"data-stream">(seat.url(words, "live").text()), with<"data-side">("mediator")},
                     [&](Content& root) {
                         MediationView{shared, words, seat, *outline, request}.write(root, found, told);
                     });
             }),
        told.status);
}

void add_mediation_routes(http::Router& router, Shared& shared) {
    add_mediation_site_routes(router, shared);
    add_seat_page(router, shared, For::mediator, "",
                  [](const http::Request& request, const Shared& all, const Seat& seat) {
                      return mediator_page(request, all, seat, {});
                  });
    add_seat_page(router, shared, For::mediator, "now", mediation_now);
    add_seat_form(router, shared, For::mediator, "code", new_screen_code);
}

}  // namespace balcao::web
