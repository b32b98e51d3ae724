#include "rules/dispatch.hpp"

namespace balcao::rules {

namespace {

using model::Criterion;

// Smaller goes first; doubles hold microseconds of a century exactly.
double value_of(const HallState& hall, Criterion criterion, QueueIndex queue, Instant now) {
    const auto& traits = hall.plan().queues[queue];
    switch (criterion) {
        case Criterion::priority:
            return traits.priority;
        case Criterion::shortest_mean:
            return traits.expected_minutes;
        case Criterion::booked_due:
            return traits.is_booked && hall.head_key(queue) <= now ? 0 : 1;
        case Criterion::weights:
            return hall.turns_after(queue);
        case Criterion::arrival:
        case Criterion::leg_arrival:
        case Criterion::last_arrival:
            return static_cast<double>(hall.head_key(queue));
    }
    return 0;
}

}  // namespace

bool goes_before(const HallState& hall, QueueIndex a, QueueIndex b, Instant now) {
    for (const auto criterion : hall.plan().criteria) {
        const double first = value_of(hall, criterion, a, now);
        const double second = value_of(hall, criterion, b, now);
        if (first != second) return first < second;
    }
    // Whoever has waited longer, also where the model's order does not name time.
    if (hall.head_key(a) != hall.head_key(b)) return hall.head_key(a) < hall.head_key(b);
    return a < b;
}

}  // namespace balcao::rules
