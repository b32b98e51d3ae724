// The shapes as they are described; their writers are in shapes.cpp and beside the operations.
#include "api/shapes.hpp"

namespace balcao::api::shape {
namespace {

SchemaRef ticket_state() {
    return one_of("What the visit is doing now.",
                  {"waiting", "called", "served", "parked", "collecting", "missed", "done", "left"});
}

SchemaRef no_wait() {
    return one_of(
        "Why no wait is told: nobody knows how long the service takes; no desk serves it today; it will "
        "probably not be called before closing.",
        {"no-average", "no-desk", "not-today"});
}

SchemaRef basis() { return one_of("How the wait was found.", {"simulated", "queue-length"}); }

SchemaRef appointment_state() {
    return one_of("What has become of it.",
                  {"held", "preconfirmed", "confirmed", "arrived", "missed", "cancelled", "lapsed", "moved"});
}

}  // namespace

SchemaRef site_key(std::string about) {
    return text(std::move(about), {.example = "laranjeiras", .least = 1, .most = 100});
}

SchemaRef service_key(std::string about) {
    return text(std::move(about), {.example = "identity-card", .least = 1, .most = 100});
}

SchemaRef desk_key(std::string about) {
    return text(std::move(about), {.example = "counter-2", .least = 3, .most = 100});
}

SchemaRef number(std::string about) { return whole(std::move(about), 1, 100'000'000, 117); }

SchemaRef link(std::string about) {
    return text(std::move(about),
                {.example = "laranjeiras.2026-11-24.117.AbCdEfGhIjKlMnOp", .least = 1, .most = 300});
}

const SchemaRef& named_service() {
    static const SchemaRef shape = object("ServiceName", "A service, and its name in the language asked for.",
                                          {needed("service", service_key("The service.")),
                                           needed("name", text("Its name.", {.example = "Identity card"}))});
    return shape;
}

const SchemaRef& wait() {
    static const SchemaRef shape =
        object("Wait", "A forecast: half of all cases lie between the two ends.",
               {needed("from_minutes", whole("From.", 0, 100'000, 5)),
                needed("to_minutes", whole("To.", 0, 100'000, 12)), needed("basis", basis()),
                needed("counts_on_planned_desks",
                       truth("No desk is open for it yet; those planned are counted on."))});
    return shape;
}

const SchemaRef& hall() {
    static const SchemaRef call =
        object("CalledNumber", "A number and the desk to which it was called.",
               {needed("number", number("The ticket.")), needed("desk", desk_key("The desk.")),
                needed("desk_name", text("Its name for people.", {.example = "Counter 2"})),
                needed("at", instant("When it was called, or its service began.")),
                needed("is_waited_for", truth("It was called, and nobody has come yet."))});
    static const SchemaRef service =
        object("ServiceNow", "A service and the wait of who would come for it now.",
               {needed("service", service_key("The service.")),
                needed("name", text("Its name.", {.example = "Identity card"})), maybe("wait", wait()),
                maybe("no_wait", no_wait())});
    static const SchemaRef promises =
        object("PromiseRecord", "What became of the promises of the last seven days.",
               {needed("kept", whole("Kept.", 0, 100'000'000, 790)),
                needed("broken", whole("Broken.", 0, 100'000'000, 210))});
    static const SchemaRef shape = object(
        "Hall", "What anybody may see of a site today.",
        {needed("site", site_key("The site.")), needed("date", date("Today, by its clocks.")),
         needed("is_open", truth("It is open now.")),
         needed("has_tickets", truth("Today's numbers are not given out yet.")),
         needed("waiting", whole("People who wait.", 0, 1'000'000, 12)),
         needed("desks_open", whole("Desks that are open.", 0, 100'000, 4)),
         needed("calls", list(call, "The last ones that were called, those waited for first.")),
         needed("services", list(service, "What tickets are given for.")), maybe("promises", promises)});
    return shape;
}

const SchemaRef& ticket() {
    static const SchemaRef promise =
        object("Promise", "What was promised when the ticket was taken; it is never put off.",
               {needed("from", instant("The range that was shown with it.")),
                needed("to", instant("Its end.")), needed("at_latest", instant("By then it is called.")),
                needed("made_at", instant("When it was made.")), needed("basis", basis())});
    static const SchemaRef shape =
        object("Ticket", "One visit, for whoever has its link.",
               {needed("link", link("Its own right: whoever has it may see the ticket and give it up.")),
                needed("site", site_key("Where.")), needed("date", date("Of which day.")),
                needed("number", number("What is called.")), needed("state", ticket_state()),
                maybe("desk", desk_key("Where it is called to or served.")),
                maybe("desk_name", text("Its name for people.", {.example = "Counter 2"})),
                needed("services", list(named_service(), "What it is for.")),
                needed("ahead", whole("People who go before.", 0, 1'000'000, 3)),
                needed("has_priority", truth("By law; why is not kept.")),
                needed("arrived_at", instant("When it was taken.")),
                maybe("appointment_at", instant("The time of the appointment, for who has one.")),
                maybe("wait", wait()), maybe("no_wait", no_wait()), maybe("promise", promise)});
    return shape;
}

const SchemaRef& appointment() {
    static const SchemaRef contact =
        object("ContactShown", "Who it is for.",
               {needed("name", text("Name.", {.example = "Ana Sousa"})),
                maybe("mail", text("Mail address.", {.example = "ana@example.org"})),
                maybe("phone", text("Telephone.", {.example = "+351 910 000 000"})),
                maybe("note", text("For who serves.", {.example = "I come with a pram"}))});
    static const SchemaRef shape = object(
        "Appointment", "One appointment, for whoever has its link.",
        {needed("link", link("Its own right: whoever has it may see, move and cancel it.")),
         needed("site", site_key("Where.")), needed("start", instant("When.")),
         needed("minutes", whole("How long.", 1, 10'000, 20)),
         needed("channel", text("How one meets.", {.example = "counter"})),
         needed("services", list(service_key("A service."), "What it is for.")),
         needed("state", appointment_state()), maybe("until", instant("Until when it must be confirmed.")),
         maybe("code",
               text("What is said at the site to come in; once it is confirmed.", {.example = "7K3M9Q"})),
         maybe("contact", contact)});
    return shape;
}

const SchemaRef& agenda_entry() {
    static const SchemaRef shape =
        object("AgendaEntry", "An appointment as staff see it at the door: without a name.",
               {needed("appointment",
                       text("Its key; it opens nothing.", {.example = "laranjeiras.2026-11-24.7K3M9QZT"})),
                needed("start", instant("When.")), needed("minutes", whole("How long.", 1, 10'000, 20)),
                needed("services", list(service_key("A service."), "What it is for.")),
                needed("code", text("What the person says.", {.example = "7K3M9Q"})),
                needed("state", appointment_state())});
    return shape;
}

const SchemaRef& staff_appointment() {
    static const SchemaRef shape = object(
        "StaffAppointment", "An appointment in the hands of staff: without a name.",
        {needed("appointment",
                text("Its key; it opens nothing.", {.example = "laranjeiras.2026-11-24.7K3M9QZT"})),
         needed("site", site_key("Where.")), needed("start", instant("When.")),
         needed("minutes", whole("How long.", 1, 10'000, 20)),
         needed("channel", text("How one meets.", {.example = "counter"})),
         needed("services", list(service_key("A service."), "What it is for.")),
         needed("code", text("What the person says.", {.example = "7K3M9Q"})),
         needed("state", appointment_state()), maybe("until", instant("Until when it must be confirmed.")),
         needed("is_of_staff", truth("Its place is one that staff give.")),
         needed("moves", whole("How often it was moved.", 0, 1'000'000, 0))});
    return shape;
}

const SchemaRef& slots() {
    static const SchemaRef slot =
        object("Slot", "A time at which an appointment may begin.",
               {needed("start", instant("Begin.")), needed("minutes", whole("How long.", 1, 10'000, 20)),
                needed("left", whole("Places that are free.", 0, 100'000, 2))});
    static const SchemaRef shape =
        object("Slots", "What is free.",
               {needed("site", site_key("The site.")), needed("from", date("The first day.")),
                needed("to", date("The last.")), needed("slots", list(slot, "In order of time."))});
    return shape;
}

const SchemaRef& desk() {
    static const SchemaRef waiter =
        object("Waiter", "A ticket that this desk may call.",
               {needed("number", number("The ticket.")),
                needed("name", text("What it waits for.", {.example = "Identity card"})),
                needed("has_priority", truth("By law.")),
                needed("waited_minutes", whole("Since it came.", 0, 100'000, 12))});
    static const SchemaRef visit = object(
        "VisitAtDesk", "Who is called to the desk or served at it.",
        {needed("number", number("The ticket.")),
         needed("state", one_of("What it is doing.", {"called", "served"})),
         needed("legs", list(text("A service, or a step of it.", {.example = "Identity card"}), "In order.")),
         needed("leg", whole("The one that it is at, from 0.", 0, 1000, 0)),
         needed("has_priority", truth("By law.")),
         needed("next",
                list(text("A step.", {.example = "photo"}),
                     "The steps of which one must be chosen when it is finished; empty: no choice."))});
    static const SchemaRef shape =
        object("Desk", "A desk, as who sits behind it sees it.",
               {needed("site", site_key("The site.")), needed("desk", desk_key("The desk.")),
                needed("name", text("Its name for people.", {.example = "Counter 2"})),
                needed("state", one_of("What it is doing.", {"closed", "free", "resting", "taken"})),
                needed("is_yours", truth("You sit behind it.")), maybe("visit", visit),
                needed("waiting", list(waiter, "Who waits for this desk, those with priority first.")),
                needed("parked", list(number("A ticket."), "Who is parked at the site.")),
                needed("sent", list(number("A ticket."), "Who was sent on from here and can be taken back.")),
                needed("help", list(desk_key("A desk."), "Desks that ask for help."))});
    return shape;
}

const SchemaRef& floor() {
    static const SchemaRef row = object(
        "DeskInHall", "What a desk is doing.",
        {needed("desk", desk_key("The desk.")), needed("name", text("For people.", {.example = "Counter 2"})),
         needed("state", one_of("What it is doing.", {"closed", "free", "resting", "taken"})),
         maybe("staff", text("Who sits there.", {.example = "Rui"})), maybe("number", number("Whom it has.")),
         needed("asks_for_help", truth("Somebody should go there."))});
    static const SchemaRef visit = object(
        "VisitInHall", "A visit of the day.",
        {needed("number", number("The ticket.")), needed("state", ticket_state()),
         needed("legs", list(text("A service, or a step of it.", {.example = "Identity card"}), "In order.")),
         needed("has_priority", truth("By law.")), needed("arrived_at", instant("When it came.")),
         needed("waited_minutes", whole("Until the first call, or now.", 0, 100'000, 12)),
         maybe("desk", desk_key("Where."))});
    static const SchemaRef shape =
        object("Floor", "A hall today, for who manages it.",
               {needed("site", site_key("The site.")), needed("date", date("Today.")),
                needed("has_ended", truth("The day was ended.")),
                needed("desks", list(row, "In the order of the model.")),
                needed("visits", list(visit, "The last first."))});
    return shape;
}

const SchemaRef& account() {
    static const SchemaRef grant =
        object("Grant", "A role, at one site or everywhere.",
               {needed("role",
                       one_of("The role.", {"attendant", "mediator", "manager", "administrator", "auditor"})),
                maybe("site", site_key("Where; without it in the whole city."))});
    static const SchemaRef shape =
        object("Account", "Somebody who works for the city.",
               {needed("account", text("Its key; it says nothing about the person.",
                                       {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"})),
                needed("name", text("As colleagues read it.", {.example = "Ana Sousa"})),
                needed("sign_in_name", text("To sign in with.", {.example = "ana"})),
                needed("roles", list(grant, "What the person may do, and where.")),
                needed("is_enabled", truth("May sign in.")), needed("has_password", truth("Has set one.")),
                needed("has_second_factor", truth("Signs in with a code as well.")),
                needed("recovery_codes_left", whole("Codes for who lost the second factor.", 0, 100, 10)),
                maybe("locked_until", instant("Too many attempts failed.")),
                maybe("invited_until", instant("The invitation is good until then."))});
    return shape;
}

const SchemaRef& session() {
    static const SchemaRef shape = object(
        "Session", "Who is signed in.",
        {maybe("token",
               text("Send it as Authorization: Bearer. Shown only now.", {.example = "mF_9.B5f-4.1JqM"})),
         needed("account", text("Whose.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"})),
         needed("name", text("As colleagues read it.", {.example = "Ana Sousa"})),
         needed("begun_at", instant("When.")),
         needed("ends_at", instant("At the latest; earlier without use.")),
         needed("has_second_factor", truth("A code was given as well.")),
         needed("is_second_factor_due", truth("Strong rights wait until a second factor is set up."))});
    return shape;
}

const SchemaRef& command() {
    static const SchemaRef shape = object(
        "Done", "What is true after the command; the same again for the same Idempotency-Key.",
        {needed("site", site_key("The site.")), needed("date", date("The day.")),
         maybe("desk", desk_key("The desk.")), maybe("number", number("The ticket that it was about.")),
         maybe("state", ticket_state()), maybe("service", service_key("What it is at now.")),
         maybe("calls", whole("How often it was called.", 0, 1000, 1))});
    return shape;
}

const SchemaRef& receipt() {
    static const SchemaRef shape =
        open_object("Receipt", "Events, each with its proof, as docs/receipts.md has it.");
    return shape;
}

}  // namespace balcao::api::shape
