#include "report/stress_page.hpp"

#include <algorithm>

#include "report/breaking.hpp"
#include "report/comparison.hpp"
#include "report/figures.hpp"
#include "report/stress_figures.hpp"
#include "report/summary.hpp"

namespace balcao::report {

namespace {

using sim::Axis;

// What it is called: a scenario by what it is about, a model by its name; never two alike.
std::vector<StressSide> sides_of(const std::vector<model::Model>& models,
                                 const std::vector<sim::StressResult>& results,
                                 const ReportOptions& options,
                                 const Words& words) {
    std::vector<StressSide> sides;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const std::string& key = results[i].model;
        const bool is_scenario = std::ranges::any_of(
            options.scenarios, [&](const auto& scenario) { return scenario.first == key; });
        std::string name =
            is_scenario ? scenario_name(key, options, words) : models[i].name.in(words.code(), key);
        const auto is_taken = [&] {
            return std::ranges::find(sides, name, &StressSide::name) != sides.end();
        };
        if (is_taken()) name = key;
        if (is_taken()) name += " (" + std::to_string(i + 1) + ")";
        sides.push_back({std::move(name), &models[i], &results[i]});
    }
    return sides;
}

// The first break of any target along an axis, or how far all of them hold.
struct AxisEnd {
    Axis axis{};
    Ending ending;
    std::vector<model::Target> targets;  // those that break there; none when nothing breaks
};

std::optional<AxisEnd> end_of(const StressSide& side, Axis axis) {
    const sim::StressCurve* curve = curve_of(*side.result, axis);
    if (curve == nullptr || axis == Axis::channels) return std::nullopt;
    AxisEnd end{axis, {Fate::holds, curve->points.back().level, 0}, {}};
    for (const model::Target& target : side.result->targets) {
        const auto ending = ending_of(*side.result, axis, target, side.model->sites.size());
        if (!ending || ending->fate != Fate::breaks) continue;
        if (!end.targets.empty() && ending->level > end.ending.level) continue;
        if (!end.targets.empty() && ending->level < end.ending.level) end.targets.clear();
        end.ending = *ending;
        end.targets.push_back(target);
    }
    return end;
}

std::vector<AxisEnd> ends_of(const StressSide& side) {
    std::vector<AxisEnd> ends;
    for (const Axis axis : all_axes)
        if (auto end = end_of(side, axis)) ends.push_back(*std::move(end));
    return ends;
}

// "2 of 16 sites (without Saldanha and Baixa)"; of many sites only how many.
std::string full_level_text(const AxisEnd& end, const StressSide& side, const Names& names) {
    std::string level = level_text(end.axis, end.ending.level, side, names.words());
    std::vector<std::string> closed;
    for (const sim::StressPoint& point : curve_of(*side.result, end.axis)->points)
        if (!point.closed.empty() && point.level <= end.ending.level)
            closed.push_back(names.site(point.closed));
    if (closed.empty() || closed.size() > 2) return level;
    return names.words()("{level} (without {sites})",
                         {{"level", level}, {"sites", list_of(closed, names.words())}});
}

std::string when_text(const AxisEnd& end, const StressSide& side, const Names& names) {
    const Words& words = names.words();
    const std::string level = full_level_text(end, side, names);
    const bool breaks = !end.targets.empty();
    switch (end.axis) {
        case Axis::demand:
            return breaks ? words("when demand rises, at {level}", {{"level", level}})
                          : words("when demand rises, to {level}", {{"level", level}});
        case Axis::desks:
            return breaks ? words("when desks are taken away, at {level}", {{"level", level}})
                          : words("when desks are taken away, to {level}", {{"level", level}});
        case Axis::sites:
            return breaks ? words("when sites close, at {level}", {{"level", level}})
                          : words("when sites close, to {level}", {{"level", level}});
        case Axis::channels:
            break;
    }
    return {};
}

std::string quoted(const std::vector<model::Target>& targets, const Names& names) {
    std::vector<std::string> texts;
    texts.reserve(targets.size());
    for (const model::Target& target : targets)
        texts.push_back(names.words()("“{text}”", {{"text", target_title(target, names)}}));
    if (texts.size() > 3) {
        const std::string more = names.words()("{n} more", {{"n", std::to_string(texts.size() - 2)}});
        texts.resize(2);
        texts.push_back(more);
    }
    return list_of(texts, names.words());
}

double least_severity(const std::vector<AxisEnd>& ends) {
    double least = -1;
    for (const AxisEnd& end : ends)
        if (!end.targets.empty() && (least < 0 || end.ending.severity < least)) least = end.ending.severity;
    return least;
}

// The axes of the first break; several when they are alike.
bool is_first(const AxisEnd& end, double least) {
    return !end.targets.empty() && end.ending.severity <= least + 1e-9;
}

// What breaks first, as one sentence.
std::string first_sentence(const StressSide& side, const std::vector<AxisEnd>& ends, const Names& names) {
    const Words& words = names.words();
    const auto missed = count_missed(*side.result);
    if (missed == side.result->targets.size())
        return words("“{model}” misses every target as it is, and so there is nothing left to break.",
                     {{"model", side.name}});
    const double least = least_severity(ends);
    if (least < 0)
        return words("“{model}” holds on every axis: no target breaks that is not missed as it is.",
                     {{"model", side.name}});
    std::vector<std::string> when;
    std::vector<model::Target> targets;
    for (const AxisEnd& end : ends) {
        if (!is_first(end, least)) continue;
        when.push_back(when_text(end, side, names));
        for (const model::Target& target : end.targets)
            if (std::ranges::find(targets, target) == targets.end()) targets.push_back(target);
    }
    return words("“{model}” breaks first {when}: then it misses {targets}.",
                 {{"model", side.name}, {"when", list_of(when, words)}, {"targets", quoted(targets, names)}});
}

// What breaks later, what holds, what was missed from the start.
std::string rest_sentence(const StressSide& side, const std::vector<AxisEnd>& ends, const Names& names) {
    const Words& words = names.words();
    const std::size_t missed = count_missed(*side.result);
    if (missed == side.result->targets.size()) return {};
    const double least = least_severity(ends);
    std::vector<std::string> later;
    std::vector<std::string> held;
    for (const AxisEnd& end : ends) {
        if (end.targets.empty())
            held.push_back(when_text(end, side, names));
        else if (!is_first(end, least))
            later.push_back(when_text(end, side, names));
    }
    std::string text;
    const auto add = [&](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
    if (!later.empty()) add(words("It breaks later {when}.", {{"when", list_of(later, words)}}));
    if (!held.empty() && least >= 0) add(words("It holds {when}.", {{"when", list_of(held, words)}}));
    if (missed > 0)
        add(words("Missed already as it is: {n} of {all} targets.",
                  {{"n", std::to_string(missed)}, {"all", std::to_string(side.result->targets.size())}}));
    return text;
}

// Which channels a target cannot do without.
std::string channels_sentence(const StressSide& side, const Names& names) {
    const Words& words = names.words();
    if (curve_of(*side.result, Axis::channels) == nullptr) return {};
    std::vector<std::string> channels;
    for (const model::Target& target : side.result->targets)
        for (const std::string& key : breaking_channels(*side.result, target)) {
            const std::string name = names.channel(key);
            if (std::ranges::find(channels, name) == channels.end()) channels.push_back(name);
        }
    if (channels.empty()) return words("No channel, closed alone, breaks a target.");
    return words("Closed alone, these channels break a target: {channels}.",
                 {{"channels", list_of(channels, words)}});
}

// Two paragraphs, whatever the number of models: of one what breaks first and then the rest, of several what
// breaks first in each.
std::vector<std::string> answer_of(const std::vector<StressSide>& sides, const Names& names) {
    const auto joined = [](const std::string& a, const std::string& b) {
        return a.empty() || b.empty() ? a + b : a + " " + b;
    };
    std::vector<std::string> answer(2);
    for (std::size_t i = 0; i < sides.size(); ++i) {
        std::string& paragraph = answer.at(i == 0 ? 0 : 1);
        paragraph = joined(paragraph, first_sentence(sides[i], ends_of(sides[i]), names));
    }
    if (sides.size() == 1)
        answer[1] =
            joined(rest_sentence(sides[0], ends_of(sides[0]), names), channels_sentence(sides[0], names));
    if (answer[1].empty())
        answer[1] = names.words()("Every target and every step stands in the tables below.");
    return answer;
}

std::vector<KeyFigure> key_figures_of(const std::vector<StressSide>& sides, const Names& names) {
    const Words& words = names.words();
    std::vector<KeyFigure> figures;
    for (const Axis axis : all_axes)
        for (const StressSide& side : sides) {
            const auto end = end_of(side, axis);
            if (!end) continue;
            KeyFigure figure{axis_title(axis, words), {}, {}};
            if (sides.size() > 1) figure.name += " · " + side.name;
            const std::string level = level_text(axis, end->ending.level, side, words);
            if (end->targets.empty()) {
                figure.value = words("holds to {level}", {{"level", level}});
            } else {
                figure.value = words("breaks at {level}", {{"level", level}});
                figure.note = quoted(end->targets, names);
            }
            figures.push_back(std::move(figure));
        }
    return figures;
}

Section first_section(const std::vector<StressSide>& sides, const Names& names) {
    const Words& words = names.words();
    Section section{
        .id = "breaks", .title = words("Where each target breaks"), .paragraphs = {}, .figures = {}};
    section.paragraphs.push_back(words(
        "A target breaks at the first step at which its whole interval is on the wrong side. What breaks "
        "“first” is what breaks at the smallest share of demand added, of desks taken away or of sites "
        "closed."));
    section.figures.push_back(breaks_figure(sides, names));
    return section;
}

std::string steps_text(Axis axis, const Words& words) {
    switch (axis) {
        case Axis::demand:
            return words("The demand of every entry rises step by step; all else stays as the model says.");
        case Axis::desks:
            return words(
                "Each step takes that share of the desks of every group, rounded, and leaves at least "
                "one; small groups therefore change at some steps only.");
        case Axis::sites:
            return words(
                "Sites close one after the other, the one with the most arrivals first; their people "
                "go to the nearest other site that serves them.");
        case Axis::channels:
            break;
    }
    return words(
        "One channel closes at a time while the others stay; its people take the next channel that "
        "their entry names.");
}

Section axis_section(Axis axis, const std::vector<StressSide>& sides, const Names& names) {
    const std::string key = sim::name_of(axis);
    Section section{.id = key, .title = axis_title(axis, names.words()), .paragraphs = {}, .figures = {}};
    section.paragraphs.push_back(steps_text(axis, names.words()));
    section.figures.push_back(axis_figure(axis, sides, names));
    return section;
}

std::vector<std::string> notes_of(const std::vector<StressSide>& sides) {
    std::vector<std::string> notes;
    for (const StressSide& side : sides)
        for (const std::string& note : side.result->as_it_is.notes)
            if (std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
    return notes;
}

}  // namespace

PageContent stress_content(const std::vector<model::Model>& models,
                           const std::vector<sim::StressResult>& results,
                           const ReportOptions& options,
                           const Words& words) {
    const std::vector<StressSide> sides = sides_of(models, results, options, words);
    const Names names{models.front(), words};
    PageContent content;
    content.kicker = words("Stress report");
    for (const StressSide& side : sides)
        content.title += (content.title.empty() ? "" : " · ") + side.name;
    content.about = models.front().about.in(words.code());
    content.answer = answer_of(sides, names);
    content.key_figures = key_figures_of(sides, names);
    content.remarks = remarks_of(names);
    for (const StressSide& side : sides)
        if (side.result->are_targets_ours)
            content.remarks.push_back(
                words("“{model}” sets no targets of its own: two common ones stand in for them.",
                      {{"model", side.name}}));
    content.notes = notes_of(sides);
    content.sections.push_back(first_section(sides, names));
    for (const Axis axis : all_axes)
        if (std::ranges::any_of(sides,
                                [&](const auto& side) { return curve_of(*side.result, axis) != nullptr; }))
            content.sections.push_back(axis_section(axis, sides, names));
    Section method = method_of(results.front().as_it_is, names, options);
    method.paragraphs.insert(
        method.paragraphs.begin(),
        words("Every point of a curve is a run of its own, as long as the first and with the same random "
              "streams, so that all see the same people. What follows speaks of the first, the model as it "
              "is."));
    content.sections.push_back(std::move(method));
    return content;
}

}  // namespace balcao::report
