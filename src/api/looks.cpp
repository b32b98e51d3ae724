// Looks at who an appointment is for: asked with a reason, written down, then shown. Who looked, for auditors
// by account, for the person by role and place.
#include <utility>

#include "api/paging.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/looking.hpp"

namespace balcao::api {
namespace {

SchemaRef reason() {
    std::vector<std::string> names;
    for (const auto one : booking::all_look_reasons())
        names.emplace_back(booking::name_of(one));
    return one_of("Why; the person reads it.", names);
}

booking::Onlooker onlooker(const CallRef& call) {
    return front::onlooker_of(call->session().account, call->site().key, call->rooms().office,
                              call->rooms().staff);
}

// Of a body that was checked.
booking::LookReason why(const CallRef& call) { return *booking::look_reason_of(call->body_text("why")); }

void write_seen(text::JsonWriter& json, const booking::Appointment& appointment, Instant now) {
    json.begin_object().key("appointment");
    write_staff_appointment(json, appointment, now);
    if (appointment.contact) {
        const auto& contact = *appointment.contact;
        json.key("contact").begin_object().member("name", contact.name);
        if (!contact.mail.empty()) json.member("mail", contact.mail);
        if (!contact.phone.empty()) json.member("phone", contact.phone);
        if (!contact.note.empty()) json.member("note", contact.note);
        json.end();
    }
    if (!appointment.note.empty()) json.member("note", appointment.note);
    json.end();
}

void look(const CallRef& call) {
    const auto seen = call->rooms().bookings.look(booking::BookingKey{call->parameter("appointment")},
                                                  onlooker(call), why(call), call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_seen(json, std::get<booking::Appointment>(seen), call->rooms().clock.now());
    }));
}

// A look at each is written first, so the list comes whole: a page of it would be a look at others too.
void look_all(const CallRef& call) {
    const auto day = parse_date(call->body_text("date"));
    const auto seen = call->rooms().bookings.look_all(*day, onlooker(call), why(call), call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("site", call->site().key.text()).member("date", format_date(*day));
        json.key("people").begin_array();
        for (const auto& appointment : std::get<std::vector<booking::Appointment>>(seen))
            write_seen(json, appointment, call->rooms().clock.now());
        json.end().end();
    }));
}

void write_look(text::JsonWriter& json, const booking::Look& look, const Call& call) {
    write_instant(json, "at", look.at);
    json.member("role", look.what.role).member("site", look.what.site.text());
    if (!look.what.desk.empty()) json.member("desk", look.what.desk);
    json.member("why", booking::name_of(look.what.why)).member("is_of_list", look.what.is_of_list);
    json.member("words", front::onlooker_text(look.what, call.rooms().office, call.words()) + ": " +
                             front::reason_text(look.what.why, call.words()));
}

struct LookOfDay {
    std::string code;
    booking::Look look;
    std::string key;  // for pages of the list
};

void looks_of_day(const CallRef& call) {
    auto& bookings = call->rooms().bookings;
    const Date day = parse_date(call->request().query.text("date")).value_or(call->rooms().now().date);
    const auto found = bookings.on_day(call->site().key, day, booking::People::left_out);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return call->refuse(*refusal);
    std::vector<LookOfDay> all;
    for (const auto& appointment : std::get<std::vector<booking::Appointment>>(found)) {
        const auto looks = bookings.looks(appointment.booking);
        if (const auto* refusal = std::get_if<booking::Refusal>(&looks)) return call->refuse(*refusal);
        int place = 0;
        for (const auto& look : std::get<std::vector<booking::Look>>(looks))
            all.push_back({appointment.code, look, appointment.code + "." + std::to_string(++place)});
    }
    const auto write = [&](text::JsonWriter& json, const LookOfDay& one) {
        json.begin_object().member("code", one.code).member("account", one.look.what.by.text());
        const auto account = call->rooms().staff.account(staff::AccountKey{one.look.what.by.text()});
        if (account && !account->names.name.empty()) json.member("name", account->names.name);
        write_look(json, one.look, *call);
        json.end();
    };
    answer_page(call, Listed{"looks", all, [](const LookOfDay& one) { return one.key; }, write},
                [&](text::JsonWriter& json) {
                    json.member("site", call->site().key.text()).member("date", format_date(day));
                });
}

// For the person: the link is the right.
void who_looked(const CallRef& call) {
    const auto seen = call->rooms().bookings.see(call->parameter("link"));
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return call->refuse(*refusal);
    const auto found = call->rooms().bookings.looks(std::get<booking::Appointment>(seen).booking);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("looks").begin_array();
        for (const auto& look : std::get<std::vector<booking::Look>>(found)) {
            json.begin_object();
            write_look(json, look, *call);
            json.end();
        }
        json.end().end();
    }));
}

