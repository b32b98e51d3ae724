#pragma once
// How the duties of the model were kept at one site on one day: what the table of periods shows, and nothing
// else. Used by `balcao law` and by the pages of a site; it says what is so and leaves the words to them.
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "record/hall_day.hpp"

namespace balcao::record {

enum class Kept : std::uint8_t {
    kept,
    broken,
    look,     // cases that the order of the site explains: somebody should look at them
    unknown,  // nothing of that day shows it
};

std::string_view name_of(Kept kept);

// Whether who came without an appointment could get a ticket in all opening hours.
struct WalkInHours {
    std::vector<TimeRange> hours;  // by the model
    bool is_offered = false;       // some service is for who comes without an appointment
    std::int64_t tickets = 0;      // of them
    std::optional<Instant> first{};
    std::optional<Instant> last{};
    std::optional<Instant> numbers_gone{};  // the last number of the day was given, before closing
    std::optional<Instant> ended{};         // the day was ended, before closing
    int minutes_asked = 0;
    int minutes_lost = 0;
};

struct WaitShown {
    std::int64_t tickets = 0;
    std::int64_t by_forecast = 0;
    std::int64_t by_queue = 0;      // reckoned from the length of the queue
    std::int64_t without = 0;       // called before one could be told, or none was known
    std::int64_t long_without = 0;  // of them, those that waited a minute and more
};

struct PriorityGiven {
    std::int64_t tickets = 0;
    std::vector<PassedOver> cases;
    milliseconds longest{0};  // that somebody with priority waited on after another was called
};

// How long one who was passed over waited on after that call; for who was never called, nothing.
std::optional<milliseconds> waited_on(const PassedOver& one, const Passed& passed);

// Desk minutes.
struct Capacity {
    double planned = 0;
    double planned_for_booked = 0;
    double open = 0;        // as it was
    double for_booked = 0;  // desks for booked people only, and what the others gave to booked people

    // 0..1; nothing where no desk was planned, or none was open.
    [[nodiscard]] std::optional<double> planned_left() const;
    [[nodiscard]] std::optional<double> left() const;
};

struct HandedIn {
    office::Number number;
    model::ServiceKey service;
    Instant at{};
};

struct DropOff {
    std::vector<model::ServiceKey> offered;  // here, to who comes without an appointment
    std::vector<HandedIn> documents;         // without an appointment; the ticket's receipt is theirs
    std::int64_t with_appointment = 0;
};

// One duty on one day; what belongs to its kind is there.
struct DutyFound {
    model::Duty duty;
    Kept kept = Kept::unknown;
    std::optional<WalkInHours> walk_in_hours{};
    std::optional<WaitShown> wait_shown{};
    std::optional<PriorityGiven> priority{};
    std::optional<Capacity> capacity{};
    std::optional<DropOff> drop_off{};
    std::vector<std::string> untranslated{};  // names that a screen has in another language
};

struct LawDay {
    model::SiteKey site;
    Date date{};
    bool is_open_day = false;  // by the model
    bool is_over = false;
    std::int64_t tickets = 0;
    std::vector<DutyFound> duties;  // those that bind the site, in the order of the model

    [[nodiscard]] bool is_any_broken() const;
};

LawDay law_day(const HallDay& day, const model::Model& model, const Zone& zone);

}  // namespace balcao::record
