#include "report/csv.hpp"

#include <algorithm>

#include "report/functionality.hpp"
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

std::string plain_or_empty(const std::optional<double>& maybe) { return maybe ? plain(*maybe) : ""; }

// The fields, and after them a target with its outcome; their names where there is none.
Fields with_target(Fields fields, const sim::TargetOutcome* outcome) {
    if (outcome == nullptr) {
        for (const char* name : {"measure", "limit", "site", "service", "group", "channel", "at_least",
                                 "at_most", "mean", "half_width", "verdict"})
            fields.emplace_back(name);
        return fields;
    }
    const auto key = [](const auto& maybe) { return maybe ? maybe->text() : std::string{}; };
    const model::Target& target = outcome->target;
    for (const std::string& value :
         {target.measure, plain_or_empty(minutes_of(target.limit)), key(target.site), key(target.service),
          key(target.group), key(target.channel), plain_or_empty(target.at_least),
          plain_or_empty(target.at_most), outcome->half_width ? plain_or_empty(outcome->mean) : std::string{},
          plain_or_empty(outcome->half_width), std::string{name_of(outcome->verdict)}})
        fields.push_back(value);
    return fields;
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
    std::vector<Fields> table{with_target({"scenario"}, {})};
    for (const auto& [name, results] : systems)
        for (const sim::TargetOutcome& outcome : results->targets)
            table.push_back(with_target({results->scenario}, &outcome));
    return written(table);
}

std::string csv_of(const std::vector<const sim::StressResult*>& results, std::optional<sim::Axis> axis) {
    std::vector<Fields> table{with_target({"model", "axis", "level", "closed", "unserved_share"}, {})};
    for (const sim::StressResult* result : results)
        for (const sim::StressCurve& curve : result->curves)
            for (const sim::StressPoint& point : curve.points)
                for (const sim::TargetOutcome& outcome : point.targets)
                    if (!axis || curve.axis == *axis)
                        table.push_back(
                            with_target({result->model, sim::name_of(curve.axis), plain(point.level),
                                         point.closed, plain(point.unserved_share)},
                                        &outcome));
    return written(table);
}

std::string csv_of(const std::vector<const sim::SituationOutcome*>& outcomes) {
    std::vector<Fields> table{{"situation", "group", "possible", "weeks", "must", "share", "half_width"}};
    for (const sim::SituationOutcome* outcome : outcomes) {
        const auto add = [&](const std::string& must, double share, std::optional<double> half_width) {
            // What no desk can do never comes true, and that is certain.
            if (!outcome->is_possible) half_width = 0;
            table.push_back({outcome->situation.key,
                             outcome->situation.group ? outcome->situation.group->text() : "",
                             outcome->is_possible ? "true" : "false", std::to_string(outcome->walks), must,
                             half_width ? plain(share) : "", plain_or_empty(half_width)});
        };
        for (const sim::MustOutcome& must : outcome->musts)
            add(must_in_words(must.must), must.share, must.half_width);
        add("all of it", outcome->all_share, outcome->all_half_width);
    }
    return written(table);
}

std::string csv_of_errands(const std::vector<const sim::SituationOutcome*>& outcomes) {
    std::vector<Fields> table{{"situation", "services", "site", "channel", "served_share", "half_width"}};
    for (const sim::SituationOutcome* outcome : outcomes)
        for (const sim::ErrandOutcome& errand : outcome->errands) {
            std::string services;
            for (const model::ServiceKey& service : errand.services)
                services += (services.empty() ? "" : " ") + service.text();
            table.push_back({outcome->situation.key, services, errand.site.text(), errand.channel.text(),
                             errand.served_half_width ? plain(errand.served_share) : "",
                             plain_or_empty(errand.served_half_width)});
        }
    return written(table);
}

}  // namespace balcao::report
