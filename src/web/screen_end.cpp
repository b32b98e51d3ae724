// The end of a session on the citizen's screen: the case that came of it, what was learnt, what goes on
// paper.
#include "front/assist_words.hpp"
#include "web/case_pages.hpp"
#include "web/kiosk_frame.hpp"
#include "web/qr_picture.hpp"
#include "web/table.hpp"

namespace balcao::web {
namespace {

using assist::State;
using html::Content;
using html::with;

void write_case_made(
    Content& into, const http::Request& request, const Shared& shared, const Words& words, const Seat& seat) {
    const auto number = case_of(shared, seat.session);
    if (!number) {
        into.element<"p">(words("It was handed in. Its number comes in a moment; load this page again."));
        return;
    }
    const auto there = case_url(shared, words, *number);
    into.element<"p">({with<"class">("headline")}, words("Handed in. The number of your request is {number}.",
                                                         {{"number", to_text(*number)}}));
    into.element<"p">([&](Content& line) {
        line.element<"a">({with<"class">("step main"), with<"href">(there)}, words("See how it goes"));
    });
    into.element<"div">({with<"class">("take-along")}, [&](Content& along) {
        write_qr(along, address_outside(shared, request, there), words("The page of your request"));
        along.element<"p">(words("By telephone or at a counter, say the number and this code: {code}",
                                 {{"code", shared.case_links.code_of(*number)}}));
    });
}

}  // namespace

std::optional<cases::CaseNumber> case_of(const Shared& shared, const assist::SessionKey& session) {
    const auto found = shared.sessions->find(session);
    const auto* whole = std::get_if<assist::Session>(&found);
    const auto* over = whole != nullptr ? std::get_if<assist::HandedOver>(&whole->stage) : nullptr;
    cases::CaseNumber number;
    if (over == nullptr || !from_text(over->reference, number)) return std::nullopt;
    return number;
}

void write_end(Content& into,
               const http::Request& request,
               const Shared& shared,
               const Words& words,
               const std::pair<const Seat&, const assist::Outline&>& whose) {
    const Seat& seat = whose.first;
    const assist::Outline& outline = whose.second;
    if (outline.state != State::handed_over)
        into.element<"p">({with<"class">("headline")}, front::state_text(outline.state, words));
    if (outline.state == State::handed_over) write_case_made(into, request, shared, words, seat);
    if (outline.state == State::practised)
        into.element<"p">({with<"class">("practice")},
                          words("This was practice: nothing was sent to anybody."));
    if (outline.state == State::kept) into.element<"p">(words("Say the code at a desk to go on today."));
    if (outline.state == State::handed_over || outline.state == State::practised) {
        write_keep_lesson(into, words, seat);
        into.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(seat.url(words, "summary"))}, words("On paper: what was done"));
        });
    }
    into.element<"form">({with<"method">("post"), with<"action">(seat.url(words, "leave"))},
                         [&](Content& form) { form.element<"button">(words("Clear this screen")); });
}

}  // namespace balcao::web
