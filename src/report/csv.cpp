#include "report/csv.hpp"

#include <algorithm>

#include "report/json.hpp"
#include "report/rows.hpp"
#include "text/csv.hpp"
#include "text/number.hpp"

namespace balcao::report {

namespace {

using Fields = std::vector<std::string>;

std::string plain(double value) { return text::format_shortest(rounded(value)); }

// A table whose empty columns are not written.
std::string written(const std::vector<Fields>& rows) {
    std::vector<std::size_t> kept;
    for (std::size_t column = 0; column < rows[0].size(); ++column) {
        const auto is_filled = [&](const Fields& row) { return !row[column].empty(); };
        if (std::any_of(rows.begin() + 1, rows.end(), is_filled)) kept.push_back(column);
    }
    std::string out;
    if (kept.empty()) return out;
    text::CsvWriter csv{out};
    for (const Fields& row : rows) {
        for (const std::size_t column : kept)
            csv.field(row[column]);
        csv.end_row();
    }
    return out;
}

Fields heading(const Fields& values) {
    Fields fields{"scenario", "measure", "unit",  "limit",   "site", "service",
                  "desk",     "step",    "group", "channel", "hour"};
    fields.insert(fields.end(), values.begin(), values.end());
    return fields;
}

Fields line(const std::string& scenario,
            sim::Measure measure,
            const std::optional<double>& limit,
            const sim::Breakdown& of,
            const Fields& values) {
    Fields fields{scenario,
                  sim::name_of(measure),
                  sim::unit_of(measure),
                  limit ? plain(*limit) : "",
                  of.site.value_or(""),
                  of.service.value_or(""),
                  of.desk.value_or(""),
                  of.step.value_or(""),
                  of.group.value_or(""),
                  of.channel.value_or(""),
                  of.hour ? std::to_string(*of.hour) : ""};
    fields.insert(fields.end(), values.begin(), values.end());
    return fields;
}

const Fields row_values{"mean", "half_width", "p50", "p90", "p99", "count"};

Fields line_of(const std::string& scenario, const sim::Row& row) {
    const bool is_known = row.half_width.has_value();
    const auto quantile = [&](double sim::Quantiles::*which) {
        return is_known && row.quantiles ? plain((*row.quantiles).*which) : std::string{};
    };
    return line(scenario, row.measure, row.limit_minutes, row.of,
                {is_known ? plain(row.mean) : "", is_known ? plain(*row.half_width) : "",
                 quantile(&sim::Quantiles::p50), quantile(&sim::Quantiles::p90),
                 quantile(&sim::Quantiles::p99), std::to_string(row.count)});
}

}  // namespace

std::string csv_of(const std::vector<const sim::Row*>& rows) {
    std::vector<Fields> table{heading(row_values)};
    for (const sim::Row* row : rows)
        table.push_back(line_of("", *row));
    return written(table);
}

std::string csv_of_hours(const std::vector<System>& systems, sim::Measure measure) {
    std::vector<Fields> table{heading(row_values)};
    for (const auto& [name, results] : systems)
        for (const sim::Row* row : rows_of(*results, {measure}, part_hour))
            table.push_back(line_of(results->scenario, *row));
    return written(table);
}

std::string csv_of(const std::vector<const sim::Difference*>& differences) {
    std::vector<Fields> table{heading({"difference", "half_width", "better"})};
    for (const sim::Difference* row : differences) {
        const bool is_known = row->half_width.has_value();
        table.push_back(line(row->scenario, row->measure, row->limit_minutes, row->of,
                             {is_known ? plain(row->difference) : "", is_known ? plain(*row->half_width) : "",
                              row->better ? (*row->better ? "true" : "false") : ""}));
    }
    return written(table);
}

std::string csv_of_targets(const std::vector<System>& systems) {
    std::vector<Fields> table{{"scenario", "measure", "limit", "site", "service", "group", "channel",
                               "at_least", "at_most", "mean", "half_width", "verdict"}};
    const auto key = [](const auto& maybe) { return maybe ? maybe->text() : std::string{}; };
    const auto bound = [](const std::optional<double>& maybe) {
        return maybe ? plain(*maybe) : std::string{};
    };
    for (const auto& [name, results] : systems)
        for (const sim::TargetOutcome& outcome : results->targets) {
            const model::Target& target = outcome.target;
            table.push_back({results->scenario, target.measure, bound(minutes_of(target.limit)),
                             key(target.site), key(target.service), key(target.group), key(target.channel),
                             bound(target.at_least), bound(target.at_most),
                             outcome.half_width ? plain(outcome.mean) : "", bound(outcome.half_width),
                             name_of(outcome.verdict)});
        }
    return written(table);
}

}  // namespace balcao::report
