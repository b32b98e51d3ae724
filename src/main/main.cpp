// The command line of Balcão: what can be asked, and nothing of how it is answered.
#include <exception>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "main/commands.hpp"
#include "main/console.hpp"

namespace {

using namespace balcao;

std::string joined(int argc, char** argv) {
    std::string line = "balcao";
    for (int place = 1; place < argc; ++place) {
        const std::string word = argv[place];
        line += word.find_first_of(" \t\"'*") == std::string::npos ? " " + word : " '" + word + "'";
    }
    return line;
}

void add_run_options(CLI::App& app, cli::Run& run) {
    app.add_option("model", run.model, "a model file, or a folder with model.yaml")->required();
    app.add_option("--days", run.days, "days of each replication (20; 30 where a site never closes)");
    app.add_option("--warm-up", run.warm_up,
                   "days left out at the start, where a site never closes (found by MSER-5)");
    app.add_option("--replications", run.replications,
                   "how many (30; 10 where a site never closes); 1: batches");
    app.add_option("--precision", run.precision, "instead: until the half-widths are there, e.g. 2%");
    app.add_option("--seed", run.seed, "of all random streams (1)");
    app.add_option("--threads", run.threads, "0: as many as the machine has; results do not depend on it");
    app.add_option("--json", run.json, "results as JSON, to a file or - for standard output");
}

void add_page_options(CLI::App& app, cli::Run& run) {
    app.add_option("--report", run.report, "results as a page, to an HTML file");
    app.add_option("--language", run.language, "of the report: pt, en or es (the model's first)");
    app.add_flag("--require-targets", run.requires_targets, "exit with 3 when a target is missed");
}

void add_plan_commands(CLI::App& app, std::function<int()>& answer) {
    static cli::Calibrate calibrate;
    auto* learn =
        app.add_subcommand("calibrate", "fit a model to daily indicators or to a log of single tickets");
    learn->add_option("folder", calibrate.folder, "daily.csv and what stands beside it, or a ticket log")
        ->required();
    learn->add_option("--until", calibrate.until, "the last day that may be looked at, e.g. 2025-07-31")
        ->required();
    learn->add_option("--out", calibrate.out, "the folder for the fitted model")->required();
    learn->add_option("--threads", calibrate.threads, "0: as many as the machine has");
    learn->callback([&answer] { answer = [] { return cli::calibrate(calibrate); }; });

    static cli::Score score;
    auto* judge = app.add_subcommand("score", "compare forecasts of a fitted model with what came");
    judge->add_option("fitted", score.fitted, "the folder that calibrate wrote")->required();
    judge->add_option("folder", score.folder, "daily.csv with the days to judge")->required();
    judge->add_option("--from", score.from, "first day to judge")->required();
    judge->add_option("--to", score.to, "last day to judge")->required();
    judge->add_flag("--given-tickets", score.is_given_tickets,
                    "waits and abandonment from the day's real count");
    judge->add_flag("--rolling", score.is_rolling, "fit again at the start of each month");
    judge->add_option("--json", score.json, "scores as JSON, to a file or - for standard output");
    judge->add_option("--threads", score.threads, "0: as many as the machine has");
    judge->callback([&answer] { answer = [] { return cli::score(score); }; });
}

void add_run_commands(CLI::App& app, const std::string& command_line, std::function<int()>& answer) {
    static cli::Simulate simulate;
    auto* run = app.add_subcommand("simulate", "run a model in simulated time and say what it would do");
    add_run_options(*run, simulate.run);
    add_page_options(*run, simulate.run);
    run->add_option("--scenario", simulate.run.scenarios,
                    "a scenario file to run instead of the model as it is");
    run->add_option("--trace", simulate.trace, "a record a visit, to a .csv or (OCEL 2.0) .json file");
    run->callback([&answer] { answer = [] { return cli::simulate(simulate); }; });

    static cli::Compare compare;
    auto* pair = app.add_subcommand("compare", "a model and its scenarios on the same people");
    add_run_options(*pair, compare.run);
    add_page_options(*pair, compare.run);
    pair->add_option("scenarios", compare.run.scenarios, "scenario files")->required();
    pair->add_option("--indifference", compare.indifference,
                     "differences that do not matter, of the model's mean (5%)");
    pair->add_option("--rank-by", compare.ranked_by, "the measure by which scenarios are ranked (wait)");
    pair->callback([&answer] { answer = [] { return cli::compare(compare); }; });

    static cli::Situations situations;
    auto* walk = app.add_subcommand("situations", "walk every service situation and say what came true");
    add_run_options(*walk, situations.run);
    walk->add_option("--weeks", situations.weeks, "weeks walked in each replication (8)")
        ->check(CLI::Range(1, 520));
    walk->add_option("--scenario", situations.run.scenarios,
                     "a scenario file to walk instead of the model as it is");
    walk->callback([&answer] { answer = [] { return cli::situations(situations); }; });

    static cli::Stress stress;
    auto* press = app.add_subcommand(
        "stress", "raise demand, remove desks, close sites and channels until targets break");
    add_run_options(*press, stress.run);
    press->add_option("other", stress.other, "a second model, side by side");
    press->add_option("--scenario", stress.run.scenarios, "a scenario of the model, side by side with it");
    press->callback([&answer] { answer = [] { return cli::stress(stress); }; });

    for (auto* each : {&simulate.run, &compare.run, &situations.run, &stress.run})
        each->command_line = command_line;
}

void add_model_commands(CLI::App& app, std::function<int()>& answer) {
    static cli::Check check;
    auto* read = app.add_subcommand("check", "read a model and tell every mistake, each with its place");
    read->add_option("model", check.model, "a model file, or a folder with model.yaml")->required();
    read->add_flag("--print", check.prints, "print the model in its canonical form");
    read->callback([&answer] { answer = [] { return cli::check(check); }; });

    static cli::Diff diff;
    auto* tell = app.add_subcommand("diff", "the differences of two models, in words");
    tell->add_option("from", diff.from, "a model")->required();
    tell->add_option("to", diff.to, "another")->required();
    tell->callback([&answer] { answer = [] { return cli::diff(diff); }; });

    app.add_subcommand("schema", "the JSON Schema of the language, for editors")->callback([&answer] {
        answer = [] { return cli::schema(); };
    });
}

int run(int argc, char** argv) {
    CLI::App app{"Balcão: a city's service model, simulated"};
    app.name("balcao");
    app.set_version_flag("--version", "balcao " BALCAO_VERSION);
    app.require_subcommand(1);
    std::function<int()> answer;
    add_model_commands(app, answer);
    add_run_commands(app, joined(argc, argv), answer);
    add_plan_commands(app, answer);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? cli::done : cli::wrong_usage;
    }
    cli::catch_interrupts();
    return answer();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "balcao: {}\n", error.what());
        return balcao::cli::wrong_input;
    }
}