SchemaRef contact() {
    return object("ContactSeen", "Who it is for.",
                  {needed("name", text("Name.", {.example = "Ana Sousa"})),
                   maybe("mail", text("Mail address.", {.example = "ana@example.org"})),
                   maybe("phone", text("Telephone.", {.example = "+351 910 000 000"})),
                   maybe("note", text("Of the person.", {.example = "I come with a pram"}))});
}

std::vector<Member> look_members() {
    return {needed("at", instant("When.")),
            needed("role", text("The least of the roles that allow it.", {.example = "attendant"})),
            needed("site", shape::site_key("Where.")),
            maybe("desk", shape::desk_key("Where they sat.")),
            needed("why", reason()),
            needed("is_of_list", truth("With all others of that day.")),
            needed("words", text("As the person reads it.",
                                 {.example = "Attendant, Shop, Counter 2: To call or serve the person"}))};
}

SchemaRef seen_shape() {
    static const SchemaRef shape =
        object("PersonSeen", "An appointment, and who it is for.",
               {needed("appointment", shape::staff_appointment()), maybe("contact", contact()),
                maybe("note", text("Of colleagues.", {.example = "Has the form already"}))});
    return shape;
}

}  // namespace

void add_looks(Table& table) {
    static const SchemaRef wish = asked("LookRequest", "Why one needs to know.", {needed("why", reason())});
    static const SchemaRef wish_for_all =
        asked("LookAllRequest", "Why one needs to know, of everybody of a day.",
              {needed("date", date("The day.")), needed("why", reason())});
    static const SchemaRef people =
        object("PeopleSeen", "The people of a day.",
               {needed("site", shape::site_key("The site.")), needed("date", date("The day.")),
                needed("people", list(seen_shape(), "In order of time."))});
    static const SchemaRef own = object("Look", "A look at one's data.", look_members());
    static const SchemaRef of_person =
        object("Looks", "Who looked.", {needed("looks", list(own, "In order."))});
    auto members = look_members();
    members.push_back(needed("code", text("Of the appointment.", {.example = "7K3M9Q"})));
    members.push_back(needed("account", text("Who looked.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"})));
    members.push_back(maybe("name", text("Of who looked.", {.example = "Rui Costa"})));
    static const SchemaRef of_account = object("LookByAccount", "A look, for auditors.", members);
    static const SchemaRef of_day =
        object("LooksOfDay", "Each look at the people of a day.",
               {needed("site", shape::site_key("The site.")), needed("date", date("The day.")),
                needed("looks", list(of_account, "By appointment.")), next_page()});
    const auto add = [&](Operation operation) {
        operation.tag = "Looks";
        operation.where = Where::worker;
        operation.also.push_back({503, "Nothing can be read or written now; then nothing is shown."});
        table.push_back(std::move(operation));
    };
    add({.method = http::Method::post,
         .path = "/sites/{site}/appointments/{appointment}/looks",
         .id = "look",
         .summary = "See who an appointment is for",
         .about =
             "The look is an event before anything is shown; the person reads it by role, place and reason. "
             "The same Idempotency-Key is the same look for two minutes.",
         .who = Who::staff,
         .permission = staff::Permission::see_personal_data,
         .body = wish,
         .status = 201,
         .answer = seen_shape(),
         .also = {{409, "Nobody was named, or it is not known any more; or the look is over."}},
         .work = look});
    add({.method = http::Method::post,
         .path = "/sites/{site}/looks",
         .id = "lookAll",
         .summary = "See all names of a day",
         .about = "A look at each is an event before anything is shown.",
         .who = Who::staff,
         .permission = staff::Permission::see_personal_data,
         .body = wish_for_all,
         .status = 201,
         .answer = people,
         .also = {{409, "The look is over."}},
         .work = look_all});
    add({.path = "/sites/{site}/looks",
         .id = "listLooks",
         .summary = "Who looked at the people of a day",
         .who = Who::staff,
         .permission = staff::Permission::see_journal,
         .query = in_pages({maybe("date", date("The day; without it today."))}),
         .answer = of_day,
         .work = looks_of_day});
    add({.path = "/appointments/{link}/looks",
         .id = "getLooks",
         .summary = "Who looked at one's data",
         .who = Who::holder,
         .answer = of_person,
         .limit = front::Limit::wrong_links,
         .work = who_looked});
}

}  // namespace balcao::api
