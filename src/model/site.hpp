#pragma once
// Where people are served: sites, their hours, desk groups and the order in which an idle desk picks.
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "model/appointments.hpp"
#include "model/distribution.hpp"
#include "model/keys.hpp"
#include "model/kiosk.hpp"

namespace balcao::model {

// The hours of one single date, whatever its weekday, and though it were a public holiday.
struct DateHours {
    Date date{};
    LocalText name;                // why, for people: "Christmas Eve"; may be empty
    std::vector<TimeRange> hours;  // in order, one at least
    friend bool operator==(const DateHours&, const DateHours&) = default;
};

struct OpeningHours {
    bool always = false;
    std::vector<std::pair<WeekdaySet, std::vector<TimeRange>>> weekly;  // in order, no day in two entries
    std::vector<Date> closed;                                           // in order
    std::vector<DateHours> dates;                                       // in order, none of them closed
    std::string holidays;                                               // country ("PT") or empty

    // The ranges in which the site is open on that date, in order; 00:00-24:00 for `always`.
    [[nodiscard]] std::vector<TimeRange> on(Date date) const;

    // What `dates` says of it; null where it says nothing.
    [[nodiscard]] const DateHours* find(Date date) const;

    friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

enum class AtClosing : unsigned char { serve, send_away };

struct Unlimited {
    friend bool operator==(const Unlimited&, const Unlimited&) = default;
};

// Desks by weekday and hour; none in the hours not named.
struct Roster {
    std::vector<std::pair<WeekdaySet, std::vector<std::pair<TimeRange, int>>>> weekly;
    friend bool operator==(const Roster&, const Roster&) = default;
};

using DeskCount = std::variant<int, Unlimited, Roster>;

enum class DeskKind : unsigned char { integrated, multi_service, single, mediator, kiosk };
enum class Takes : unsigned char { both, walk_in, booked };

struct Skill {
    ServiceKey service;
    double factor = 1;  // on the service's duration
    friend bool operator==(const Skill&, const Skill&) = default;
};

struct Break {
    int at_minute = 0;  // after midnight; begun when the desk is free
    Duration length{};
    friend bool operator==(const Break&, const Break&) = default;
};

struct DeskGroup {
    DeskKey key;
    LocalText name;
    DeskCount count = 1;
    std::vector<Skill> serves;  // `serves` (factor 1) or `skills`; empty for desks that only steps name
    std::optional<DeskKind> kind;
    std::vector<ChannelKey> channels;        // empty: the counter
    int concurrent = 1;                      // contacts at once
    std::optional<Distribution> after_work;  // microseconds
    Takes takes = Takes::both;
    std::vector<Break> breaks;
    double absence = 0;                          // share of desk-days without the person, 0..1
    std::optional<Distribution> away_when_idle;  // microseconds; taken again while nobody waits
    std::string source;
    friend bool operator==(const DeskGroup&, const DeskGroup&) = default;
};

enum class Criterion : unsigned char {
    priority,       // smallest number first
    booked_due,     // booked people from their time on, before the others
    arrival,        // longest at the site first (a booked person: from the later of arrival and booked time)
    leg_arrival,    // longest at this queue first
    last_arrival,   // shortest at this queue first
    shortest_mean,  // the shortest expected duration first
    weights,        // turns by service
};

struct QueueOrder {
    std::vector<Criterion> criteria{Criterion::arrival};  // in order of weight
    std::vector<std::pair<ServiceKey, double>> weights;   // for Criterion::weights, > 0
    friend bool operator==(const QueueOrder&, const QueueOrder&) = default;
};

// The numbers of one site and day, and what happens to who does not come when called.
struct Tickets {
    int first = 1;   // of a day
    int last = 999;  // after it the day's numbers are given out
    int calls = 3;   // so many calls without anybody coming, and the person is missed
    Duration pause = std::chrono::minutes{5};  // before who did not come is called again
    friend bool operator==(const Tickets&, const Tickets&) = default;
};

struct Location {
    double latitude = 0;   // degrees
    double longitude = 0;  // degrees
    friend bool operator==(const Location&, const Location&) = default;
};

struct Site {
    SiteKey key;
    LocalText name;
    std::string kind;  // "shop", "spot", "contact centre", "online" …: a label for reports and screens
    std::optional<Location> location;
    OpeningHours open;
    AtClosing at_closing = AtClosing::serve;
    std::vector<DeskGroup> desks;
    QueueOrder queue;
    bool preempt = false;
    std::optional<int> capacity;                    // people inside
    std::vector<std::pair<ChannelKey, int>> lines;  // contacts at once on one channel, those served too
    Tickets tickets;
    Appointments appointments;  // without windows: none
    std::vector<Kiosk> kiosks;  // none: one that offers what most people come for
    std::string source;
    friend bool operator==(const Site&, const Site&) = default;
};

}  // namespace balcao::model
