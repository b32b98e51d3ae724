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
    shared.metrics.append_to(out);
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
