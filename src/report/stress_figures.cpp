#include "report/stress_figures.hpp"

#include <algorithm>
#include <cmath>

#include "report/breaking.hpp"
#include "report/csv.hpp"
#include "report/json.hpp"
#include "report/summary.hpp"

namespace balcao::report {

namespace {

using sim::Axis;

// One step of an axis, with the point of each side; null where a side does not have it.
struct Step {
    double level = 0;
    std::vector<const sim::StressPoint*> points;
};

// Steps of the same level stand beside each other; of channels those that close the same one.
std::vector<Step> steps_of(Axis axis, const std::vector<StressSide>& sides) {
    std::vector<Step> steps;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        const sim::StressCurve* curve = curve_of(*sides[i].result, axis);
        if (curve == nullptr) continue;
        for (const sim::StressPoint& point : curve->points) {
            const auto is_same = [&](const Step& step) {
                if (axis != Axis::channels) return std::abs(step.level - point.level) < 1e-9;
                return std::ranges::any_of(step.points, [&](const sim::StressPoint* other) {
                    return other != nullptr && other->closed == point.closed;
                });
            };
            auto step = std::ranges::find_if(steps, is_same);
            if (step == steps.end()) {
                steps.push_back({point.level, std::vector<const sim::StressPoint*>(sides.size())});
                step = steps.end() - 1;
            }
            step->points[i] = &point;
        }
    }
    return steps;
}

const sim::StressPoint& any_point(const Step& step) {
    return **std::ranges::find_if(step.points, [](const auto* point) { return point != nullptr; });
}

// "Saldanha"; of sides that close different ones at this step, all of them.
std::string closed_text(const Step& step, Axis axis, const Names& names) {
    std::vector<std::string> closed;
    for (const sim::StressPoint* point : step.points) {
        if (point == nullptr) continue;
        const std::string name =
            axis == Axis::channels ? names.channel(point->closed) : names.site(point->closed);
        if (std::ranges::find(closed, name) == closed.end()) closed.push_back(name);
    }
    std::string text;
    for (const std::string& name : closed)
        text += (text.empty() ? "" : " / ") + name;
    return text;
}

std::string percent_level(double share, Language language) {
    return (share > 0 ? "+" : "") + percent(share, 0, language);
}

std::string tick_text(Axis axis, double level, const Words& words) {
    switch (axis) {
        case Axis::demand:
            return percent_level(level - 1, words.language());
        case Axis::desks:
            return percent_level(-level, words.language());
        case Axis::sites:
        case Axis::channels:
            break;
    }
    return std::to_string(static_cast<int>(level));
}

Line step_line(const Step& step, Axis axis, const Names& names) {
    const Words& words = names.words();
    Line line{.heading = words("as it is"), .cells = {}};
    line.level = step.level;
    line.tick = tick_text(axis, step.level, words);
    const sim::StressPoint& point = any_point(step);
    if (!point.closed.empty()) {
        line.heading = closed_text(step, axis, names);
        line.heading = axis == Axis::sites ? line.tick + ": " + line.heading
                                           : words("without {channel}", {{"channel", line.heading}});
    } else if (point.label != "as it is") {
        line.heading = line.tick;
    }
    return line;
}

std::string unit_of(const model::Target& target) {
    const auto measure = sim::parse_measure(target.measure);
    return measure ? sim::unit_of(*measure) : "";
}

Cell ending_cell(const std::optional<Ending>& ending, Axis axis, const StressSide& side, const Words& words) {
    if (!ending) return {.text = "–", .estimate = {}};
    const std::string level = level_text(axis, ending->level, side, words);
    switch (ending->fate) {
        case Fate::breaks:
            return {words("breaks at {level}", {{"level", level}}), {}, Tone::bad};
        case Fate::holds:
            return {words("holds to {level}", {{"level", level}}), {}, Tone::good};
        case Fate::missed:
            return {words("missed as it is"), {}, Tone::bad};
        case Fate::gone:
            return {words("nothing to measure from {level} on", {{"level", level}}), {}, Tone::unclear};
        case Fate::undecided:
            break;
    }
    if (ending->severity == 0) return {words("undecided as it is"), {}, Tone::unclear};
    return {words("undecided from {level} on", {{"level", level}}), {}, Tone::unclear};
}

Cell channels_cell(const StressSide& side, const model::Target& target, const Names& names) {
    const Words& words = names.words();
    const sim::StressCurve* curve = curve_of(*side.result, Axis::channels);
    const sim::TargetOutcome* as_it_is =
        curve == nullptr ? nullptr : outcome_at(curve->points.front(), target);
    if (as_it_is == nullptr) return {.text = "–", .estimate = {}};
    if (as_it_is->verdict == sim::Verdict::missed) return {words("missed as it is"), {}, Tone::bad};
    const std::vector<std::string> keys = breaking_channels(*side.result, target);
    if (keys.empty()) return {words("no channel alone breaks it"), {}, Tone::good};
    std::string channels;
    for (const std::string& key : keys)
        channels += (channels.empty() ? "" : ", ") + names.channel(key);
    return {words("breaks without: {channels}", {{"channels", channels}}), {}, Tone::bad};
}

Cell fate_cell(Axis axis, const StressSide& side, const model::Target& target, const Names& names) {
    if (axis == Axis::channels) return channels_cell(side, target, names);
    return ending_cell(ending_of(*side.result, axis, target, side.model->sites.size()), axis, side,
                       names.words());
}

Line target_line(Axis axis,
                 const std::vector<StressSide>& sides,
                 const model::Target& target,
                 const Names& names) {
    Line line{.heading = target_title(target, names), .cells = {}, .unit = unit_of(target)};
    line.begins_group = true;
    line.at_least = target.at_least;
    line.at_most = target.at_most;
    line.wanted = wanted_text(target, names);
    for (const StressSide& side : sides)
        line.cells.push_back(fate_cell(axis, side, target, names));
    return line;
}

Cell outcome_cell(const sim::StressPoint* point, const model::Target& target, const Names& names) {
    const sim::TargetOutcome* outcome = point == nullptr ? nullptr : outcome_at(*point, target);
    if (outcome == nullptr) return {.text = "–", .estimate = {}};
    Cell cell = verdict_cell(*outcome, names);
    if (outcome->mean && outcome->half_width) cell.estimate = Estimate{*outcome->mean, outcome->half_width};
    return cell;
}

// The target, and its outcome at each step.
std::vector<Line> target_lines(Axis axis,
                               const std::vector<StressSide>& sides,
                               const std::vector<Step>& steps,
                               const model::Target& target,
                               const Names& names) {
    const Words& words = names.words();
    std::vector<Line> lines{target_line(axis, sides, target, names)};
    for (const Step& step : steps) {
        Line line = step_line(step, axis, names);
        for (std::size_t i = 0; i < sides.size(); ++i) {
            Cell cell = outcome_cell(step.points[i], target, names);
            const auto ending = ending_of(*sides[i].result, axis, target, sides[i].model->sites.size());
            const bool breaks_here = axis != Axis::channels && ending && ending->fate == Fate::breaks &&
                                     step.points[i] != nullptr && ending->level == step.points[i]->level;
            if (breaks_here) {
                cell.mark =
                    words("breaks at {level}", {{"level", level_text(axis, ending->level, sides[i], words)}});
                cell.text += " · " + words("breaks here");
            }
            line.cells.push_back(std::move(cell));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

// People for whom no other site or channel is left: from the model, without chance, and so without interval.
void add_unserved(Figure& figure, Axis axis, const std::vector<Step>& steps, const Names& names) {
    const Words& words = names.words();
    const auto loses = [](const sim::StressPoint* point) {
        return point != nullptr && point->unserved_share > 0;
    };
    if (std::ranges::none_of(steps,
                             [&](const Step& step) { return std::ranges::any_of(step.points, loses); }))
        return;
    Line heading{.heading = words("People with nowhere else to go"), .cells = {}};
    heading.begins_group = true;
    heading.cells.assign(figure.columns.size(), {.text = words("of all who come"), .estimate = {}});
    figure.lines.push_back(std::move(heading));
    for (const Step& step : steps) {
        Line line = step_line(step, axis, names);
        for (const sim::StressPoint* point : step.points)
            line.cells.push_back(
                {.text = point == nullptr ? "–" : percent(point->unserved_share, 1, words.language()),
                 .estimate = {}});
        figure.lines.push_back(std::move(line));
    }
}

std::string figure_title(Axis axis, const Words& words) {
    switch (axis) {
        case Axis::demand:
            return words("Every target as demand rises");
        case Axis::desks:
            return words("Every target as desks are taken away");
        case Axis::sites:
            return words("Every target as sites close");
        case Axis::channels:
            break;
    }
    return words("Every target with one channel closed");
}

std::string row_heading(Axis axis, const Words& words) {
    switch (axis) {
        case Axis::demand:
            return words("Demand");
        case Axis::desks:
            return words("Desks");
        case Axis::sites:
            return words("Sites closed");
        case Axis::channels:
            break;
    }
    return words("Channel closed");
}

std::vector<const sim::StressResult*> results_of(const std::vector<StressSide>& sides) {
    std::vector<const sim::StressResult*> results;
    results.reserve(sides.size());
    for (const StressSide& side : sides)
        results.push_back(side.result);
    return results;
}

}  // namespace

std::string axis_title(Axis axis, const Words& words) {
    switch (axis) {
        case Axis::demand:
            return words("More demand");
        case Axis::desks:
            return words("Fewer desks");
        case Axis::sites:
            return words("Sites closed");
        case Axis::channels:
            break;
    }
    return words("Channels closed");
}

std::string level_text(Axis axis, double level, const StressSide& side, const Words& words) {
    std::string tick = tick_text(axis, level, words);
    if (axis != Axis::sites) return tick;
    return words("{n} of {all} sites", {{"n", tick}, {"all", std::to_string(side.model->sites.size())}});
}

std::string target_title(const model::Target& target, const Names& names) {
    return target_name(target, names) + ": " + wanted_text(target, names);
}

std::size_t count_missed(const sim::StressResult& result) {
    return static_cast<std::size_t>(
        std::ranges::count(result.as_it_is.targets, sim::Verdict::missed, &sim::TargetOutcome::verdict));
}

Figure breaks_figure(const std::vector<StressSide>& sides, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "breaks-at",
                  .title = words("The breaking point of each target"),
                  .row_heading = words("Target")};
    std::vector<Axis> axes;
    for (const Axis axis : all_axes)
        if (std::ranges::any_of(sides,
                                [&](const auto& side) { return curve_of(*side.result, axis) != nullptr; }))
            axes.push_back(axis);
    for (const Axis axis : axes)
        figure.columns.push_back({axis_title(axis, words), "", "", ""});
    const std::vector<const sim::StressResult*> results = results_of(sides);
    for (const model::Target& target : targets_of(results)) {
        if (sides.size() > 1) {
            figure.lines.push_back({.heading = target_title(target, names), .cells = {}});
            figure.lines.back().begins_group = true;
        }
        for (const StressSide& side : sides) {
            Line line{.heading = sides.size() > 1 ? side.name : target_title(target, names), .cells = {}};
            for (const Axis axis : axes)
                line.cells.push_back(fate_cell(axis, side, target, names));
            figure.lines.push_back(std::move(line));
        }
    }
    figure.csv = csv_of(results, {});
    return figure;
}

Figure axis_figure(Axis axis, const std::vector<StressSide>& sides, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = std::string{"curves-"} + sim::name_of(axis),
                  .title = figure_title(axis, words),
                  .row_heading = row_heading(axis, words),
                  .drawings = {axis == Axis::channels ? Drawing::group_dots : Drawing::curves}};
    for (const StressSide& side : sides)
        figure.columns.push_back(
            {sides.size() > 1 ? side.name : words("Outcome"), "", sides.size() > 1 ? side.name : "", ""});
    const std::vector<const sim::StressResult*> results = results_of(sides);
    const std::vector<Step> steps = steps_of(axis, sides);
    for (const model::Target& target : targets_of(results))
        for (Line& line : target_lines(axis, sides, steps, target, names))
            figure.lines.push_back(std::move(line));
    add_unserved(figure, axis, steps, names);
    figure.csv = csv_of(results, axis);
    return figure;
}

}  // namespace balcao::report
