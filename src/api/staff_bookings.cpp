// Appointments in the hands of staff: booked for somebody, looked up by their code, moved, cancelled with a
// reason, noted; on their own places and days. None of it shows a name.
#include "api/booked.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/appointment_words.hpp"

namespace balcao::api {
namespace {

constexpr int staff_days_most = 62;

booking::ByClerk by_clerk(const CallRef& call) {
    return {booking::BookingKey{call->parameter("appointment")},
            booking::ClerkKey{call->session().account.text()}};
}

void show(const CallRef& call, const booking::BookingKey& key) {
    const auto found = front::appointment_at(call->site().key, key, call->rooms().bookings);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_staff_appointment(json, std::get<booking::Appointment>(found), call->rooms().clock.now());
    }));
}

// The appointment of the address is of the site where the right is held; else it was answered with why not.
bool is_here(const CallRef& call) {
    const auto found =
        front::appointment_at(call->site().key, by_clerk(call).booking, call->rooms().bookings);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) {
        call->refuse(*refusal);
        return false;
    }
    return true;
}

void see_appointment(const CallRef& call) { show(call, by_clerk(call).booking); }

void find(const CallRef& call) {
    const auto found = call->rooms().bookings.with_code({call->site().key, call->parameter("code")});
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return call->refuse(*refusal);
    show(call, std::get<booking::BookingKey>(found));
}

void free_staff_slots(const CallRef& call) {
    const auto& query = call->request().query;
    const Date today = call->rooms().now().date;
    booking::Search search{.sites = {call->site().key}, .services = {}, .who = rules::Who::staff};
    for (const auto service : query.all("service"))
        search.services.emplace_back(std::string{service});
    search.channel = way_of(query.text("channel"));
    search.first = std::max(today, parse_date(query.text("from")).value_or(today));
    search.last = parse_date(query.text("to")).value_or(search.first + std::chrono::days{13});
    show_slots(call, search, staff_days_most);
}

void book(const CallRef& call) {
    booking::Wanted wanted{.site = call->site().key,
                           .services = {},
                           .window = {},
                           .by = booking::ClerkKey{call->session().account.text()}};
    const auto services = call->body()["services"];
    for (std::size_t place = 0; place < services.size(); ++place)
        wanted.services.emplace_back(std::string{services.at(place).as_text().value_or("")});
    wanted.start = instant_in(*call, "start");
    wanted.channel = way_of(call->body_text("channel"));
    const auto language = call->body_text("language");
    const booking::Contact contact{
        .name = call->body_text("name"),
        .mail = call->body_text("mail"),
        .phone = call->body_text("phone"),
        .note = call->body_text("note"),
        .language = language.empty() ? std::string{call->words().code()} : language};
    const auto booked = call->rooms().bookings.book(wanted, contact, call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&booked)) return call->refuse(*refusal);
    show(call, std::get<booking::Slip>(booked).booking);
}

// What a command on the appointment led to.
void tell(const CallRef& call, const booking::Answer<booking::Slip>& slip) {
    if (const auto* refusal = std::get_if<booking::Refusal>(&slip)) return call->refuse(*refusal);
    see_appointment(call);
}

void move(const CallRef& call) {
    if (!is_here(call)) return;
    tell(call,
         call->rooms().bookings.move(
             by_clerk(call), {.site = call->site().key, .start = instant_in(*call, "start"), .window = {}},
             call->key()));
}

void cancel(const CallRef& call) {
    if (!is_here(call)) return;
    const auto reason = front::cancel_reason_of(call->body_text("reason"));
    tell(call, call->rooms().bookings.cancel(by_clerk(call), reason.value_or(booking::CancelReason::other),
                                             call->key()));
}

// Who answers is served, who does not is not here yet: undoLetIn takes it back.
void begin(const CallRef& call) {
    if (!is_here(call)) return;
    const auto begun = call->rooms().bookings.begin(by_clerk(call), call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&begun)) return call->refuse(*refusal);
    see_appointment(call);
}

void note(const CallRef& call) {
    if (!is_here(call)) return;
    tell(call, call->rooms().bookings.write_note(by_clerk(call), call->body_text("note"), call->key()));
}

SchemaRef reasons() {
    std::vector<std::string> names;
    for (const auto reason : front::all_cancel_reasons())
        names.emplace_back(front::name_of(reason));
    return one_of("Why.", names);
}

