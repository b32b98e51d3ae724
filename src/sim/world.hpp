#pragma once
// One world of a city in simulated time: people arrive, wait, are served, give up, come again. Made once per
// thread and world plan, run for one replication after another; it allocates nothing per person once it is
// warm. Who is next is asked of `rules`; what is counted goes into a Ledger. Its hot loop is in world.cpp;
// the calendar (openings, rosters, breaks) in world_days.cpp, needs and bookings in world_needs.cpp, room in
// world_room.cpp, the trace in world_trace.cpp.
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "des/deadline_heap.hpp"
#include "des/event_heap.hpp"
#include "des/time.hpp"
#include "des/tournament.hpp"
#include "random/stream.hpp"
#include "rules/dispatch.hpp"
#include "rules/hall_state.hpp"
#include "sim/ledger.hpp"
#include "sim/trace.hpp"
#include "sim/world_plan.hpp"

namespace balcao::sim {

using des::Time;

// What became of a situation's person.
struct ProbeOutcome {
    std::string entry;         // the demand entry of that person
    std::uint64_t number = 0;  // which of its people, in order of time
    bool is_served = false;
    std::int32_t visits = 0;
    Time time_to_solution = 0;  // microseconds, when served
    std::int64_t cost_cents = 0;
};

class World {
public:
    World(const CityPlan& city, const WorldPlan& plan);

    // Empties everything and sets the streams of a replication.
    void begin(random::Seed seed);

    // Runs the next day of a day-type model from opening to empty. Days follow each other from 0. False when
    // `stop` was set before its end; then nothing can be done with this world but begin().
    bool run_day();

    // Runs a steady-state model up to that time from the beginning (microseconds). What is inside stays.
    // False as for run_day().
    bool run_until(Time end);

    // Puts what is still going on into the ledger up to now; what follows is counted from now on.
    void settle();

    // A day-type day is stopped when it has not emptied that long after midnight of its day.
    static constexpr Time day_bound = 4 * des::day;

    [[nodiscard]] bool was_stopped() const { return was_stopped_; }

    // People who were still inside at the end of the last day because no desk was left to serve them.
    [[nodiscard]] std::int64_t stranded() const { return stranded_; }

    // Needs that begin from now on are counted in that unit, whenever they end; `none`: in no unit, as from
    // begin() on.
    void count_needs_in(std::uint32_t unit);

    // Needs that are counted in some unit and have not ended.
    [[nodiscard]] std::int64_t open_needs() const { return open_needs_; }

    // Counts those as open in their units.
    void settle_needs();

    // People inside now, over all sites.
    [[nodiscard]] std::int64_t inside() const;

    Ledger ledger;
    std::vector<NeedCell> needs;  // by unit and class of the first contact; what bookings count is not here
    Histograms histograms;
    std::vector<ProbeOutcome> probes;
    Trace* trace = nullptr;                   // where visits are written, when they are asked for
    const std::atomic<bool>* stop = nullptr;  // looked at now and then

private:
    enum Kind : std::uint32_t {
        service_ends,
        gives_up,
        desk_returns,
        contact_comes,
        site_opens,
        site_closes,
        roster_changes,
        break_begins,
        midnight,
        stops
    };

    enum class DeskState : std::uint8_t { closed, idle, busy, resting };

    struct Person {
        Time arrived = 0;
        Time counts_from = 0;  // the later of arrival and booked time
        Time joined = 0;       // the queue, to wait there: again when she was interrupted
        Time leg_joined = 0;   // the queue of this leg, at first
        Time leg_waited = 0;   // of this leg
        Time waited = 0;       // over all legs
        Time remaining = -1;   // of an interrupted service
        std::uint64_t index = 0;
        std::uint32_t leg = 0;
        std::uint32_t cell = 0;  // class and hour of arrival
        std::uint32_t contact_class = 0;
        std::uint32_t need = none;
        rules::QueueIndex queue = 0;
        std::uint8_t leg_number = 0;
        bool is_booked = false;
        bool is_waiting = false;
        bool is_inside = false;

        // Which draws are hers: by leg, so that each visit to a desk has its own.
        [[nodiscard]] std::uint64_t draws_of_leg() const {
            return index | (static_cast<std::uint64_t>(leg_number) << 56);
        }
    };

