#include "report/terminal.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "report/aligned.hpp"
#include "report/json.hpp"
#include "report/numbers.hpp"
#include "report/rows.hpp"

namespace balcao::report {

namespace {

using sim::Measure;

constexpr std::size_t lines_max = 20;  // of one table; beyond, a person wants the report

std::string estimate_of(const sim::Row* row) {
    if (row == nullptr) return "–";
    return plain_text_of({row->mean, row->half_width}, sim::unit_of(row->measure));
}

std::string measure_name(const Measured& measured) {
    const std::string unit = sim::unit_of(measured.measure);
    std::string name = sim::name_of(measured.measure);
    if (measured.limit_minutes) name += fmt::format(" {:g} min", *measured.limit_minutes);
    return unit == "share" ? name : name + " (" + unit + ")";
}

std::string quantile_of(const sim::Row& row, double sim::Quantiles::*which) {
    if (!row.quantiles || !row.half_width) return "";
    return quantile_text((*row.quantiles).*which, sim::unit_of(row.measure), Language::en);
}

std::string overall_table(const sim::Results& results) {
    std::vector<Texts> rows{{"", "mean ± half-width", "half below", "9 in 10 below"}};
    for (const sim::Row& row : results.rows)
        if (parts_of(row.of) == part_none)
            rows.push_back({measure_name({row.measure, row.limit_minutes}), estimate_of(&row),
                            quantile_of(row, &sim::Quantiles::p50), quantile_of(row, &sim::Quantiles::p90)});
    return rows.size() == 1 ? "" : "The whole city\n" + aligned(rows);
}

// One line a site or service, in the order of the run.
std::string table_by(const sim::Results& results,
                     const char* title,
                     unsigned part,
                     std::optional<std::string> sim::Breakdown::*key) {
    const std::vector<Measured> measures{
        {Measure::arrivals}, {Measure::wait}, {Measure::abandoned_share}, {Measure::utilisation}};
    std::vector<const sim::Row*> lines = rows_of(results, {Measure::arrivals}, part);
    if (lines.size() < 2) return {};
    const std::size_t all = lines.size();
    lines.resize(std::min(all, lines_max));
    Texts heading{""};
    for (const Measured& measured : measures)
        if (!rows_of(results, measured, part).empty()) heading.push_back(measure_name(measured));
    std::vector<Texts> rows{heading};
    for (const sim::Row* line : lines) {
        Texts row{(line->of.*key).value_or("")};
        for (const Measured& measured : measures)
            if (!rows_of(results, measured, part).empty())
                row.push_back(estimate_of(row_of(results, measured, line->of)));
        rows.push_back(row);
    }
    std::string text = std::string{"\n"} + title + "\n" + aligned(rows);
    if (all > lines.size()) text += fmt::format("  … and {} more\n", all - lines.size());
    return text;
}

std::string targets_text(const sim::Results& results) {
    if (results.targets.empty()) return {};
    std::vector<Texts> rows;
    for (const sim::TargetOutcome& outcome : results.targets) {
        const model::Target& target = outcome.target;
        const std::optional<Measure> measure = sim::parse_measure(target.measure);
        const std::string unit = measure ? sim::unit_of(*measure) : "";
        std::string name = measure ? measure_name({*measure, minutes_of(target.limit)}) : target.measure;
        const auto add = [&](const auto& key) {
            if (key) name += ", " + key->text();
        };
        add(target.site);
        add(target.service);
        add(target.group);
        add(target.channel);
        const auto bound = [&](double value) {
            return unit == "share" ? fmt::format("{:g}%", value * 100) : fmt::format("{:g}", value);
        };
        std::string wanted = target.at_least ? "at least " + bound(*target.at_least) : "";
        if (target.at_most) wanted += (wanted.empty() ? "at most " : ", at most ") + bound(*target.at_most);
        rows.push_back({std::string{name_of(outcome.verdict)} + ": " + name, wanted,
                        plain_text_of({outcome.mean.value_or(0), outcome.half_width}, unit)});
    }
    return "\nTargets\n" + aligned(rows);
}

std::string head_of(const sim::Results& results) {
    std::string text = results.model;
    if (!results.scenario.empty()) text += ", scenario " + results.scenario;
    text += fmt::format(": {} {} of {} {}", results.replications,
                        results.replications == 1 ? "replication" : "replications", results.days,
                        results.days == 1 ? "day" : "days");
    if (results.is_steady_state) text += fmt::format(" after {:.1f} days of warm-up", results.warm_up_days);
    text += ", " + count(results.customers, Language::en) + " people, seed " + std::to_string(results.seed);
    return text + fmt::format("\n± is half of the {:g}% interval, over {} {}.\n\n", results.confidence * 100,
                              results.units, results.unit_of_interval);
}

std::string notes_text(const sim::Results& results) {
    std::string text;
    const std::string of = results.scenario.empty() ? "" : ", scenario " + results.scenario;
    for (const std::string& note : results.notes)
        text += "note" + of + ": " + note + "\n";
    return text.empty() ? text : "\n" + text;
}

std::string verdict_of(const sim::Difference& row) {
    if (!row.half_width) return "";
    if (row.better) return *row.better ? "better" : "worse";
    return std::abs(row.difference) <= *row.half_width ? "cannot be told apart" : "";
}

using DifferenceLine = std::pair<Measured, sim::Breakdown>;

// What the table of that part has lines of, each once, in order of the differences.
std::vector<DifferenceLine> difference_lines(const sim::Comparison& comparison, unsigned part) {
    std::vector<DifferenceLine> lines;
    for (const sim::Difference& row : comparison.differences) {
        if (parts_of(row.of) != part || (part != part_none && row.measure != Measure::wait)) continue;
        const DifferenceLine line{{row.measure, row.limit_minutes}, row.of};
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
    return lines;
}

// The difference of a scenario and what to think of it.
void add_difference(Texts& cells,
                    const std::vector<sim::Difference>& differences,
                    const std::string& scenario,
                    const DifferenceLine& line) {
    for (const sim::Difference& row : differences) {
        if (row.scenario != scenario || row.of != line.second ||
            Measured{row.measure, row.limit_minutes} != line.first)
            continue;
        cells.push_back(
            plain_text_of({row.difference, row.half_width}, sim::unit_of(row.measure), Sign::always));
        cells.push_back(verdict_of(row));
    }
}

// One line a measure (or service), two columns a scenario.
std::string differences_table(const sim::Comparison& comparison, unsigned part, const char* title) {
    Texts heading{"", "model"};
    for (const sim::Results& scenario : comparison.scenarios) {
        heading.push_back(scenario.scenario);
        heading.emplace_back("");
    }
    std::vector<Texts> rows{heading};
    std::vector<DifferenceLine> lines = difference_lines(comparison, part);
    const std::size_t all = lines.size();
    if (all > lines_max) lines.resize(lines_max);
    for (const DifferenceLine& line : lines) {
        const auto& [measured, of] = line;
        Texts row{part == part_none ? measure_name(measured) : of.service.value_or("")};
        row.push_back(estimate_of(row_of(comparison.base, measured, of)));
        for (const sim::Results& scenario : comparison.scenarios)
            add_difference(row, comparison.differences, scenario.scenario, line);
        rows.push_back(row);
    }
    if (rows.size() == 1) return {};
    std::string text = std::string{title} + "\n" + aligned(rows);
    if (all > lines.size()) text += fmt::format("  … and {} more\n", all - lines.size());
    return text;
}

std::string ranking_text(const sim::Comparison& comparison) {
    if (!comparison.ranking) return {};
    const sim::Ranking& ranking = *comparison.ranking;
    const auto name = [](const std::string& key) {
        return key.empty() ? std::string{"the model as it is"} : key;
    };
    std::string text = fmt::format(
        "\nRanking by {} (Kim and Nelson, indifference {:.3g}, {:g}%): ", sim::name_of(ranking.measure),
        ranking.indifference, ranking.confidence * 100);
    text += ranking.is_decided ? name(ranking.best) + " is the best, or as good within the indifference\n"
                               : fmt::format("not decided after {} replications\n", ranking.replications);
    for (const sim::Ranking::Fallen& fallen : ranking.fallen)
        text += fmt::format("  ruled out after {} replications: {}\n", fallen.at_replication,
                            name(fallen.scenario));
    return text;
}

}  // namespace

std::string results_body(const sim::Results& results) {
    std::string text = overall_table(results);
    text += table_by(results, "By site", part_site, &sim::Breakdown::site);
    text += table_by(results, "By service", part_service, &sim::Breakdown::service);
    return text + targets_text(results) + notes_text(results);
}

std::string results_table(const sim::Results& results) {
    const auto is_shown = [](const sim::Row& row) {
        const unsigned parts = parts_of(row.of);
        return parts == part_none || parts == part_site || parts == part_service;
    };
    const auto left_out = std::count_if(results.rows.begin(), results.rows.end(), std::not_fn(is_shown));
    std::string text = head_of(results) + results_body(results);
    if (left_out > 0)
        text += fmt::format(
            "\nLeft out here: {} rows by hour, desk, step, group and channel, all of them in --json "
            "and drawn in --report.\n",
            count(left_out, Language::en));
    return text;
}

std::string comparison_table(const sim::Comparison& comparison) {
    std::string text = head_of(comparison.base);
    text += differences_table(comparison, part_none,
                              "What each scenario changes (scenario minus model; shares in points)");
    const std::string services =
        differences_table(comparison, part_service, "Change of the wait (min), by service");
    if (!services.empty()) text += "\n" + services;
    text += ranking_text(comparison) + targets_text(comparison.base);
    for (const sim::Results& scenario : comparison.scenarios) {
        const std::string targets = targets_text(scenario);
        if (!targets.empty()) text += "\nScenario " + scenario.scenario + targets;
    }
    text += notes_text(comparison.base);
    for (const sim::Results& scenario : comparison.scenarios)
        text += notes_text(scenario);
    return text;
}

}  // namespace balcao::report
