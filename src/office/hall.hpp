#pragma once
// The hall of one site on one day: its visits and desks as the events of its stream left them. A pure fold:
// it looks at no clock and decides nothing; the decisions (decide.hpp) read it. Copied when a writer must
// begin again from what is durable. A hall and its copies may be used by one thread at a time.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "office/hall_event.hpp"
#include "office/layout.hpp"
#include "rules/hall_state.hpp"

namespace balcao::office {

// What a desk is doing: nobody is behind it, it is free, somebody rests, or it has a visit.
struct DeskClosedNow {
    friend bool operator==(const DeskClosedNow&, const DeskClosedNow&) = default;
};

struct DeskFree {
    Instant since{};
    friend bool operator==(const DeskFree&, const DeskFree&) = default;
};

struct DeskResting {
    Instant since{};
    friend bool operator==(const DeskResting&, const DeskResting&) = default;
};

struct DeskTaken {
    Number number;
    friend bool operator==(const DeskTaken&, const DeskTaken&) = default;
};

struct Emergency {
    Instant since{};
    std::optional<StaffKey> accepted_by;
    friend bool operator==(const Emergency&, const Emergency&) = default;
};

struct Desk {
    StaffKey staff;  // empty while it is closed
    std::variant<DeskClosedNow, DeskFree, DeskResting, DeskTaken> doing;
    std::optional<Emergency> emergency;
    std::optional<Instant> rested{};  // when its last rest began
    friend bool operator==(const Desk&, const Desk&) = default;
};

class Hall {
public:
    Hall(std::shared_ptr<const Layout> layout, Date date);

    [[nodiscard]] const Layout& layout() const { return *layout_; }

    [[nodiscard]] Date date() const { return date_; }

    // The edition of the model that its events went by, up to now.
    [[nodiscard]] Edition edition() const { return edition_; }

    // Nothing has happened in it.
    [[nodiscard]] bool is_untouched() const { return is_untouched_; }

    // Another layout to begin with. Only while nothing has happened.
    void begin_with(std::shared_ptr<const Layout> layout);

    // Somebody is behind that desk, or could be: also one that the model has no longer, while it is open.
    [[nodiscard]] bool has_desk(const DeskId& desk) const;

    // Waits where no desk of the model calls: the model in force no longer has what is waited for.
    [[nodiscard]] bool is_stranded(const Visit& visit) const;

    // Folds one event. Only events that a decision over this very state made (or the stream holds) may come
    // here.
    void apply(const HallEvent& event, Instant at);

    // Lets the pauses end that are over at that time, so that who was called and did not come is offered
    // again. No event: time alone does it.
    void rest_until(Instant now);

    // The last event's time; events never go back behind it.
    [[nodiscard]] Instant last_at() const { return last_at_; }

    [[nodiscard]] bool has_ended() const { return has_ended_; }

    // Null for a number that was not given out.
    [[nodiscard]] const Visit* find(Number number) const;

    // In order of their numbers.
    [[nodiscard]] const std::vector<Visit>& visits() const { return visits_; }

    // The number that the next ticket gets; nothing when the day's numbers are given out.
    [[nodiscard]] std::optional<Number> next_number() const;

    // A desk that never opened is closed.
    [[nodiscard]] const Desk& desk(const DeskId& desk) const;

    [[nodiscard]] const std::map<DeskId, Desk>& desks() const { return desks_; }

    // The desk behind which that person sits.
    [[nodiscard]] std::optional<DeskId> desk_of(const StaffKey& staff) const;

    // The visit that the desk has called or serves; null when it has none.
    [[nodiscard]] const Visit* visit_at(const DeskId& desk) const;

    // Who waits, for `rules`: person i is visits()[i]. Without those sent to one desk only.
    [[nodiscard]] const rules::HallState& waiting() const { return waiting_; }

    // Who waits for this desk and no other, the longest at the site first.
    [[nodiscard]] std::vector<Number> sent_to(const DeskId& desk) const;

    friend bool operator==(const Hall& a, const Hall& b);

private:
    template <class Event>
    void on(const Event& event);

    Visit& visit(Number number);
    void wait(Visit& visit, Waiting how);
    void stop_waiting(Visit& visit);
    void free_desk(const DeskId& desk);
    void end_part(Visit& visit);
    void join(const Visit& visit);
    void go_by(Edition edition);

    std::shared_ptr<const Layout> layout_;
    Date date_;
    std::vector<Visit> visits_;
    std::map<DeskId, Desk> desks_;
    rules::HallState waiting_;
    std::vector<Number> pausing_;  // waiting, but not in `waiting_` until their pause is over
    Instant last_at_{};
    bool has_ended_ = false;
    bool is_untouched_ = true;
    Edition edition_ = first_edition;
};

}  // namespace balcao::office
