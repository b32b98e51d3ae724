#pragma once
// What a run found: one row a measure and breakdown, each mean with its interval. Filled by `sim`, read by
// `report` and `main`. Plain values: no model, no stream, no timing (which would differ from run to run).
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace balcao::sim {

// The measures of the language page (docs/model.md), in the order in which they are printed.
enum class Measure : std::uint8_t {
    arrivals,
    served,
    abandoned_share,
    balked_share,
    sent_away_share,
    no_show_share,
    wait,
    wait_all,
    waited_share,
    served_within,
    time_in_system,
    queue_length,
    number_in_system,
    utilisation,
    visits_per_need,
    days_to_solution,
    cost_per_need,
    travel_per_need,
    solved_share,
};

// "wait", "abandoned_share" …
const char* name_of(Measure measure);
std::optional<Measure> parse_measure(std::string_view name);
// "per day", "min", "share", "people", "visits", "days", "EUR".
const char* unit_of(Measure measure);

// Which part of the city a row speaks of; an absent key means all of it.
struct Breakdown {
    std::optional<std::string> site{};
    std::optional<std::string> service{};
    std::optional<std::string> desk{};
    std::optional<std::string> step{};
    std::optional<std::string> group{};
    std::optional<std::string> channel{};
    std::optional<int> hour{};  // 0..23, of arrival; for utilisation and queue_length the hour itself
    friend bool operator==(const Breakdown&, const Breakdown&) = default;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Breakdown&, const Breakdown&) = default;
};

struct Quantiles {
    double p50 = 0;
    double p90 = 0;
    double p99 = 0;
    friend bool operator==(const Quantiles&, const Quantiles&) = default;
};

struct Row {
    Measure measure{};
    std::optional<double> limit_minutes;  // for served_within
    Breakdown of;
    double mean = 0;
    std::optional<double> half_width;  // none: no interval can be had, and the mean is not shown as a result
    std::optional<Quantiles> quantiles;  // of single people, for waits and times
    std::int64_t count = 0;              // what the mean is over: people, contacts, needs or days
    friend bool operator==(const Row&, const Row&) = default;
};

enum class Verdict : std::uint8_t { met, missed, undecided };

struct TargetOutcome {
    model::Target target;
    std::optional<double> mean{};  // none: no row of the run speaks of that (nobody came, nothing was asked)
    std::optional<double> half_width{};
    Verdict verdict = Verdict::undecided;
    friend bool operator==(const TargetOutcome&, const TargetOutcome&) = default;
};

struct Results {
    std::string model;     // key of the model
    std::string scenario;  // key of the scenario; empty for the model itself
    std::uint64_t seed = 1;
    int days = 0;             // per replication
    double warm_up_days = 0;  // steady state only
    bool is_steady_state = false;
    int replications = 0;
    std::string
        unit_of_interval;  // "replications", "batches of days" or "batches": what the t-interval is over
    int units = 0;         // how many of them
    double confidence = 0.95;
    std::int64_t customers = 0;
    std::vector<Row> rows;
    std::vector<TargetOutcome> targets;
    std::vector<std::string>
        notes;  // in English; what the reader must know: not reached precision, cut short …

    // The row of that measure and breakdown; null when there is none.
    [[nodiscard]] const Row* find(Measure measure, const Breakdown& of = {}) const;
};

// One scenario against the model, on the same people (common random numbers).
struct Difference {
    std::string scenario;
    Measure measure{};
    std::optional<double> limit_minutes;
    Breakdown of;
    double base_mean = 0;
    double scenario_mean = 0;
    double difference = 0;  // scenario minus model
    std::optional<double> half_width;
    std::optional<bool> better;         // none: cannot be told apart (or neither direction is better)
    std::optional<double> correlation;  // between the two over replications
    std::optional<double>
        variance_ratio;  // of independent runs over what was had; below 1: the pairing did harm
};

// The ranking of the model and its scenarios by one measure (Kim and Nelson 2001).
struct Ranking {
    Measure measure = Measure::wait;
    double indifference = 0;  // in the measure's unit
    double confidence = 0.95;
    std::string best;  // key of the scenario, or empty for the model itself

    struct Fallen {
        std::string scenario;
        int at_replication = 0;
    };

    std::vector<Fallen> fallen;  // in the order in which they were ruled out
    int replications = 0;
    bool is_decided = false;  // false: stopped at the bound before one was left
};

struct Comparison {
    Results base;
    std::vector<Results> scenarios;
    std::vector<Difference> differences;
    std::optional<Ranking> ranking;  // with two or more scenarios
};

}  // namespace balcao::sim
