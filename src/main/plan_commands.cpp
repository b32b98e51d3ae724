// calibrate and score: learning a model from what was counted, and judging what was learnt.
#include <fmt/format.h>

#include "main/commands.hpp"
#include "main/console.hpp"
#include "main/journal_log.hpp"
#include "plan/plan.hpp"

namespace balcao::cli {

namespace {

// Half a fit says nothing, so that what Ctrl-C cut short is not shown.
int fail_to_fit(const Error& error) {
    if (stop_flag()) {
        complain("stopped before the end: nothing was written");
        return stopped;
    }
    // The sentences of these two commands name file and column themselves.
    complain(error.what);
    return error.what.starts_with("--") ? wrong_usage : wrong_input;
}

}  // namespace

int calibrate(const Calibrate& command) {
    const auto until = date_option(command.until, "--until");
    if (!until) return wrong_usage;
    ProgressLine line{"calibrate"};
    plan::CalibrateOptions options;
    options.folder = command.folder;
    options.until = *until;
    options.out = command.out;
    options.overwrites = command.overwrites;
    options.threads = command.threads;
    options.stop = &stop_flag();
    options.progress = [&line](double share, std::string_view words) { line.show(share, words); };
    const auto report =
        command.is_from_journal ? calibrate_journal(command, options) : plan::calibrate(options);
    if (!report) return fail_to_fit(report.error());
    line.finish(0);
    fmt::print("{}", plan::report_in_words(*report));
    return done;
}

int score(const Score& command) {
    const auto from = date_option(command.from, "--from");
    const auto to = date_option(command.to, "--to");
    if (!from || !to || !can_write({command.json})) return wrong_usage;
    if (*to < *from) {
        complain(fmt::format("--to: {} comes before --from {}", command.to, command.from));
        return wrong_usage;
    }
    ProgressLine line{"score"};
    plan::ScoreOptions options;
    options.fitted = command.fitted;
    options.folder = command.folder;
    options.from = *from;
    options.to = *to;
    options.is_given_tickets = command.is_given_tickets;
    options.is_rolling = command.is_rolling;
    options.threads = command.threads;
    options.stop = &stop_flag();
    options.progress = [&line](double share, std::string_view words) { line.show(share, words); };
    const auto scores = plan::score(options);
    if (!scores) return fail_to_fit(scores.error());
    line.finish(0);
    if (!command.json.empty() && !write_output(command.json, plan::scores_json(*scores))) return wrong_input;
    if (command.json != "-") fmt::print("{}", plan::scores_table(*scores));
    return done;
}

}  // namespace balcao::cli
