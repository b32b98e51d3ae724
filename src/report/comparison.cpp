#include "report/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/rows.hpp"
#include "report/summary.hpp"

namespace balcao::report {

namespace {

using sim::Measure;

constexpr std::size_t short_about_max = 60;  // bytes that still fit a column's heading

const sim::Difference* find_difference(const sim::Comparison& comparison,
                                       const std::string& scenario,
                                       const Measured& measured,
                                       const sim::Breakdown& of) {
    for (const sim::Difference& row : comparison.differences)
        if (row.scenario == scenario && Measured{row.measure, row.limit_minutes} == measured && row.of == of)
            return &row;
    return nullptr;
}

// A difference of shares is in percentage points.
std::string difference_unit(Measure measure) {
    const std::string unit = sim::unit_of(measure);
    return unit == "share" ? "points" : unit;
}

std::string difference_text(const sim::Difference& row, const Words& words, Sign sign = Sign::always) {
    const std::string unit = difference_unit(row.measure);
    std::string text = estimate_text({row.difference, row.half_width}, unit, words, sign);
    if (!row.half_width) return text;
    if (unit == "points" || unit == "min" || unit == "EUR") return text + "\u00a0" + words(unit);
    return text;
}

Cell difference_cell(const sim::Difference* row, const Words& words) {
    if (row == nullptr) return {"–", {}, Tone::none};
    Cell cell{difference_text(*row, words), {}, Tone::none};
    if (!row->half_width) return cell;
    if (row->difference == 0 && *row->half_width == 0) return {words("no difference"), {}, Tone::none};
    cell.estimate = Estimate{row->difference, row->half_width};
    const bool holds_zero = std::abs(row->difference) <= *row->half_width;
    if (row->better) {
        cell.tone = *row->better ? Tone::good : Tone::bad;
        cell.text += " · " + words(*row->better ? "better" : "worse");
    } else if (holds_zero) {
        cell.tone = Tone::unclear;
        cell.text += " · " + words("cannot be told apart");
    }
    return cell;
}

std::vector<Measured> measures_of(const sim::Comparison& comparison) {
    std::vector<Measured> found;
    for (const sim::Difference& row : comparison.differences) {
        const Measured measured{row.measure, row.limit_minutes};
        if (parts_of(row.of) == part_none && std::find(found.begin(), found.end(), measured) == found.end())
            found.push_back(measured);
    }
    return found;
}

// A line a measure: the model's own estimate, then what each scenario changes.
Figure overall_figure(const sim::Comparison& comparison,
                      const std::vector<System>& systems,
                      const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "differences",
                  .title = words("What each scenario changes"),
                  .row_heading = words("Measure"),
                  .drawings = {Drawing::differences}};
    figure.columns.push_back({systems.front().first, "", "", ""});
    for (std::size_t i = 1; i < systems.size(); ++i)
        figure.columns.push_back({systems[i].first, systems[i].first, systems[i].first, ""});
    std::vector<const sim::Difference*> used;
    for (const Measured& measured : measures_of(comparison)) {
        Line line{.heading = names.heading(measured.measure, measured.limit_minutes), .cells = {}};
        const sim::Row* base = row_of(comparison.base, measured, {});
        line.cells.push_back(
            {base == nullptr ? "–" : said({base->mean, base->half_width}, measured.measure, words), {}, {}});
        for (std::size_t i = 1; i < systems.size(); ++i) {
            const sim::Difference* row =
                find_difference(comparison, systems[i].second->scenario, measured, {});
            line.cells.push_back(difference_cell(row, words));
            if (row != nullptr) used.push_back(row);
        }
        line.unit = difference_unit(measured.measure);
        figure.lines.push_back(std::move(line));
    }
    figure.csv = csv_of(used);
    return figure;
}

struct ChangeBy {
    std::string id;
    std::string title;
    std::string row_heading;
    unsigned parts = part_none;
    Measure measure{};
};

// A line a breakdown, a column a scenario, one measure.
Figure change_by(const ChangeBy& spec,
                 const sim::Comparison& comparison,
                 const std::vector<System>& systems,
                 const Names& names) {
    Figure figure{
        .id = spec.id, .title = spec.title, .row_heading = spec.row_heading, .drawings = {Drawing::dots}};
    const std::string panel = names.heading(spec.measure);
    std::map<std::pair<std::string, sim::Breakdown>, const sim::Difference*> index;
    std::vector<sim::Breakdown> lines;
    std::vector<const sim::Difference*> used;
    for (const sim::Difference& row : comparison.differences) {
        if (row.measure != spec.measure || parts_of(row.of) != spec.parts) continue;
        index.emplace(std::pair{row.scenario, row.of}, &row);
        if (std::find(lines.begin(), lines.end(), row.of) == lines.end()) lines.push_back(row.of);
        used.push_back(&row);
    }
    for (std::size_t i = 1; i < systems.size(); ++i)
        figure.columns.push_back({systems[i].first, panel, systems[i].first, difference_unit(spec.measure)});
    for (const sim::Breakdown& of : lines) {
        Line line{.heading = names.of(of), .cells = {}};
        for (std::size_t i = 1; i < systems.size(); ++i) {
            const auto found = index.find({systems[i].second->scenario, of});
            line.cells.push_back(
                difference_cell(found == index.end() ? nullptr : found->second, names.words()));
        }
        figure.lines.push_back(std::move(line));
    }
    figure.csv = csv_of(used);
    return figure;
}

// The waits of the model and of every scenario, hour by hour.
Figure hours_figure(const std::vector<System>& systems, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "hours-compared",
                  .title = words("Wait by hour, the model and its scenarios"),
                  .row_heading = words("Hour"),
                  .drawings = {Drawing::lines}};
    const std::string panel = names.heading(Measure::wait);
    std::vector<const sim::Row*> used;
    for (const auto& [name, results] : systems) {
        const std::vector<const sim::Row*> rows = rows_of(*results, {Measure::wait}, part_hour);
        for (const sim::Row* row : rows) {
            const auto has_hour = [&](const Line& line) { return line.hour == row->of.hour; };
            if (std::none_of(figure.lines.begin(), figure.lines.end(), has_hour))
                figure.lines.push_back(
                    {.heading = hour_text(*row->of.hour), .cells = {}, .hour = row->of.hour});
        }
    }
    std::sort(figure.lines.begin(), figure.lines.end(),
              [](const Line& a, const Line& b) { return a.hour < b.hour; });
    for (const auto& [name, results] : systems) {
        figure.columns.push_back({name, panel, name, "min"});
        for (Line& line : figure.lines) {
            const sim::Row* row = row_of(*results, {Measure::wait}, {.hour = line.hour});
            Cell cell{
                row == nullptr ? "–" : estimate_text({row->mean, row->half_width}, "min", words), {}, {}};
            if (row != nullptr && row->half_width) cell.estimate = Estimate{row->mean, row->half_width};
            line.cells.push_back(std::move(cell));
        }
    }
    figure.csv = csv_of_hours(systems, Measure::wait);
    return figure;
}