SchemaRef wish() {
    return asked(
        "StaffBookingRequest", "An appointment for somebody on the telephone or at the counter.",
        {needed("services", list(shape::service_key("A service."), "What it is for.", 1, 20)),
         needed("start", instant("A start that is free for staff.")), maybe("channel", way()),
         needed("name", text("Name of the person.", {.example = "Ana Sousa", .least = 1, .most = 400})),
         maybe("mail", text("Mail address, if there is one.", {.example = "ana@example.org", .most = 254})),
         maybe("phone", text("Telephone, if there is one.", {.example = "+351 912 345 678", .most = 60})),
         maybe("note", text("What the person asks for.", {.example = "I come with a pram", .most = 2000})),
         maybe("language",
               one_of("Of the letters; without it that of Accept-Language.", {"pt", "en", "es"}))});
}

SchemaRef note_shape() {
    static const SchemaRef shape = asked(
        "NoteRequest", "For colleagues; the person can read it in the file of the own data.",
        {needed("note", text("Empty: none any more.", {.example = "Has the form already", .most = 2000}))});
    return shape;
}

}  // namespace

void write_staff_appointment(text::JsonWriter& json, const booking::Appointment& appointment, Instant now) {
    json.begin_object().member("appointment", appointment.booking.text());
    json.member("site", appointment.site.text());
    write_instant(json, "start", appointment.start);
    json.member("minutes", appointment.minutes).member("channel", appointment.channel.text());
    json.key("services").begin_array();
    for (const auto& service : appointment.services)
        json.value(service.text());
    json.end().member("code", appointment.code).member("state", booking::name_of(appointment.state, now));
    if (const auto until = booking::until_of(appointment.state)) write_instant(json, "until", *until);
    json.member("is_of_staff", appointment.is_staff).member("moves", appointment.moves).end();
}

void add_staff_bookings(Table& table) {
    static const SchemaRef place = asked("StaffMoveRequest", "Where it is to go, at the same site.",
                                         {needed("start", instant("A start that is free for staff."))});
    static const SchemaRef why = asked("StaffCancelRequest", "Why.", {needed("reason", reasons())});
    const auto add = [&](Operation operation) {
        operation.tag = "Bookings";
        operation.who = Who::staff;
        operation.permission = staff::Permission::run_desk;
        operation.where = Where::worker;
        if (operation.answer == nullptr) operation.answer = shape::staff_appointment();
        operation.also.push_back({503, "The journal cannot be read or written now."});
        table.push_back(std::move(operation));
    };
    add({.path = "/sites/{site}/staff-slots",
         .id = "listStaffSlots",
         .summary = "Free times for staff, on their places and days",
         .query = {needed("service",
                          list(shape::service_key("A service."), "What it is for; again for several.")),
                   maybe("channel", way()), maybe("from", date("The first day; without it today.")),
                   maybe("to", date("The last day, at most 62 after the first; without it two weeks."))},
         .answer = shape::slots(),
         .work = free_staff_slots});
    add({.method = http::Method::post,
         .path = "/sites/{site}/staff-bookings",
         .id = "bookForSomebody",
         .summary = "Book for somebody",
         .about = "It is confirmed at once; a name is enough.",
         .body = wish(),
         .status = 201,
         .also = {{409, "Somebody else was faster; `now` has the next free time."}},
         .work = book});
    add({.path = "/sites/{site}/codes/{code}",
         .id = "findAppointment",
         .summary = "The appointment with that code",
         .about = "Of today, or else of the next day that has it.",
         .work = find});
    add({.path = "/sites/{site}/appointments/{appointment}",
         .id = "getStaffAppointment",
         .summary = "One appointment, without a name",
         .work = see_appointment});
    add({.method = http::Method::post,
         .path = "/sites/{site}/appointments/{appointment}/move",
         .id = "moveForSomebody",
         .summary = "Another time, for the person",
         .body = place,
         .also = {{409, "Not possible as it is now; `now` says how."}},
         .work = move});
    add({.method = http::Method::post,
         .path = "/sites/{site}/appointments/{appointment}/cancel",
         .id = "cancelForSomebody",
         .summary = "Cancel it, with a reason",
         .about = "Who it was for is erased, its links end, and the person is written to.",
         .body = why,
         .also = {{409, "Not possible as it is now; `now` says how."}},
         .work = cancel});
    add({.method = http::Method::post,
         .path = "/sites/{site}/appointments/{appointment}/begin",
         .id = "beginMeeting",
         .summary = "Begin a call or a meeting by video",
         .about = "It counts as having come. `look` tells the number; the link is the person's own.",
         .also = {{409, "Not possible as it is now; `now` says how."}},
         .work = begin});
    add({.method = http::Method::put,
         .path = "/sites/{site}/appointments/{appointment}/note",
         .id = "writeNote",
         .summary = "A note for colleagues",
         .body = note_shape(),
         .also = {{409, "Not possible as it is now; `now` says how."}},
         .work = note});
}

}  // namespace balcao::api
