#include <algorithm>
#include <map>

#include "report/figures.hpp"

namespace balcao::report {

namespace {

Cell cell_of(const sim::Row* row, const Words& words) {
    if (row == nullptr) return {.text = "–", .estimate = {}};
    const Estimate estimate{row->mean, row->half_width};
    Cell cell{.text = estimate_text(estimate, sim::unit_of(row->measure), words), .estimate = {}};
    if (estimate.half_width) cell.estimate = estimate;
    return cell;
}

// Nine in ten people wait less: a quantile of single people, shown only beside a mean that has an interval.
Cell quantile_cell(const sim::Row* row, const Words& words) {
    if (row == nullptr || !row->quantiles || !row->half_width) return {.text = "–", .estimate = {}};
    return {.text = quantile_text(row->quantiles->p90, sim::unit_of(row->measure), words.language()),
            .estimate = {}};
}

sim::Breakdown without_hour(sim::Breakdown breakdown) {
    breakdown.hour.reset();
    return breakdown;
}

// The breakdowns with those keys that any of the measures has, in the order of the run.
std::vector<sim::Breakdown> lines_of(const sim::Results& results,
                                     const std::vector<Measured>& measures,
                                     unsigned parts) {
    std::vector<sim::Breakdown> lines;
    for (const Measured& measured : measures)
        for (const sim::Row* row : rows_of(results, measured, parts))
            if (std::find(lines.begin(), lines.end(), row->of) == lines.end()) lines.push_back(row->of);
    return lines;
}

using Index = std::map<sim::Breakdown, const sim::Row*>;

Index index_of(const std::vector<const sim::Row*>& rows) {
    Index index;
    for (const sim::Row* row : rows)
        index.emplace(row->of, row);
    return index;
}

const sim::Row* find_in(const Index& index, const sim::Breakdown& of) {
    const auto found = index.find(of);
    return found == index.end() ? nullptr : found->second;
}

void sort_lines(std::vector<sim::Breakdown>& lines, const TableOf& spec, const sim::Results& results) {
    if ((spec.parts & part_hour) != 0) {
        std::sort(lines.begin(), lines.end());
        return;
    }
    const Index first = index_of(rows_of(results, spec.drawn.front(), spec.parts));
    const auto rank = [&](const sim::Breakdown& line) {
        const sim::Row* row = find_in(first, line);
        return row != nullptr && row->half_width ? row->mean : -1.0;
    };
    std::stable_sort(lines.begin(), lines.end(),
                     [&](const auto& a, const auto& b) { return rank(a) > rank(b); });
}

bool has_quantiles(const std::vector<const sim::Row*>& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [](const sim::Row* row) { return row->quantiles.has_value(); });
}

// One measure as one column, and a second for its quantile where it has one.
void add_columns(Figure& figure,
                 const Measured& measured,
                 const std::vector<const sim::Row*>& cells,
                 const Names& names,
                 bool is_drawn) {
    const std::string heading = names.heading(measured.measure, measured.limit_minutes);
    figure.columns.push_back({heading, is_drawn ? heading : "", "", sim::unit_of(measured.measure),
                              sim::name_of(measured.measure)});
    for (std::size_t i = 0; i < cells.size(); ++i)
        figure.lines[i].cells.push_back(cell_of(cells[i], names.words()));
    std::vector<const sim::Row*> present = cells;
    present.erase(std::remove(present.begin(), present.end(), nullptr), present.end());
    if (measured.measure != sim::Measure::wait || !has_quantiles(present)) return;
    figure.columns.push_back({names.words()("9 in 10 wait less than (min)"), "", "", "min"});
    for (std::size_t i = 0; i < cells.size(); ++i)
        figure.lines[i].cells.push_back(quantile_cell(cells[i], names.words()));
}

Line heading_line(const sim::Breakdown& of, const Names& names) {
    Line line;
    line.heading = of.hour ? hour_text(*of.hour) : names.of(of);
    line.hour = of.hour;
    if (of == sim::Breakdown{.site = of.site}) {
        const model::Site* site = of.site ? names.model().find(model::SiteKey{*of.site}) : nullptr;
        if (site != nullptr) line.location = site->location;
    }
    return line;
}

}  // namespace