std::string ranking_text(const sim::Comparison& comparison,
                         const Names& names,
                         const ReportOptions& options) {
    const Words& words = names.words();
    const sim::Ranking& ranking = *comparison.ranking;
    const std::string measure = names.measure(ranking.measure);
    // Two digits are enough to say what is not worth telling apart.
    const double step = std::pow(10.0, 1 - std::floor(std::log10(std::max(ranking.indifference, 1e-9))));
    const std::string within =
        bound_text(std::round(ranking.indifference * step) / step, sim::unit_of(ranking.measure), names);
    std::string text =
        ranking.is_decided
            ? words(
                  "Ranked by “{measure}” (Kim and Nelson, 2001): with {confidence} confidence, “{best}” is "
                  "the best "
                  "or within {within} of it, after {runs} replications.",
                  {{"measure", measure},
                   {"confidence", percent(ranking.confidence, 0, words.language())},
                   {"best", scenario_name(ranking.best, options, words)},
                   {"within", within},
                   {"runs", count(ranking.replications, words.language())}})
            : words(
                  "Ranked by “{measure}” (Kim and Nelson, 2001): after {runs} replications more than one is "
                  "left, "
                  "and they cannot be told apart.",
                  {{"measure", measure}, {"runs", count(ranking.replications, words.language())}});
    std::vector<std::string> fallen;
    for (const sim::Ranking::Fallen& out : ranking.fallen)
        fallen.push_back(
            words("{scenario} (after {runs})", {{"scenario", scenario_name(out.scenario, options, words)},
                                                {"runs", count(out.at_replication, words.language())}}));
    if (!fallen.empty())
        text += " " + words("Ruled out, in this order: {list}.", {{"list", list_of(fallen, words)}});
    return text;
}

