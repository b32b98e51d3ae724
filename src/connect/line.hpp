#pragma once
// One line to another program by libcurl, with its deadlines: what `smtp` and `http_client` share. Internal
// to `connect`.
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace balcao::connect {

using Stops = std::function<bool()>;

// Frees what libcurl gave; the type stays in the sources.
struct CurlEnd {
    void operator()(void* easy) const;
};

using Curl = std::unique_ptr<void, CurlEnd>;

// A handle with deadlines, without signals, that ends early when `stops` says so (which must outlive it).
Curl open_curl(const Stops& stops);

// Deadlines again, after a handle was reset.
void set_limits(void* easy, const Stops& stops, long connect_seconds, long seconds);
// All of it within so long, finding the other's address too; instead of what `set_limits` said.
void set_time(void* easy, std::chrono::milliseconds within);

// Whether nobody was reached at all, and a short name for what libcurl said ("no-answer", "timeout", "tls",
// "cut", "stopped").
struct Failure {
    bool is_away = false;
    std::string why;
    bool may_have_arrived = true;  // something of what was to be said
};

Failure failure_of(int code);

}  // namespace balcao::connect
