// For who watches over the server: is it well, and what did it do.
#include <fmt/format.h>

#include "web/shared.hpp"

namespace balcao::web {
namespace {

// Well while every hall can be read.
http::Response health(const Shared& shared) {
    for (const auto& site : shared.office.model().sites)
        if (!shared.hall(site.key))
            return http::Response::problem(503, "The journal cannot be read", "site " + site.key.text());
    return http::Response::json(R"({"status": "ok"})");
}

// How forecasting goes, and what became of the promises of today.
void write_waits(std::string& out, const Shared& shared) {
    if (shared.foresight == nullptr) return;
    const auto counters = shared.foresight->counters();
    out += fmt::format(
        "# HELP balcao_forecast_seconds Forecasts of a hall's waits, and the time they took.\n"
        "# TYPE balcao_forecast_seconds summary\n"
        "balcao_forecast_seconds_sum {}\nbalcao_forecast_seconds_count {}\n"
        "# HELP balcao_forecast_longest_seconds The longest of them.\n"
        "# TYPE balcao_forecast_longest_seconds gauge\n"
        "balcao_forecast_longest_seconds {}\n"
        "# HELP balcao_promises_made_total Promises of a time that were handed to the office.\n"
        "# TYPE balcao_promises_made_total counter\n"
        "balcao_promises_made_total {}\n",
        counters.seconds, counters.forecasts, counters.longest, counters.promises);
    std::string fates =
        "# HELP balcao_promises_today Promises of today whose time has come.\n"
        "# TYPE balcao_promises_today gauge\n";
    for (const auto& site : shared.office.model().sites) {
        const auto outlook = shared.outlook(site.key);
        if (outlook == nullptr) continue;
        fates += fmt::format(
            "balcao_promises_today{{site=\"{0}\",fate=\"kept\"}} {1}\n"
            "balcao_promises_today{{site=\"{0}\",fate=\"broken\"}} {2}\n",
            site.key.text(), outlook->today.kept, outlook->today.broken);
    }
    out += fates;
}

http::Response metrics(const Shared& shared) {
    std::string out = "# HELP balcao_waiting People who wait at a site.\n# TYPE balcao_waiting gauge\n";
    std::string desks =
        "# HELP balcao_desks_open Desks that are open at a site.\n# TYPE balcao_desks_open gauge\n";
    for (const auto& site : shared.office.model().sites) {
        const auto hall = shared.hall(site.key);
        if (!hall) continue;
        out += fmt::format("balcao_waiting{{site=\"{}\"}} {}\n", site.key.text(), hall->waiting);
        desks += fmt::format("balcao_desks_open{{site=\"{}\"}} {}\n", site.key.text(), hall->desks_open);
    }
    out += desks;
    write_waits(out, shared);
    shared.metrics.append_to(out);
    if (shared.more_metrics) shared.more_metrics(out);
    auto response = http::Response::text(std::move(out));
    response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return response;
}

}  // namespace

void add_watch_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/health",
               [&shared](const http::Request&, http::Reply reply) { reply.send(health(shared)); });
    router.add(http::Method::get, "/metrics",
               [&shared](const http::Request&, http::Reply reply) { reply.send(metrics(shared)); });
}

}  // namespace balcao::web
