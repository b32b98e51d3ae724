// simulate, compare, situations and stress: the model in simulated time.
#include <algorithm>

#include <fmt/format.h>

#include "main/commands.hpp"
#include "main/console.hpp"
#include "main/trace_file.hpp"
#include "report/functionality.hpp"
#include "report/json.hpp"
#include "report/report.hpp"
#include "report/terminal.hpp"
#include "sim/compare.hpp"
#include "sim/situations.hpp"
#include "sim/stress.hpp"

namespace balcao::cli {

namespace {

report::ReportOptions report_options(const Run& run, const model::Model& model) {
    report::ReportOptions options;
    options.language = report::language_for(run.language, model);
    options.command = run.command_line;
    options.version = BALCAO_VERSION;
    return options;
}

struct Scenarios {
    std::vector<sim::Alternative> alternatives;
    std::vector<std::pair<std::string, LocalText>> about;

    [[nodiscard]] const model::Model& model_or(const model::Model& model) const {
        return alternatives.empty() ? model : alternatives.front().model;
    }
};

// All of them one after the other, as one.
std::optional<Scenarios> read_together(const Run& run) {
    Scenarios scenarios;
    if (run.scenarios.empty()) return scenarios;
    auto scenario = read_scenario(run.model, run.scenarios);
    if (!scenario) return std::nullopt;
    scenarios.about.emplace_back(scenario->key, scenario->about);
    scenarios.alternatives.push_back({scenario->key, std::move(scenario->model)});
    return scenarios;
}

std::optional<Scenarios> read_scenarios(const Run& run) {
    Scenarios scenarios;
    bool is_right = true;
    for (const auto& path : run.scenarios) {
        auto scenario = read_scenario(run.model, {path});
        if (!scenario) {
            is_right = false;
            continue;
        }
        scenarios.about.emplace_back(scenario->key, scenario->about);
        scenarios.alternatives.push_back({scenario->key, std::move(scenario->model)});
    }
    if (!is_right) return std::nullopt;
    return scenarios;
}

// The table goes to standard output unless the JSON does.
bool write_results(const Run& run, const std::string& json, const std::string& table) {
    if (!run.json.empty() && !write_output(run.json, json)) return false;
    if (run.json == "-") return true;
    fmt::print("{}", table);
    return true;
}

bool write_page(const Run& run, const std::string& page) {
    if (!write_output(run.report, page)) return false;
    fmt::print(stderr, "report: {}\n", run.report);
    return true;
}

int run_comparison(const Compare& command, const model::Model& model, const Scenarios& scenarios) {
    const Run& run = command.run;
    ProgressLine line{"compare"};
    auto options = run_options(run, line);
    const auto indifference = share_option(command.indifference, "--indifference");
    const auto measure = sim::parse_measure(command.ranked_by);
    if (!measure || sim::direction_of(*measure) == 0) {
        complain(fmt::format("--rank-by: '{}' is not a measure of which less or more is better; write wait",
                             command.ranked_by));
        return wrong_usage;
    }
    if (!options || !indifference) return wrong_usage;
    if (*indifference <= 0 || *indifference >= 1) {
        complain(fmt::format("--indifference: '{}' does not lie between 0% and 100%; write 5%",
                             command.indifference));
        return wrong_usage;
    }
    const auto comparison =
        sim::compare(model, scenarios.alternatives,
                     {.run = *options, .indifference = *indifference, .ranked_by = *measure});
    if (!comparison) return fail(comparison.error());
    if (is_empty(comparison->base)) return stopped;
    std::int64_t customers = comparison->base.customers;
    for (const auto& results : comparison->scenarios)
        customers += results.customers;
    line.finish(customers);
    const auto detail = command.is_full ? report::JsonDetail::full : report::JsonDetail::by_one_key;
    if (!write_results(run, report::comparison_json(*comparison, detail),
                       report::comparison_table(*comparison)))
        return wrong_input;
    if (!run.report.empty()) {
        auto page = report_options(run, model);
        page.scenarios = scenarios.about;
        if (!write_page(run, report::report_page(model, *comparison, page))) return wrong_input;
    }
    const bool is_missed = misses_targets(run, comparison->base) ||
                           std::any_of(comparison->scenarios.begin(), comparison->scenarios.end(),
                                       [&](const auto& results) { return misses_targets(run, results); });
    return is_missed ? target_missed : done;
}

}  // namespace

int simulate(const Simulate& command) {
    const Run& run = command.run;
    const auto model = read_model(run.model);
    if (!model) return wrong_input;
    const auto scenarios = read_together(run);
    if (!scenarios) return wrong_input;
    const model::Model& simulated = scenarios->model_or(*model);
    if (!can_write({run.json, run.report, command.trace})) return wrong_usage;
    ProgressLine line{"simulate"};
    auto options = run_options(run, line);
    if (!options) return wrong_usage;
    auto trace = open_trace(command.trace, simulated);
    if (!trace) return fail(trace.error());
    options->trace = trace->get();
    auto results = sim::simulate(simulated, *options);
    if (!results) return fail(results.error());
    if (is_empty(*results)) return stopped;
    if (*trace)
        if (const auto written = (*trace)->finish(); !written) return fail(written.error());
    if (!scenarios->alternatives.empty()) results->scenario = scenarios->alternatives.front().key;
    line.finish(results->customers);
    if (!write_results(run, report::results_json(*results), report::results_table(*results)))
        return wrong_input;
    if (!run.report.empty()) {
        auto page = report_options(run, simulated);
        page.scenarios = scenarios->about;
        if (!write_page(run, report::report_page(simulated, *results, page))) return wrong_input;
    }
    return misses_targets(run, *results) ? target_missed : done;
}

int compare(const Compare& command) {
    const auto model = read_model(command.run.model);
    if (!model) return wrong_input;
    const auto scenarios = read_scenarios(command.run);
    if (!scenarios) return wrong_input;
    if (scenarios->alternatives.empty()) {
        complain("compare needs at least one scenario file after the model");
        return wrong_usage;
    }
    return run_comparison(command, *model, *scenarios);
}

int situations(const Situations& command) {
    const Run& run = command.run;
    const auto model = read_model(run.model);
    if (!model) return wrong_input;
    const auto read = model::read_situations(run.model, *model, model::DiskFiles{});
    tell(read.remarks);
    if (!read.value) return wrong_input;
    if (read.value->empty()) {
        complain(fmt::format("{} has no situations: write them as {}/situations/<name>.yaml", run.model,
                             run.model));
        return wrong_input;
    }
    const auto scenarios = read_together(run);
    if (!scenarios) return wrong_input;
    const model::Model& walked = scenarios->model_or(*model);
    ProgressLine line{"situations"};
    auto options = run_options(run, line);
    if (!options) return wrong_usage;
    const auto outcomes =
        sim::walk_situations(walked, *read.value, {.run = *options, .weeks = command.weeks});
    if (!outcomes) return fail(outcomes.error());
    line.finish(0);
    if (!write_results(run, report::situations_json(*outcomes), report::situations_table(*outcomes)))
        return wrong_input;
    if (run.report.empty()) return done;
    auto page = report_options(run, walked);
    page.scenarios = scenarios->about;
    const report::SituationsRun walk{*outcomes, command.weeks, options->confidence, options->seed};
    return write_page(run, report::report_page(walked, walk, page)) ? done : wrong_input;
}

int stress(const Stress& command) {
    const Run& run = command.run;
    std::vector<model::Model> models;
    for (const auto& path : {run.model, command.other}) {
        if (path.empty()) continue;
        auto model = read_model(path);
        if (!model) return wrong_input;
        models.push_back(std::move(*model));
    }
    const auto scenarios = read_scenarios(run);
    if (!scenarios) return wrong_input;
    for (const auto& alternative : scenarios->alternatives) {
        models.push_back(alternative.model);
        models.back().key = alternative.key;
    }
    ProgressLine line{"stress"};
    auto options = run_options(run, line);
    if (!options) return wrong_usage;
    std::vector<sim::StressResult> results;
    for (const auto& model : models) {
        auto result = sim::stress(model, {.run = *options});
        if (!result) return fail(result.error());
        results.push_back(*std::move(result));
    }
    line.finish(0);
    if (!write_results(run, report::stress_json(results), report::stress_table(results))) return wrong_input;
    if (run.report.empty()) return done;
    auto page = report_options(run, models.front());
    page.scenarios = scenarios->about;
    return write_page(run, report::report_page(models, results, page)) ? done : wrong_input;
}

}  // namespace balcao::cli
