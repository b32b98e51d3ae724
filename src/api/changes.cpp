// A change of the model: what it would do, and putting it in force, built on the version that somebody saw.
#include <algorithm>
#include <array>
#include <charconv>

#include "api/model_rooms.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "model/print.hpp"

namespace balcao::api {
namespace {

using front::ChangeKind;

constexpr std::size_t text_bytes_most = 8UL << 20U;
constexpr std::size_t offers_each = 3;

void add(http::Fields& fields, std::string_view name, std::optional<std::string_view> value) {
    if (value) fields.add(std::string{name}, std::string{*value});
}

// The change of the body, as the fields of the form that says the same.
front::ModelChange change_in(const Call& call) {
    const auto body = call.body()["change"];
    front::ModelChange change;
    change.kind = *front::change_kind_of(body["kind"].as_text().value_or(""));
    auto& fields = change.fields;
    for (const char* name : {"site", "service", "desks", "date", "text"})
        add(fields, name, body[name].as_text());
    for (const auto day : front::weekday_names)
        add(fields, day, body["hours"][day].as_text());
    for (std::size_t place = 0; place < body["names"].size(); ++place) {
        const auto name = body["names"].at(place);
        add(fields, "name-" + std::string{name["language"].as_text().value_or("")}, name["name"].as_text());
    }
    if (const auto count = body["count"].as_whole_number()) fields.add("count", std::to_string(*count));
    if (const auto version = body["version"].as_whole_number()) fields.add("to", std::to_string(*version));
    if (body["is_everywhere"].as_bool().value_or(false)) fields.add("everywhere", "yes");
    if (body["is_open"].as_bool().value_or(false)) fields.add("what", "open");
    if (body["is_usual"].as_bool().value_or(false)) fields.add("what", "usual");
    add(fields, "hours", body["hours_of_date"].as_text());
    return change;
}

// Where a field of a form stands in the body.
std::string pointer_of(const Call& call, const std::string& field, ChangeKind kind) {
    if (field.empty()) return kind == ChangeKind::text ? "/change/text" : "/change";
    if (std::ranges::count(front::weekday_names, field) > 0) return "/change/hours/" + field;
    if (field == "hours") return "/change/hours_of_date";
    constexpr std::string_view of_name = "name-";
    if (!field.starts_with(of_name)) return "/change/" + field;
    const auto names = call.body()["change"]["names"];
    for (std::size_t place = 0; place < names.size(); ++place)
        if (names.at(place)["language"].as_text() == field.substr(of_name.size()))
            return "/change/names/" + std::to_string(place) + "/name";
    return "/change/names";
}

void refuse(const CallRef& call, const front::NotPlanned& none) {
    if (none.why == front::NoPlan::unavailable) return call->refuse(503);
    if (none.why == front::NoPlan::no_such_version)
        return call->refuse(edition::Refusal{edition::Reason::no_such_version, {}});
    std::vector<Fault> faults;
    for (const auto& [field, what] : none.change.wrong)
        faults.push_back({pointer_of(*call, field, none.change.kind), Fault::Kind::said, nullptr, what});
    call->refuse(problem_of_faults(std::move(faults), call->words()));
}

// The version of If-Match, where it was sent; zero for one that is none of ours.
std::optional<edition::Number> seen_in(const Call& call) {
    const auto sent = call.request().headers.find("if-match");
    if (!sent) return std::nullopt;
    std::string_view text{*sent};
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    edition::Number number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? number : edition::Number{0};
}

std::optional<front::Planned> planned(const CallRef& call, std::optional<edition::Number> based_on) {
    if (editions_of(call) == nullptr) return std::nullopt;
    auto plan = front::plan_of(change_in(*call), based_on, change_rooms(call), call->words());
    if (auto* found = std::get_if<front::Planned>(&plan)) return std::move(*found);
    refuse(call, std::get<front::NotPlanned>(plan));
    return std::nullopt;
}

void write_sentences(text::JsonWriter& json,
                     std::string_view name,
                     const std::vector<std::string>& sentences) {
    json.key(name).begin_array();
    for (const auto& sentence : sentences)
        json.value(sentence);
    json.end();
}

void preview(const CallRef& call) {
    const auto plan = planned(call, seen_in(*call));
    if (!plan) return;
    const auto rooms = change_rooms(call);
    const auto ways = front::obstacles(*plan, rooms, call->words());
    const auto clashes = front::clashes_under(*plan, rooms, offers_each);
    if (!ways || !clashes) return call->refuse(503);
    const auto seen = plan->is_behind() ? rooms.editions.model_of(plan->based_on)
                                        : Result<std::shared_ptr<const model::Model>>{plan->now.model};
    auto response = http::Response::json(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("based_on", plan->now.entry.number);
        write_sentences(json, "differences", model::differences(*plan->now.model, *plan->model));
        if (plan->is_behind() && seen)
            write_sentences(json, "changed_meanwhile", model::differences(**seen, *plan->now.model));
        write_sentences(json, "warnings", front::warnings_of(*plan, call->words()));
        write_sentences(json, "in_the_way", *ways);
        json.key("waiting").begin_array();
        for (const auto& one : front::concerned(*plan, rooms))
            json.begin_object()
                .member("site", one.site.text())
                .member("count", std::int64_t(one.waiting))
                .end();
        json.end().key("clashes").begin_array();
        for (const auto& clash : *clashes)
            write_clash(json, clash, call->rooms().clock.now());
        json.end().end();
    }));
    response.headers.set("ETag", tag_of(plan->now.entry.number));
    call->answer(std::move(response));
}

