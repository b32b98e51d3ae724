// The city, its sites, services and hours, and what goes on at a site now: for everybody.
#include <algorithm>

#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

bool is_bookable(const model::Site& site) { return !site.appointments.windows.empty(); }

// Sites that people go to.
bool is_shown(const office::Layout& layout) {
    return !layout.services().empty() || is_bookable(layout.site());
}

SchemaRef ranges() {
    static const SchemaRef range = object("OpenRange", "Open from one time of day to another, by its clocks.",
                                          {needed("from", text("Begin.", {.example = "08:30"})),
                                           needed("to", text("End.", {.example = "19:30"}))});
    return list(range, "When it is open; empty: closed.");
}

const SchemaRef& site_shape() {
    static const SchemaRef shape =
        object("Site", "Where people are served.",
               {needed("site", shape::site_key("Its key.")),
                needed("name", text("Its name.", {.example = "Loja de Cidadão Laranjeiras"})),
                needed("services", list(shape::service_key("A service."), "What tickets are given for.")),
                needed("takes_appointments", truth("Something can be booked here.")),
                needed("open_today", ranges())});
    return shape;
}

void write_ranges(text::JsonWriter& json, std::string_view name, const model::Site& site, Date date) {
    json.key(name).begin_array();
    for (const TimeRange range : site.open.on(date))
        json.begin_object()
            .member("from", format_time_of_day(range.begin_minute))
            .member("to", format_time_of_day(range.end_minute))
            .end();
    json.end();
}

void write_site(text::JsonWriter& json, const Call& call, const office::Layout& layout) {
    json.begin_object().member("site", layout.site().key.text());
    json.member("name", model::name_of(layout.site(), call.words().code()));
    json.key("services").begin_array();
    for (const auto& service : layout.services())
        json.value(service.text());
    json.end().member("takes_appointments", is_bookable(layout.site()));
    write_ranges(json, "open_today", layout.site(), call.rooms().now().date);
    json.end();
}

void city(const CallRef& call) {
    const auto& model = call->rooms().office.model();
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("name", model.name.in(call->words().code(), model.key));
        json.member("time_zone", model.time_zone).key("languages").begin_array();
        for (const auto& language : model.languages)
            json.value(language);
        json.end().member("takes_bookings", bool(call->rooms().settings.letters.ask_to_confirm)).end();
    }));
}

void sites(const CallRef& call) {
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("sites").begin_array();
        for (const auto& site : call->rooms().office.model().sites) {
            const auto layout = call->rooms().office.layout(site.key);
            if (layout != nullptr && is_shown(*layout)) write_site(json, *call, *layout);
        }
        json.end().end();
    }));
}

void site(const CallRef& call) {
    if (!is_shown(call->layout())) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) { write_site(json, *call, call->layout()); }));
}

void services(const CallRef& call) {
    const auto typed = call->request().query.text("q");
    const auto city = call->rooms().office.in_force().model;
    const auto language = call->words().code();
    std::vector<const model::Service*> found;
    if (typed.empty())
        for (const auto& service : city->services)
            found.push_back(&service);
    else
        found = call->rooms().finder.services(city, language, typed);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("services").begin_array();
        for (const auto* service : found) {
            json.begin_object().member("service", service->key.text());
            json.member("name", model::name_of(*service, language)).key("sites").begin_array();
            for (const auto& site : city->sites) {
                const auto layout = call->rooms().office.layout(site.key);
                if (layout != nullptr && layout->offers(service->key)) json.value(site.key.text());
            }
            json.end().end();
        }
        json.end().end();
    }));
}

void opening_hours(const CallRef& call) {
    constexpr int most = 62;
    const Date today = call->rooms().now().date;
    const Date first = parse_date(call->request().query.text("from")).value_or(today);
    const auto days = call->request().query.text("days");
    const int count = days.empty() ? 7 : std::clamp(std::atoi(std::string{days}.c_str()), 1, most);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("site", call->site().key.text()).key("days").begin_array();
        for (int ahead = 0; ahead < count; ++ahead) {
            const Date date = first + std::chrono::days{ahead};
            json.begin_object().member("date", format_date(date));
            write_ranges(json, "open", call->site(), date);
            json.end();
        }
        json.end().end();
    }));
}

