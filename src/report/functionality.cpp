#include "report/functionality.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <variant>

#include <fmt/format.h>

#include "report/aligned.hpp"
#include "report/breaking.hpp"
#include "report/json.hpp"
#include "report/text_plot.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace balcao::report {

namespace {

using sim::Verdict;

std::string percent(double share, const std::optional<double>& half_width) {
    return plain_text_of({share, half_width}, "share");
}

struct MustInWords {
    std::string operator()(const model::MustBeServed& must) const {
        return must.served ? "is served" : "is not served";
    }

    std::string operator()(const model::MustTakeVisits& must) const {
        return fmt::format("in at most {} {}", must.at_most, must.at_most == 1 ? "visit" : "visits");
    }

    std::string operator()(const model::MustEndWithin& must) const {
        return "within " + format_duration(must.limit);
    }

    std::string operator()(const model::MustCost& must) const {
        return "for at most " + format_money(must.at_most);
    }
};

std::string group_of(const sim::SituationOutcome& outcome) {
    return outcome.situation.group ? outcome.situation.group->text() : "anybody";
}

std::string about(const sim::SituationOutcome& outcome) {
    return outcome.situation.about.in("en", outcome.situation.key);
}

std::string unit_of(const model::Target& target) {
    const auto measure = sim::parse_measure(target.measure);
    return measure ? sim::unit_of(*measure) : "";
}

// Machines read shares as they are.
enum class Shares : std::uint8_t { as_numbers, as_percent };

std::string target_in_words(const model::Target& target, Shares shares) {
    const bool is_percent = shares == Shares::as_percent && unit_of(target) == "share";
    const auto bound = [&](double value) {
        return is_percent ? fmt::format("{:g}%", value * 100) : fmt::format("{:g}", value);
    };
    std::string text = target.measure;
    if (target.limit) text += " " + format_duration(*target.limit);
    for (const auto& [what, key] : {std::pair{"site", target.site ? target.site->text() : ""},
                                    std::pair{"service", target.service ? target.service->text() : ""},
                                    std::pair{"group", target.group ? target.group->text() : ""},
                                    std::pair{"channel", target.channel ? target.channel->text() : ""}})
        if (!key.empty()) text += fmt::format(", {} {}", what, key);
    if (target.at_least) text += ", at least " + bound(*target.at_least);
    if (target.at_most) text += ", at most " + bound(*target.at_most);
    return text;
}

std::string mark_of(Verdict verdict) {
    return verdict == Verdict::met ? "met" : verdict == Verdict::missed ? "MISSED" : "undecided";
}

Texts cells_of(const sim::StressPoint* point, const model::Target& target) {
    const sim::TargetOutcome* outcome = point == nullptr ? nullptr : outcome_at(*point, target);
    if (outcome == nullptr) return {"", ""};
    return {plain_text_of({outcome->mean.value_or(0), outcome->half_width}, unit_of(target)),
            outcome->half_width ? mark_of(outcome->verdict) : ""};
}

std::string level_in_words(sim::Axis axis, double level) {
    switch (axis) {
        case sim::Axis::demand:
            return fmt::format("{:+.0f}%", (level - 1) * 100);
        case sim::Axis::desks:
            return fmt::format("-{:.0f}%", level * 100);
        case sim::Axis::sites:
        case sim::Axis::channels:
            break;
    }
    return fmt::format("{:.0f} closed", level);
}

std::string ending_in_words(const sim::StressResult& result, sim::Axis axis, const model::Target& target) {
    const auto ending = ending_of(result, axis, target, 0);
    if (!ending) return "has no such target";
    const std::string level = level_in_words(axis, ending->level);
    switch (ending->fate) {
        case Fate::breaks:
            return "breaks at " + level;
        case Fate::holds:
            return "holds to " + level;
        case Fate::missed:
            return "is missed as it is";
        case Fate::gone:
            return "has nothing to measure from " + level + " on";
        case Fate::undecided:
            break;
    }
    return ending->severity == 0 ? "is undecided as it is" : "is undecided from " + level + " on";
}

const sim::StressPoint* point_at(const sim::StressResult& result, sim::Axis axis, std::size_t step) {
    const sim::StressCurve* curve = curve_of(result, axis);
    return curve == nullptr || step >= curve->points.size() ? nullptr : &curve->points[step];
}

std::size_t steps_of(const std::vector<sim::StressResult>& results, sim::Axis axis) {
    std::size_t steps = 0;
    for (const auto& result : results)
        if (const auto* curve = curve_of(result, axis)) steps = std::max(steps, curve->points.size());
    return steps;
}

// Below the picture: "now", "+10%", "-10%", "2".
std::string short_step(sim::Axis axis, std::size_t step, const std::vector<sim::StressResult>& results) {
    if (step == 0) return "now";
    for (const auto& result : results)
        if (const auto* point = point_at(result, axis, step)) {
            if (axis == sim::Axis::demand) return fmt::format("{:+.0f}%", (point->level - 1) * 100);
            if (axis == sim::Axis::desks) return fmt::format("-{:.0f}%", point->level * 100);
        }
    return std::to_string(step);
}

std::string stress_picture(const std::vector<sim::StressResult>& results,
                           sim::Axis axis,
                           const model::Target& target) {
    TextPlot plot;
    plot.is_share = unit_of(target) == "share";
    for (const auto& bound : {target.at_least, target.at_most})
        if (bound) plot.bounds.push_back(*bound);
    for (std::size_t step = 0; step < steps_of(results, axis); ++step)
        plot.steps.push_back(short_step(axis, step, results));
    for (const auto& result : results) {
        const auto* curve = curve_of(result, axis);
        if (curve == nullptr || outcome_at(curve->points.front(), target) == nullptr ||
            plot.curves.size() == 4)
            continue;
        TextCurve drawn_curve{.name = results.size() > 1 ? result.model : "",
                              .ending = ending_in_words(result, axis, target)};
        const auto ending = ending_of(result, axis, target, 0);
        for (const auto& point : curve->points) {
            // What has no interval is no result: the curve ends before it.
            const auto* outcome = outcome_at(point, target);
            if (!outcome->mean || !outcome->half_width) break;
            if (ending->fate == Fate::breaks && point.level == ending->level)
                drawn_curve.breaks_at = drawn_curve.values.size();
            drawn_curve.values.push_back(*outcome->mean);
        }
        plot.curves.push_back(std::move(drawn_curve));
    }
    return drawn(plot);
}

// The steps of every model along an axis; where models close different sites, each has its own.
std::string step_label(const std::vector<sim::StressResult>& results, sim::Axis axis, std::size_t step) {
    std::string text;
    std::vector<std::string> seen;
    for (const auto& result : results) {
        const auto* point = point_at(result, axis, step);
        if (point == nullptr || std::ranges::find(seen, point->label) != seen.end()) continue;
        seen.push_back(point->label);
        text += (text.empty() ? "" : " / ") + point->label;
    }
    return text;
}

// One target along one axis, the models side by side.
std::string stress_block(const std::vector<sim::StressResult>& results,
                         sim::Axis axis,
                         const model::Target& target) {
    Texts heading{""};
    for (const auto& result : results)
        heading.insert(heading.end(), {result.model, ""});
    std::vector<Texts> rows;
    if (results.size() > 1) rows.push_back(heading);
    for (std::size_t step = 0; step < steps_of(results, axis); ++step) {
        Texts row{step_label(results, axis, step)};
        for (const auto& result : results)
            for (auto& cell : cells_of(point_at(result, axis, step), target))
                row.push_back(std::move(cell));
        rows.push_back(std::move(row));
    }
    std::string text =
        fmt::format("\n  {} · {}\n", sim::name_of(axis), target_in_words(target, Shares::as_percent));
    if (axis != sim::Axis::channels) text += stress_picture(results, axis, target);
    return text + aligned(rows, 4);
}

// People for whom a step leaves no other site or channel: of the model and not of chance.
std::string unserved_block(const std::vector<sim::StressResult>& results, sim::Axis axis) {
    std::vector<Texts> rows;
    for (std::size_t step = 0; step < steps_of(results, axis); ++step) {
        Texts row{step_label(results, axis, step)};
        bool is_any = false;
        for (const auto& result : results) {
            const auto* point = point_at(result, axis, step);
            is_any = is_any || (point != nullptr && point->unserved_share > 0);
            row.push_back(point == nullptr ? "" : fmt::format("{:.1f}%", point->unserved_share * 100));
        }
        if (is_any) rows.push_back(std::move(row));
    }
    if (rows.empty()) return {};
    return fmt::format("\n  {} · people with nowhere else to go\n", sim::name_of(axis)) + aligned(rows, 4);
}

}  // namespace

