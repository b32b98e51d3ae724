// Appointments as files for programs that keep calendars (RFC 5545): one, all of a person, those of a site.
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

void hand_out(const CallRef& call, const booking::Answer<std::string>& file) {
    if (const auto* refusal = std::get_if<booking::Refusal>(&file)) return call->refuse(*refusal);
    auto response = http::Response::text(std::get<std::string>(file));
    response.headers.set("Content-Type", "text/calendar; charset=utf-8");
    call->answer(std::move(response));
}

template <auto of>
void by_link(const CallRef& call) {
    const auto& write = call->rooms().settings.calendars.*of;
    if (!write) return call->refuse(404);
    hand_out(call, write(call->parameter("link"), call->words()));
}

void of_site(const CallRef& call) {
    const auto& write = call->rooms().settings.calendars.of_site;
    if (!write) return call->refuse(404);
    hand_out(call, write(call->site().key, call->words()));
}

void address(const CallRef& call) {
    const auto& tell = call->rooms().settings.calendars.address;
    if (!tell) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("address", tell(call->site().key, call->words())).end();
    }));
}

}  // namespace

void add_calendars(Table& table) {
    static const SchemaRef file = text("A file for calendars (RFC 5545).", {.example = "BEGIN:VCALENDAR"});
    static const SchemaRef where = object(
        "CalendarAddress", "Where a calendar is followed; whoever has the address sees it.",
        {needed("address", text("For programs that keep calendars.",
                                {.example = "https://balcao.example/pt/sites/laranjeiras/calendars/AbCd/"
                                            "appointments.ics"}))});
    const auto add = [&](Operation operation) {
        operation.where = Where::worker;
        if (operation.answer == nullptr) {
            operation.answer = file;
            operation.answer_type = "text/calendar";
        }
        operation.also.push_back({503, "The journal cannot be read now."});
        table.push_back(std::move(operation));
    };
    add({.path = "/appointments/{link}/calendar",
         .id = "getAppointmentCalendar",
         .tag = "Appointments",
         .summary = "An appointment as a file for calendars",
         .who = Who::holder,
         .also = {{409, "It was not confirmed."}},
         .limit = front::Limit::wrong_links,
         .work = by_link<&Calendars::of_appointment>});
    add({.path = "/calendars/{link}",
         .id = "getPersonCalendar",
         .tag = "Appointments",
         .summary = "All appointments of a person, to be followed",
         .about =
             "`link` is the last part but one of the address in the letter. Neither link nor code nor name "
             "stands in it.",
         .who = Who::holder,
         .limit = front::Limit::wrong_links,
         .work = by_link<&Calendars::of_person>});
    add({.path = "/sites/{site}/calendar",
         .id = "getSiteCalendar",
         .tag = "Bookings",
         .summary = "The appointments of a site, without names",
         .about = "From yesterday on, for thirty days.",
         .who = Who::staff,
         .permission = staff::Permission::run_desk,
         .work = of_site});
    add({.path = "/sites/{site}/calendar/address",
         .id = "getSiteCalendarAddress",
         .tag = "Bookings",
         .summary = "Where the calendar of a site is followed",
         .who = Who::staff,
         .permission = staff::Permission::run_desk,
         .answer = where,
         .work = address});
}

}  // namespace balcao::api
