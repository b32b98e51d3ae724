#include "front/gate.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace balcao::front {
namespace {

constexpr int most = 100'000'000;

std::optional<int> count_in(std::string_view text) {
    int count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return is_whole && count >= 1 && count <= most ? std::optional{count} : std::nullopt;
}

}  // namespace

std::string_view name_of(Limit limit) {
    switch (limit) {
        case Limit::all:
            return "all";
        case Limit::tickets:
            return "tickets";
        case Limit::holds:
            return "holds";
        case Limit::sign_in:
            return "sign-in";
        case Limit::lost_links:
            return "lost-links";
        case Limit::wrong_links:
            return "wrong-links";
    }
    return {};
}

Result<void> GateSettings::set(std::string_view text) {
    if (text == "off") {
        is_on = false;
        return {};
    }
    const auto equals = text.find('=');
    const auto comma = text.find(',', equals == std::string_view::npos ? 0 : equals);
    const auto name = text.substr(0, equals);
    const auto* known = std::ranges::find_if(all_limits, [&](Limit limit) { return name_of(limit) == name; });
    if (equals == std::string_view::npos || comma == std::string_view::npos || known == all_limits.end())
        return Error{
            Errc::invalid,
            fmt::format("'{}' is no limit; write off, or one of all, tickets, holds, sign-in, lost-links, "
                        "wrong-links and two numbers, as in tickets=120,1200 (at once, an hour)",
                        text)};
    const auto at_once = count_in(text.substr(equals + 1, comma - equals - 1));
    const auto per_hour = count_in(text.substr(comma + 1));
    if (!at_once || !per_hour)
        return Error{
            Errc::invalid,
            fmt::format("'{}' wants two whole numbers from 1 to {}, as in tickets=120,1200", text, most)};
    rates[*known] = {.at_once = *at_once, .per_hour = *per_hour};
    return {};
}

Result<void> GateSettings::spare(std::string_view network) {
    const auto parsed = http::parse_network(network);
    if (!parsed)
        return Error{Errc::invalid,
                     fmt::format("'{}' is no network; write 10.2.0.0/16 or an address", network)};
    unlimited.push_back(*parsed);
    return {};
}

Gate::Gate(GateSettings settings, std::vector<Counted> counted) : settings_{std::move(settings)} {
    for (auto& one : counted)
        counted_[{one.method, std::move(one.route)}] = one.limit;
    for (const auto& [limit, rate] : settings_.rates)
        limiters_[limit] = std::make_unique<http::RateLimiter>(rate);
}

http::RateLimiter& Gate::limiter(Limit limit) { return *limiters_.at(limit); }

bool Gate::is_spared(const http::Request& request) const {
    if (!settings_.is_on) return true;
    const auto address = http::parse_address(request.peer);
    return address && std::ranges::any_of(settings_.unlimited, [&](const http::Network& network) {
               return network.has(*address);
           });
}

std::optional<Limit> Gate::limit_of(const http::Request& request) const {
    // HEAD is served by the route of GET, so it counts as GET does.
    const auto method = request.method == http::Method::head ? http::Method::get : request.method;
    const auto found = counted_.find({method, std::string{request.route}});
    return found == counted_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<Gate::Refused> Gate::admit(const http::Request& request, Time now) {
    if (is_spared(request)) return std::nullopt;
    const auto refuse = [&](Limit limit, std::chrono::seconds wait) {
        ++refused_.at(static_cast<std::size_t>(limit));
        return Refused{limit, wait};
    };
    if (const auto wait = limiter(Limit::all).take(request.peer, now)) return refuse(Limit::all, *wait);
    const auto limit = limit_of(request);
    if (!limit) return std::nullopt;
    auto& counting = limiter(*limit);
    const auto wait =
        *limit == Limit::wrong_links ? counting.wait_of(request.peer, now) : counting.take(request.peer, now);
    return wait ? std::optional{refuse(*limit, *wait)} : std::nullopt;
}

void Gate::answered(const http::Request& request, int status, Time now) {
    constexpr int not_found = 404;
    if (status != not_found || limit_of(request) != Limit::wrong_links || is_spared(request)) return;
    (void)limiter(Limit::wrong_links).take(request.peer, now);
}

void Gate::append_metrics(std::string& out) const {
    out +=
        "# HELP balcao_limited_total Requests that were refused because their client comes too often.\n"
        "# TYPE balcao_limited_total counter\n";
    for (const Limit limit : all_limits)
        out += fmt::format("balcao_limited_total{{limit=\"{}\"}} {}\n", name_of(limit),
                           refused_.at(static_cast<std::size_t>(limit)).load());
}

}  // namespace balcao::front
