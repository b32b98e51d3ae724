#pragma once
// A service model made ready for simulation: names become indices, distributions become samplers, sites and
// demand that can influence each other stand together in one world. Made once per model by `make_city`,
// shared by every replication and thread, never changed by a run.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "des/time.hpp"
#include "model/model.hpp"
#include "random/stream.hpp"
#include "random/variates.hpp"
#include "rules/hall_plan.hpp"

namespace balcao::sim {

// What a draw is for; part of the key of its stream. The numbers are part of every result: never renumber.
enum class Purpose : std::uint64_t {
    arrival = 1,
    service = 2,
    patience = 3,
    channel = 4,
    digital = 5,
    balking = 6,
    route = 7,
    missing_document = 8,
    learning = 9,
    retry_share = 10,
    retry_after = 11,
    booking_request = 12,
    days_ahead = 13,
    no_show = 14,
    punctuality = 15,
    day_factor = 16,
    absence = 17,
    away = 18,
    after_work = 19,
};

inline constexpr std::uint32_t none = 0xFFFFFFFFU;
inline constexpr std::uint32_t leaves = 0xFFFFFFFEU;  // in place of a leg: the visit ends served

struct RoutePlan {
    double up_to = 1;  // cumulative share
    std::uint32_t leg = leaves;
};

// One step of one class of contacts.
struct LegPlan {
    std::uint32_t contact_class = 0;
    rules::QueueIndex queue = 0;         // for people without an appointment (or no longer due)
    rules::QueueIndex booked_queue = 0;  // for people with one
    random::Sampler duration = random::Sampler::constant(0);
    random::Sampler patience = random::Sampler::constant(0);
    bool has_patience = false;
    std::vector<RoutePlan> next;  // empty: the visit ends
    std::string step;             // its key; empty where the service has no steps
};

// People of one demand entry who come by one channel (and, when replayed from a log, to one desk group).
struct ClassPlan {
    std::uint32_t source = 0;
    std::uint32_t site = 0;
    std::uint32_t first_leg = 0;
    std::uint32_t leg_count = 1;
    int priority = 0;
    std::int32_t line = -1;  // which of the site's limited lines it occupies
    std::int64_t fee_cents = 0;
    std::int64_t travel_us = 0;  // of one visit, there and back
    std::int64_t travel_cents = 0;
    bool is_online = false;
    bool is_remote = false;      // nobody leaves home for it: takes no room, sees no one waiting there
    bool may_turn_away = false;  // the room or a line may be full, or its people turn round
    bool has_steps = false;
    std::vector<rules::QueueIndex> queues_seen;  // whose people count for who turns round; only with balking
    std::string service;
    std::string channel;
    std::string group;  // empty: none named
};

struct ChannelChoice {
    double up_to = 1;  // cumulative share
    std::uint32_t contact_class = 0;
};

// One demand entry.
struct SourcePlan {
    model::Demand demand;
    std::uint64_t entity = 0;  // of its streams
    std::uint32_t site = 0;    // whose opening hours its arrivals keep
    std::vector<ChannelChoice> channels;
    std::vector<std::uint32_t> log_class;  // for replayed arrivals: the class of each
    std::int32_t people = -1;              // index into WorldPlan::people
    random::Sampler gap = random::Sampler::constant(0);
    random::Sampler day_factor = random::Sampler::constant(1);
    random::Sampler retry_after = random::Sampler::constant(0);
    random::Sampler days_ahead = random::Sampler::constant(0);
    random::Sampler punctuality = random::Sampler::constant(0);
    bool follows_needs = false;  // visits of one need are linked: retries, documents, learning, trips, fees
    bool is_probe = false;       // a situation's person: each need's outcome is kept
};

struct GroupPlan {
    std::uint32_t site = 0;
    rules::GroupIndex index = 0;  // within the site
    std::string desk;
    model::DeskGroup group;
    std::uint64_t entity = 0;
    std::uint32_t first_desk = 0;  // in the world
    std::uint32_t desk_count = 0;  // the most at any time, times `concurrent`
    bool is_unlimited = false;
    random::Sampler after_work = random::Sampler::constant(0);
    random::Sampler away = random::Sampler::constant(0);
};

struct LinePlan {
    std::string channel;
    int places = 0;
};

struct SitePlan {
    std::string key;
    model::Site site;
    rules::HallPlan hall;
    std::vector<std::uint32_t> groups;  // in the world
    std::vector<double> factor;         // group by queue: on the duration
    std::vector<LinePlan> lines;
    int capacity = 0;  // 0: no limit
    bool sends_away = false;
    bool preempts = false;
    bool has_remote = false;  // some of its contacts are
};

struct PeoplePlan {
    std::string key;
    double size = 0;
    double digital = 1;
};

// Sites that no person and no line connects to any other.
struct WorldPlan {
    std::vector<SitePlan> sites;
    std::vector<GroupPlan> groups;
    std::vector<ClassPlan> classes;
    std::vector<LegPlan> legs;
    std::vector<SourcePlan> sources;
    std::vector<PeoplePlan> people;
    std::uint32_t desk_count = 0;
    bool has_bookings = false;
};

struct CityPlan {
    Date first_day{};
    bool is_steady_state = false;
    std::vector<WorldPlan> worlds;
    std::vector<double> limits_minutes;  // of served_within, in order
    std::vector<des::Time> limits;
    bool follows_needs = false;
    bool has_bookings = false;
    bool sends_away = false;
};

// Invalid where the model asks for more than a hall can hold (rules/hall_plan.hpp); the model has been
// checked.
Result<CityPlan> make_city(const model::Model& model);

// A distribution of the model as a sampler in the same unit.
random::Sampler make_sampler(const model::Distribution& distribution);

// The hours of the day with which `rate` arrivals a microsecond are to be expected.
struct RateSegment {
    des::Time begin = 0;  // from midnight
    des::Time end = 0;
    double rate = 0;
};

// Arrival rates of an entry on a date, cut to the opening hours of its site, growth, season and single dates
// applied (not the day factor). For renewals the rate is 1 while the site is open; for logs there is none.
std::vector<RateSegment> rates_on(const SourcePlan& source,
                                  const model::Site& site,
                                  Date date,
                                  Date first_day);

// Growth, season and single dates together.
double factor_on(const model::Arrivals& arrivals, Date date, Date first_day);

}  // namespace balcao::sim
