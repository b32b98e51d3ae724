#pragma once
// The figures of one run: what the numbers are by hour, service, site, group, channel and desk. Each is made
// only where the run has such rows. Used by the page; see content.hpp for what a figure is.
#include <vector>

#include "report/content.hpp"
#include "report/csv.hpp"
#include "report/names.hpp"
#include "report/rows.hpp"
#include "sim/results.hpp"

namespace balcao::report {

// A table whose lines are the breakdowns with exactly those keys, and whose columns are the measures that any
// of them has. Lines by hour come in order of the hour, others with the longest wait first.
struct TableOf {
    std::string id{};
    std::string title{};
    std::string row_heading{};
    unsigned parts = part_none;
    std::vector<Measured> drawn{};   // columns, drawn
    std::vector<Measured> beside{};  // further columns, not drawn
    std::vector<Drawing> drawings{};
    std::size_t lines_max = 100'000;  // the first so many lines are shown
};

// No lines when the run has no such rows.
Figure table_of(const TableOf& spec, const sim::Results& results, const Names& names);

// A table of one measure: a line a breakdown with those keys, a column an hour. `parts` includes part_hour.
struct HoursOf {
    std::string id{};
    std::string title{};
    std::string row_heading{};
    unsigned parts = part_hour;
    Measured measured{};
};

Figure hours_of(const HoursOf& spec, const sim::Results& results, const Names& names);

// The sections of a run in the order of the page, those without figures left out.
std::vector<Section> sections_of(const sim::Results& results, const Names& names);

// The breakdowns that wait longest: the first, and those whose interval meets the first's; at most `most`.
std::vector<const sim::Row*> longest_of(std::vector<const sim::Row*> rows, std::size_t most);

// "a", "a and b", "a, b and c" in that language.
std::string list_of(const std::vector<std::string>& items, const Words& words);

}  // namespace balcao::report
