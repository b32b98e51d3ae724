#pragma once
// The line to the entity that is checked: the connector's own requests, and what came of them. Internal to
// the check. It waits when it is told to come again later, and keeps the longest time of an answer.
#include <atomic>
#include <optional>
#include <string>

#include "connect/entity_call.hpp"
#include "connect/http_client.hpp"
#include "entity_check/check.hpp"

namespace balcao::entity_check {

class Line {
public:
    explicit Line(const Declared& declared);

    // A request that was never sent before.
    [[nodiscard]] cases::Effect request();
    // Its undoing.
    [[nodiscard]] cases::Effect undoing(const cases::Effect& done, const std::string& reference);

    // As the city asks. Any number of threads.
    connect::HttpResult send(const cases::Effect& effect);
    connect::HttpResult look_up(const cases::Effect& effect);
    connect::HttpResult list(Instant since);
    // Otherwise than the city asks.
    connect::HttpResult send_body(const cases::Effect& effect, const std::string& body);
    connect::HttpResult send_without(const cases::Effect& effect, std::string_view header);
    connect::HttpResult send_as_stranger(const cases::Effect& effect);
    connect::HttpResult send_cut(const cases::Effect& effect);

    // What it means to the city.
    [[nodiscard]] cases::Outcome outcome_of(const connect::HttpResult& result,
                                            const cases::Effect& effect) const;

    [[nodiscard]] std::chrono::milliseconds slowest() const {
        return std::chrono::milliseconds{slowest_.load()};
    }

private:
    [[nodiscard]] connect::EntityCall call_of(const cases::Effect& effect) const;
    // With what it knows the city by.
    [[nodiscard]] connect::EntityCall known(connect::EntityCall call) const;
    connect::HttpResult ask(const connect::EntityCall& call, std::optional<std::size_t> cut_after = {});

    const Declared& declared_;
    model::WayIn way_;
    std::uint32_t requests_ = 0;
    std::atomic<std::int64_t> slowest_{0};
};

}  // namespace balcao::entity_check
