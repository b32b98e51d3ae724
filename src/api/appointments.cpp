// One appointment, for whoever has its link: naming who it is for, confirming, moving, cancelling, coming in;
// and a lost link by letter.
#include "api/booked.hpp"
#include "api/orders.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

booking::ByLink by_link(const CallRef& call) { return {call->parameter("link")}; }

void show(const CallRef& call, const std::string& link) {
    const auto seen = call->rooms().bookings.see(link);
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_appointment(json, std::get<booking::Appointment>(seen), link, call->rooms().clock.now());
    }));
}

void see(const CallRef& call) { show(call, call->parameter("link")); }

void give_contact(const CallRef& call) {
    auto& rooms = call->rooms();
    const booking::Contact contact{.name = call->body_text("name"),
                                   .mail = call->body_text("mail"),
                                   .phone = call->body_text("phone"),
                                   .note = call->body_text("note"),
                                   .language = std::string{call->words().code()}};
    const auto& can_reach = rooms.settings.letters.can_reach;
    if (!rooms.bookings.fault_of(contact) && can_reach && !can_reach(contact))
        return call->refuse(booking::Refusal{booking::Reason::contact_missing});
    const auto given = rooms.bookings.give_contact(by_link(call), contact, call->key());
    if (const auto* slip = std::get_if<booking::Slip>(&given);
        slip != nullptr && rooms.settings.letters.ask_to_confirm)
        rooms.settings.letters.ask_to_confirm(*slip, call->base(), call->words().language());
    show_slip(call, given, call->parameter("link"));
}

void confirm(const CallRef& call) {
    show_slip(call, call->rooms().bookings.confirm(by_link(call), call->key()), {});
}

void move(const CallRef& call) {
    const auto seen = call->rooms().bookings.see(call->parameter("link"));
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return call->refuse(*refusal);
    const auto asked_site = call->body_text("site");
    const booking::Place place{
        .site = asked_site.empty() ? std::get<booking::Appointment>(seen).site : model::SiteKey{asked_site},
        .start = instant_in(*call, "start"),
        .window = {}};
    show_slip(call, call->rooms().bookings.move(by_link(call), place, call->key()), call->parameter("link"));
}

void cancel(const CallRef& call) {
    const auto done = call->rooms().bookings.cancel(by_link(call), booking::CancelReason{}, call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&done)) return call->refuse(*refusal);
    call->answer_nothing();
}

void check_in(const CallRef& call) { let_in(call, by_link(call), front::Entrance::phone); }

// Never says whether there is an appointment under that address.
void send_lost_links(const CallRef& call) {
    auto& rooms = call->rooms();
    if (!rooms.settings.letters.send_lost_links)
        return call->refuse(
            Problem{.name = "no-letters",
                    .status = 409,
                    .detail = call->words()("Appointments are made at the site or by telephone.")});
    const booking::Contact to = reached_at(*call);
    if (to.mail.empty() == to.phone.empty())
        return call->refuse_member("/mail", Fault::Kind::missing, text(""));
    const auto asked = rooms.settings.letters.send_lost_links(to);
    if (!asked)
        return call->refuse(booking::Refusal{asked.error().code != Errc::invalid
                                                 ? booking::Reason::unavailable
                                             : to.mail.empty() ? booking::Reason::phone_unfit
                                                               : booking::Reason::mail_unfit});
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object()
            .member(
                "detail",
                call->words()("Where there is an appointment under this address, a letter is on its way."))
            .end();
    }));
}

std::vector<Also> usual() {
    return {{409, "Not possible as it is now; `now` says how."}, {503, "Nothing can be written now."}};
}

SchemaRef contact_shape() {
    static const SchemaRef shape =
        asked("Contact", "Who it is for.",
              {needed("name", text("Name.", {.example = "Ana Sousa", .least = 1, .most = 400})),
               needed("mail", text("Mail address; the letter that asks to confirm goes there.",
                                   {.example = "ana@example.org", .least = 3, .most = 254})),
               maybe("phone", text("Telephone.", {.example = "+351 910 000 000", .most = 60})),
               maybe("note", text("For who serves.", {.example = "I come with a pram", .most = 2000}))});
    return shape;
}

SchemaRef move_shape() {
    static const SchemaRef shape =
        asked("MoveRequest", "Where it is to go.",
              {needed("start", instant("A start that is free.")),
               maybe("site", shape::site_key("Another site; without it the same."))});
    return shape;
}

