#pragma once
// Who comes, when, and how they behave: the `demand` and `people` of a service model.
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "base/money.hpp"
#include "model/distribution.hpp"
#include "model/keys.hpp"

namespace balcao::model {

// A value for every channel, or one per channel in the order of the model.
template <class T>
struct PerChannel {
    std::optional<T> all;
    std::vector<std::pair<ChannelKey, T>> by_channel;

    [[nodiscard]] bool empty() const { return !all && by_channel.empty(); }

    [[nodiscard]] const T* find(const ChannelKey& channel) const {
        for (const auto& [key, value] : by_channel)
            if (key == channel) return &value;
        return all ? &*all : nullptr;
    }

    friend bool operator==(const PerChannel&, const PerChannel&) = default;
};

// People per hour while the site is open.
struct PoissonArrivals {
    double per_hour = 0;
    friend bool operator==(const PoissonArrivals&, const PoissonArrivals&) = default;
};

// People per hour in each range; none in the hours not named.
struct HourlyArrivals {
    std::vector<std::pair<TimeRange, double>> per_hour;
    friend bool operator==(const HourlyArrivals&, const HourlyArrivals&) = default;
};

struct WeekdayArrivals {
    std::vector<std::pair<WeekdaySet, std::variant<PoissonArrivals, HourlyArrivals>>> by_weekday;
    friend bool operator==(const WeekdayArrivals&, const WeekdayArrivals&) = default;
};

// Independent gaps with that distribution (microseconds), beginning at opening.
struct RenewalArrivals {
    Distribution gap;
    friend bool operator==(const RenewalArrivals&, const RenewalArrivals&) = default;
};

// `size` people at once, so many times an hour while the site is open.
struct BatchArrivals {
    int size = 1;
    double per_hour = 0;  // batches
    friend bool operator==(const BatchArrivals&, const BatchArrivals&) = default;
};

struct LoggedArrival {
    Duration time{};  // from midnight of first_day
    std::optional<Duration> duration{};
    std::optional<Duration> patience{};
    std::optional<DeskKey> desk{};
    friend bool operator==(const LoggedArrival&, const LoggedArrival&) = default;
};

// Arrivals replayed as they were logged, in order of time.
struct ArrivalLog {
    std::string file;
    std::vector<LoggedArrival> arrivals;
    friend bool operator==(const ArrivalLog&, const ArrivalLog&) = default;
};

struct Arrivals {
    std::variant<PoissonArrivals, HourlyArrivals, WeekdayArrivals, RenewalArrivals, BatchArrivals, ArrivalLog>
        pattern;
    double growth_per_year = 0;  // 0.03 is 3 % a year, compounded by the day from first_day
    std::array<double, 12> season{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};  // factor per month, January first
    std::optional<Distribution> day_factor;                             // one draw a day, no unit
    std::vector<std::pair<Date, double>> dates;  // factor on single days, in order of date
    friend bool operator==(const Arrivals&, const Arrivals&) = default;
};

struct Bookings {
    double per_day = 0;  // people who ask for a slot, on each day that the site opens
    Duration slot{};     // length of a slot
    int per_slot = 1;    // people per slot
    std::optional<Distribution>
        days_ahead;      // the wished day, in microseconds after the asking; none: the next day
    double no_show = 0;  // share 0..1
    std::optional<Distribution> punctuality;  // arrival minus booked time, microseconds; none: on time
    std::optional<Duration> late_after;       // beyond that lateness a booked person is a walk-in
    friend bool operator==(const Bookings&, const Bookings&) = default;
};

struct Balking {
    int at_length = 0;  // people waiting at the site
    double share = 1;   // of those who then turn away, 0..1
    friend bool operator==(const Balking&, const Balking&) = default;
};

struct Retry {
    Distribution after;  // microseconds
    double share = 1;    // 0..1
    int at_most = 1;
    friend bool operator==(const Retry&, const Retry&) = default;
};

struct ChannelShare {
    ChannelKey channel;
    double share = 0;             // 0..1
    std::optional<SiteKey> site;  // where contacts of this channel are served; none: the entry's site, or the
                                  // only site with a desk for this service and channel
    friend bool operator==(const ChannelShare&, const ChannelShare&) = default;
};

struct Demand {
    DemandKey key;  // `id` of the entry; by default the service, with "-2", "-3" where it is not the first
    ServiceKey service;
    SiteKey site;
    std::optional<GroupKey> group;
    int priority = 0;  // the smallest number goes first
    std::optional<Arrivals> arrivals;
    std::optional<Bookings> bookings;
    PerChannel<Distribution> duration;   // in place of the service's; microseconds
    PerChannel<Distribution> patience;   // none: without limit; microseconds
    std::vector<ChannelShare> channels;  // empty: all by the counter
    std::optional<Balking> balking;
    std::optional<Retry> if_unserved;
    double missing_document = 0;  // share of the served who must come again, 0..1
    double learns = 0;            // share who can do it alone after an assisted visit, 0..1
    std::string source;           // where the figures come from; "demonstration" for invented ones
    friend bool operator==(const Demand&, const Demand&) = default;
};

struct Group {
    GroupKey key;
    LocalText name;
    double size = 0;     // people
    double digital = 1;  // share who can use `online` alone, 0..1
    std::vector<std::pair<SiteKey, double>> distance_km;
    std::string source;
    friend bool operator==(const Group&, const Group&) = default;
};

struct Travel {
    double speed_km_per_hour = 15;
    Money per_km;
    friend bool operator==(const Travel&, const Travel&) = default;
};

}  // namespace balcao::model