// What a scenario does to one measure of the whole city, in a sentence.
std::string change_sentence(const sim::Difference& row,
                            const System& system,
                            const System& model,
                            const Names& names) {
    const Words& words = names.words();
    const Measured measured{row.measure, row.limit_minutes};
    const std::string measure = names.measure(row.measure, row.limit_minutes);
    const auto found = [&](const System& of) {
        const sim::Row* estimate = row_of(*of.second, measured, {});
        return estimate == nullptr ? words("no interval")
                                   : said({estimate->mean, estimate->half_width}, row.measure, words);
    };
    if (!row.half_width)
        return words("{measure}, with “{scenario}”: no interval, so no answer.",
                     {{"measure", measure}, {"scenario", system.first}});
    sim::Difference shown = row;
    if (row.better) shown.difference = std::abs(row.difference);
    const char* english =
        !row.better   ? "{measure}: {then} with “{scenario}” and {now} without it cannot be told apart "
                        "(difference {difference})."
        : *row.better ? "{measure}: {then} with “{scenario}” instead of {now}, better by {difference}."
                      : "{measure}: {then} with “{scenario}” instead of {now}, worse by {difference}.";
    return words(english, {{"measure", measure},
                           {"scenario", system.first},
                           {"then", found(system)},
                           {"now", found(model)},
                           {"difference",
                            difference_text(shown, words, row.better ? Sign::when_negative : Sign::always)}});
}

}  // namespace

std::string scenario_name(const std::string& key, const ReportOptions& options, const Words& words) {
    if (key.empty()) return words("The model as it is");
    for (const auto& [scenario, about] : options.scenarios) {
        std::string text = about.in(words.code());
        if (scenario == key && !text.empty() && text.size() <= short_about_max) return text;
    }
    return key;
}

std::vector<System> systems_of(const sim::Comparison& comparison,
                               const ReportOptions& options,
                               const Words& words) {
    std::vector<System> systems{{scenario_name("", options, words), &comparison.base}};
    for (const sim::Results& results : comparison.scenarios)
        systems.emplace_back(scenario_name(results.scenario, options, words), &results);
    return systems;
}

std::vector<std::string> answer_of(const sim::Comparison& comparison,
                                   const Names& names,
                                   const ReportOptions& options) {
    const Words& words = names.words();
    const std::vector<System> systems = systems_of(comparison, options, words);
    std::vector<std::string> answer;
    std::string shown;
    if (comparison.ranking) {
        const sim::Ranking& ranking = *comparison.ranking;
        const std::string n = std::to_string(systems.size());
        answer.push_back(ranking.is_decided
                             ? words("The best of {n} is “{best}”.",
                                     {{"n", n}, {"best", scenario_name(ranking.best, options, words)}})
                             : words("Which of {n} is the best cannot be told yet.", {{"n", n}}));
        if (ranking.is_decided) shown = ranking.best;
    }
    if (shown.empty() && !comparison.scenarios.empty()) shown = comparison.scenarios.front().scenario;
    const auto is_shown = [&](const System& system) { return system.second->scenario == shown; };
    const auto system = std::find_if(systems.begin() + 1, systems.end(), is_shown);
    for (const Measure measure : {Measure::wait, Measure::abandoned_share}) {
        if (answer.size() == 2 || system == systems.end()) break;
        const sim::Difference* row = find_difference(comparison, shown, {measure}, {});
        if (row != nullptr) answer.push_back(change_sentence(*row, *system, systems.front(), names));
    }
    return answer;
}

Section comparison_section(const sim::Comparison& comparison,
                           const Names& names,
                           const ReportOptions& options) {
    const Words& words = names.words();
    const std::vector<System> systems = systems_of(comparison, options, words);
    Section section{.id = "scenarios", .title = words("Scenarios compared"), .paragraphs = {}, .figures = {}};
    section.paragraphs.push_back(
        words("Model and scenarios saw the same people with the same needs and patience, so that a "
              "difference comes "
              "from the change and not from chance. “cannot be told apart”: the interval of the difference "
              "holds zero."));
    for (const auto& [scenario, about] : options.scenarios) {
        const std::string text = about.in(words.code());
        if (!text.empty() && scenario_name(scenario, options, words) != text)
            section.paragraphs.push_back(fmt::format("{}: {}", scenario, text));
    }
    if (comparison.ranking) section.paragraphs.push_back(ranking_text(comparison, names, options));
    std::vector<Figure> figures{overall_figure(comparison, systems, names), hours_figure(systems, names)};
    const std::vector<ChangeBy> changes{
        {"change-wait-service", words("Change of the wait, by service"), words("Service"), part_service,
         Measure::wait},
        {"change-wait-site", words("Change of the wait, by site"), words("Site"), part_site, Measure::wait},
        {"change-wait-group", words("Change of the wait, by group"), words("Group"), part_group,
         Measure::wait},
        {"change-abandoned-service", words("Change of giving up, by service"), words("Service"), part_service,
         Measure::abandoned_share},
    };
    for (const ChangeBy& change : changes)
        figures.push_back(change_by(change, comparison, systems, names));
    for (Figure& figure : figures)
        if (!figure.lines.empty()) section.figures.push_back(std::move(figure));
    return section;
}

}  // namespace balcao::report
