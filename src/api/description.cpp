// The OpenAPI 3.1 document, made of the table of operations.
#include <algorithm>
#include <array>
#include <map>

#include "api/api.hpp"
#include "api/problem.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

using text::JsonWriter;

struct Tag {
    const char* name;
    const char* about;
};

constexpr std::array tags{
    Tag{"City", "What everybody may see: sites, services, hours, what goes on now."},
    Tag{"Tickets", "Tickets, by their link."},
    Tag{"Appointments", "Free times and appointments, by their link."},
    Tag{"Staff", "Signing in and out, and one's own account."},
    Tag{"Desk",
        "The desk of an attendant. At a desk where somebody sits only that person acts, and whoever manages "
        "the hall."},
    Tag{"Hall", "A hall for who manages it, and the appointments of a day."},
    Tag{"Bookings", "Appointments in the hands of staff, and letters that did not arrive; without names."},
    Tag{"Looks", "Who an appointment is for: each look is an event before anything is shown."},
    Tag{"Machines", "Kiosks and displays, and who enables them."},
    Tag{"Record", "What the journal shows of days gone by."},
    Tag{"Model", "The model of the city, changed while it runs, for who may."},
    Tag{"People", "Accounts and roles, for who manages people."},
    Tag{"Log", "The log of the journal, for who watches it."},
};

// What a stranger must know before anything else.
constexpr const char* introduction =
    "The front office of a city for programs: the same commands, rights and refusals as its pages.\n\n"
    "**Links.** The link of a ticket or an appointment is its own right: whoever has it may see and change "
    "it. "
    "It is the last part of the address that people have.\n\n"
    "**Staff.** Sign in with `signIn` and send the token as `Authorization: Bearer`. No cookie is read.\n\n"
    "**Machines.** A kiosk asks for its secret with `askForMachine` and sends it the same way; it gives "
    "nothing "
    "until somebody who manages the hall has typed its code.\n\n"
    "**Two at once.** A change of the model names the version that it is built on: the `ETag` of `getModel` "
    "as "
    "`If-Match`. If somebody else was faster it is refused with 412, and nothing is lost.\n\n"
    "**Long lists** come in pages: `limit` says how many at most, and `next` of one page is `after` of the "
    "page that follows.\n\n"
    "**Commands** take an `Idempotency-Key` of your own making (16 to 255 characters; a UUID will do). Sent "
    "again "
    "with the same key and the same body, a command is done once and answered the same. Another body is "
    "another "
    "command.\n\n"
    "**Errors** are problem details (RFC 9457). `type` is `urn:balcao:problem:NAME`; each NAME is explained "
    "in "
    "`docs/errors/api.md`. `errors` names the members at fault with their cure; `now` says what is true.\n\n"
    "**Languages.** Words come in the language of `Accept-Language`: `pt`, `en` or `es`.\n\n"
    "**Limits.** Who comes too often gets 429 with `Retry-After`. Bodies have at most 16 KiB (changes of the "
    "model 8 MiB) and eight levels; members and parameters that are not described are refused.\n\n"
    "**Moments** are RFC 3339 in UTC. Dates are those of the city's clocks.";

SchemaRef problem_shape() {
    static const SchemaRef fault =
        object("Mistake", "One part of the request that is not right.",
               {maybe("pointer", text("Of the body (RFC 6901, as a fragment).", {.example = "#/services/0"})),
                maybe("parameter", text("Or of the address or a header.", {.example = "from"})),
                needed("detail", text("What to do.", {.example = "Give a date, as in 2026-11-24."}))});
    static const SchemaRef shape = object(
        "Problem", "Why not (RFC 9457).",
        {needed("type", text("Which problem; docs/errors/api.md explains each.",
                             {.example = "urn:balcao:problem:desk-is-closed"})),
         needed("title", text("In the language asked for.", {.example = "Not possible as things are now"})),
         needed("status", whole("The HTTP status.", 400, 599, 409)),
         maybe("detail", text("In the language asked for, with the cure.",
                              {.example = "The desk is closed. Open it first."})),
         maybe("errors", list(fault, "Each mistake.")),
         maybe("now", open_object("", "What is true now; which members depends on the problem."))});
    return shape;
}

// What stands in braces.
std::vector<std::string> names_in(const std::string& path) {
    std::vector<std::string> names;
    for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1))
        names.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
    return names;
}

