#include "report/summary.hpp"

#include <algorithm>
#include <cmath>

#include "report/figures.hpp"
#include "report/json.hpp"
#include "report/rows.hpp"

namespace balcao::report {

namespace {

using sim::Measure;

const sim::Row* overall(const sim::Results& results, const Measured& measured) {
    const sim::Row* row = row_of(results, measured, {});
    return row != nullptr && row->half_width ? row : nullptr;
}

std::string targets_sentence(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    if (results.targets.size() == 1) {
        const sim::TargetOutcome& only = results.targets.front();
        const char* english = only.verdict == sim::Verdict::met ? "The target “{target}: {wanted}” is met."
                              : only.verdict == sim::Verdict::missed
                                  ? "The target “{target}: {wanted}” is missed."
                                  : "Whether the target “{target}: {wanted}” is "
                                    "met is undecided.";
        return words(english, {{"target", target_name(only.target, names)},
                               {"wanted", wanted_text(only.target, names)}});
    }
    const auto tally = [&](sim::Verdict verdict) {
        return std::to_string(std::count_if(results.targets.begin(), results.targets.end(),
                                            [&](const auto& outcome) { return outcome.verdict == verdict; }));
    };
    return words("Targets, {n} in all: met {met}, missed {missed}, undecided {undecided}.",
                 {{"n", std::to_string(results.targets.size())},
                  {"met", tally(sim::Verdict::met)},
                  {"missed", tally(sim::Verdict::missed)},
                  {"undecided", tally(sim::Verdict::undecided)}});
}

// Without targets, the second sentence says where and when it is worst.
std::string worst_sentence(const sim::Results& results, const Names& names) {
    const auto longest = [&](unsigned parts) {
        return longest_of(rows_of(results, {Measure::wait}, parts), 1);
    };
    const std::vector<const sim::Row*> hour = longest(part_hour);
    const std::vector<const sim::Row*> service = longest(part_service);
    const auto text = [&](const sim::Row& row) {
        return said({row.mean, row.half_width}, row.measure, names.words());
    };
    if (!hour.empty() && !service.empty())
        return names.words()(
            "The longest waits: from {hour} ({hour_wait}) and for {service} ({service_wait}).",
            {{"hour", hour_text(*hour[0]->of.hour)},
             {"hour_wait", text(*hour[0])},
             {"service", names.of(service[0]->of)},
             {"service_wait", text(*service[0])}});
    return names.words()("The model sets no targets to hold this against.");
}

}  // namespace

std::string target_name(const model::Target& target, const Names& names) {
    const std::optional<Measure> measure = sim::parse_measure(target.measure);
    const std::string what = measure ? names.measure(*measure, minutes_of(target.limit)) : target.measure;
    const auto text = [](const auto& key) {
        return key ? std::optional<std::string>{key->text()} : std::nullopt;
    };
    const sim::Breakdown of{.site = text(target.site),
                            .service = text(target.service),
                            .group = text(target.group),
                            .channel = text(target.channel)};
    return of == sim::Breakdown{} ? what : what + " (" + names.of(of) + ")";
}

std::string wanted_text(const model::Target& target, const Names& names) {
    const std::optional<Measure> measure = sim::parse_measure(target.measure);
    const std::string unit = measure ? sim::unit_of(*measure) : "";
    std::string text;
    if (target.at_least)
        text = names.words()("at least {bound}", {{"bound", bound_text(*target.at_least, unit, names)}});
    if (target.at_most)
        text += (text.empty() ? "" : ", ") +
                names.words()("at most {bound}", {{"bound", bound_text(*target.at_most, unit, names)}});
    return text;
}

Cell verdict_cell(const sim::TargetOutcome& outcome, const Names& names) {
    const std::optional<Measure> measure = sim::parse_measure(outcome.target.measure);
    const std::string measured = estimate_text({outcome.mean.value_or(0), outcome.half_width},
                                               measure ? sim::unit_of(*measure) : "", names.words());
    switch (outcome.verdict) {
        case sim::Verdict::met:
            return {names.words()("met") + ": " + measured, {}, Tone::good};
        case sim::Verdict::missed:
            return {names.words()("missed") + ": " + measured, {}, Tone::bad};
        case sim::Verdict::undecided:
            break;
    }
    return {names.words()("undecided") + ": " + measured, {}, Tone::unclear};
}

std::string bound_text(double bound, const std::string& unit, const Names& names) {
    const Language language = names.words().language();
    if (unit == "share") return shortest_number(bound * 100, language) + percent_sign(language);
    return shortest_number(bound, language) + (unit == "min" ? "\u00a0" + names.words()("min") : "");
}

std::string said(const Estimate& estimate, Measure measure, const Words& words) {
    const std::string unit = sim::unit_of(measure);
    const std::string text = estimate_text(estimate, unit, words);
    const bool names_unit = unit == "min" || unit == "EUR";
    return names_unit && estimate.half_width ? text + "\u00a0" + words(unit) : text;
}

std::vector<std::string> answer_of(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    const sim::Row* arrivals = overall(results, {Measure::arrivals});
    const sim::Row* wait = overall(results, {Measure::wait});
    const sim::Row* abandoned = overall(results, {Measure::abandoned_share});
    std::vector<std::string> answer;
    const auto text = [&](const sim::Row* row) {
        return said({row->mean, row->half_width}, row->measure, words);
    };
    if (arrivals == nullptr || wait == nullptr)
        answer.push_back(words("This run is too short for an interval, and so it has no answer."));
    else if (abandoned == nullptr || abandoned->mean == 0)
        answer.push_back(
            words("{arrivals} people come on an average day, those served wait {wait} on average, and nobody "
                  "gives up.",
                  {{"arrivals", text(arrivals)}, {"wait", text(wait)}}));
    else
        answer.push_back(words(
            "{arrivals} people come on an average day, those served wait {wait} on average, and {abandoned} "
            "give up waiting.",
            {{"arrivals", text(arrivals)}, {"wait", text(wait)}, {"abandoned", text(abandoned)}}));
    answer.push_back(results.targets.empty() ? worst_sentence(results, names)
                                             : targets_sentence(results, names));
    return answer;
}

std::vector<KeyFigure> key_figures_of(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    std::vector<Measured> wanted{{Measure::arrivals}, {Measure::wait}, {Measure::abandoned_share}};
    for (const double limit : limits_of(results))
        wanted.push_back({Measure::served_within, limit});
    for (const Measure measure : {Measure::utilisation, Measure::visits_per_need, Measure::cost_per_need})
        wanted.push_back({measure});
    std::vector<KeyFigure> figures;
    for (const Measured& measured : wanted) {
        const sim::Row* row = overall(results, measured);
        if (row == nullptr) continue;
        KeyFigure figure{names.measure(measured.measure, measured.limit_minutes),
                         said({row->mean, row->half_width}, measured.measure, words), ""};
        if (measured.measure == Measure::arrivals) figure.note = words("per day");
        if (measured.measure == Measure::wait && row->quantiles)
            figure.note = words("9 in 10 wait less than {minutes} min",
                                {{"minutes", quantile_text(row->quantiles->p90, "min", words.language())}});
        figures.push_back(std::move(figure));
    }
    return figures;
}

std::vector<std::string> remarks_of(const Names& names) {
    const model::Model& model = names.model();
    const auto invented = [](const auto& things) {
        return std::count_if(things.begin(), things.end(),
                             [](const auto& thing) { return model::is_demonstration(thing); });
    };
    const auto count_invented =
        invented(model.demand) + invented(model.services) + invented(model.sites) + invented(model.people);
    if (count_invented == 0) return {};
    return {names.words()(
        "Demonstration: {n} entries of this model (demand, services, sites or groups) are figures "
        "made up to show how it works, not measured.",
        {{"n", std::to_string(count_invented)}})};
}

Figure targets_of(const std::vector<System>& systems, const Names& names) {
    const Words& words = names.words();
    Figure figure{.id = "targets",
                  .title = words("What was wanted and what came out"),
                  .row_heading = words("Target"),
                  .drawings = {}};
    figure.columns.push_back({words("Wanted"), "", "", ""});
    for (const auto& [name, results] : systems)
        figure.columns.push_back({name, "", "", ""});
    const std::vector<sim::TargetOutcome>& targets = systems.front().second->targets;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        Line line{.heading = target_name(targets[i].target, names), .cells = {}};
        line.cells.push_back({wanted_text(targets[i].target, names), {}, Tone::none});
        for (const auto& [name, results] : systems)
            line.cells.push_back(i < results->targets.size() ? verdict_cell(results->targets[i], names)
                                                             : Cell{"–", {}, Tone::none});
        figure.lines.push_back(std::move(line));
    }
    figure.csv = csv_of_targets(systems);
    return figure;
}

