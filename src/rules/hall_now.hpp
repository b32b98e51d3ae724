#pragma once
// A hall at one moment, as plain values: who waits, what each desk does, who is still expected. Made by the
// live office from its hall and taken by whoever thinks ahead from there, so that neither has to know the
// other. It says what is true and nothing of what will be; it looks at no clock.
#include <compare>
#include <cstdint>
#include <vector>

#include "model/keys.hpp"
#include "rules/hall_state.hpp"

namespace balcao::rules {

// Who stands in a queue of a HallPlan.
struct QueueName {
    model::ServiceKey service;
    model::StepKey step;     // empty where the service has no steps
    int rank = 0;            // the model's priority number
    bool by_law = false;     // priority by law
    bool is_booked = false;  // with an appointment
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const QueueName&, const QueueName&) = default;
};

inline constexpr DeskIndex any_desk = 0xFFFFFFFFU;
inline constexpr DeskIndex closed_desk = 0xFFFFFFFEU;  // sent to one desk, and nobody is behind it

struct WaiterNow {
    std::uint32_t ticket = 0;
    QueueIndex queue = 0;
    Instant arrived = 0;             // at the site
    Instant joined = 0;              // this queue
    Instant not_before = 0;          // was called and did not come: not offered before
    DeskIndex only = any_desk;       // sent to one desk: its place in `desks`
    std::vector<QueueIndex> then{};  // the legs after this one
};

enum class DeskDoing : std::uint8_t { free, resting, expecting, serving };

// A desk with somebody behind it.
struct DeskNow {
    GroupIndex group = 0;
    DeskDoing doing = DeskDoing::free;
    Instant since = 0;
    std::uint32_t ticket = 0;        // whom it expects or serves
    QueueIndex queue = 0;            // from which that person came
    std::vector<QueueIndex> then{};  // the legs after that one
    Instant rested = 0;              // when its last rest of today began; 0: none
};

// Somebody who has an appointment and is not here yet.
struct ExpectedNow {
    QueueIndex queue = 0;
    Instant at = 0;
    double comes = 1;                // with that probability
    std::vector<QueueIndex> then{};  // the legs after that one
};

struct HallNow {
    Instant at = 0;
    int minute = 0;  // after midnight, as the clocks of the site show at `at`
    Date date{};
    std::vector<WaiterNow> waiting;  // in the order in which they joined
    std::vector<DeskNow> desks;
    std::vector<ExpectedNow> expected;
};

}  // namespace balcao::rules