    struct Desk {
        Time began = 0;
        Time due = 0;
        Time unscheduled_since = des::never;
        Time pending_break = 0;
        std::uint64_t ends_order = 0;
        std::uint64_t idle_draws = 0;
        std::uint32_t person = none;
        std::uint32_t group = 0;  // of the world
        std::uint32_t place = 0;  // in the group
        DeskState state = DeskState::closed;
        bool is_absent = false;
        bool is_on_break = false;
        bool is_working_after = false;
    };

    struct GroupState {
        std::uint32_t level = 0;   // desks that the roster asks for now
        std::int64_t present = 0;  // of those, here and not on a break
        Time present_since = 0;
        std::vector<std::uint32_t> spare;  // unlimited groups: desks to reuse
        random::Stream absence, away;
    };

    struct SiteState {
        rules::HallState hall;
        std::vector<TimeRange> open_today;
        std::vector<std::int32_t> line_inside;
        std::int32_t inside = 0;
        std::int32_t remote_inside = 0;  // of those: on the phone and the like, who take no room
        Time counted_since = 0;
        bool is_open = false;
        bool may_start = false;  // from opening until empty after closing

        explicit SiteState(const rules::HallPlan& plan) : hall{plan} {}
    };

    struct SourceState {
        random::Stream arrival, service, patience, channel, digital, balking, route, missing, learning,
            retry_share, retry_after, request, days_ahead, no_show, punctuality, day_factor, after_work;
        std::vector<RateSegment> segments;
        std::size_t segment = 0;
        double position = 0;      // microseconds after midnight
        std::uint64_t count = 0;  // of today's arrivals
        std::uint64_t tries = 0;  // draws of gaps today
        int batch_left = 0;
        double carried = -1;  // of a renewal's gap over midnight, microseconds; below 0: none
        std::size_t logged = 0;
    };

    struct Need {
        Time began = 0;  // from the first midnight of the run
        std::int64_t cost_cents = 0;
        Time travel = 0;
        std::int32_t visits = 0;
        std::int32_t retries = 0;
        std::uint32_t first_class = 0;
        std::uint32_t unit = none;  // in which it is counted when it ends
        std::uint64_t number = 0;   // of the entry's people, for a situation's person
        bool was_unable = false;    // to use `online` alone
    };

    struct Pending {
        Time time = 0;  // of the day
        Time due = -1;  // booked time of the day
        std::uint64_t index = 0;
        std::uint32_t contact_class = 0;
        std::uint32_t need = none;
        bool is_booked = false;
    };

    // The slots of one day of one entry.
    struct DayBook {
        std::vector<Time> begins;  // after midnight
        std::vector<std::uint16_t> taken;
        bool is_made = false;
    };

    // world.cpp
    // All that it calls in this file is compiled into it: a seventh more events a second where events are
    // simple (M/M/20 of docs/benchmarks.md).
    [[gnu::flatten]] bool run_events(Time bound);
    void advance(Time time);
    void arrive(std::uint32_t source);
    std::uint32_t choose_class(std::uint32_t source, std::uint64_t index);
    void admit(const Pending& contact);
    void join_leg(std::uint32_t index, std::uint32_t leg_index);
    void leave_queue(std::uint32_t index);
    [[nodiscard]] const model::LoggedArrival* logged_arrival(const Person& person) const;
    void start_service(std::uint32_t desk_index, std::uint32_t index);
    void end_service(std::uint32_t desk_index);
    void count_busy(Desk& desk);
    void free_desk(std::uint32_t desk_index);
    void settle_idle(std::uint32_t desk_index);
    void leave_served(std::uint32_t index);
    void leave_unserved(std::uint32_t index, bool sent_away);
    void leave_without(std::uint32_t index, bool sent_away);
    void leave_site(std::uint32_t index);
    std::uint32_t seize(std::uint32_t site_index, rules::GroupIndex group);
    Time next_arrival(std::uint32_t source);
    [[nodiscard]] Time next_logged(const SourceState& state, const model::ArrivalLog& log) const;
    double draw_gap(SourceState& state, const SourcePlan& plan) const;
    template <class Cells>
    void count_hours(Time begin, Cells&& cell);

    // world_room.cpp
    bool turns_away(std::uint32_t contact_class, std::uint64_t index);
    [[nodiscard]] std::uint32_t waiting_before(std::uint32_t contact_class) const;

    // world_desks.cpp
    [[nodiscard]] std::uint32_t desk_to_interrupt(rules::QueueIndex queue, std::uint32_t site_index) const;
    bool try_interrupt(std::uint32_t index, std::uint32_t site_index);
    void rest(std::uint32_t desk_index, Time length);
    void count_unscheduled(Desk& desk);
    [[nodiscard]] Time after_work_of(const Person& person, const GroupPlan& group) const;
    [[nodiscard]] std::uint64_t next_draw(std::uint32_t desk);

