#pragma once
// Who is next, and which desk takes an arriving person: the rules of the language page as pure functions of
// the hall's state. Called by the simulator for every simulated person and by the live office for every real
// one.
#include <bit>
#include <cstdint>
#include <optional>

#include "rules/hall_state.hpp"

namespace balcao::rules {

// Which of two waiting heads goes first by what is left to compare; true when a goes before b.
bool goes_before(const HallState& hall, QueueIndex a, QueueIndex b, Instant now);

namespace detail {

inline QueueIndex best_of_rank(const HallState& hall, const QueueSet& takes, QueueIndex first, Instant now) {
    const auto& plan = hall.plan();
    const auto& peers = plan.same_rank[first];
    QueueIndex best = first;
    for (std::size_t word = first / 64; word < plan.words; ++word) {
        std::uint64_t bits = hall.filled().word(word) & takes.word(word) & peers.word(word);
        while (bits != 0) {
            const auto queue =
                static_cast<QueueIndex>(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
            bits &= bits - 1;
            if (queue != best && goes_before(hall, queue, best, now)) best = queue;
        }
    }
    return best;
}

}  // namespace detail

// The queue from which a desk of that group takes its next person (the head of that queue), or none when
// nobody it serves is waiting.
inline std::optional<QueueIndex> next_queue(const HallState& hall, GroupIndex group, Instant now) {
    const auto& plan = hall.plan();
    const auto& takes = plan.serves[group];
    for (std::size_t word = 0; word < plan.words; ++word) {
        const std::uint64_t bits = hall.filled().word(word) & takes.word(word);
        if (bits == 0) continue;
        const auto first =
            static_cast<QueueIndex>(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
        if (plan.words == 1 && (bits & plan.same_rank[first].word(0) & (bits - 1)) == 0) return first;
        return detail::best_of_rank(hall, takes, first, now);
    }
    return std::nullopt;
}

// The group whose first idle desk takes a person who arrives for that queue: the first in the model's order
// that serves it and has an idle desk.
inline std::optional<GroupIndex> idle_group(const HallState& hall, QueueIndex queue) {
    const std::uint64_t groups = hall.idle_groups() & hall.plan().served_by[queue];
    if (groups == 0) return std::nullopt;
    return static_cast<GroupIndex>(std::countr_zero(groups));
}

// Preemption: an arriving person of one priority may interrupt a served person of another.
inline bool may_interrupt(int arriving_priority, int served_priority) {
    return arriving_priority < served_priority;
}

}  // namespace balcao::rules
