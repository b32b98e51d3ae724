#pragma once
// One window on one day in minutes of UTC: where it is open, where its slots begin, and how many places are
// left when bookings have been taken off. Internal to the rule of free slots (slots.hpp); used again for each
// window and day, so that it asks for memory only once.
#include <cstdint>
#include <vector>

#include "rules/slots.hpp"

namespace balcao::rules {

class WindowDay {
public:
    // The empty window on that day; false when it has no hours then. `limited`: the limits that will be asked
    // about, as in `Booking::limited`.
    bool open(const SlotPlan& plan,
              WindowIndex window,
              const LocalDay& day,
              bool is_holiday,
              std::uint64_t limited);

    // Takes a booking's place off; that of a blocked one only for the public.
    void take(const Booking& booking);

    // Whether the window is open from the one minute to the other, without a gap.
    [[nodiscard]] bool is_open(Minute from, Minute to) const;

    // The least number of places left from the one minute to the other.
    [[nodiscard]] int left(Minute from, Minute to, Who who) const;

    // Whether a booking that has been made has a place in what is left, whoever made it.
    [[nodiscard]] bool has_room(const Booking& booking) const;

    // Calls `visit(minute, offset)` with each minute at which a slot begins, in order.
    template <class Visit>
    void each_start(Visit visit) const {
        for (const LocalPiece& piece : day_->pieces())
            for (const TimeRange& range : window_->window.hours) {
                const Minute midnight = day_->midnight(piece.offset);
                for (Minute at = midnight + range.begin_minute; at < midnight + range.end_minute;
                     at += window_->slot_minutes)
                    if (at >= piece.begin && at < piece.end) visit(at, piece.offset);
            }
    }

private:
    struct Stretch {
        Minute begin = 0;
        Minute end = 0;
    };

    struct Limit {
        std::uint64_t bit = 0;
        StepLine line;
    };

    void add_hours(const SlotPlan& plan, const LocalPiece& piece, TimeRange hours);
    void add_stretch(const LocalPiece& piece, TimeRange hours);
    void add_places(const LocalPiece& piece);

    const WindowPlan* window_ = nullptr;
    const LocalDay* day_ = nullptr;
    std::vector<Stretch> stretches_;  // open, in order, with gaps between them
    StepLine for_all_;
    StepLine for_public_;  // all places less what is blocked
    StepLine of_public_;   // the places of the public
    std::vector<Limit> limits_;
    bool has_quota_ = false;
};

}  // namespace balcao::rules
