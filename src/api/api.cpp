#include "api/api.hpp"

#include "api/call.hpp"
#include "api/guide.hpp"
#include "api/table.hpp"
#include "http/negotiate.hpp"

namespace balcao::api {
namespace {

void do_it(const CallRef& call, const Operation& operation) {
    try {
        operation.work(call);
    } catch (const std::exception&) {
        call->refuse(500);
    }
}

void run(Shared& shared, const Operation& operation, http::Reply reply) {
    const auto call = std::make_shared<Call>(shared, operation, std::move(reply));
    if (!call->admit()) return;
    if (operation.where == Where::here) return operation.work(call);
    if (!shared.workers.give([call, &operation] { do_it(call, operation); })) call->refuse(503);
}

Words words_for(const http::Request& request, const Shared& shared) {
    return Words{language_of(request, shared.office.model().languages)};
}

}  // namespace

const std::vector<Operation>& operations() {
    static const Table table = [] {
        Table all;
        add_city(all);
        add_catalogue(all);
        add_life_events(all);
        add_cases(all);
        add_inbox(all);
        add_reports(all);
        add_fees(all);
        add_assistance(all);
        add_tickets(all);
        add_slots(all);
        add_appointments(all);
        add_sessions(all);
        add_account(all);
        add_desks(all);
        add_floor(all);
        add_agenda(all);
        add_people(all);
        add_log(all);
        add_staff_bookings(all);
        add_looks(all);
        add_own_data(all);
        add_machines(all);
        add_machine_list(all);
        add_notices(all);
        add_calendars(all);
        add_letters(all);
        add_record(all);
        add_outcomes(all);
        add_versions(all);
        add_changes(all);
        add_founding(all);
        return all;
    }();
    return table;
}

Api::Api(const Rooms& rooms, const Clock& clock, const Settings& settings)
    : shared_{std::make_unique<Shared>(rooms, clock, settings)} {}

Api::~Api() = default;

void Api::add_routes(http::Router& router) const {
    Shared& shared = *shared_;
    for (const auto& operation : operations()) {
        auto& route = router.add(operation.method, root_path + operation.path,
                                 [&shared, &operation](const http::Request&, http::Reply reply) {
                                     run(shared, operation, std::move(reply));
                                 });
        route.body_bytes_max = operation.body_most;
    }
    const auto document =
        std::make_shared<const http::Asset>(description(shared.settings.version), "application/json");
    router.add(http::Method::get, "/api/openapi.json", [document](const http::Request&, http::Reply reply) {
        auto response = http::Response::asset(document);
        response.headers.set("Cache-Control", "no-cache");
        response.headers.set("Access-Control-Allow-Origin", "*");
        reply.send(std::move(response));
    });
    router.add(http::Method::get, "/api", [&shared](const http::Request& request, http::Reply reply) {
        reply.send(guide(words_for(request, shared), shared, request.scheme + "://" + request.host));
    });
}

std::vector<front::Counted> Api::counted() {
    std::vector<front::Counted> all;
    for (const auto& operation : operations())
        if (operation.limit) all.push_back({operation.method, root_path + operation.path, *operation.limit});
    return all;
}

bool Api::has(const std::string& path) { return path.starts_with("/api/"); }

http::Response Api::failure(const http::Request& request, int status) const {
    const Words words = words_for(request, *shared_);
    return response_of(problem_of_status(status, words), words);
}

http::Response Api::too_many(const http::Request& request, const front::Gate::Refused& refused) const {
    constexpr int too_many_requests = 429;
    const Words words = words_for(request, *shared_);
    return response_of(
        {.name = "too-many",
         .status = too_many_requests,
         .detail = words("From where you are, this was asked for very often just now."),
         .now = [refused](text::JsonWriter& json) { json.member("limit", front::name_of(refused.limit)); },
         .wait = refused.wait},
        words);
}

}  // namespace balcao::api
