#pragma once
// Effects, ways in and an entity of the stand-in on this machine, for the tests of who carries requests to
// entities.
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "connect/entity_http.hpp"
#include "stand_in/stand_in.hpp"

namespace balcao::connect {

inline const Instant morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} +
                             std::chrono::hours{9}};
inline const model::EntityKey registry{"registry"};

inline cases::Effect effect_of(std::string key) {
    cases::Effect effect;
    effect.key = std::move(key);
    effect.number = {2026, 123};
    effect.step = cases::StepKey{"card"};
    effect.entity = model::EntityKey{"registry"};
    effect.service = model::ServiceKey{"card-duplicate"};
    effect.data = {{"full-name", "Ana Maria Silva"}, {"card-number", "12345678"}};
    return effect;
}

inline cases::Effect undo_of(std::string key, std::string reference) {
    cases::Effect effect = effect_of(std::move(key));
    effect.errand = cases::Errand::undo;
    effect.data.clear();
    effect.reference = std::move(reference);
    return effect;
}

inline model::WayIn way_to(std::string address,
                           std::chrono::milliseconds gives_up = std::chrono::seconds{5}) {
    model::WayIn way;
    way.by = model::WayKind::http;
    way.address = std::move(address);
    way.on_doubt = model::OnDoubt::send_again;
    way.takes_back = true;
    way.gives_up = gives_up;
    way.fields = {{"full-name", "applicant.name"}, {"card-number", "applicant.card"}};
    return way;
}

// Entities that lose nothing and are in no haste, unless a test wants it otherwise.
struct Entities {
    explicit Entities(stand_in::Settings settings = {}) {
        if (!settings.habits.contains(stand_in::Kind::slow)) {
            auto habits = stand_in::usual_habits(stand_in::Kind::slow);
            habits.loses_answers = habits.is_busy = 0;
            habits.slowest = {};
            settings.habits[stand_in::Kind::slow] = habits;
        }
        auto started = stand_in::StandIn::start(std::move(settings), clock);
        REQUIRE(started.has_value());
        server = *std::move(started);
    }

    [[nodiscard]] EntityHttp to(stand_in::Kind kind,
                                std::chrono::milliseconds gives_up = std::chrono::seconds{5}) {
        model::WayIn way = way_to(server->address(kind), gives_up);
        if (kind == stand_in::Kind::club) way.by = model::WayKind::events;
        return to(std::move(way));
    }

    [[nodiscard]] EntityHttp to(model::WayIn way) {
        return EntityHttp{model::EntityKey{"registry"}, std::move(way),
                          EntityLine{secrets, clock, "https://city.example"}};
    }

    // How often it was done.
    [[nodiscard]] std::size_t times(const std::string& key) const {
        for (const auto& line : server->ledger())
            if (line.effect.key == key) return line.times;
        return 0;
    }

    SystemClock clock;
    EntitySecrets secrets{{}};
    std::unique_ptr<stand_in::StandIn> server;
};

template <class T, class... Others>
const T& as(const std::variant<Others...>& outcome) {
    REQUIRE(std::holds_alternative<T>(outcome));
    return std::get<T>(outcome);
}

}  // namespace balcao::connect
