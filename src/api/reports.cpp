// What an entity tells later of what it took, signed with what the city knows it by (docs/entities.md).
#include "api/case_shapes.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "connect/entity_report.hpp"

namespace balcao::api {
namespace {

std::string detail_of(connect::ReportFault fault, const Words& words) {
    using connect::ReportFault;
    switch (fault) {
        case ReportFault::no_secret:
            return words("The city knows nothing by which this entity could sign.");
        case ReportFault::unsigned_:
            return words("Sign it in the header Balcao-Signature: t=SECONDS,v1=HMAC.");
        case ReportFault::too_old:
            return words("The time of the signature is more than five minutes away: sign it anew.");
        case ReportFault::not_signed_so:
            return words("That is not the signature of this body with the token that the city knows.");
        case ReportFault::unreadable:
            return words("That is no report as docs/entities.md has it.");
    }
    return {};
}

void take_report(const CallRef& call) {
    auto& rooms = call->rooms();
    const auto& request = call->request();
    const model::EntityKey entity{call->parameter("entity")};
    const auto& secrets_of = rooms.settings.entity_secrets;
    const auto read =
        connect::read_report({entity, request.body, request.header("balcao-signature")},
                             secrets_of ? secrets_of(entity) : std::vector<std::string>{}, rooms.clock.now());
    if (const auto* fault = std::get_if<connect::ReportFault>(&read)) {
        const bool is_of_body = *fault == connect::ReportFault::unreadable;
        return call->refuse(Problem{.name = "report-" + std::string{connect::name_of(*fault)},
                                    .status = is_of_body ? 422 : 401,
                                    .detail = detail_of(*fault, call->words()),
                                    .challenge = is_of_body ? "" : "Balcao-Signature"});
    }
    const auto& report = std::get<connect::EntityReport>(read);
    const auto found = rooms.cases.find(report.step.number);
    if (const auto* refusal = std::get_if<cases::Refusal>(&found)) return call->refuse(*refusal);
    if (!connect::is_of_entity(report, entity, std::get<cases::Case>(found))) return call->refuse(404);
    answer_state(call, rooms.cases.report(report.step, report.report, report.key));
}

}  // namespace

void add_reports(Table& table) {
    static const SchemaRef report = open_object(
        "SignedReport", "What became of something that the entity took.",
        {needed("id", text("Its own name of this report: the same again changes nothing more.",
                           {.example = "R-77/3", .least = 1, .most = 128})),
         needed("case", text("Of Balcao-Case.", {.example = "2026-000123", .most = 40})),
         needed("step", text("Of Balcao-Step.", {.example = "card", .most = 64})),
         needed("reference", text("What it answered.", {.example = "R-77", .least = 1, .most = 128})),
         needed("state", one_of("What is true of it now.", {"concluded", "denied", "citizen_needed"})),
         maybe("text", text("Why it is denied, or what is wanted of the person.",
                            {.example = "The photograph is too old.", .most = 4000})),
         maybe("until",
               text("By when the person should answer.", {.example = "2026-12-01T00:00:00Z", .most = 40}))});
    table.push_back({.method = http::Method::post,
                     .path = "/entities/{entity}/reports",
                     .id = "reportAsEntity",
                     .tag = "Cases",
                     .summary = "An entity says what became of what it took",
                     .about = "Signed in `Balcao-Signature` with the token that the city knows it by; "
                              "docs/entities.md says how. An entity speaks for its own steps alone.",
                     .who = Who::entity,
                     .where = Where::worker,
                     .body = report,
                     .answer = shape::case_state(),
                     .also = {{409, "That is not what the city knows of it; a person was told."}},
                     .limit = front::Limit::wrong_links,
                     .takes_key = false,
                     .work = take_report});
}

}  // namespace balcao::api
