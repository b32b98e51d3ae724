#pragma once
// One hall simulated forward from a moment in the middle of its day, one path after another: who is served
// goes on, desks rest and return, others come, give up or do not come when called, and the rule of `rules`
// says who is next. A path ends when everybody whose wait was asked for has been called. Internal to `sim`
// (hall_forecast.hpp is for others). It allocates nothing per person once it is warm.
#include <cstdint>
#include <optional>
#include <vector>

#include "des/event_heap.hpp"
#include "random/stream.hpp"
#include "rules/dispatch.hpp"
#include "rules/hall_now.hpp"
#include "sim/hall_habits.hpp"

namespace balcao::sim {

class HallPath {
public:
    // Waits are recorded of those of `now.waiting`, in order, then of one who would join each queue of
    // `newcomers` now. Habits, hall and newcomers must outlive it.
    HallPath(const HallHabits& habits,
             const rules::HallNow& now,
             const std::vector<rules::QueueIndex>& newcomers);

    // Follows the path of that number; the same number draws the same for the same people.
    void run(std::uint64_t seed, std::uint64_t path);

    // By recorded person: from now to the call; des::never for who is not called in this path.
    [[nodiscard]] const std::vector<des::Time>& waits() const { return waits_; }

    // Nobody is behind a desk for that queue now; desks that are planned are counted on.
    [[nodiscard]] bool assumes_desks(rules::QueueIndex queue) const {
        return (habits_.plan->served_by[queue] & open_groups_) == 0;
    }

    // Some desk is open or planned for it today.
    [[nodiscard]] bool has_desk(rules::QueueIndex queue) const {
        return (habits_.plan->served_by[queue] & desks_ever_) != 0;
    }

    // From now until the doors close; negative once they have.
    [[nodiscard]] des::Time until_closing() const { return habits_.closes - midnight_to_now_; }

private:
    enum Kind : std::uint32_t {
        desk_done,
        desk_ready,
        somebody_comes,
        expected_comes,
        gives_up,
        pause_over,
        level_changes,
        break_begins
    };

    enum class Doing : std::uint8_t { off, idle, busy };

    struct Person {
        rules::Instant arrived = 0;
        std::uint64_t draws = 0;
        std::uint32_t slot = none;  // of waits_, until the first call
        const std::vector<rules::QueueIndex>* then = nullptr;
        std::uint32_t then_at = 0;
        rules::QueueIndex queue = 0;
        std::uint8_t leg = 0;
        bool is_waiting = false;
        bool is_shadow = false;  // keeps a place in the queue to see when it would be called, and takes none
    };

    struct Desk {
        rules::GroupIndex group = 0;
        std::uint32_t place = 0;
        std::uint32_t person = none;
        std::uint32_t draws = 0;
        des::Time pending_break = 0;
        Doing doing = Doing::off;
        bool must_close = false;
        std::vector<std::uint32_t> sent{};  // people sent to this desk and no other, in order
    };

    struct Change {
        des::Time at = 0;
        rules::GroupIndex group = 0;
        int from = 0;
        int to = 0;
    };

    struct Pause {
        des::Time at = 0;
        rules::GroupIndex group = 0;
        des::Time length = 0;
    };

    struct ComingState {
        std::size_t segment = 0;
        double position = 0;  // microseconds after midnight
        std::uint32_t count = 0;
    };

    struct Streams {
        random::Stream service, way, comes, hold, patience, gap, rest, route, expected;
    };

    void lay_out_desks();
    void plan_desks(rules::GroupIndex group);
    void lay_out_people();
    void begin(std::uint64_t seed, std::uint64_t path);
    void begin_desks();
    void begin_people();
    void begin_newcomers();
    void handle(const des::Event& event);
    void come(std::uint32_t which);
    void expected(std::uint32_t which);
    void wait(std::uint32_t index);
    void alert(rules::QueueIndex queue);
    void give_up(std::uint32_t index);
    void record(Person& person);
    void seize(std::uint32_t desk);
    void ready_after_gap(std::uint32_t desk, des::Time passed);
    void take_next(std::uint32_t desk_index);
    [[nodiscard]] std::uint32_t next_for(Desk& desk);
    void call(std::uint32_t desk_index, std::uint32_t person_index);
    void serve(std::uint32_t desk_index, std::uint32_t person_index, des::Time way);
    void done(std::uint32_t desk_index);
    [[nodiscard]] std::optional<rules::QueueIndex> onward(Person& person);
    void rest(std::uint32_t desk, des::Time length);
    void change_level(const Change& change);
    void begin_break(const Pause& pause);
    void push_next_arrival(std::uint32_t which);

    [[nodiscard]] double factor(const Desk& desk, rules::QueueIndex queue) const {
        return habits_.factor[desk.group * habits_.plan->queues.size() + queue];
    }

    [[nodiscard]] static std::uint64_t draws_of_leg(const Person& person) {
        return person.draws | (static_cast<std::uint64_t>(person.leg) << 56);
    }

    [[nodiscard]] rules::Instant clock() const { return now_.at + time_; }

    const HallHabits& habits_;
    const rules::HallNow& now_;
    const std::vector<rules::QueueIndex>& newcomers_;
    des::Time midnight_to_now_ = 0;
    std::uint64_t open_groups_ = 0;  // as bits
    std::uint64_t desks_ever_ = 0;

    // As it is now; copied for each path.
    rules::HallState hall_now_;
    std::vector<Person> people_now_;
    std::vector<Desk> desks_now_;
    std::vector<Change> changes_;
    std::vector<Pause> pauses_;
    std::size_t slots_ = 0;

    // As it goes on.
    rules::HallState hall_;
    std::vector<Person> people_;
    std::vector<Desk> desks_;
    std::vector<ComingState> coming_;
    std::vector<des::Time> waits_;
    std::vector<random::Stream> arrivals_;
    Streams streams_;
    des::EventHeap events_;
    des::Time time_ = 0;  // since now
    std::size_t to_record_ = 0;
};

}  // namespace balcao::sim
