// The versions of the model, and the appointments that the one in force has no place for.
#include <charconv>

#include "api/booked.hpp"
#include "api/model_rooms.hpp"
#include "api/paging.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "model/print.hpp"

namespace balcao::api {
namespace {

constexpr std::size_t offers_each = 4;

std::string_view name_of(edition::Origin origin) {
    switch (origin) {
        case edition::Origin::file:
            return "file";
        case edition::Origin::going_back:
            return "going-back";
        default:
            return "change";
    }
}

std::string_view name_of(rules::ConflictKind kind) {
    switch (kind) {
        case rules::ConflictKind::outside_hours:
            return "outside-hours";
        default:
            return "too-few-places";
    }
}

void answer_version(const CallRef& call, const edition::Entry& entry) {
    auto response =
        http::Response::json(json_of([&](text::JsonWriter& json) { write_version(json, entry, *call); }));
    response.headers.set("ETag", tag_of(entry.number));
    call->answer(std::move(response));
}

void in_force(const CallRef& call) {
    const auto* editions = editions_of(call);
    if (editions == nullptr) return;
    const auto now = editions->in_force();
    if (!now) return call->refuse(503);
    answer_version(call, now->entry);
}

void list_versions(const CallRef& call) {
    const auto* editions = editions_of(call);
    if (editions == nullptr) return;
    auto entries = editions->entries();
    std::ranges::reverse(entries);
    const auto write = [&](text::JsonWriter& json, const edition::Entry& one) {
        write_version(json, one, *call);
    };
    const auto key_of = [](const edition::Entry& one) { return std::to_string(one.number); };
    answer_page(call, Listed{"versions", entries, key_of, write});
}

// The version of the address; answers with 404 where there is none.
std::optional<edition::Entry> version_of(const CallRef& call) {
    const auto* editions = editions_of(call);
    if (editions == nullptr) return std::nullopt;
    const auto text = call->parameter("version");
    for (const auto& entry : editions->entries())
        if (std::to_string(entry.number) == text) return entry;
    call->refuse(404);
    return std::nullopt;
}

void version(const CallRef& call) {
    const auto entry = version_of(call);
    if (!entry) return;
    const auto& editions = *call->rooms().settings.editions;
    const auto model = editions.model_of(entry->number);
    const auto before = entry->number > 1 ? editions.model_of(entry->number - 1) : model;
    if (!model || !before) return call->refuse(503);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("version");
        write_version(json, *entry, *call);
        json.key("differences").begin_array();
        for (const auto& sentence : model::differences(**before, **model))
            json.value(sentence);
        json.end().end();
    }));
}

void version_text(const CallRef& call) {
    const auto entry = version_of(call);
    if (!entry) return;
    auto text = call->rooms().settings.editions->text_of(entry->number);
    if (!text) return call->refuse(503);
    call->answer(http::Response::text(*std::move(text)));
}

void clashes(const CallRef& call) {
    if (editions_of(call) == nullptr) return;
    const auto found = front::clashes_now(change_rooms(call), offers_each);
    if (!found) return call->refuse(503);
    const auto write = [&](text::JsonWriter& json, const booking::Clash& one) {
        write_clash(json, one, call->rooms().clock.now());
    };
    const auto key_of = [](const booking::Clash& one) { return one.appointment.booking.text(); };
    answer_page(call, Listed{"clashes", *found, key_of, write});
}

void move_clash(const CallRef& call) {
    const booking::ByClerk hand{booking::BookingKey{call->parameter("appointment")},
                                booking::ClerkKey{call->session().account.text()}};
    const auto moved = call->rooms().bookings.move(
        hand,
        {.site = model::SiteKey{call->body_text("site")}, .start = instant_in(*call, "start"), .window = {}},
        call->key());
    if (const auto* refusal = std::get_if<booking::Refusal>(&moved)) return call->refuse(*refusal);
    const auto found = call->rooms().bookings.find(hand.booking, booking::People::left_out);
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_staff_appointment(json, std::get<booking::Appointment>(found), call->rooms().clock.now());
    }));
}

}  // namespace

edition::Editions* editions_of(const CallRef& call) {
    auto* editions = call->rooms().settings.editions;
    if (editions == nullptr) call->refuse(404);
    return editions;
}

front::ChangeRooms change_rooms(const CallRef& call) {
    auto& rooms = call->rooms();
    return {rooms.office, rooms.bookings, *rooms.settings.editions};
}

std::string tag_of(edition::Number number) { return "\"" + std::to_string(number) + "\""; }