void publish(const CallRef& call) {
    const auto based_on = seen_in(*call);
    constexpr int precondition_required = 428;
    if (!based_on) return call->refuse(precondition_required);
    const auto plan = planned(call, based_on);
    if (!plan) return;
    auto& rooms = call->rooms();
    const auto published =
        front::publish(*plan, {call->session().account.text(), call->body_text("note"), call->key()},
                       change_rooms(call), rooms.settings.adopt, call->words());
    if (const auto* refusal = std::get_if<edition::Refusal>(&published)) return call->refuse(*refusal);
    if (const auto* way = std::get_if<front::InTheWay>(&published))
        return call->refuse(
            Problem{.name = "in-the-way",
                    .status = 409,
                    .detail = call->words()("This cannot be published. What stands in the way:") + " " +
                              way->sentences.front(),
                    .now = [sentences = way->sentences](text::JsonWriter& json) {
                        write_sentences(json, "in_the_way", sentences);
                    }});
    const auto& entry = std::get<edition::Entry>(published);
    auto response = http::Response::json(
        json_of([&](text::JsonWriter& json) { write_version(json, entry, *call); }), 201);
    response.headers.set("ETag", tag_of(entry.number));
    call->answer(std::move(response));
}

SchemaRef hours() {
    static const SchemaRef shape = [] {
        std::vector<Member> days;
        days.reserve(front::weekday_names.size());
        for (const auto day : front::weekday_names)
            days.push_back(
                maybe(std::string{day}, text("Hours; empty or missing: closed.",
                                             {.example = "09:00-13:00, 14:00-17:00", .most = 200})));
        return asked("WeekHours", "Opening hours by weekday.", std::move(days));
    }();
    return shape;
}

SchemaRef change_shape() {
    static const SchemaRef name =
        asked("NameInLanguage", "A name in one language.",
              {needed("language", text("Of the city.", {.example = "pt", .least = 2, .most = 10})),
               needed("name", text("The name.", {.example = "Loja da Baixa", .most = 800}))});
    static const SchemaRef shape = asked(
        "ModelChange", "One change; which members it needs stands beside them.",
        {needed("kind", one_of("What changes.", {"hours", "closure", "date-hours", "desks", "site-name",
                                                 "service-name", "text", "back"})),
         maybe("site", shape::site_key("hours, closure, date-hours, desks, site-name: of which site.")),
         maybe("hours", hours()), maybe("date", date("closure, date-hours: which day.")),
         maybe("is_open", truth("closure: the day is open after all.")),
         maybe("hours_of_date",
               text("date-hours: the hours of that day.", {.example = "09:00-12:00", .most = 200})),
         maybe("is_usual", truth("date-hours: the usual hours again.")),
         maybe("is_everywhere", truth("closure, date-hours: at all sites.")),
         maybe("desks", text("desks: of which group.", {.example = "counter", .most = 100})),
         maybe("count", whole("desks: how many there are.", 0, 100'000, 4)),
         maybe("service", shape::service_key("service-name: of which service.")),
         maybe("names",
               list(name, "site-name, service-name, date-hours: in every language of the city.", 0, 50)),
         maybe("text", text("text: the whole model (docs/model.md).", {.example = "balcao: 1"})),
         maybe("version", whole("back: to which version.", 1, 100'000'000, 5))});
    return shape;
}

}  // namespace

void add_changes(Table& table) {
    static const SchemaRef wish =
        asked("PreviewRequest", "A change to be looked at.", {needed("change", change_shape())});
    static const SchemaRef order = asked(
        "PublishRequest", "A change to be put in force.",
        {needed("change", change_shape()), needed("note", text("Why, so that others understand it later.",
                                                               {.example = "Summer hours", .most = 2000}))});
    static const SchemaRef waiting = object(
        "PeopleConcerned", "People who wait at a site that changes. They keep numbers and places.",
        {needed("site", shape::site_key("The site.")), needed("count", whole("How many.", 1, 1'000'000, 3))});
    static const auto sentence = text("A sentence.");
    static const SchemaRef seen = object(
        "ChangePreview", "What a change would do; nothing is written.",
        {needed("based_on", whole("The version in force.", 1, 100'000'000, 7)),
         needed("differences", list(sentence, "What changes, in English; empty: nothing.")),
         maybe("changed_meanwhile", list(sentence, "What others changed since the version of If-Match.")),
         needed("warnings",
                list(sentence, "What comes with it and the model in force does not have; empty: nothing.")),
         needed("in_the_way", list(sentence, "What keeps it from being put in force; empty: nothing.")),
         needed("waiting", list(waiting, "Who waits where something changes.")),
         needed("clashes", list(clash_shape(), "Appointments that would have no place; they stay."))});
    const auto push = [&](Operation operation) {
        operation.method = http::Method::post;
        operation.tag = "Model";
        operation.who = Who::staff;
        operation.permission = staff::Permission::change_model;
        operation.where = Where::worker;
        operation.body_most = text_bytes_most;
        operation.gives_version = true;
        operation.takes_version = true;
        operation.also.push_back({404, "There is no such version, or nobody administers the model here."});
        operation.also.push_back({503, "Nothing can be read or written now."});
        table.push_back(std::move(operation));
    };
    push({.path = "/model/preview",
          .id = "previewChange",
          .summary = "What a change would do",
          .about = "If-Match may say which version was seen; what others changed since is then told.",
          .body = wish,
          .answer = seen,
          .takes_key = false,
          .work = preview});
    push({.path = "/model/versions",
          .id = "publishChange",
          .summary = "Put a change in force",
          .about = "If-Match says which version it is built on: of two people at once one is told.",
          .body = order,
          .status = 201,
          .answer = version_shape(),
          .also = {{409, "Somebody would be sent away, or nothing changes."},
                   {412, "Another version is in force by now; `now.version` says which."},
                   {428, "If-Match is missing."}},
          .work = publish});
}

}  // namespace balcao::api
