#pragma once
// The deadlines of a changing set of subjects: who gives up next. A 4-ary heap of plain events in which each
// subject has one event at most and can be taken out before it comes. Used by `sim` for patience, since most
// people are served before theirs ends and their events would otherwise crowd the event list until then.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "des/event_heap.hpp"

namespace balcao::des {

class DeadlineHeap {
public:
    // Adds an event whose subject has none here yet; an event that an EventHeap made, so that the two share
    // an order.
    void push(const Event& event) {
        if (event.subject() >= places_.size()) places_.resize(2 * (event.subject() + std::size_t{1}), none);
        events_.push_back(event);
        sift_up(events_.size() - 1, event);
    }

    // Takes out the event of a subject; nothing happens when it has none.
    void erase(std::uint32_t subject) {
        if (subject >= places_.size()) return;
        const std::size_t place = places_[subject];
        if (place == none) return;
        places_[subject] = none;
        const Event last = events_.back();
        events_.pop_back();
        if (place == events_.size()) return;
        if (place > 0 && last < events_[(place - 1) / 4])
            sift_up(place, last);
        else
            sift_down(place, last);
    }

    [[nodiscard]] bool empty() const { return events_.empty(); }

    // The earliest event, or one at `never` when there is none.
    [[nodiscard]] Event top() const {
        return events_.empty() ? Event{never, ~std::uint64_t{0}} : events_.front();
    }

    void clear() {
        for (const Event& event : events_)
            places_[event.subject()] = none;
        events_.clear();
    }

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    void put(std::size_t place, const Event& event) {
        events_[place] = event;
        places_[event.subject()] = static_cast<std::uint32_t>(place);
    }

    void sift_up(std::size_t place, const Event event) {
        while (place > 0) {
            const std::size_t parent = (place - 1) / 4;
            if (!(event < events_[parent])) break;
            put(place, events_[parent]);
            place = parent;
        }
        put(place, event);
    }

    void sift_down(std::size_t place, const Event event) {
        for (;;) {
            const std::size_t first = 4 * place + 1;
            if (first >= events_.size()) break;
            std::size_t least = first;
            for (std::size_t child = first + 1; child < first + 4 && child < events_.size(); ++child)
                if (events_[child] < events_[least]) least = child;
            if (!(events_[least] < event)) break;
            put(place, events_[least]);
            place = least;
        }
        put(place, event);
    }

    std::vector<Event> events_;
    std::vector<std::uint32_t> places_;  // by subject
};

}  // namespace balcao::des