std::optional<std::string> draw_hall(const Shared& shared, const Words& words, const model::SiteKey& site) {
    const auto view = hall_of(shared, site);
    const auto layout = shared.office.layout(site);
    if (!view || layout == nullptr) return std::nullopt;
    return json_of([&](text::JsonWriter& json) { write_hall(json, shared, words, *layout, *view); });
}

void hall(const CallRef& call) {
    auto drawn = draw_hall(call->rooms(), call->words(), call->site().key);
    if (!drawn) return call->refuse(503);
    call->answer(*std::move(drawn));
}

void follow_hall(const CallRef& call) {
    auto& shared = call->rooms();
    const auto words = call->words();
    const auto key = call->site().key;
    shared.live.follow(key, "hall " + std::string{words.code()}, call->stream(),
                       [&shared, words, key] { return draw_hall(shared, words, key); });
}

SchemaRef services_shape() {
    static const SchemaRef service =
        object("Service", "What people come for.",
               {needed("service", shape::service_key("Its key.")),
                needed("name", text("Its name.", {.example = "Identity card"})),
                needed("sites", list(shape::site_key("A site."), "Where tickets are given for it."))});
    static const SchemaRef shape =
        object("Services", "Services.", {needed("services", list(service, "Those that were asked for."))});
    return shape;
}

SchemaRef hours_shape() {
    static const SchemaRef day = object("OpenDay", "The hours of one day.",
                                        {needed("date", date("The day.")), needed("open", ranges())});
    static const SchemaRef shape = object(
        "Hours", "Opening hours.",
        {needed("site", shape::site_key("The site.")), needed("days", list(day, "One after the other."))});
    return shape;
}

}  // namespace

void add_city(Table& table) {
    static const SchemaRef city_shape =
        object("City", "The city whose office this is.",
               {needed("name", text("Its name.", {.example = "Lisboa"})),
                needed("time_zone", text("Of all its sites.", {.example = "Europe/Lisbon"})),
                needed("languages", list(text("A language (BCP 47).", {.example = "pt"}),
                                         "The first counts where nothing else does.")),
                needed("takes_bookings", truth("People can book from outside, for letters can be sent."))});
    static const SchemaRef sites_shape =
        object("Sites", "All sites.", {needed("sites", list(site_shape(), "In the order of the model."))});
    table.push_back({.path = "/city",
                     .id = "getCity",
                     .tag = "City",
                     .summary = "The city",
                     .answer = city_shape,
                     .work = city});
    table.push_back({.path = "/sites",
                     .id = "listSites",
                     .tag = "City",
                     .summary = "All sites",
                     .answer = sites_shape,
                     .work = sites});
    table.push_back({.path = "/sites/{site}",
                     .id = "getSite",
                     .tag = "City",
                     .summary = "One site",
                     .answer = site_shape(),
                     .work = site});
    table.push_back(
        {.path = "/services",
         .id = "listServices",
         .tag = "City",
         .summary = "Services, all or those that are meant by some words",
         .about =
             "All in the order of the model; those that are meant the best first, ten at most, misspelt or "
             "without accents as the words may be.",
         .where = Where::worker,
         .query = {maybe(
             "q", text("What somebody looks for, in words of their own.", {.example = "card", .most = 200}))},
         .answer = services_shape(),
         .work = services});
    table.push_back({.path = "/sites/{site}/hours",
                     .id = "getHours",
                     .tag = "City",
                     .summary = "When a site is open",
                     .query = {maybe("from", date("The first day; without it today.")),
                               maybe("days", whole("How many days; without it a week.", 1, 62, 7))},
                     .answer = hours_shape(),
                     .work = opening_hours});
    table.push_back({.path = "/sites/{site}/hall",
                     .id = "getHall",
                     .tag = "City",
                     .summary = "What goes on at a site now",
                     .about = "Numbers only: nothing about who they are.",
                     .answer = shape::hall(),
                     .also = {{503, "The journal cannot be read now."}},
                     .work = hall});
    table.push_back({.path = "/sites/{site}/hall/events",
                     .id = "followHall",
                     .tag = "City",
                     .summary = "The same, again and again as it changes",
                     .about = "Server-sent events without a name; the data of each is a Hall. The first "
                              "comes at once, also after a cut.",
                     .answer = shape::hall(),
                     .answer_type = "text/event-stream",
                     .work = follow_hall});
}

}  // namespace balcao::api
