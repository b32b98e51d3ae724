#pragma once
// The event list: what happens next in simulated time. A 4-ary heap of plain 16-byte events, ordered by time
// and then by the order in which they were made, so that a run is the same to the bit each time. Used by
// `sim` in its hot loop. It knows nothing of what an event means and never removes one early: who cancels an
// event remembers the order number that `push` gave and ignores the event when it comes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "des/time.hpp"

namespace balcao::des {

// What to do is a small number and whom it concerns another; both are the caller's.
struct Event {
    Time time = 0;
    std::uint64_t order = 0;  // sequence, kind and subject, packed in that order of weight

    static constexpr int subject_bits = 24;
    static constexpr int kind_bits = 4;

    [[nodiscard]] std::uint32_t kind() const {
        return static_cast<std::uint32_t>(order >> subject_bits) & ((1U << kind_bits) - 1U);
    }

    [[nodiscard]] std::uint32_t subject() const {
        return static_cast<std::uint32_t>(order) & ((1U << subject_bits) - 1U);
    }

    // One comparison of 128 bits instead of two with a jump between them. Times are not negative.
    friend bool operator<(const Event& a, const Event& b) { return a.key() < b.key(); }

private:
    __extension__ using Key = unsigned __int128;

    [[nodiscard]] Key key() const { return (static_cast<Key>(time) << 64) | order; }
};

class EventHeap {
public:
    // An event with the next order number, unique until clear(). kind < 16, subject < 2^24: a larger subject
    // would spill into the kind.
    Event make(Time time, std::uint32_t kind, std::uint32_t subject) {
        BALCAO_CHECK(subject < 1U << Event::subject_bits);
        return {time, (next_sequence_++ << (Event::kind_bits + Event::subject_bits)) |
                          (static_cast<std::uint64_t>(kind) << Event::subject_bits) | subject};
    }

    // Makes an event and adds it. Returns its order number.
    std::uint64_t push(Time time, std::uint32_t kind, std::uint32_t subject) {
        const Event event = make(time, kind, subject);
        if (size_ + 4 >= events_.size()) events_.resize(events_.size() * 2, no_event);
        sift_up(size_++, event);
        return event.order;
    }

    [[nodiscard]] bool empty() const { return size_ == 0; }

    [[nodiscard]] std::size_t size() const { return size_; }

    // The earliest event, or one at `never` when there is none.
    [[nodiscard]] const Event& top() const { return events_[0]; }

    Event pop() {
        const Event first = events_[0];
        const Event last = events_[--size_];
        events_[size_] = no_event;
        if (size_ != 0) sift_down(last);
        return first;
    }

    // Forgets every event and begins the order anew.
    void clear() {
        std::fill_n(events_.begin(), size_, no_event);
        size_ = 0;
        next_sequence_ = 0;
    }

private:
    void sift_up(std::size_t place, Event event) {
        while (place > 0) {
            const std::size_t parent = (place - 1) / 4;
            if (!(event < events_[parent])) break;
            events_[place] = events_[parent];
            place = parent;
        }
        events_[place] = event;
    }

    // The places after the last hold `no_event`, so that there are always four children to choose among, and
    // the choice needs no jump that a processor could guess wrong.
    void sift_down(Event event) {
        Event* const events = events_.data();
        std::size_t place = 0;
        for (;;) {
            const std::size_t first = 4 * place + 1;
            if (first >= size_) break;
            const std::size_t left = first + static_cast<std::size_t>(events[first + 1] < events[first]);
            const std::size_t right =
                first + 2 + static_cast<std::size_t>(events[first + 3] < events[first + 2]);
            const std::size_t least = events[right] < events[left] ? right : left;
            if (!(events[least] < event)) break;
            events[place] = events[least];
            place = least;
        }
        events[place] = event;
    }

    static constexpr Event no_event{never, ~std::uint64_t{0}};

    std::vector<Event> events_ = std::vector<Event>(1024, no_event);  // four more than used, at least
    std::size_t size_ = 0;
    std::uint64_t next_sequence_ = 0;
};

}  // namespace balcao::des
