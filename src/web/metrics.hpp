#pragma once
// What the server did, for who watches over it: requests by route and status, and the time they took, in the
// text form of Prometheus. Kept in memory, without anything personal: the pattern of a route, never a path.
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "http/server.hpp"

namespace balcao::web {

class Metrics {
public:
    // From any thread.
    void count(const http::Access& access);

    // Prometheus text format 0.0.4: balcao_http_requests_total and balcao_http_request_seconds.
    void append_to(std::string& out) const;

private:
    // Upper bounds of the histogram in seconds; what is slower is in +Inf alone.
    static constexpr std::array<double, 9> bounds{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2};

    struct Times {
        std::array<std::uint64_t, bounds.size()> at_most{};
        std::uint64_t count = 0;
        double seconds = 0;
    };

    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::uint64_t> requests_;  // by route and status
    std::map<std::string, Times> times_;                             // by route
};

}  // namespace balcao::web