Figure table_of(const TableOf& spec, const sim::Results& results, const Names& names) {
    Figure figure{
        .id = spec.id, .title = spec.title, .row_heading = spec.row_heading, .drawings = spec.drawings};
    std::vector<Measured> measures = spec.drawn;
    measures.insert(measures.end(), spec.beside.begin(), spec.beside.end());
    std::vector<sim::Breakdown> lines = lines_of(results, measures, spec.parts);
    sort_lines(lines, spec, results);
    if (lines.size() > spec.lines_max) lines.resize(spec.lines_max);
    for (const sim::Breakdown& line : lines)
        figure.lines.push_back(heading_line(line, names));

    std::vector<const sim::Row*> used;
    for (const Measured& measured : measures) {
        const Index index = index_of(rows_of(results, measured, spec.parts));
        std::vector<const sim::Row*> cells;
        cells.reserve(lines.size());
        for (const sim::Breakdown& line : lines)
            cells.push_back(find_in(index, line));
        if (std::all_of(cells.begin(), cells.end(), [](const sim::Row* row) { return row == nullptr; }))
            continue;
        const bool is_drawn = std::find(spec.drawn.begin(), spec.drawn.end(), measured) != spec.drawn.end();
        add_columns(figure, measured, cells, names, is_drawn);
        for (const sim::Row* row : cells)
            if (row != nullptr) used.push_back(row);
    }
    figure.csv = csv_of(used);
    return figure;
}

Figure hours_of(const HoursOf& spec, const sim::Results& results, const Names& names) {
    Figure figure{
        .id = spec.id, .title = spec.title, .row_heading = spec.row_heading, .drawings = {Drawing::hours}};
    const std::vector<const sim::Row*> rows = rows_of(results, spec.measured, spec.parts);
    std::vector<sim::Breakdown> lines;
    std::vector<int> hours;
    for (const sim::Row* row : rows) {
        const sim::Breakdown line = without_hour(row->of);
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
        if (std::find(hours.begin(), hours.end(), *row->of.hour) == hours.end())
            hours.push_back(*row->of.hour);
    }
    std::sort(hours.begin(), hours.end());
    const Index index = index_of(rows);
    const std::string panel = names.heading(spec.measured.measure, spec.measured.limit_minutes);
    for (const int hour : hours)
        figure.columns.push_back(
            {hour_text(hour), panel, std::to_string(hour), sim::unit_of(spec.measured.measure)});
    for (const sim::Breakdown& of : lines) {
        Line line{.heading = names.of(of), .cells = {}};
        for (const int hour : hours) {
            sim::Breakdown at_hour = of;
            at_hour.hour = hour;
            line.cells.push_back(cell_of(find_in(index, at_hour), names.words()));
        }
        figure.lines.push_back(std::move(line));
    }
    figure.csv = csv_of(rows);
    return figure;
}

std::vector<const sim::Row*> longest_of(std::vector<const sim::Row*> rows, std::size_t most) {
    rows.erase(std::remove_if(rows.begin(), rows.end(), [](const sim::Row* row) { return !row->half_width; }),
               rows.end());
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto* a, const auto* b) { return a->mean > b->mean; });
    if (rows.empty()) return rows;
    const double low = rows.front()->mean - *rows.front()->half_width;
    const auto meets = [&](const sim::Row* row) { return row->mean + *row->half_width >= low; };
    const auto end = std::find_if_not(rows.begin(), rows.end(), meets);
    rows.erase(end, rows.end());
    if (rows.size() > most) rows.resize(most);
    return rows;
}

std::string list_of(const std::vector<std::string>& items, const Words& words) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += i + 1 == items.size() ? " " + words("and") + " " : ", ";
        text += items[i];
    }
    return text;
}

}  // namespace balcao::report
