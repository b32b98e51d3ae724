// What both sides of a double screen do: whoever drives answers, types and shows; either changes who drives,
// brings it to its end, or gives it up. And what keeps an open page true.
#include <algorithm>
#include <atomic>

#include "front/assist_words.hpp"
#include "web/forms.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using assist::FieldKey;
using assist::StepKey;

// What was typed is numbered by the clock, and never twice the same.
std::uint64_t next_stroke(const Shared& shared) {
    static std::atomic<std::uint64_t> last{0};
    const auto now = static_cast<std::uint64_t>(shared.clock.now().time_since_epoch().count());
    std::uint64_t before = last.load();
    while (!last.compare_exchange_weak(before, std::max(now, before + 1))) {
    }
    return std::max(now, before + 1);
}

// What was said as an answer, for both screens; what follows from other answers no more is taken back.
http::Response say_answer(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    auto found = table_of(shared, seat);
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return refused_at(request, shared, seat, *refusal);
    const Table& table = std::get<Table>(found);
    const auto matter = matter_of(shared, table.view.outline.subject, words, seat);
    if (!matter) return shared.failure(request, 404);
    if (const auto changed = request.form.text("change"); !changed.empty())
        return http::Response::redirect(seat.at(words, {{"step", "situation"}, {"change", changed}}).text());
    const auto said = front::said_of(conversation_in(request, shared, *matter));
    std::vector<assist::Typed> typing;
    for (const auto& [name, text] : table.said)
        if (name.first == front::situation_step() && !said.contains(name) && !text.empty() &&
            name.second.text().find('.') == std::string::npos)
            typing.push_back({name.first, name.second, "", false, next_stroke(shared)});
    for (const auto& [name, text] : said)
        if (front::value_of(table.said, name.first, name.second) != text)
            typing.push_back({name.first, name.second, text, false, next_stroke(shared)});
    for (const auto& typed : typing) {
        const auto done = shared.sessions->type(seat.call(), typed);
        if (const auto* refusal = std::get_if<assist::Refusal>(&done))
            return refused_at(request, shared, seat, *refusal);
    }
    return http::Response::redirect(
        seat.at(words, {{"step", "situation"}, {"asked", request.form.text("asked")}}).text());
}

// In which language the citizen reads what a mediator shows.
Words words_of_sheet(const http::Request& request, const Shared& shared, const Seat& seat) {
    const Words words = shared.words_of(request);
    if (seat.side() == assist::Side::citizen) return words;
    return Words{shared.sittings->language_of(seat.session).value_or(words.language())};
}

http::Response show_step(const http::Request& request, const Shared& shared, const Seat& seat) {
    auto found = table_of(shared, seat);
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return refused_at(request, shared, seat, *refusal);
    Table& table = std::get<Table>(found);
    const StepKey step{std::string{request.form.text("step")}};
    if (!table.is_step(step)) return shared.failure(request, 404);
    const front::Sitting now = sitting_now(shared);
    const Words words = words_of_sheet(request, shared, seat);
    SeatTold told{.step = step};
    for (const auto& blank : front::blanks_of(table.whole, step, now.city, words)) {
        const std::string text{request.form.text(blank.field.text())};
        told.typed[blank.field.text()] = text;
        table.said[{step, blank.field}] = text;
    }
    const bool is_whole = step != front::situation_step() || table.whole.is_answered();
    auto sheet = front::sheet_of(table.whole, step, table.said, now, words);
    if (auto* amiss = std::get_if<std::vector<front::Amiss>>(&sheet); amiss != nullptr || !is_whole) {
        told.complaint = shared.words_of(request)("Nothing was shown yet. Look again at what is marked.");
        told.status = 422;
        if (amiss != nullptr) told.amiss = std::move(*amiss);
        return seat_page(request, shared, seat, told);
    }
    const auto shown =
        shared.sessions->show(seat.call(form_key(request)), std::get<assist::Sheet>(std::move(sheet)));
    if (step == front::situation_step() && std::holds_alternative<assist::OnScreen>(shown))
        front::leave_out_what_is_gone(*shared.sessions, seat.call(), sitting_now(shared));
    return answered_at(request, shared, seat, shown);
}

http::Response set_lesson(const http::Request& request, const Shared& shared, const Seat& seat) {
    const auto lesson = lesson_in(request.form.text("lesson"));
    if (!lesson) return shared.failure(request, 404);
    return answered_at(request, shared, seat,
                       shared.sessions->set_lesson(seat.call(form_key(request)), *lesson));
}

std::string lack_text(const front::NotReady& lacks, const Shared& shared, const Words& words) {
    const std::string step = front::step_title(lacks.step, shared.office.model(), words);
    if (lacks.what == front::Lacks::renewal)
        return words("Something has changed. Show and confirm once more: {step}.", {{"step", step}});
    if (lacks.what == front::Lacks::agreement)
        return words("Without consent this cannot be asked for: {step}.", {{"step", step}});
    return words("Still to be confirmed: {step}.", {{"step", step}});
}

