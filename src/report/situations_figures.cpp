#include "report/situations_figures.hpp"

#include <algorithm>
#include <variant>

#include "report/csv.hpp"
#include "report/figures.hpp"
#include "report/functionality.hpp"
#include "report/summary.hpp"

namespace balcao::report {

namespace {

constexpr double minutes_of_hour = 60;
constexpr double minutes_of_day = 24 * 60;

Tone tone_of_share(double share, const std::optional<double>& half_width) {
    if (!half_width) return Tone::unclear;
    if (share - *half_width >= often_enough) return Tone::good;
    return share + *half_width < often_enough ? Tone::bad : Tone::unclear;
}

std::string share_text(double share, const std::optional<double>& half_width, const Words& words) {
    return estimate_text({share, half_width}, "share", words);
}

Cell share_cell(double share, const std::optional<double>& half_width, const Words& words) {
    Cell cell{share_text(share, half_width, words), {}, tone_of_share(share, half_width)};
    if (half_width) cell.estimate = Estimate{share, half_width};
    return cell;
}

// What no desk can do; that is certain without a single run.
Cell never_cell(const Words& words) { return {words("never"), Estimate{0, 0.0}, Tone::bad}; }

Cell prose(std::string text) {
    Cell cell{.text = text.empty() ? "–" : std::move(text), .estimate = {}};
    cell.is_prose = true;
    return cell;
}

// A length of time in the unit that it is thought in.
std::string time_text(const sim::WeekMean& minutes, const Words& words) {
    const auto said_in = [&](double unit) {
        std::optional<double> half_width;
        if (minutes.half_width) half_width = *minutes.half_width / unit;
        return estimate_text({minutes.mean / unit, half_width}, "", words);
    };
    if (minutes.mean < 2 * minutes_of_hour) return words("{n} min", {{"n", said_in(1)}});
    if (minutes.mean < 2 * minutes_of_day) return words("{n} h", {{"n", said_in(minutes_of_hour)}});
    return words("{n} days", {{"n", said_in(minutes_of_day)}});
}

// A limit that a person chose: "15 min", "2 h", "1 day", "7 days".
std::string limit_text(Duration limit, const Words& words) {
    const double minutes = std::chrono::duration<double, std::ratio<60>>(limit).count();
    const auto plain = [&](double unit) { return shortest_number(minutes / unit, words.language()); };
    if (minutes < minutes_of_hour) return words("{n} min", {{"n", plain(1)}});
    if (minutes < minutes_of_day) return words("{n} h", {{"n", plain(minutes_of_hour)}});
    if (minutes == minutes_of_day) return words("1 day");
    return words("{n} days", {{"n", plain(minutes_of_day)}});
}

struct MustText {
    const Words& words;

    std::string operator()(const model::MustBeServed& must) const {
        return must.served ? words("is served in full") : words("is not served");
    }

    std::string operator()(const model::MustTakeVisits& must) const {
        if (must.at_most == 1) return words("in a single visit");
        return words("in at most {n} visits", {{"n", std::to_string(must.at_most)}});
    }

    std::string operator()(const model::MustEndWithin& must) const {
        return words("within {time}", {{"time", limit_text(must.limit, words)}});
    }

    std::string operator()(const model::MustCost& must) const {
        return words(
            "for at most {money}",
            {{"money", shortest_number(static_cast<double>(must.at_most.cents) / 100, words.language()) +
                           "\u00a0" + must.at_most.currency}});
    }
};

std::string must_text(const model::Must& must, const Words& words) {
    return std::visit(MustText{words}, must);
}

// Of her errands the one that most often ends with nothing; null when none ever does.
const sim::ErrandOutcome* weakest_errand(const sim::SituationOutcome& outcome) {
    const auto weakest = std::ranges::min_element(outcome.errands, {}, &sim::ErrandOutcome::served_share);
    return weakest == outcome.errands.end() || weakest->served_share >= 1 ? nullptr : &*weakest;
}

std::string services_text(const sim::ErrandOutcome& errand, const Names& names) {
    std::vector<std::string> services;
    for (const model::ServiceKey& service : errand.services)
        services.push_back(names.service(service.text()));
    return list_of(services, names.words());
}

// What is known of a must beside its share: how it went in the weeks in which all was obtained.
struct HowItWent {
    const sim::SituationOutcome& outcome;
    const Names& names;

    std::string operator()(const model::MustBeServed&) const {
        const Words& words = names.words();
        const sim::ErrandOutcome* weakest = weakest_errand(outcome);
        if (!outcome.is_possible) return {};
        if (weakest == nullptr) return words("in every week");
        if (outcome.errands.size() == 1) return words("in the other weeks it was not obtained");
        return words("least often obtained: “{service}” ({share} of the weeks)",
                     {{"service", services_text(*weakest, names)},
                      {"share", share_text(weakest->served_share, weakest->served_half_width, words)}});
    }

