#pragma once
// Compares the simulator with what is known exactly: queueing theory, traces by hand, a reference run and a
// real log. The program `validate` runs it, docs/validation.md is what it writes. Figures and their sources
// stand in cases.json, models beside it.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "sim/results.hpp"
#include "sim/trace.hpp"

namespace balcao::validation {

// Ends the program with exit 1 after saying why, from any thread: what followed would not be true.
[[noreturn]] void stop(const std::string& what);

// One figure of a case and what came out, over all seeds.
struct Check {
    sim::Measure measure{};
    sim::Breakdown of;
    std::optional<double> limit_minutes;
    bool is_variance = false;  // of the sum of one replication, not its mean
    double exact = 0;
    std::optional<double> tolerance;  // of a reference that is itself a simulation

    int held = 0;
    int trials = 0;
    double first_mean = 0;  // with the first seed
    double first_low = 0;
    double first_high = 0;
    double sum = 0;  // of the estimates
};

struct Case {
    std::string id;
    std::string family;
    std::string source;
    std::string derived;  // how a figure follows from the source's, where it is not given there
    std::string model_file;
    int days = 1;
    int replications = 10;
    std::vector<Check> checks;
    std::int64_t customers = 0;  // of all seeds
    double longest_warm_up = 0;  // days
};

struct TracedPerson {
    double arrived = 0;
    std::string outcome;
    std::optional<double> waited;
    std::optional<double> left;
};

struct HandTrace {
    std::string id;
    std::string source;
    std::string model_file;
    std::vector<TracedPerson> expected;
    std::string difference;  // empty: to the bit
};

struct LeftOut {
    std::string id;
    std::string why;
};

struct Cases {
    std::vector<Case> cases;
    std::vector<HandTrace> traces;
    Case shop;
    std::vector<LeftOut> left_out;
};

// Of the folder that this file stands in; stops the program when it cannot be read.
Cases read_cases(const std::filesystem::path& folder);

model::Model read_case_model(const std::filesystem::path& file);

// Every visit of the first day.
std::vector<sim::TracedVisit> first_day_of(const model::Model& model);

struct Seeds {
    std::uint64_t first = 1;
    int count = 200;
};

// Runs every case with every seed, on two threads.
void run_cases(const std::filesystem::path& folder, Cases& cases, Seeds seeds);
// With one seed.
void run_shop(const std::filesystem::path& folder, Case& shop, std::uint64_t seed);
void run_traces(const std::filesystem::path& folder, std::vector<HandTrace>& traces);

// How many of `trials` lie inside with probability 99.9 % when each does with 95 %.
struct Bounds {
    int low = 0;
    int high = 0;
};

Bounds binomial_bounds(int trials);

// What people did at a real counter of several windows with one clock.
struct Session {
    std::string date;
    int windows = 0;
    int people = 0;
    int exact = 0;           // the wait that one queue in order of arrival gives
    int before_arrival = 0;  // served, by the log, before they came
    int idle_elsewhere = 0;  // waited longer although another window stood idle
    int overtaken = 0;       // waited longer: somebody who came later began before her
    int overtook = 0;        // waited shorter: began before somebody who had come earlier
    int follows = 0;         // differs only by what others had done before
};

// Nothing where the log is not there.
std::optional<std::vector<Session>> replay_log(const std::filesystem::path& file);

// The page, in Markdown.
std::string page_of(const Cases& cases, const std::optional<std::vector<Session>>& sessions, Seeds seeds);

// What is wrong, one sentence each; empty when everything holds.
std::vector<std::string> failures_of(const Cases& cases, const std::optional<std::vector<Session>>& sessions);

}  // namespace balcao::validation
