#include "web/metrics.hpp"

#include <fmt/format.h>

namespace balcao::web {

void Metrics::count(const http::Access& access) {
    const std::string route = access.route.empty() ? "none" : std::string{access.route};
    const double seconds = std::chrono::duration<double>(access.took).count();
    const std::lock_guard lock{mutex_};
    ++requests_[{route, access.status}];
    auto& times = times_[route];
    for (std::size_t place = 0; place < bounds.size(); ++place)
        times.at_most.at(place) += seconds <= bounds.at(place) ? 1 : 0;
    ++times.count;
    times.seconds += seconds;
}

void Metrics::append_to(std::string& out) const {
    const std::lock_guard lock{mutex_};
    out +=
        "# HELP balcao_http_requests_total Requests that were answered.\n"
        "# TYPE balcao_http_requests_total counter\n";
    for (const auto& [name, requests] : requests_)
        out += fmt::format("balcao_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", name.first,
                           name.second, requests);
    out +=
        "# HELP balcao_http_request_seconds From the end of a request to the last byte of its answer.\n"
        "# TYPE balcao_http_request_seconds histogram\n";
    for (const auto& [route, times] : times_) {
        for (std::size_t place = 0; place < bounds.size(); ++place)
            out += fmt::format("balcao_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route,
                               bounds.at(place), times.at_most.at(place));
        out += fmt::format(
            "balcao_http_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
            "balcao_http_request_seconds_sum{{route=\"{0}\"}} {2}\n"
            "balcao_http_request_seconds_count{{route=\"{0}\"}} {1}\n",
            route, times.count, times.seconds);
    }
}

}  // namespace balcao::web
