#include "report/functionality.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <variant>

#include <fmt/format.h>

#include "report/json.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace balcao::report {

namespace {

using sim::Verdict;

std::string percent(double share, const std::optional<double>& half_width) {
    if (!half_width) return "no interval";
    return fmt::format("{:.1f} % ± {:.1f}", share * 100, *half_width * 100);
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

std::string must_in_words(const model::Must& must) { return std::visit(MustInWords{}, must); }

std::string group_of(const sim::SituationOutcome& outcome) {
    return outcome.situation.group ? outcome.situation.group->text() : "anybody";
}

std::string about(const sim::SituationOutcome& outcome) {
    return outcome.situation.about.in("en", outcome.situation.key);
}

std::string target_in_words(const model::Target& target) {
    std::string text = target.measure;
    if (target.limit) text += " " + format_duration(*target.limit);
    for (const auto& [what, key] : {std::pair{"site", target.site ? target.site->text() : ""},
                                    std::pair{"service", target.service ? target.service->text() : ""},
                                    std::pair{"group", target.group ? target.group->text() : ""},
                                    std::pair{"channel", target.channel ? target.channel->text() : ""}})
        if (!key.empty()) text += fmt::format(", {} {}", what, key);
    if (target.at_least) text += fmt::format(", at least {:g}", *target.at_least);
    if (target.at_most) text += fmt::format(", at most {:g}", *target.at_most);
    return text;
}

std::string mark_of(Verdict verdict) {
    return verdict == Verdict::met ? "met" : verdict == Verdict::missed ? "MISSED" : "undecided";
}

std::string cell_of(const sim::TargetOutcome& outcome) {
    if (!outcome.half_width) return "no interval";
    return fmt::format("{:.3g} ± {:.2g} {}", outcome.mean, *outcome.half_width, mark_of(outcome.verdict));
}

std::string level_in_words(sim::Axis axis, double level) {
    switch (axis) {
        case sim::Axis::demand:
            return fmt::format("demand {:+.0f} %", (level - 1) * 100);
        case sim::Axis::desks:
            return fmt::format("{:.0f} % fewer desks", level * 100);
        case sim::Axis::sites:
            return fmt::format("{:.0f} sites closed", level);
        case sim::Axis::channels:
            return fmt::format("channel {:.0f} closed", level);
    }
    return "";
}

const sim::StressCurve* curve_of(const sim::StressResult& result, sim::Axis axis) {
    const auto found = std::ranges::find(result.curves, axis, &sim::StressCurve::axis);
    return found == result.curves.end() ? nullptr : &*found;
}

// One target along one axis, the models side by side.
std::string stress_block(const std::vector<sim::StressResult>& results, sim::Axis axis, std::size_t target) {
    std::vector<std::vector<std::string>> columns;
    std::size_t rows = 0;
    for (const auto& result : results) {
        const auto* curve = curve_of(result, axis);
        std::vector<std::string> column{result.model};
        if (curve != nullptr && target < result.targets.size())
            for (const auto& point : curve->points)
                column.push_back(cell_of(point.targets[target]) +
                                 (point.unserved_share > 0 ? fmt::format(" ({:.1f} % have nowhere to go)",
                                                                         point.unserved_share * 100)
                                                           : ""));
        rows = std::max(rows, column.size());
        columns.push_back(std::move(column));
    }
    std::string text =
        fmt::format("\n  {} · {}\n", sim::name_of(axis), target_in_words(results.front().targets[target]));
    for (std::size_t row = 0; row < rows; ++row) {
        std::string line;
        for (std::size_t number = 0; number < results.size(); ++number) {
            const auto* curve = curve_of(results[number], axis);
            const std::string label = row == 0 || curve == nullptr || row > curve->points.size()
                                          ? ""
                                          : curve->points[row - 1].label;
            line += text::pad_right(label, 26);
            line += text::pad_right(row < columns[number].size() ? columns[number][row] : "", 34);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += "    " + line + "\n";
    }
    for (const auto& result : results) {
        const auto* curve = curve_of(result, axis);
        if (curve == nullptr || axis == sim::Axis::channels) continue;
        const auto& broken = curve->breaks_at[target];
        const bool was_missed = curve->points.front().targets[target].verdict == Verdict::missed;
        text += fmt::format("    {}: {}\n", result.model,
                            broken       ? "breaks at " + level_in_words(axis, *broken)
                            : was_missed ? "is missed as it is"
                                         : "holds to the last step");
    }
    return text;
}

}  // namespace

std::string situations_table(const std::vector<sim::SituationOutcome>& outcomes) {
    std::string text;
    std::map<std::string, std::pair<double, int>> groups;
    for (const auto& outcome : outcomes) {
        text += fmt::format("\n{}\n  {} ({})\n", outcome.situation.key, about(outcome), group_of(outcome));
        auto& group = groups[group_of(outcome)];
        ++group.second;
        if (!outcome.is_possible) {
            text += fmt::format("  never comes true: {}\n", outcome.how);
            continue;
        }
        group.first += outcome.all_share;
        text += fmt::format("  {}; {} weeks walked\n", outcome.how, outcome.walks);
        for (const auto& must : outcome.musts)
            text += fmt::format("    {}  {}\n", text::pad_right(must_in_words(must.must), 28),
                                percent(must.share, must.half_width));
        text += fmt::format("    {}  {}\n", text::pad_right("all of it", 28),
                            percent(outcome.all_share, outcome.all_half_width));
    }
    text +=
        "\nBy group, the share of weeks in which all of a situation came true, its situations together:\n";
    for (const auto& [group, sum] : groups)
        text +=
            fmt::format("  {}  {:.1f} % of {} {}\n", text::pad_right(group, 24), 100 * sum.first / sum.second,
                        sum.second, sum.second == 1 ? "situation" : "situations");
    return text;
}

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
            json.end().end();
        }
        json.end().end();
    }
    return out + "\n";
}

std::string stress_table(const std::vector<sim::StressResult>& results) {
    std::string text;
    for (const auto axis : {sim::Axis::demand, sim::Axis::desks, sim::Axis::sites, sim::Axis::channels}) {
        if (std::ranges::all_of(results, [&](const auto& each) { return curve_of(each, axis) == nullptr; }))
            continue;
        for (std::size_t target = 0; target < results.front().targets.size(); ++target)
            text += stress_block(results, axis, target);
    }
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
                        json.member("target", target_in_words(result.targets[target]));
                        json.member("mean", rounded(outcome.mean))
                            .key("half_width")
                            .value(outcome.half_width);
                        json.member("verdict", name_of(outcome.verdict));
                        json.member("unserved_share", rounded(point.unserved_share));
                        json.key("breaks_at").value(curve.breaks_at[target]).end();
                    }
        json.end().end();
    }
    return out + "\n";
}

}  // namespace balcao::report
