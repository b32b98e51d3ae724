#pragma once
// The changing part of one site's hall: who waits in which queue, which desks are idle, whose turn it is. The
// simulator keeps one and the live office keeps one; both ask `dispatch.hpp` who is next, so what is
// simulated is what runs. Times are whole microseconds from any origin that its keeper uses throughout. It
// looks at no clock.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/instant.hpp"
#include "rules/hall_plan.hpp"

namespace balcao::rules {

using Instant = std::int64_t;       // microseconds
using PersonIndex = std::uint32_t;  // the keeper's number for a person in the hall; small and reused
using DeskIndex = std::uint32_t;    // of the site, group after group

// From the beginning of the computer's time.
inline Instant microseconds_of(balcao::Instant at) {
    return std::chrono::microseconds{at.time_since_epoch()}.count();
}

inline constexpr PersonIndex nobody = 0xFFFFFFFFU;

class HallState {
public:
    explicit HallState(const HallPlan& plan);

    [[nodiscard]] const HallPlan& plan() const { return *plan_; }

    // Nobody waits, no desk is idle, the turns begin anew.
    void clear();

    // Adds `count` desks to a group (not idle); their places within the group are 0 .. count-1.
    void set_desks(GroupIndex group, std::size_t count);

    void set_idle(GroupIndex group, std::uint32_t place) {
        auto& words = groups_[group].idle;
        words[place / 64] |= std::uint64_t{1} << (place % 64);
        ++groups_[group].idle_count;
        idle_groups_ |= std::uint64_t{1} << group;
    }

    void set_busy(GroupIndex group, std::uint32_t place) {
        auto& words = groups_[group].idle;
        words[place / 64] &= ~(std::uint64_t{1} << (place % 64));
        if (--groups_[group].idle_count == 0) idle_groups_ &= ~(std::uint64_t{1} << group);
    }

    [[nodiscard]] bool is_idle(GroupIndex group, std::uint32_t place) const {
        return ((groups_[group].idle[place / 64] >> (place % 64)) & 1U) != 0;
    }

    // Groups with an idle desk, as bits.
    [[nodiscard]] std::uint64_t idle_groups() const { return idle_groups_; }

    // The idle desk of that group with the lowest place; only when the group has one.
    [[nodiscard]] std::uint32_t first_idle(GroupIndex group) const {
        const auto& words = groups_[group].idle;
        std::size_t word = 0;
        while (words[word] == 0)
            ++word;
        return static_cast<std::uint32_t>(64 * word +
                                          static_cast<std::size_t>(std::countr_zero(words[word])));
    }

    // A person joins a queue. `arrived` is the time that counts for `arrival` (the later of arrival at the
    // site and booked time), `joined` is now.
    void join(QueueIndex queue, PersonIndex person, Instant arrived, Instant joined) {
        const Instant key = key_of(queue, arrived, joined);
        if (person >= links_.size()) links_.resize(2 * static_cast<std::size_t>(person) + 64);
        insert(queue, person, key);
        ++waiting_;
        if (!turns_.empty()) begin_turns(queue);
    }

    // A person who waits in that queue leaves it, called or not.
    void leave(QueueIndex queue, PersonIndex person) {
        auto& line = lines_[queue];
        const Link link = links_[person];
        if (link.before == nobody)
            line.head = link.after;
        else
            links_[link.before].after = link.after;
        if (link.after == nobody)
            line.tail = link.before;
        else
            links_[link.after].before = link.before;
        if (--line.length == 0) filled_.erase(queue);
        --waiting_;
        if (!turns_.empty()) --turns_[plan_->queues[queue].service].waiting;
    }

    [[nodiscard]] PersonIndex head(QueueIndex queue) const { return lines_[queue].head; }

    [[nodiscard]] PersonIndex after(PersonIndex person) const { return links_[person].after; }

    // The order key of the head: the smallest goes first.
    [[nodiscard]] Instant head_key(QueueIndex queue) const { return links_[lines_[queue].head].key; }

    [[nodiscard]] std::uint32_t length(QueueIndex queue) const { return lines_[queue].length; }

    // People waiting at the site.
    [[nodiscard]] std::uint32_t waiting() const { return waiting_; }

    [[nodiscard]] const QueueSet& filled() const { return filled_; }

    // Somebody of that queue is called: its service has taken a turn, for `weights`.
    void count_turn(QueueIndex queue) {
        if (turns_.empty()) return;
        const double after = turns_after(queue);
        const double before = after - 1 / plan_->queues[queue].weight;
        turns_now_ = before > turns_now_ ? before : turns_now_;
        turns_[plan_->queues[queue].service].taken = after;
    }

    // The turns of that queue's service over its weight, once it is called again: the smallest is next.
    [[nodiscard]] double turns_after(QueueIndex queue) const {
        const auto& traits = plan_->queues[queue];
        return turns_[traits.service].taken + 1 / traits.weight;
    }

private:
    struct Link {
        Instant key = 0;
        PersonIndex after = nobody;
        PersonIndex before = nobody;
    };

    struct Line {
        PersonIndex head = nobody;
        PersonIndex tail = nobody;
        std::uint32_t length = 0;
    };

    struct Group {
        std::vector<std::uint64_t> idle;
        std::uint32_t idle_count = 0;
    };

    struct Turns {
        double taken = 0;  // over the weight
        std::uint32_t waiting = 0;
    };

    // A service for which nobody waited takes its turns from now on: what it did not ask for is not owed to
    // it (start-time fair queueing, Goyal, Vin & Cheng 1996).
    void begin_turns(QueueIndex queue) {
        auto& turns = turns_[plan_->queues[queue].service];
        if (turns.waiting++ == 0) turns.taken = turns.taken < turns_now_ ? turns_now_ : turns.taken;
    }

    [[nodiscard]] Instant key_of(QueueIndex queue, Instant arrived, Instant joined) const {
        if (plan_->queues[queue].is_booked) return arrived;  // so that its head says whether it is due
        switch (plan_->order_within) {
            case model::Criterion::leg_arrival:
                return joined;
            case model::Criterion::last_arrival:
                return -joined;
            default:
                return arrived;
        }
    }

    // Keeps the line sorted by key, equal keys in order of joining (last_arrival: the newest first).
    void insert(QueueIndex queue, PersonIndex person, Instant key) {
        auto& line = lines_[queue];
        const bool newest_first = plan_->order_within == model::Criterion::last_arrival;
        PersonIndex before = line.tail;
        while (before != nobody && (links_[before].key > key || (newest_first && links_[before].key == key)))
            before = links_[before].before;
        const PersonIndex next = before == nobody ? line.head : links_[before].after;
        links_[person] = {key, next, before};
        if (before == nobody)
            line.head = person;
        else
            links_[before].after = person;
        if (next == nobody)
            line.tail = person;
        else
            links_[next].before = person;
        if (line.length++ == 0) filled_.insert(queue);
    }

    const HallPlan* plan_;
    std::vector<Link> links_;
    std::vector<Line> lines_;
    std::vector<Group> groups_;
    std::vector<Turns> turns_;
    double turns_now_ = 0;
    QueueSet filled_;
    std::uint64_t idle_groups_ = 0;
    std::uint32_t waiting_ = 0;
};

}  // namespace balcao::rules