    // world_days.cpp
    void handle(const des::Event& event);
    void start_span();
    void begin_day(int day);
    void schedule_site(std::uint32_t site, int day);
    void draw_absences(std::uint32_t site, int day);
    void schedule_rosters(std::uint32_t site, int weekday);

    [[nodiscard]] Time minute_today(int after_midnight) const {
        return day_begin_ + after_midnight * des::minute;
    }

    void open_site(std::uint32_t site);
    void close_site(std::uint32_t site);
    void send_waiting_away(std::uint32_t site);
    void change_roster(std::uint32_t site);
    void set_level(std::uint32_t index, std::uint32_t level);
    void begin_break(std::uint32_t which);
    void count_present(std::uint32_t group);
    void count_open(std::uint32_t site);
    [[nodiscard]] std::uint32_t level_now(const GroupPlan& group) const;
    void make_present(Desk& desk, bool present);
    void end_day();

    // world_needs.cpp
    std::uint32_t begin_need(std::uint32_t contact_class, std::uint64_t index, Time began);
    void end_visit(const Person& person, bool served);
    void end_need(std::uint32_t number, bool solved);
    bool try_again(const SourcePlan& source, std::uint32_t number, Pending contact);
    void come_again(Pending contact, const SourcePlan& source);
    void postpone(const Pending& contact, Time at);
    void place_today(Pending contact);
    void come_at(Time at, const Pending& contact);
    void place_booked(Pending contact);
    void take_requests(std::uint32_t source, int day);
    void book(std::uint32_t source, int day, std::uint64_t index, std::uint64_t number);
    DayBook& book_of(std::uint32_t source, int day);
    void load_pending(int day);
    void fill_books();

    [[nodiscard]] Time clock() const { return span_begin_ + now_; }  // from the first midnight of the run

    std::uint32_t new_person();

    // world_trace.cpp; only called while someone asks for a trace
    void open_trace(std::uint32_t person);
    void trace_join(std::uint32_t person);
    void trace_start(std::uint32_t person, std::uint32_t desk);
    void trace_end(std::uint32_t person);
    void close_trace(std::uint32_t person, Outcome outcome);

    const CityPlan& city_;
    const WorldPlan& plan_;
    random::Seed seed_{};
    des::EventHeap events_;
    des::DeadlineHeap deadlines_;  // of the patience of those who wait
    des::Tournament arrivals_;
    std::vector<Person> persons_;
    std::vector<std::uint32_t> free_persons_;
    std::vector<Desk> desks_;
    std::vector<GroupState> groups_;
    std::vector<SiteState> sites_;
    std::vector<SourceState> sources_;
    std::vector<double> able_;  // people of each group who can use `online` alone
    std::vector<Need> needs_;
    std::vector<std::uint32_t> free_needs_;
    std::vector<Pending> today_;  // contacts of the day, by event subject
    std::vector<std::uint32_t> free_today_;
    std::vector<std::vector<Pending>> later_;  // by day
    std::vector<std::vector<DayBook>> books_;  // by source and day, from the first day that takes requests
    std::vector<std::pair<std::uint32_t, std::size_t>> breaks_;  // group and number of its break
    int book_days_ = 0;                                          // days of requests before the first day
    std::vector<TracedVisit> traced_;                            // by person, while there is a trace
    std::uint64_t visits_traced_ = 0;
    Time now_ = 0;
    Time hour_begin_ = 0;
    Time hour_end_ = des::hour;
    std::size_t hour_ = 0;
    Time counted_from_ = 0;  // what began before is counted from here
    Time day_begin_ = 0;     // midnight of today, in the span
    Time span_begin_ = 0;    // the span's origin, from the first midnight of the run
    int day_ = -1;
    std::uint32_t unit_ = none;  // of the needs that begin now
    std::int64_t open_needs_ = 0;
    std::int64_t stranded_ = 0;
    bool was_stopped_ = false;
};

// Spreads the time from `begin` to now over the hours of the day that it touches.
template <class Cells>
void World::count_hours(Time begin, Cells&& cell) {
    Time end = now_;
    Time from = hour_begin_;
    std::size_t hour = hour_;
    while (begin < from) {
        cell(hour, end - from);
        end = from;
        from -= des::hour;
        hour = hour == 0 ? hours - 1 : hour - 1;
    }
    cell(hour, end - begin);
}

}  // namespace balcao::sim
