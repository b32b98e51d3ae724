#pragma once
// Who comes too often: rate limits by client address, one for each kind of thing that can be asked too much.
// Joined to the server by `main`; pages and API say which of their routes count for what. It answers nothing:
// that is done in the words of the page or of the API.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/network.hpp"
#include "http/rate.hpp"

namespace balcao::front {

enum class Limit : std::uint8_t {
    all,         // every request
    tickets,     // a ticket is taken
    holds,       // a place for an appointment is kept, or a letter is asked for
    sign_in,     // a password or an invitation is tried
    lost_links,  // a letter with links is asked for
    wrong_links  // a link, invitation or token is tried that is none: counts when it was wrong
};

inline constexpr std::array<Limit, 6> all_limits{Limit::all,     Limit::tickets,    Limit::holds,
                                                 Limit::sign_in, Limit::lost_links, Limit::wrong_links};

// "tickets", "sign-in": in options, metrics and problems.
std::string_view name_of(Limit limit);

// A request of that method and route counts for a limit, besides `all`.
struct Counted {
    http::Method method = http::Method::post;
    std::string route;
    Limit limit = Limit::all;
};

// How much is allowed. What is here from the start lets a whole shop or library behind one address work: the
// busiest hour of the largest Citizen Shop has some three hundred tickets.
struct GateSettings {
    bool is_on = true;
    std::map<Limit, http::Rate> rates{
        {Limit::all, {.at_once = 3000, .per_hour = 360'000}},  // a hundred a second
        {Limit::tickets, {.at_once = 120, .per_hour = 1200}},
        {Limit::holds, {.at_once = 30, .per_hour = 300}},
        {Limit::sign_in, {.at_once = 30, .per_hour = 300}},
        {Limit::lost_links, {.at_once = 5, .per_hour = 20}},
        {Limit::wrong_links, {.at_once = 1000, .per_hour = 12'000}},
    };
    std::vector<http::Network> unlimited{};  // kiosks, a load test

    // "tickets=120,1200" (at once, an hour) or "off". Error: invalid, with the cure.
    Result<void> set(std::string_view text);
    // "10.2.0.0/16" or an address. Error: invalid.
    Result<void> spare(std::string_view network);
};

class Gate {
public:
    using Time = http::RateLimiter::Time;

    Gate(GateSettings settings, std::vector<Counted> counted);

    struct Refused {
        Limit limit = Limit::all;
        std::chrono::seconds wait{};  // 1 or more
    };

    // Counts a request. From any thread.
    std::optional<Refused> admit(const http::Request& request, Time now);
    // Counts the answer to it: a wrong link is known by its 404.
    void answered(const http::Request& request, int status, Time now);

    // Prometheus: balcao_limited_total, by limit.
    void append_metrics(std::string& out) const;

private:
    [[nodiscard]] bool is_spared(const http::Request& request) const;
    [[nodiscard]] std::optional<Limit> limit_of(const http::Request& request) const;
    http::RateLimiter& limiter(Limit limit);

    GateSettings settings_;
    std::map<std::pair<http::Method, std::string>, Limit> counted_;
    std::map<Limit, std::unique_ptr<http::RateLimiter>> limiters_;
    std::array<std::atomic<std::uint64_t>, all_limits.size()> refused_{};
};

}  // namespace balcao::front