void write_version(text::JsonWriter& json, const edition::Entry& entry, const Call& call) {
    json.begin_object().member("version", entry.number);
    write_instant(json, "at", entry.at);
    json.member("origin", name_of(entry.origin)).member("hash", entry.hash).member("note", entry.note);
    if (entry.back_to != 0) json.member("back_to", entry.back_to);
    if (!entry.by.empty()) {
        json.member("account", entry.by);
        const auto account = call.rooms().staff.account(staff::AccountKey{entry.by});
        if (account && !account->names.name.empty()) json.member("name", account->names.name);
    }
    json.end();
}

SchemaRef version_shape() {
    static const SchemaRef shape =
        object("ModelVersion", "A version of the model, as it came into force.",
               {needed("version", whole("Its number.", 1, 100'000'000, 7)), needed("at", instant("When.")),
                needed("origin", one_of("How it came.", {"file", "change", "going-back"})),
                needed("hash", text("Of its text.", {.example = "9f86d081884c7d65"})),
                needed("note", text("Why.", {.example = "Summer hours"})),
                maybe("back_to", whole("Of one that went back.", 1, 100'000'000, 5)),
                maybe("account", text("Who published it; missing: the file of the server.",
                                      {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"})),
                maybe("name", text("Of who published it.", {.example = "Ana Sousa"}))});
    return shape;
}

void write_clash(text::JsonWriter& json, const booking::Clash& clash, Instant now) {
    json.begin_object().key("appointment");
    write_staff_appointment(json, clash.appointment, now);
    json.member("why", name_of(clash.kind)).key("offers").begin_array();
    for (const auto& offer : clash.offers) {
        json.begin_object();
        write_instant(json, "start", offer.start);
        json.end();
    }
    json.end().end();
}

SchemaRef clash_shape() {
    static const SchemaRef offer =
        object("ClashOffer", "Another time at the same site.", {needed("start", instant("Free now."))});
    static const SchemaRef shape =
        object("Clash", "An appointment that a model has no place for. It stays.",
               {needed("appointment", shape::staff_appointment()),
                needed("why", one_of("What does not fit.", {"outside-hours", "too-few-places"})),
                needed("offers", list(offer, "The nearest first."))});
    return shape;
}

void add_versions(Table& table) {
    static const SchemaRef versions =
        object("ModelVersions", "The versions of the model.",
               {needed("versions", list(version_shape(), "The last first.")), next_page()});
    static const SchemaRef one =
        object("ModelVersionShown", "A version and what it changed.",
               {needed("version", version_shape()),
                needed("differences", list(text("A sentence, in English."), "From the version before."))});
    static const SchemaRef of_clashes =
        object("Clashes", "Appointments that the model in force has no place for. Nothing is cancelled.",
               {needed("clashes", list(clash_shape(), "By site and time.")), next_page()});
    static const SchemaRef place =
        asked("ClashMoveRequest", "Where the appointment is to go.",
              {needed("site", shape::site_key("At which site.")), needed("start", instant("A free start."))});
    const auto add = [&](Operation operation) {
        operation.tag = "Model";
        operation.who = Who::staff;
        operation.permission = staff::Permission::change_model;
        operation.where = Where::worker;
        operation.also.push_back({503, "The journal cannot be read or written now."});
        operation.also.push_back({404, "There is no such thing, or nobody administers the model here."});
        table.push_back(std::move(operation));
    };
    add({.path = "/model",
         .id = "getModel",
         .summary = "The version in force",
         .about = "Its ETag goes into If-Match of a change that is built on it.",
         .answer = version_shape(),
         .gives_version = true,
         .work = in_force});
    add({.path = "/model/versions",
         .id = "listVersions",
         .summary = "All versions",
         .query = in_pages(),
         .answer = versions,
         .work = list_versions});
    add({.path = "/model/versions/{version}",
         .id = "getVersion",
         .summary = "A version and what it changed",
         .answer = one,
         .work = version});
    add({.path = "/model/versions/{version}/text",
         .id = "getVersionText",
         .summary = "The whole text of a version",
         .answer = text("The model as text (docs/model.md).", {.example = "balcao: 1"}),
         .answer_type = "text/plain",
         .work = version_text});
    add({.path = "/model/clashes",
         .id = "listClashes",
         .summary = "Appointments that the model has no place for",
         .query = in_pages(),
         .answer = of_clashes,
         .work = clashes});
    add({.method = http::Method::post,
         .path = "/model/clashes/{appointment}/move",
         .id = "moveClash",
         .summary = "Move one of them",
         .about = "The person's link stays the same.",
         .body = place,
         .answer = shape::staff_appointment(),
         .also = {{409, "Not possible as it is now; `now` says how."}},
         .work = move_clash});
}

}  // namespace balcao::api
