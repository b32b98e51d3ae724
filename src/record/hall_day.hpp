#pragma once
// One day of one hall as a table of periods: every interval of every visit, to the millisecond, and what
// became of each ticket. Folded from nothing but the events of the journal; every statistic and every report
// on the law follows from it. It holds nothing personal: numbers, places and times.
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "model/model.hpp"
#include "office/hall_event.hpp"

namespace balcao::record {

using std::chrono::milliseconds;

// What a visit does during one period.
enum class Doing : std::uint8_t {
    waiting,     // for a desk, or for its pause after a call without an answer
    way,         // called, and not at the desk yet
    service,     // at the desk
    parked,      // the desk is free, the visit is not over
    away,        // missed, until the return
    collecting,  // served, and must come back for something
};

// What ended a period.
enum class Ending : std::uint8_t {
    called,
    came,      // to the desk that called
    not_come,  // put back among those who wait
    undone,    // the call or the transfer was a mistake: as if it had not been
    parked,
    resumed,
    transferred,
    done,  // with this service or step
    collected,
    left,
    missed,
    returned,
    moved,    // who serves went to another desk, and the person with them
    day_end,  // nobody said when: the day was ended
    open,     // it goes on
};

std::string_view name_of(Doing doing);
std::string_view name_of(Ending ending);

struct Period {
    Doing doing{};
    std::size_t leg = 0;  // of the ticket's legs
    std::optional<office::DeskId> desk{};
    Instant begin{};
    Instant end{};
    Ending ending = Ending::open;
};

// One service, or one step of it, of a visit.
struct Leg {
    model::ServiceKey service;
    model::StepKey step;
    Instant joined{};
    std::optional<Instant> called{};  // the first time: it fixes the wait
    std::optional<Instant> ended{};
    std::optional<office::DeskId> desk{};  // the last that served it
    milliseconds on_the_way{0};
    milliseconds served{0};  // at desks, the parts added
    bool was_begun = false;  // the visit came to it
};

enum class Fate : std::uint8_t {
    open,
    served,
    left,       // gave up
    missed,     // called, and never came
    sent_away,  // still waiting when the day was ended
};

std::string_view name_of(Fate fate);

struct Ticket {
    office::Number number;
    Instant arrived{};
    std::optional<Instant> appointment{};
    bool has_priority = false;  // yes or no; why is not known to anybody
    std::string taken_by;       // "kiosk", "phone", "reception" …
    std::vector<Leg> legs;
    std::vector<Period> periods;
    Fate fate = Fate::open;
    Instant ended{};  // of the last service, or of giving up; while open, up to now
    std::optional<Instant> first_called{};
    std::optional<office::PromiseMade> promise{};  // the last
    Instant promised{};                            // the first
    // Its times can be trusted: it ended on its own day, by somebody's hand. A ticket of yesterday that is
    // finished today counts, but in no average (bcgov/queue-management marks it so, too).
    bool is_exact = true;

    // What counts as the beginning of the wait: for an appointment not before its time.
    [[nodiscard]] Instant counts_from() const {
        return appointment ? std::max(arrived, *appointment) : arrived;
    }

    // Of one leg: to the first call, or to the end for who was never called. Never negative.
    [[nodiscard]] milliseconds waited(const Leg& leg) const;

    // Over all legs.
    [[nodiscard]] milliseconds waited() const;
};

// Somebody was behind the desk, and did not rest.
struct DeskStretch {
    office::DeskId desk;
    Instant begin{};
    Instant end{};
};

// One who had priority by law, waiting for something that the desk serves, while another was called.
struct Passed {
    office::Number number;
    milliseconds waited{0};           // up to that call
    std::optional<Instant> called{};  // afterwards
};

struct PassedOver {
    office::Number called;
    office::DeskId desk;
    Instant at{};
    office::CalledBy called_by{};
    bool has_appointment = false;  // of who was called, and its time had come
    std::vector<Passed> passed;
};

struct BookedDay {
    std::int64_t due = 0;  // appointments that were kept or missed
    std::int64_t missed = 0;
    friend bool operator==(const BookedDay&, const BookedDay&) = default;
};

struct HallDay {
    model::SiteKey site;
    Date date{};
    std::vector<Ticket> tickets;  // in order of their numbers
    std::vector<DeskStretch> desks;
    std::vector<PassedOver> passed_over;
    std::vector<std::pair<model::ServiceKey, BookedDay>> booked{};  // by the first service of each
    std::optional<Instant> day_ended{};
    bool is_over = false;           // its date is behind `now`, or the day was ended
    Instant seen = Instant::max();  // what is behind that moment has not happened yet
    // The last edition that the hall went by; nothing where nothing happened.
    std::optional<office::Edition> edition{};
    std::shared_ptr<const model::Model> model{};  // of that edition, else the one in force; set by Reader

    [[nodiscard]] bool is_empty() const { return tickets.empty() && desks.empty() && booked.empty(); }
};

using HallEvents = std::vector<std::pair<office::HallEvent, Instant>>;

// The events of one hall's stream, in order; `now` ends what still goes on. What could not have happened is
// passed over: `balcao verify` tells of it.
HallDay hall_day(
    const model::SiteKey& site, Date date, const HallEvents& events, const Zone& zone, Instant now);

}  // namespace balcao::record