SchemaRef shape_of_parameter(const std::string& name, const Operation& operation) {
    using Make = SchemaRef (*)();
    static const std::map<std::string, Make> shapes{
        {"site", [] { return shape::site_key("The site."); }},
        {"desk", [] { return shape::desk_key("The desk: its group and its place in it."); }},
        {"number", [] { return shape::number("The number of the ticket, of today."); }},
        {"account",
         [] { return text("The key of the account.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"}); }},
        {"appointment",
         [] { return text("The key of the appointment.", {.example = "laranjeiras.2026-11-24.7K3M9QZT"}); }},
        {"token", [] { return text("Of the invitation.", {.example = "AbCdEfGh"}); }},
        {"secret", [] { return text("Of the installation.", {.example = "AbCdEfGh"}); }},
        {"code", [] { return text("What the person says.", {.example = "7K3M9Q"}); }},
        {"device", [] { return text("The key of the machine.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"}); }},
        {"session",
         [] { return text("The key of the session.", {.example = "7K3M9QZT7K3M9QZT7K3M9QZT7K"}); }},
        {"letter", [] { return text("The key of the letter.", {.example = "c.laranjeiras.2026-11-24"}); }},
        {"entity", [] { return text("The key of the entity.", {.example = "registry"}); }},
        {"version", [] { return whole("The number of the version.", 1, 100'000'000, 7); }},
    };
    if (const auto found = shapes.find(name); found != shapes.end()) return found->second();
    if (operation.path.starts_with("/calendars/")) return shape::link("The link of the calendar.");
    return shape::link(operation.tag == "Tickets" ? "The link of the ticket."
                                                  : "The link of the appointment.");
}

void write_parameter(JsonWriter& json, const Member& member, const char* in) {
    json.begin_object().member("name", member.name).member("in", in);
    if (!member.schema->about.empty()) json.member("description", member.schema->about);
    json.member("required", member.is_needed).key("schema");
    write(json, *member.schema, Depth::refer);
    json.end();
}

bool is_command(const Operation& operation) {
    return operation.method != http::Method::get && operation.takes_key;
}

void write_parameters(JsonWriter& json, const Operation& operation) {
    json.key("parameters").begin_array();
    for (const auto& name : names_in(operation.path))
        write_parameter(json, needed(name, shape_of_parameter(name, operation)), "path");
    for (const auto& member : operation.query)
        write_parameter(json, member, "query");
    if (is_command(operation))
        json.begin_object().member("$ref", "#/components/parameters/IdempotencyKey").end();
    if (operation.takes_version) json.begin_object().member("$ref", "#/components/parameters/IfMatch").end();
    json.begin_object().member("$ref", "#/components/parameters/AcceptLanguage").end();
    json.end();
}

// Every status that it can answer with besides its own, with why.
std::vector<Also> refusals_of(const Operation& operation) {
    std::vector<Also> all = operation.also;
    const auto add = [&](int status, const char* about) {
        if (std::ranges::count(all, status, &Also::status) == 0) all.push_back({status, about});
    };
    if (operation.body != nullptr) {
        add(400, "Not JSON, or nested too deep.");
        add(413, operation.body_most > (64UL << 10U) ? "More than 8 MiB." : "More than 16 KiB.");
        add(415, "Not sent as application/json.");
    }
    add(422, "Mistakes in what was sent; `errors` names each with its cure.");
    if (operation.who == Who::staff) {
        add(401, "Not signed in, or the session has ended.");
        add(403, "The account may not do this.");
    }
    if (operation.who == Who::machine) {
        add(401, "No secret of a machine was sent.");
        if (operation.method != http::Method::get) add(403, "The machine is not enabled.");
    }
    if (operation.who == Who::entity) add(401, "It is not signed as the city knows the entity.");
    if (operation.path.find('{') != std::string::npos)
        add(404, "There is no such thing, or the link has ended.");
    add(429, "Too often; `Retry-After` says when again.");
    if (operation.where == Where::worker) add(503, "Too much waits; try again in a moment.");
    std::ranges::sort(all, {}, &Also::status);
    return all;
}

void write_content(JsonWriter& json, const std::string& type, const Schema& schema) {
    json.key("content").begin_object().key(type).begin_object().key("schema");
    if (type == "text/event-stream")
        json.begin_object()
            .member("type", "string")
            .member("description", "Server-sent events; the data of each is a " + schema.name + ".")
            .end();
    else
        write(json, schema, Depth::refer);
    json.end().end();
}

void write_header(JsonWriter& json, const char* name, const char* about, const char* type) {
    json.key("headers").begin_object().key(name).begin_object();
    json.member("description", about).key("schema").begin_object().member("type", type).end();
    json.end().end();
}

void write_responses(JsonWriter& json, const Operation& operation) {
    json.key("responses").begin_object();
    json.key(std::to_string(operation.status)).begin_object();
    json.member("description", operation.answer ? operation.answer->about : "Done.");
    if (operation.gives_version)
        write_header(json, "ETag", "The version of the model that is in force, in quotes.", "string");
    if (operation.answer) write_content(json, operation.answer_type, *operation.answer);
    json.end();
    for (const auto& also : refusals_of(operation)) {
        json.key(std::to_string(also.status)).begin_object().member("description", also.about);
        if (also.status == 429 || also.status == 503)
            write_header(json, "Retry-After", "Seconds.", "integer");
        write_content(json, "application/problem+json", *problem_shape());
        json.end();
    }
    json.end();
}