void add_origin(Section& section, std::uint64_t seed, const Names& names, const ReportOptions& options) {
    section.paragraphs.push_back(
        names.words()("Balcão {version}, seed {seed}: the same model, seed and version give the same "
                      "numbers. To repeat it:",
                      {{"version", options.version}, {"seed", std::to_string(seed)}}));
    section.command = options.command;
    for (const model::Source& source : names.model().sources)
        section.links.emplace_back(source.title.empty() ? source.key : source.title, source.url);
}

Section method_of(const sim::Results& results, const Names& names, const ReportOptions& options) {
    const Words& words = names.words();
    const Language language = words.language();
    Section section{.id = "method", .title = words("How this was computed"), .paragraphs = {}, .figures = {}};
    const std::string runs = count(results.replications, language);
    const std::string people = count(results.customers, language);
    if (results.is_steady_state)
        section.paragraphs.push_back(
            words("The model was run {runs} times for {days} days, after {warm_up} days of warm-up that do "
                  "not count: "
                  "{people} people in all.",
                  {{"runs", runs},
                   {"days", count(results.days, language)},
                   {"warm_up", number(results.warm_up_days, 1, language)},
                   {"people", people}}));
    else
        section.paragraphs.push_back(words(
            "The model was run {runs} times for {days} days from {first_day} on, each time with other people "
            "drawn at random: {people} people in all.",
            {{"runs", runs},
             {"days", count(results.days, language)},
             {"first_day", date_text(names.model().first_day, words)},
             {"people", people}}));
    section.paragraphs.push_back(
        words("“±” gives an interval of {confidence}, Student's t over {units} {kind}; shares and waits are "
              "ratios of "
              "sums, their intervals by the jackknife. It is the chance in the simulation. Whether the model "
              "is like "
              "the city, it does not say.",
              {{"confidence", percent(results.confidence, 0, language)},
               {"units", count(results.units, language)},
               {"kind", words.or_else(results.unit_of_interval, results.unit_of_interval)}}));
    section.terms = {
        {words("Wait of those served"),
         words("From arriving to being called, of the people who were served.")},
        {words("Gave up waiting"),
         words("Came, waited longer than they could, and left unserved: a share of those who came.")},
        {words("9 in 10 wait less than (min)"),
         words("Of all people served in the run; the unlucky tenth waits longer.")},
        {words("Load of the desks"),
         words("Time that desks spent serving, over the time that they were open.")},
        {"±", words("Half of the interval: the value of the model lies between the number less this and the "
                    "number plus "
                    "this, {confidence} of the time.",
                    {{"confidence", percent(results.confidence, 0, language)}})},
    };
    add_origin(section, results.seed, names, options);
    return section;
}

}  // namespace balcao::report
