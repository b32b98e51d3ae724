#include "main/stand_ins.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "crypto/keys.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t usual_port = 9100;
// So long it takes them to do what they were asked for, and to say so.
constexpr auto concludes_after = 15s;
constexpr auto fails_for = 60s;
constexpr std::size_t token_bytes = 24;

}  // namespace

bool needs_stand_ins(const model::Model& model) {
    return std::ranges::any_of(model.entities,
                               [](const auto& entity) { return entity.way_in.is_stand_in(); });
}

Result<std::unique_ptr<StandIns>> StandIns::start(const Clock& clock) {
    stand_in::Settings settings;
    settings.token = crypto::to_hex(crypto::random_bytes(token_bytes));
    settings.concludes_after = concludes_after;
    settings.fails_first = {{stand_in::Kind::slow, {fails_for, stand_in::Failing::busy}}};
    settings.port = usual_port;
    auto started = stand_in::StandIn::start(settings, clock);
    if (!started) {  // somebody listens there: another port
        settings.port = 0;
        started = stand_in::StandIn::start(settings, clock);
    }
    if (!started) return started.error();
    return std::unique_ptr<StandIns>{new StandIns{*std::move(started), settings.token}};
}

std::string StandIns::address(std::string_view name) const {
    const auto kind = stand_in::parse_kind(name);
    return kind ? all_->address(*kind) : std::string{};
}

connect::EntityCredentials StandIns::credentials() const {
    connect::EntityCredentials credentials;
    credentials.token = token_;
    return credentials;
}

std::string StandIns::page() const { return fmt::format("http://127.0.0.1:{}/", all_->port()); }

}  // namespace balcao::cli
