// What is free, and keeping a place.
#include "api/booked.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

constexpr int days_most = 62;

void free_slots(const CallRef& call) {
    const auto& query = call->request().query;
    const Date today = call->rooms().now().date;
    booking::Search search{.sites = {call->site().key}, .services = {}};
    for (const auto service : query.all("service"))
        search.services.emplace_back(std::string{service});
    search.channel = way_of(query.text("channel"));
    search.first = parse_date(query.text("from")).value_or(today);
    search.last = parse_date(query.text("to")).value_or(search.first + std::chrono::days{13});
    show_slots(call, search, days_most);
}

void hold(const CallRef& call) {
    if (!call->rooms().settings.letters.ask_to_confirm)
        return call->refuse(
            Problem{.name = "no-letters",
                    .status = 409,
                    .detail = call->words()("Appointments are made at the site or by telephone.")});
    booking::Wanted wanted{.site = call->site().key, .services = {}, .window = {}, .by = {}};
    const auto services = call->body()["services"];
    for (std::size_t place = 0; place < services.size(); ++place)
        wanted.services.emplace_back(std::string{services.at(place).as_text().value_or("")});
    wanted.channel = way_of(call->body_text("channel"));
    wanted.start = instant_in(*call, "start");
    show_slip(call, call->rooms().bookings.hold(wanted, call->key()), {});
}

}  // namespace

SchemaRef way() {
    return text("How one meets; without it at the counter.", {.example = "phone", .most = 40});
}

model::ChannelKey way_of(std::string_view said) {
    return model::ChannelKey{said.empty() ? "counter" : std::string{said}};
}

void show_slots(const CallRef& call, const booking::Search& search, int most) {
    if (search.last < search.first || search.last - search.first > std::chrono::days{most})
        return call->refuse_member("?to", Fault::Kind::out_of_range, whole("", 0, most, 0));
    const auto found = call->rooms().bookings.free_starts(search);
    if (!found) return call->refuse(found.error().code == Errc::not_found ? 404 : 503);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("site", call->site().key.text());
        json.member("from", format_date(search.first)).member("to", format_date(search.last));
        json.key("slots").begin_array();
        for (const auto& at : *found) {
            std::optional<Instant> last;
            for (const auto& free : at.starts) {
                if (last == free.start) continue;  // several windows may offer the same time
                last = free.start;
                json.begin_object();
                write_instant(json, "start", free.start);
                json.member("minutes", free.minutes).member("left", free.left).end();
            }
        }
        json.end().end();
    }));
}

void add_slots(Table& table) {
    static const SchemaRef wanted =
        asked("HoldRequest", "A wish for an appointment.",
              {needed("services", list(shape::service_key("A service."), "What it is for.", 1, 20)),
               needed("start", instant("A start that is free.")), maybe("channel", way())});
    table.push_back(
        {.path = "/sites/{site}/slots",
         .id = "listSlots",
         .tag = "Appointments",
         .summary = "Free times",
         .where = Where::worker,
         .query = {needed("service",
                          list(shape::service_key("A service."), "What it is for; again for several.")),
                   maybe("channel", way()), maybe("from", date("The first day; without it today.")),
                   maybe("to", date("The last day, at most 62 after the first; without it two weeks."))},
         .answer = shape::slots(),
         .also = {{503, "The journal cannot be read now."}},
         .work = free_slots});
    table.push_back({.method = http::Method::post,
                     .path = "/sites/{site}/appointments",
                     .id = "holdSlot",
                     .tag = "Appointments",
                     .summary = "Keep a place",
                     .about = "It is kept for ten minutes or as long as the model says; then it is as if it "
                              "had never been. Say next who it is for.",
                     .where = Where::worker,
                     .body = wanted,
                     .status = 201,
                     .answer = shape::appointment(),
                     .also = {{409, "Somebody else was faster; `now` has the next free time."},
                              {503, "Nothing can be written now."}},
                     .limit = front::Limit::holds,
                     .work = hold});
}

}  // namespace balcao::api
