#pragma once
// Finds rows of a run by what they speak of. Used by the figures, the terminal's table and the CSV files of
// this module; it never adds rows up.
#include <optional>
#include <string>
#include <vector>

#include "sim/results.hpp"

namespace balcao::report {

// The keys that a row's breakdown has, as a set of bits.
enum Part : unsigned {
    part_none = 0,
    part_site = 1,
    part_service = 2,
    part_desk = 4,
    part_step = 8,
    part_group = 16,
    part_channel = 32,
    part_hour = 64,
};

unsigned parts_of(const sim::Breakdown& breakdown);

// A measure, and for served_within its limit.
struct Measured {
    sim::Measure measure{};
    std::optional<double> limit_minutes{};
    friend bool operator==(const Measured&, const Measured&) = default;
};

// Rows with exactly those keys, in the order of the run.
std::vector<const sim::Row*> rows_of(const sim::Results& results, const Measured& measured, unsigned parts);

// The row of that measure and breakdown; null when there is none.
const sim::Row* row_of(const sim::Results& results, const Measured& measured, const sim::Breakdown& of);

// The limits that served_within was measured with, ascending.
std::vector<double> limits_of(const sim::Results& results);

}  // namespace balcao::report
