// `balcao stand-in`: five entities in one process, until it is stopped.
#include <algorithm>
#include <cmath>
#include <thread>

#include <fmt/format.h>

#include "http/uri.hpp"
#include "main/commands.hpp"
#include "main/console.hpp"
#include "stand_in/stand_in.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;

// "127.0.0.1:9100"; nothing after telling what was expected.
std::optional<http::Url> place_of(const std::string& listen) {
    const auto place = http::parse_url("http://" + listen);
    const bool has_port = listen.rfind(':') != std::string::npos && listen.find('/') == std::string::npos;
    if (place && has_port) return place;
    complain(fmt::format("--listen: '{}' is no address with a port; write 127.0.0.1:9100", listen));
    return std::nullopt;
}

}  // namespace

int stand_in(const StandIn& command) {
    const auto place = place_of(command.listen);
    if (!place) return wrong_usage;
    stand_in::Settings settings;
    settings.address = place->host;
    settings.port = place->port;
    settings.seed = command.seed;
    settings.token = command.token;
    settings.callback = command.city;
    if (!command.city.empty() && !http::parse_url(command.city)) {
        complain("--city: write http://127.0.0.1:8080; a stand-in speaks no TLS");
        return wrong_usage;
    }
    if (!command.city.empty() && (command.token.empty() || !command.concludes_after)) {
        complain("--city: a report is signed with --token, and there is one --concludes-after a while");
        return wrong_usage;
    }
    if (command.concludes_after)
        settings.concludes_after = std::chrono::milliseconds{std::llround(*command.concludes_after * 1000)};
    if (!command.kinds.empty()) settings.kinds.clear();
    for (const auto& name : command.kinds)
        if (const auto kind = stand_in::parse_kind(name);
            kind && std::ranges::find(settings.kinds, *kind) == settings.kinds.end())
            settings.kinds.push_back(*kind);
    const SystemClock clock;
    const auto started = stand_in::StandIn::start(settings, clock);
    if (!started) return fail({started.error().code, started.error().what, "--listen"});
    for (const auto kind : settings.kinds)
        fmt::print("{:<8} {}\n", stand_in::name_of(kind), (*started)->address(kind));
    fmt::print("A stand-in for entities, nothing of it real; what was done is at /ledger, until Ctrl-C\n");
    std::fflush(stdout);
    while (!stop_flag())
        std::this_thread::sleep_for(50ms);
    forgive_interrupt();
    return done;
}

}  // namespace balcao::cli