SchemaRef lost_link_shape() {
    static const SchemaRef shape = asked(
        "LostLinkRequest", "Whose links are lost.",
        {maybe("mail", text("The mail address in the appointment; or",
                            {.example = "ana@example.org", .least = 3, .most = 254})),
         maybe("phone",
               text("the phone number in it.", {.example = "+351 912 345 678", .least = 3, .most = 60}))});
    return shape;
}

void add_lost_links(Table& table) {
    static const SchemaRef told =
        object("Told", "What was done, in words.", {needed("detail", text("Words."))});
    table.push_back(
        {.method = http::Method::post,
         .path = "/lost-links",
         .id = "sendLostLinks",
         .tag = "Appointments",
         .summary = "Send lost links by letter",
         .about = "To the address or number in the appointment, never to who asks; the answer is the same "
                  "whether there is one or not.",
         .where = Where::worker,
         .body = lost_link_shape(),
         .status = 202,
         .answer = told,
         .also = {{409, "This installation sends no letters."},
                  {422, "No letter can be sent to that address."},
                  {503, "Nothing can be written now."}},
         .limit = front::Limit::lost_links,
         .takes_key = false,
         .work = send_lost_links});
}

}  // namespace

Instant instant_in(const Call& call, std::string_view member) {
    return Instant{
        std::chrono::milliseconds{parse_instant(call.body()[member].as_text().value_or("")).value_or(0)}};
}

booking::Contact reached_at(const Call& call) {
    return {.name = "-",
            .mail = booking::trimmed(call.body_text("mail")),
            .phone = booking::trimmed(call.body_text("phone")),
            .note = {},
            .language = std::string{call.words().code()}};
}

void show_slip(const CallRef& call, const booking::Answer<booking::Slip>& slip, const std::string& link) {
    if (const auto* refusal = std::get_if<booking::Refusal>(&slip)) return call->refuse(*refusal);
    const auto& made = std::get<booking::Slip>(slip);
    show(call, made.link.empty() ? link : made.link);
}

void add_appointments(Table& table) {
    const auto add = [&](Operation operation) {
        operation.tag = "Appointments";
        operation.where = Where::worker;
        if (operation.who == Who::holder && !operation.limit) operation.limit = front::Limit::wrong_links;
        table.push_back(std::move(operation));
    };
    add({.path = "/appointments/{link}",
         .id = "getAppointment",
         .summary = "What is true of an appointment now",
         .who = Who::holder,
         .answer = shape::appointment(),
         .also = {{503, "The journal cannot be read now."}},
         .work = see});
    add({.method = http::Method::put,
         .path = "/appointments/{link}/contact",
         .id = "giveContact",
         .summary = "Say who it is for",
         .about = "Of a place that is kept: a letter then asks the person to confirm. Of a confirmed "
                  "appointment: other data.",
         .who = Who::holder,
         .body = contact_shape(),
         .answer = shape::appointment(),
         .also = usual(),
         .limit = front::Limit::holds,  // a letter goes to whoever is named
         .work = give_contact});
    add({.method = http::Method::post,
         .path = "/confirmations/{link}",
         .id = "confirmAppointment",
         .summary = "Confirm, by what the letter says",
         .about = "`link` is the last part of the address in the letter. The answer has the link of the "
                  "appointment.",
         .who = Who::holder,
         .answer = shape::appointment(),
         .also = usual(),
         .work = confirm});
    add({.method = http::Method::post,
         .path = "/appointments/{link}/move",
         .id = "moveAppointment",
         .summary = "Another time, or another site",
         .about = "Whole or not at all; the answer has the link from now on.",
         .who = Who::holder,
         .body = move_shape(),
         .answer = shape::appointment(),
         .also = usual(),
         .work = move});
    add({.method = http::Method::post,
         .path = "/appointments/{link}/cancel",
         .id = "cancelAppointment",
         .summary = "Cancel it, or let go of a place that is kept",
         .about = "Who it was for is erased, and its links end.",
         .who = Who::holder,
         .status = 204,
         .also = usual(),
         .work = cancel});
    add({.method = http::Method::post,
         .path = "/appointments/{link}/check-in",
         .id = "checkIn",
         .summary = "Come in: get the ticket",
         .who = Who::holder,
         .status = 201,
         .answer = shape::ticket(),
         .also = usual(),
         .work = check_in});
    add_lost_links(table);
}

}  // namespace balcao::api