    std::string operator()(const model::MustTakeVisits&) const {
        if (!outcome.visits) return {};
        return names.words()("{n} visits on average when served",
                             {{"n", estimate_text({outcome.visits->mean, outcome.visits->half_width},
                                                  "visits", names.words())}});
    }

    std::string operator()(const model::MustEndWithin&) const {
        if (!outcome.minutes) return {};
        return names.words()("{time} on average when served",
                             {{"time", time_text(*outcome.minutes, names.words())}});
    }

    std::string operator()(const model::MustCost&) const {
        if (!outcome.cost) return {};
        return names.words()(
            "{money} on average when served",
            {{"money", estimate_text({outcome.cost->mean, outcome.cost->half_width}, "EUR", names.words()) +
                           "\u00a0EUR"}});
    }
};

// "Saldanha shop, counter".
std::string place_text(const sim::ErrandOutcome& errand, const Names& names) {
    return names.site(errand.site.text()) + ", " + names.channel(errand.channel.text());
}

// Where she went and how often, in the part's first line.
std::string way_text(const sim::SituationOutcome& outcome, const Names& names) {
    const Words& words = names.words();
    if (!outcome.is_possible) return why_text(outcome, names);
    std::vector<std::string> places;
    for (const sim::ErrandOutcome& errand : outcome.errands) {
        std::string place = place_text(errand, names);
        if (std::ranges::find(places, place) == places.end()) places.push_back(std::move(place));
    }
    std::string text;
    for (const std::string& place : places)
        text += (text.empty() ? "" : "; ") + place;
    text = words("{weeks} weeks walked: {places}.",
                 {{"weeks", count(outcome.walks, words.language())}, {"places", text}});
    const std::string why = why_text(outcome, names);
    return why.empty() ? text : text + " " + why;
}

Line situation_line(const sim::SituationOutcome& outcome, const Names& names) {
    Line line{.heading = situation_name(outcome, names.words()), .cells = {}, .unit = "share"};
    line.begins_group = true;
    line.at_least = often_enough;
    line.wanted = names.words()("9 weeks in 10");
    const std::string share = outcome.is_possible
                                  ? share_text(outcome.all_share, outcome.all_half_width, names.words())
                                  : names.words()("never");
    line.cells.push_back({names.words()("all of it: {share}", {{"share", share}}), {}, tone_of(outcome)});
    line.cells.push_back(prose(way_text(outcome, names)));
    return line;
}

}  // namespace

Tone tone_of(const sim::SituationOutcome& outcome) {
    if (!outcome.is_possible) return Tone::bad;
    return tone_of_share(outcome.all_share, outcome.all_half_width);
}

std::vector<GroupOutcomes> groups_of(const std::vector<sim::SituationOutcome>& outcomes, const Names& names) {
    std::vector<GroupOutcomes> groups;
    for (const sim::SituationOutcome& outcome : outcomes) {
        const std::string key = outcome.situation.group ? outcome.situation.group->text() : "";
        auto group = std::ranges::find(groups, key, &GroupOutcomes::key);
        if (group == groups.end()) {
            groups.push_back({key, key.empty() ? names.words()("Anybody") : names.group(key), {}, {}});
            group = groups.end() - 1;
        }
        group->outcomes.push_back(&outcome);
    }
    for (GroupOutcomes& group : groups)
        group.share = mean_share(group.outcomes);
    return groups;
}

std::string situation_name(const sim::SituationOutcome& outcome, const Words& words) {
    return outcome.situation.about.in(words.code(), outcome.situation.key);
}

std::string why_text(const sim::SituationOutcome& outcome, const Names& names) {
    const Words& words = names.words();
    if (!outcome.is_possible)
        return outcome.refused ? words("No desk serves “{service}” by a channel that this person can use.",
                                       {{"service", names.service(outcome.refused->text())}})
                               : std::string{};
    if (outcome.all_share >= 1 || outcome.musts.empty()) return {};
    const auto weakest = std::ranges::min_element(outcome.musts, {}, &sim::MustOutcome::share);
    if (weakest->share >= 1) return {};
    std::string text = words("Fails most often: “{must}”, true in {share} of the weeks.",
                             {{"must", must_text(weakest->must, words)},
                              {"share", share_text(weakest->share, weakest->half_width, words)}});
    const sim::ErrandOutcome* errand = weakest_errand(outcome);
    // The errand explains it where the others fail because she was not served.
    if (errand != nullptr && outcome.errands.size() > 1 && errand->served_share <= weakest->share + 0.25)
        text +=
            " " + words("The weak point is “{service}” at {place}.",
                        {{"service", services_text(*errand, names)}, {"place", place_text(*errand, names)}});
    return text;
}

Figure groups_figure(const std::vector<GroupOutcomes>& groups, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "by-group",
                  .title = words("How often all of it came true, by group"),
                  .row_heading = words("Group"),
                  .drawings = {Drawing::dots}};
    figure.lead = words(
        "The mean over the situations of each group. A group has only the situations that were written for "
        "it, so the groups can be set beside each other only as far as their situations can.");
    const std::string panel = words("Weeks in which all of it came true");
    figure.columns = {{words("Situations"), "", "", ""}, {panel, panel, "", "share"}};
    Outcomes all;
    for (const GroupOutcomes& group : groups) {
        Line line{.heading = group.name, .cells = {}};
        line.cells.push_back({.text = std::to_string(group.outcomes.size()), .estimate = {}});
        line.cells.push_back(share_cell(group.share.mean, group.share.half_width, words));
        figure.lines.push_back(std::move(line));
        all.insert(all.end(), group.outcomes.begin(), group.outcomes.end());
    }
    figure.csv = csv_of(all);
    return figure;
}

