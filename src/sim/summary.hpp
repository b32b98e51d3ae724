#pragma once
// From counters to rows: each measure of each part of the city as a ratio of sums with its interval. Used by
// simulate and compare.
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "sim/breakdowns.hpp"
#include "sim/results.hpp"
#include "sim/runner.hpp"

namespace balcao::sim {

// One measure of one part: what is summed over what, unit by unit.
struct Series {
    Measure measure{};
    std::optional<std::size_t> limit;  // which of the city's limits, for served_within
    std::uint32_t part = 0;
    double unit_size = 1;  // of the result, in what is summed: 60e6 for minutes
    std::vector<double> x;
    std::vector<double> y;
    std::int64_t count = 0;
    std::int64_t open = 0;  // needs of this part that no one has seen the end of: the mean is cut short
};

// Every measure that has something to say, in the order of the rows.
std::vector<Series> make_series(const CityPlan& city,
                                const Breakdowns& breakdowns,
                                const std::vector<Unit>& units);

// The same measure of the same part, or null.
const Series* find_series(const std::vector<Series>& all,
                          Measure measure,
                          const Breakdowns& breakdowns,
                          const Breakdown& of);

std::vector<Row> make_rows(const CityPlan& city,
                           const Breakdowns& breakdowns,
                           const std::vector<Series>& all,
                           const std::vector<Histograms>& histograms,
                           double confidence);

// What the reader must know of people whose visits or needs did not end as the model meant.
std::vector<std::string> notes_of(const Runner& runner, const std::vector<Unit>& units);

}  // namespace balcao::sim