// What was handed over becomes a case at once; where that cannot be now, the server does it later.
http::Response hand_over_sitting(const http::Request& request, const Shared& shared, const Seat& seat) {
    const auto found = table_of(shared, seat);
    if (const auto* refusal = std::get_if<assist::Refusal>(&found))
        return refused_at(request, shared, seat, *refusal);
    const Table& table = std::get<Table>(found);
    const auto call = seat.call(form_key(request));
    const bool is_over = table.view.outline.state != assist::State::under_way;
    if (table.lacks && !is_over)
        return seat_page(
            request, shared, seat,
            {.complaint = lack_text(*table.lacks, shared, shared.words_of(request)), .status = 409});
    if (table.view.outline.purpose == assist::Purpose::practice)
        return answered_at(request, shared, seat, shared.sessions->end_practice(call));
    const auto handed = shared.sessions->hand_over(call);
    if (const auto* handover = std::get_if<assist::Handover>(&handed)) {
        const auto in_force = shared.office.in_force();
        static_cast<void>(front::hand_in({shared.cases, *shared.sessions, *in_force.model,
                                          shared.office.zone(), std::to_string(in_force.edition)},
                                         *handover));
    }
    return answered_at(request, shared, seat, handed);
}

http::Response give_up(const http::Request& request, const Shared& shared, const Seat& seat) {
    return answered_at(request, shared, seat, shared.sessions->abandon(seat.call(form_key(request))));
}

http::Response help_with(const http::Request& request, const Shared& shared, const Seat& seat) {
    return answered_at(
        request, shared, seat,
        shared.sessions->help(seat.call(form_key(request)), StepKey{std::string{request.form.text("step")}}));
}

http::Response call_supervisor(const http::Request& request, const Shared& shared, const Seat& seat) {
    return answered_at(request, shared, seat, shared.sessions->call_supervisor(seat.call(form_key(request))));
}

std::optional<Seat> seat_at(const http::Request& request, const Shared& shared, assist::Side side) {
    return side == assist::Side::mediator ? mediator_seat(request, shared) : screen_seat(request);
}

// From memory, so on the thread of the server: a letter waits for nobody's password.
void type_letter(const http::Request& request, http::Reply reply, const Shared& shared, assist::Side side) {
    const auto seat = seat_at(request, shared, side);
    if (!seat) return reply.send(http::Response::text("", 403));
    std::uint64_t stroke = 0;
    for (const char digit : request.form.text("stroke"))
        if (digit >= '0' && digit <= '9') stroke = stroke * 10 + static_cast<std::uint64_t>(digit - '0');
    const auto done =
        shared.sessions->type(seat->call(), {StepKey{std::string{request.form.text("step")}},
                                             FieldKey{std::string{request.form.text("field")}},
                                             std::string{request.form.text("text")}, false, stroke});
    if (const auto* refusal = std::get_if<assist::Refusal>(&done))
        return reply.send(http::Response::text("", front::status_of(*refusal)));
    reply.send(http::Response::no_content());
}

void follow_sitting(const http::Request& request,
                    http::Reply reply,
                    const Shared& shared,
                    assist::Side side) {
    const auto seat = seat_at(request, shared, side);
    if (!seat || !shared.sessions->is_of(seat->session, seat->hand))
        return reply.send(http::Response::text("", 403));
    shared.sittings->follow(seat->session, seat->hand, reply.stream());
}

}  // namespace

void add_sitting_routes(http::Router& router, Shared& shared) {
    add_seat_form(router, shared, For::both, "answer", say_answer);
    add_seat_form(router, shared, For::both, "show", show_step);
    add_seat_form(router, shared, For::both, "lesson", set_lesson);
    add_seat_form(router, shared, For::both, "hand-over", hand_over_sitting);
    add_seat_form(router, shared, For::both, "help", help_with);
    add_seat_form(router, shared, For::both, "abandon", give_up);
    add_seat_form(router, shared, For::both, "call-supervisor", call_supervisor);
    for (const auto& [side, pattern] :
         {std::pair{assist::Side::mediator, std::string{"/{language}/mediation/{site}/{session}/"}},
          std::pair{assist::Side::citizen, std::string{"/{language}/screen/{session}/"}}}) {
        const assist::Side whose = side;
        add_post(router, shared, pattern + "type",
                 [&shared, whose](const http::Request& request, http::Reply reply) {
                     type_letter(request, std::move(reply), shared, whose);
                 });
        router.add(http::Method::get, pattern + "live",
                   [&shared, whose](const http::Request& request, http::Reply reply) {
                       follow_sitting(request, std::move(reply), shared, whose);
                   });
    }
}

}  // namespace balcao::web