std::string must_in_words(const model::Must& must) { return std::visit(MustInWords{}, must); }

Estimate mean_share(const std::vector<const sim::SituationOutcome*>& outcomes) {
    Estimate mean{0, 0.0};
    for (const auto* outcome : outcomes) {
        mean.mean += outcome->all_share;
        // What is not possible never comes true, and that is certain.
        if (outcome->is_possible && !outcome->all_half_width) mean.half_width.reset();
        if (mean.half_width) *mean.half_width += outcome->all_half_width.value_or(0);
    }
    const auto count = static_cast<double>(outcomes.size());
    mean.mean /= count;
    if (mean.half_width) *mean.half_width /= count;
    return mean;
}

std::string situations_table(const std::vector<sim::SituationOutcome>& outcomes) {
    std::string text;
    std::map<std::string, std::vector<const sim::SituationOutcome*>> groups;
    for (const auto& outcome : outcomes) {
        text += fmt::format("\n{}\n  {} ({})\n", outcome.situation.key, about(outcome), group_of(outcome));
        groups[group_of(outcome)].push_back(&outcome);
        if (!outcome.is_possible) {
            text += fmt::format("  never comes true: {}\n", outcome.how);
            continue;
        }
        text += fmt::format("  {}; {} weeks walked\n", outcome.how, outcome.walks);
        for (const auto& must : outcome.musts)
            text += fmt::format("    {}  {}\n", text::pad_right(must_in_words(must.must), 28),
                                percent(must.share, must.half_width));
        text += fmt::format("    {}  {}\n", text::pad_right("all of it", 28),
                            percent(outcome.all_share, outcome.all_half_width));
    }
    text +=
        "\nBy group, the share of weeks in which all of a situation came true, its situations together:\n";
    std::vector<Texts> rows;
    for (const auto& [group, members] : groups) {
        const Estimate mean = mean_share(members);
        rows.push_back(
            {group, percent(mean.mean, mean.half_width),
             fmt::format("of {} {}", members.size(), members.size() == 1 ? "situation" : "situations")});
    }
    text += aligned(rows);
    return text;
}

