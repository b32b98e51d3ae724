#include "rules/dispatch.hpp"

namespace balcao::rules {

namespace {

using model::Criterion;

// The time by which the head of that queue is ordered, whichever way its line runs.
Instant head_time(const HallState& hall, QueueIndex queue) {
    const bool runs_backwards =
        hall.plan().order_within == Criterion::last_arrival && !hall.plan().queues[queue].is_booked;
    return runs_backwards ? -hall.head_key(queue) : hall.head_key(queue);
}

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
            return static_cast<double>(head_time(hall, queue));
        case Criterion::last_arrival:
            return -static_cast<double>(head_time(hall, queue));
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
    if (head_time(hall, a) != head_time(hall, b)) return head_time(hall, a) < head_time(hall, b);
    return a < b;
}

}  // namespace balcao::rules