Figure all_figure(const std::vector<GroupOutcomes>& groups, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "by-situation",
                  .title = words("How often all of it came true, by situation"),
                  .row_heading = words("Situation"),
                  .drawings = {Drawing::dots},
                  .is_table_open = true};
    const std::string panel = words("Weeks in which all of it came true");
    figure.columns = {
        {words("Group"), "", "", ""}, {panel, panel, "", "share"}, {words("Why not always"), "", "", ""}};
    std::vector<std::pair<std::string, const sim::SituationOutcome*>> lines;
    for (const GroupOutcomes& group : groups)
        for (const sim::SituationOutcome* outcome : group.outcomes)
            lines.emplace_back(group.name, outcome);
    std::ranges::stable_sort(lines, {}, [](const auto& line) { return line.second->all_share; });
    Outcomes all;
    for (const auto& [group, outcome] : lines) {
        Line line{.heading = situation_name(*outcome, words), .cells = {}};
        line.cells.push_back({.text = group, .estimate = {}});
        line.cells.push_back(outcome->is_possible
                                 ? share_cell(outcome->all_share, outcome->all_half_width, words)
                                 : never_cell(words));
        line.cells.push_back(prose(why_text(*outcome, names)));
        figure.lines.push_back(std::move(line));
        all.push_back(outcome);
    }
    figure.csv = csv_of(all);
    return figure;
}

Figure group_figure(const GroupOutcomes& group, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "situations-" + (group.key.empty() ? "anybody" : "of-" + group.key),
                  .title = words("What came true for: {group}", {{"group", group.name}}),
                  .row_heading = words("What must hold"),
                  .drawings = {Drawing::group_dots},
                  .is_table_open = true};
    figure.columns = {{words("In how many weeks"), "", "", "share"}, {words("How it went"), "", "", ""}};
    for (const sim::SituationOutcome* outcome : group.outcomes) {
        figure.lines.push_back(situation_line(*outcome, names));
        for (const sim::MustOutcome& must : outcome->musts) {
            Line line{.heading = must_text(must.must, words), .cells = {}};
            line.cells.push_back(outcome->is_possible ? share_cell(must.share, must.half_width, words)
                                                      : never_cell(words));
            line.cells.push_back(prose(std::visit(HowItWent{*outcome, names}, must.must)));
            figure.lines.push_back(std::move(line));
        }
    }
    figure.csv = csv_of(group.outcomes);
    return figure;
}

Figure errands_figure(const std::vector<GroupOutcomes>& groups, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "errands",
                  .title = words("Where each person went, and how often it was obtained"),
                  .row_heading = words("Situation and service"),
                  .drawings = {Drawing::dots}};
    const std::string panel = words("Weeks in which it was obtained");
    figure.columns = {
        {words("Site"), "", "", ""}, {words("Channel"), "", "", ""}, {panel, panel, "", "share"}};
    Outcomes all;
    for (const GroupOutcomes& group : groups)
        for (const sim::SituationOutcome* outcome : group.outcomes) {
            all.push_back(outcome);
            for (const sim::ErrandOutcome& errand : outcome->errands) {
                Line line{.heading = situation_name(*outcome, words) + " · " + services_text(errand, names),
                          .cells = {}};
                line.cells.push_back({.text = names.site(errand.site.text()), .estimate = {}});
                line.cells.push_back({.text = names.channel(errand.channel.text()), .estimate = {}});
                line.cells.push_back(share_cell(errand.served_share, errand.served_half_width, words));
                figure.lines.push_back(std::move(line));
            }
        }
    figure.csv = csv_of_errands(all);
    return figure;
}

}  // namespace balcao::report