namespace {

void write_errands(text::JsonWriter& json, const sim::SituationOutcome& outcome) {
    json.key("errands").begin_array();
    for (const auto& errand : outcome.errands) {
        json.begin_object().key("services").begin_array();
        for (const auto& service : errand.services)
            json.value(service.text());
        json.end();
        json.member("site", errand.site.text())
            .member("channel", errand.channel.text())
            .member("served_share", rounded(errand.served_share));
        json.key("half_width").value(errand.served_half_width).end();
    }
    json.end();
}

}  // namespace

std::string situations_json(const std::vector<sim::SituationOutcome>& outcomes) {
    std::string out;
    {
        text::JsonWriter json{out};
        json.begin_object().member("balcao", 1).key("situations").begin_array(text::JsonLines::each);
        for (const auto& outcome : outcomes) {
            json.begin_object().member("situation", outcome.situation.key);
            if (outcome.situation.group) json.member("group", outcome.situation.group->text());
            json.member("possible", outcome.is_possible)
                .member("how", outcome.how)
                .member("walks", outcome.walks);
            json.member("share", rounded(outcome.all_share));
            json.key("half_width").value(outcome.all_half_width);
            json.key("must").begin_array();
            for (const auto& must : outcome.musts) {
                json.begin_object()
                    .member("that", must_in_words(must.must))
                    .member("share", rounded(must.share));
                json.key("half_width").value(must.half_width).end();
            }
            json.end();
            write_errands(json, outcome);
            json.end();
        }
        json.end().end();
    }
    return out + "\n";
}

std::string stress_table(const std::vector<sim::StressResult>& results) {
    std::string text;
    std::vector<const sim::StressResult*> pointers;
    pointers.reserve(results.size());
    for (const auto& result : results)
        pointers.push_back(&result);
    for (const auto axis : all_axes) {
        if (std::ranges::all_of(results, [&](const auto& each) { return curve_of(each, axis) == nullptr; }))
            continue;
        for (const auto& target : targets_of(pointers))
            text += stress_block(results, axis, target);
        text += unserved_block(results, axis);
    }
    for (const auto& result : results)
        if (result.are_targets_ours)
            text += fmt::format("\nnote: {} sets no targets of its own; two common ones stand in for them\n",
                                result.model);
    return text;
}

std::string stress_json(const std::vector<sim::StressResult>& results) {
    std::string out;
    {
        text::JsonWriter json{out};
        json.begin_object().member("balcao", 1).key("points").begin_array(text::JsonLines::each);
        for (const auto& result : results)
            for (const auto& curve : result.curves)
                for (const auto& point : curve.points)
                    for (std::size_t target = 0; target < result.targets.size(); ++target) {
                        const auto& outcome = point.targets[target];
                        json.begin_object()
                            .member("model", result.model)
                            .member("axis", sim::name_of(curve.axis));
                        json.member("level", point.level).member("label", point.label);
                        json.member("target", target_in_words(result.targets[target], Shares::as_numbers));
                        const auto mean = outcome.mean ? std::optional{rounded(*outcome.mean)} : std::nullopt;
                        json.key("mean").value(mean).key("half_width").value(outcome.half_width);
                        json.member("verdict", name_of(outcome.verdict));
                        json.member("unserved_share", rounded(point.unserved_share));
                        json.key("breaks_at").value(curve.breaks_at[target]).end();
                    }
        json.end().end();
    }
    return out + "\n";
}

}  // namespace balcao::report
