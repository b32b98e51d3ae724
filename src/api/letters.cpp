// Letters that did not arrive, for who runs desks at a site: tried again, or set aside. No name and no
// address.
#include <algorithm>

#include "api/paging.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "letters/outbox.hpp"

namespace balcao::api {
namespace {

std::vector<letters::Undelivered> letters_at(const CallRef& call) {
    const auto* outbox = call->rooms().settings.outbox;
    return outbox != nullptr ? outbox->undelivered_at(call->site().key) : std::vector<letters::Undelivered>{};
}

void write_letter(text::JsonWriter& json, const letters::Undelivered& one) {
    json.begin_object().member("letter", one.owed.id.text());
    json.member("kind", letters::name_of(one.owed.kind));
    if (!one.owed.booking.empty()) json.member("appointment", one.owed.booking.text());
    if (one.owed.kind == letters::Kind::notice) json.member("number", one.owed.ticket.number);
    if (letters::is_of_case(one.owed)) json.member("case", to_text(one.owed.request));
    json.member("why", one.why).member("attempts", one.attempts);
    write_instant(json, "since", one.since);
    json.end();
}

void list_letters(const CallRef& call) {
    const auto all = letters_at(call);
    const auto key_of = [](const letters::Undelivered& one) { return one.owed.id.text(); };
    answer_page(call, Listed{"letters", all, key_of, write_letter});
}

using LetterVerb = Result<bool> (letters::Outbox::*)(const letters::LetterKey&, const booking::ClerkKey&);

// Done twice, it is done all the same; of a letter that is not in the list nothing is done.
template <LetterVerb verb>
void act(const CallRef& call) {
    const letters::LetterKey letter{call->parameter("letter")};
    const auto all = letters_at(call);
    if (std::ranges::none_of(all, [&](const auto& one) { return one.owed.id == letter; }))
        return call->refuse(404);
    const booking::ClerkKey by{call->session().account.text()};
    if (!(call->rooms().settings.outbox->*verb)(letter, by)) return call->refuse(503);
    call->answer_nothing();
}

}  // namespace

void add_letters(Table& table) {
    static const SchemaRef letter = object(
        "UndeliveredLetter", "A letter that nobody could be reached with.",
        {needed("letter", text("Its key.", {.example = "c.laranjeiras.2026-11-24.7K3M9QZT.0"})),
         needed("kind", one_of("What it says.", {"confirm", "confirmed", "moved", "cancelled", "reminder",
                                                 "links", "notice", "case-opened", "case-asked"})),
         maybe("case", text("Of which case.", {.example = "2026-000123"})),
         maybe("appointment", text("Of which appointment.", {.example = "laranjeiras.2026-11-24.7K3M9QZT"})),
         maybe("number", shape::number("Of which ticket.")),
         needed("why", text("A word or a number of a protocol.", {.example = "550"})),
         needed("attempts", whole("How often it was tried.", 0, 1'000'000, 3)),
         needed("since", instant("Since when it waits for somebody."))});
    static const SchemaRef letters = object(
        "UndeliveredLetters", "Letters that did not arrive: of the site, and those that belong to none.",
        {needed("letters", list(letter, "The latest first.")), next_page()});
    const auto add = [&](Operation operation) {
        operation.tag = "Bookings";
        operation.who = Who::staff;
        operation.permission = staff::Permission::run_desk;
        operation.where = Where::worker;
        table.push_back(std::move(operation));
    };
    add({.path = "/sites/{site}/letters",
         .id = "listLetters",
         .summary = "Letters that did not arrive",
         .query = in_pages(),
         .answer = letters,
         .work = list_letters});
    add({.method = http::Method::post,
         .path = "/sites/{site}/letters/{letter}/again",
         .id = "sendLetterAgain",
         .summary = "Try a letter again",
         .status = 204,
         .also = {{503, "Nothing can be written now."}},
         .takes_key = false,
         .work = act<&letters::Outbox::try_again>});
    add({.method = http::Method::post,
         .path = "/sites/{site}/letters/{letter}/aside",
         .id = "setLetterAside",
         .summary = "Set a letter aside",
         .status = 204,
         .also = {{503, "Nothing can be written now."}},
         .takes_key = false,
         .work = act<&letters::Outbox::set_aside>});
}

}  // namespace balcao::api