void write_operation(JsonWriter& json, const Operation& operation) {
    std::string method{http::name_of(operation.method)};
    std::ranges::transform(method, method.begin(),
                           [](char letter) { return static_cast<char>(letter - 'A' + 'a'); });
    json.key(method).begin_object().member("operationId", operation.id);
    json.key("tags").begin_array().value(operation.tag).end();
    json.member("summary", operation.summary);
    std::string about = operation.about;
    if (operation.permission) {
        if (!about.empty()) about += "\n\n";
        about += "Right: `" + std::string{staff::name_of(*operation.permission)} +
                 (operation.path.starts_with("/sites/") ? "` at the site." : "` in the whole city.");
    }
    if (!about.empty()) json.member("description", about);
    json.key("security").begin_array();
    if (operation.who == Who::staff) json.begin_object().key("session").begin_array().end().end();
    if (operation.who == Who::machine) json.begin_object().key("machine").begin_array().end().end();
    if (operation.who == Who::entity) json.begin_object().key("entity").begin_array().end().end();
    json.end();
    write_parameters(json, operation);
    if (operation.body) {
        json.key("requestBody").begin_object().member("required", !operation.may_lack_body);
        write_content(json, "application/json", *operation.body);
        json.end();
    }
    write_responses(json, operation);
    json.end();
}

void write_paths(JsonWriter& json) {
    json.key("paths").begin_object(text::JsonLines::each);
    std::vector<std::string> written;
    for (const auto& first : operations()) {
        if (std::ranges::count(written, first.path) > 0) continue;
        written.push_back(first.path);
        json.key(first.path).begin_object();
        for (const auto& operation : operations())
            if (operation.path == first.path) write_operation(json, operation);
        json.end();
    }
    json.end();
}

void write_components(JsonWriter& json) {
    std::vector<SchemaRef> found;
    for (const auto& operation : operations()) {
        collect_components(operation.body, found);
        collect_components(operation.answer, found);
    }
    collect_components(problem_shape(), found);
    std::ranges::sort(found, {}, [](const SchemaRef& schema) { return schema->name; });
    json.key("components").begin_object().key("schemas").begin_object(text::JsonLines::each);
    for (const auto& schema : found) {
        json.key(schema->name);
        write(json, *schema, Depth::whole);
    }
    json.end().key("parameters").begin_object();
    json.key("IdempotencyKey").begin_object().member("name", "Idempotency-Key").member("in", "header");
    json.member(
        "description",
        "Made up by you for each command; the same again does nothing twice. 16 to 255 characters, in "
        "quotes (which do not count) or bare.");
    json.member("required", false).key("schema").begin_object().member("type", "string");
    json.member("minLength", 16).member("maxLength", 257);
    json.key("examples").begin_array().value("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"").end().end().end();
    json.key("IfMatch").begin_object().member("name", "If-Match").member("in", "header");
    json.member("description",
                "The version of the model that the change is built on: the ETag of `getModel`.");
    json.member("required", false).key("schema").begin_object().member("type", "string");
    json.key("examples").begin_array().value("\"7\"").end().end().end();
    json.key("AcceptLanguage").begin_object().member("name", "Accept-Language").member("in", "header");
    json.member("description", "In which language words come.").member("required", false);
    json.key("schema")
        .begin_object()
        .member("type", "string")
        .key("examples")
        .begin_array()
        .value("pt")
        .end()
        .end()
        .end();
    json.end().key("securitySchemes").begin_object().key("session").begin_object();
    json.member("type", "http")
        .member("scheme", "bearer")
        .member("description",
                "The token of `signIn`. It ends after half an hour without use and after twelve hours.");
    json.end().key("machine").begin_object().member("type", "http").member("scheme", "bearer");
    json.member("description", "The secret of `askForMachine`, of a machine that somebody enabled.");
    json.end().key("entity").begin_object().member("type", "apiKey").member("in", "header");
    json.member("name", "Balcao-Signature")
        .member("description", "HMAC of time and body with the token of the entity (docs/entities.md).");
    json.end().end().end();
}

}  // namespace

std::string description(const std::string& version) {
    std::string out;
    {
        JsonWriter json{out};
        json.begin_object(text::JsonLines::each).member("openapi", "3.1.0");
        json.key("info").begin_object().member("title", "Balcão").member("version", version);
        json.member("summary", "The front office of a city");
        json.member("description", introduction);
        json.key("license")
            .begin_object()
            .member("name", "EUPL-1.2")
            .member("identifier", "EUPL-1.2")
            .end()
            .end();
        json.key("servers")
            .begin_array()
            .begin_object()
            .member("url", root_path)
            .member("description", "This server.")
            .end()
            .end();
        json.key("tags").begin_array();
        for (const auto& tag : tags)
            json.begin_object().member("name", tag.name).member("description", tag.about).end();
        json.end();
        write_paths(json);
        write_components(json);
        json.end();
    }
    return out + "\n";
}

}  // namespace balcao::api
