// The command line of Balcão: what can be asked, and nothing of how it is answered.
#include <cerrno>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "main/commands.hpp"
#include "main/console.hpp"
#include "main/record_commands.hpp"
#include "main/usage.hpp"

namespace {

namespace cli = balcao::cli;

// Beyond these a run would not end in a lifetime, or a machine has no such number.
constexpr long long days_max = 1'000'000;
constexpr long long replications_max = 1'000'000'000;
constexpr long long threads_max = 1024;
constexpr long long seed_max = 9'223'372'036'854'775'807;

void add_threads(CLI::App& app, int& threads, const char* about) {
    cli::takes_whole_number(app.add_option("--threads", threads, about), 0, threads_max);
}

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
    cli::takes_whole_number(
        app.add_option("--days", run.days, "days of each replication (20; 30 where a site never closes)"), 1,
        days_max);
    cli::takes_number(
        app.add_option("--warm-up", run.warm_up,
                       "days left out at the start, where a site never closes (found by MSER-5)"),
        static_cast<double>(days_max));
    cli::takes_whole_number(app.add_option("--replications", run.replications,
                                           "how many (30; 10 where a site never closes); 1: batches"),
                            1, replications_max);
    app.add_option("--precision", run.precision, "instead: until the half-widths are there, e.g. 2%");
    cli::takes_whole_number(app.add_option("--seed", run.seed, "of all random streams (1)"), 0, seed_max);
    add_threads(app, run.threads, "0: as many as the machine has; results do not depend on it");
    app.add_option("--json", run.json, "results as JSON, to a file or - for standard output");
}

void add_report_options(CLI::App& app, cli::Run& run) {
    app.add_option("--report", run.report, "results as a page, to an HTML file");
    cli::takes_one_of(
        app.add_option("--language", run.language, "of the report: pt, en or es (the model's first)"),
        {"pt", "en", "es"});
}

void add_page_options(CLI::App& app, cli::Run& run) {
    add_report_options(app, run);
    app.add_flag("--require-targets", run.requires_targets,
                 "exit with 3 when a target is missed, by the model or a scenario");
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
    learn->add_flag("--overwrite", calibrate.overwrites,
                    "also files in that folder that were changed by hand or are of somebody else");
    auto* journal = learn->add_flag("--journal", calibrate.is_from_journal,
                                    "the folder is a model: learn from the journal of its live office");
    learn->add_option("--data", calibrate.data, "with --journal: its folder (balcao-data)")->needs(journal);
    learn->add_option("--database", calibrate.database, "with --journal: postgres://user@host/name")
        ->needs(journal);
    add_threads(*learn, calibrate.threads, "0: as many as the machine has");
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
    add_threads(*judge, score.threads, "0: as many as the machine has");
    judge->callback([&answer] { answer = [] { return cli::score(score); }; });
}

void add_run_commands(CLI::App& app, const std::string& command_line, std::function<int()>& answer) {
    static cli::Simulate simulate;
    auto* run = app.add_subcommand("simulate", "run a model in simulated time and say what it would do");
    add_run_options(*run, simulate.run);
    add_page_options(*run, simulate.run);
    run->add_option("--scenario", simulate.run.scenarios,
                    "a scenario file to run instead of the model as it is; several are made in their order");
    run->add_option("--trace", simulate.trace, "a record a visit, to a .csv or (OCEL 2.0) .json file");
    run->callback([&answer] { answer = [] { return cli::simulate(simulate); }; });

    static cli::Compare compare;
    auto* pair = app.add_subcommand("compare", "a model and its scenarios on the same people");
    add_run_options(*pair, compare.run);
    add_page_options(*pair, compare.run);
    pair->add_option("scenarios", compare.run.scenarios, "scenario files")->required();
    pair->add_option("--indifference", compare.indifference,
                     "differences that do not matter, of the model's mean (5%)");
    pair->add_flag("--full", compare.is_full,
                   "with --json: every row, and not only those of the city, by one key and by desk");
    pair->add_option("--rank-by", compare.ranked_by, "the measure by which scenarios are ranked (wait)");
    pair->callback([&answer] { answer = [] { return cli::compare(compare); }; });

    static cli::Situations situations;
    auto* walk = app.add_subcommand("situations", "walk every service situation and say what came true");
    add_run_options(*walk, situations.run);
    walk->get_option("--days")->group("");  // of no use here: it is refused, with the way to say it
    add_report_options(*walk, situations.run);
    cli::takes_whole_number(
        walk->add_option("--weeks", situations.weeks, "weeks walked in each replication (8)"), 1, 520);
    walk->add_option(
        "--scenario", situations.run.scenarios,
        "a scenario file to walk instead of the model as it is; several are made in their order");
    walk->callback([&answer] { answer = [] { return cli::situations(situations); }; });

    static cli::Stress stress;
    auto* press = app.add_subcommand(
        "stress", "raise demand, remove desks, close sites and channels until targets break");
    add_run_options(*press, stress.run);
    add_report_options(*press, stress.run);
    press->add_option("other", stress.other, "a second model, side by side");
    press->add_option("--scenario", stress.run.scenarios, "a scenario of the model, side by side with it");
    press->callback([&answer] { answer = [] { return cli::stress(stress); }; });

    for (auto* each : {&simulate.run, &compare.run, &situations.run, &stress.run})
        each->command_line = command_line;
}

void add_serve_command(CLI::App& app, std::function<int()>& answer) {
    static cli::Serve serve;
    auto* live = app.add_subcommand("serve", "run a model as the live front office, for browsers");
    live->add_option("model", serve.model, "a model file, or a folder with model.yaml")->required();
    live->add_option("--data", serve.data, "the folder of the journal and of its key (balcao-data)");
    live->add_option("--database", serve.database,
                     "postgres://user@host/name: the journal in PostgreSQL, for several servers");
    live->add_option("--listen", serve.listen, "address and port (127.0.0.1:8080); port 0: any that is free");
    live->add_option("--proxy", serve.proxies,
                     "10.0.0.0/8: a proxy in front, whose word about addresses counts");
    cli::takes_whole_number(live->add_option("--threads", serve.threads, "of the server (2)"), 1,
                            threads_max);
    live->add_option("--erased", serve.erased,
                     "the ledger of erased persons (FOLDER.erased, beside the folder)");
    live->add_option("--limit", serve.limits,
                     "how often one address may do something, as tickets=120,1200 (at once, an hour), or off")
        ->allow_extra_args(false);
    live->add_option("--unlimited", serve.unlimited, "a network without limits: kiosks; again for each")
        ->allow_extra_args(false);
    live->add_option("--mail", serve.mail,
                     "smtp://host:port or smtps://host:port: where letters are handed in");
    live->add_option("--mail-from", serve.mail_from, "City <no-reply@city.example>: who they are from");
    live->add_option("--mail-authority", serve.mail_authority,
                     "a PEM file with who vouches for the mail server (who the system trusts)");
    live->add_option("--sms", serve.sms, "https://host/path: takes messages to phones, as JSON");
    live->add_option("--secrets", serve.secrets,
                     "a file with mail-user, mail-password, sms-token, each as NAME = VALUE");
    live->add_option("--sign-in", serve.sign_in,
                     "a file with the providers (OpenID Connect) by which people may sign in");
    live->add_option("--address", serve.address,
                     "https://city.example: where people reach these pages, for the links in letters");
    live->add_option("--meetings", serve.meetings,
                     "the Jitsi server of video appointments (https://meet.jit.si)");
    live->add_flag("--demonstration", serve.is_demonstration,
                   "a made-up day in the middle of a morning, with made-up people and attendants");
    live->callback([&answer] { answer = [] { return cli::serve(serve); }; });
}

void add_where(CLI::App& app, cli::Where& where) {
    app.add_option("--data", where.data, "the folder of the journal and of its key (balcao-data)");
    app.add_option("--database", where.database,
                   "postgres://user@host/name: the journal in PostgreSQL; the folder keeps the key");
}

void add_ledger(CLI::App& app, cli::Where& where) {
    app.add_option("--erased", where.erased,
                   "the ledger of erased persons (FOLDER.erased, beside the folder)");
}

void add_proof_commands(CLI::App& app, std::function<int()>& answer) {
    static cli::Verify verify;
    auto* prove =
        app.add_subcommand("verify", "check the whole journal, or a receipt, and say what was found");
    add_where(*prove, verify.where);
    prove->add_option("--witness", verify.witness,
                      "a file or folder of signed heads, kept elsewhere: compared, and the last one added");
    prove->add_option("--receipt", verify.receipt, "check this receipt in place of a journal");
    prove->add_option("--key", verify.key, "the log's public key for a receipt, or a file with it");
    prove->add_option("--model", verify.model, "count the places of appointments by what this model offers");
    prove->callback([&answer] { answer = [] { return cli::verify(verify); }; });

    static cli::Receipt receipt;
    auto* show = app.add_subcommand("receipt", "the receipt of a ticket or case, which anybody can check");
    show->add_option("ticket", receipt.of,
                     "a ticket (SITE/DATE/NUMBER), a case (2026-000123), or the address of its page")
        ->required();
    add_where(*show, receipt.where);
    show->add_option("--out", receipt.out, "a file (-: standard output)");
    show->callback([&answer] { answer = [] { return cli::receipt(receipt); }; });

    static cli::Rebuild rebuild;
    auto* renew =
        app.add_subcommand("rebuild", "make anew what is kept beside the events and follows from them");
    add_where(*renew, rebuild.where);
    renew->callback([&answer] { answer = [] { return cli::rebuild(rebuild); }; });
}

void add_keeping_commands(CLI::App& app, std::function<int()>& answer) {
    static cli::Erase erase;
    auto* forget =
        app.add_subcommand("erase", "destroy the key of a person, so that nobody reads of them again");
    forget
        ->add_option("person", erase.person,
                     "a ticket (SITE/DATE/NUMBER) or a case (2026-000123) or its page, a name to sign in "
                     "with, or a person's key")
        ->required();
    add_where(*forget, erase.where);
    add_ledger(*forget, erase.where);
    forget->callback([&answer] { answer = [] { return cli::erase(erase); }; });

    static cli::Backup backup;
    auto* save = app.add_subcommand(
        "backup", "all that a journal holds, as of now, in one file; also while it is served");
    add_where(*save, backup.where);
    add_ledger(*save, backup.where);
    save->add_option("--out", backup.out, "the file")->required();
    save->callback([&answer] { answer = [] { return cli::backup(backup); }; });

    static cli::Restore restore;
    auto* load =
        app.add_subcommand("restore", "fill an empty journal from a backup, without those erased since");
    load->add_option("backup", restore.backup, "the file that balcao backup wrote")->required();
    add_where(*load, restore.where);
    load->add_option(
        "--erased", restore.where.erased,
        "the ledger of erased persons (FOLDER.erased); none: nobody was erased since the backup");
    load->callback([&answer] { answer = [] { return cli::restore(restore); }; });
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

void add_entity_commands(CLI::App& app, std::function<int()>& answer) {
    static cli::StandIn stand_in;
    auto* play = app.add_subcommand("stand-in", "play five entities, for demonstrations, tests and training");
    play->add_option("--listen", stand_in.listen,
                     "address and port (127.0.0.1:9100); port 0: any that is free");
    cli::takes_one_of(play->add_option("--kinds", stand_in.kinds, "which of them (all)")->delimiter(','),
                      {"keys", "no-keys", "slow", "mail", "club"});
    cli::takes_whole_number(play->add_option("--seed", stand_in.seed, "of what goes wrong (1)"), 0, seed_max);
    play->add_option("--token", stand_in.token, "that callers must name, and reports are signed with");
    cli::takes_number(play->add_option("--concludes-after", stand_in.concludes_after,
                                       "seconds until what was taken is done; 0: at once (never)"),
                      86'400);
    play->add_option("--city", stand_in.city, "http://127.0.0.1:8080: is told of what is done (nobody)");
    play->callback([&answer] { answer = [] { return cli::stand_in(stand_in); }; });

    static cli::EntityCheck trial;
    auto* look =
        app.add_subcommand("entity-check", "try an entity's address by the contract of docs/entities.md");
    look->add_option("address", trial.address, "https://entity.example/requests: of a system of trial")
        ->required();
    cli::takes_one_of(
        look->add_option("--kind", trial.kind, "what it says of itself: by_key, look_up or none"),
        {"by_key", "look_up", "none"});
    look->add_flag("--events", trial.takes_events, "it takes events of CloudEvents 1.0, not requests");
    look->add_flag("--takes-back", trial.takes_back, "it says that it undoes what it is told to undo");
    look->add_option("--token", trial.token, "by which it knows the city");
    look->add_option("--header", trial.header,
                     "in which the token stands, such as X-Api-Key (Authorization)");
    look->add_option("--example", trial.example, "a file with what it is sent: an object of JSON, all texts");
    cli::takes_number(look->add_option("--seconds", trial.seconds, "that each answer may take (30)"), 600);
    look->callback([&answer] { answer = [] { return cli::entity_check(trial); }; });

    static cli::EntityDraft draft;
    auto* drafted = app.add_subcommand(
        "entity-draft",
        "an entity's way in, drafted from its own description in OpenAPI 3, for the model's text");
    drafted->add_option("description", draft.description, "a file of JSON or YAML")->required();
    drafted->add_option("--model", draft.model, "whose details its fields are found among")->required();
    drafted->add_option("--key", draft.key, "what the model is to call it (entity)");
    drafted->add_option("--path", draft.path, "/requests: where several could be meant");
    drafted->add_option("--base", draft.base,
                        "https://entity.example: where the description names no address");
    drafted->callback([&answer] { answer = [] { return cli::entity_draft(draft); }; });
}

void add_help(CLI::App& app, std::function<int()>& answer) {
    static std::string command;
    auto* help = app.add_subcommand("help", "what the program, or one of its commands, can be asked");
    help->add_option("command", command, "one of the commands");
    help->callback([&app, &answer] {
        answer = [&app] {
            if (const auto wrong = command.empty() ? "" : cli::wrong_command(app, command); !wrong.empty()) {
                cli::complain(wrong);
                return cli::wrong_usage;
            }
            // Not app.help(): that would tell of the command that was given, which is help.
            fmt::print("{}", command.empty() ? app.get_formatter()->make_help(&app, app.get_name(),
                                                                              CLI::AppFormatMode::Normal)
                                             : app.get_subcommand(command)->help(app.get_name()));
            return cli::done;
        };
    });
}

// What was answered, unless the answer did not reach its reader or was cut short by Ctrl-C.
int status_after(int status) {
    const bool is_flushed = std::fflush(stdout) == 0;
    const std::string why = std::generic_category().message(errno);
    if (!is_flushed || std::ferror(stdout) != 0) {
        cli::complain(fmt::format("standard output could not be written: {}", why));
        return cli::wrong_input;
    }
    return status == cli::done && cli::stop_flag() ? cli::stopped : status;
}

int run(int argc, char** argv) {
    CLI::App app{"Balcão: a city's service model, simulated and run"};
    app.name("balcao");
    app.set_version_flag("--version", "balcao " BALCAO_VERSION);
    app.require_subcommand(1);
    std::function<int()> answer;
    add_model_commands(app, answer);
    add_run_commands(app, joined(argc, argv), answer);
    add_plan_commands(app, answer);
    add_serve_command(app, answer);
    add_proof_commands(app, answer);
    add_keeping_commands(app, answer);
    cli::add_record_commands(app, answer);
    add_entity_commands(app, answer);
    add_help(app, answer);
    if (argc < 2) {
        fmt::print(stderr, "balcao: say what to do\n\n{}", app.help());
        return cli::wrong_usage;
    }
    if (const std::string first = argv[1]; !first.starts_with('-')) {
        if (const auto wrong = cli::wrong_command(app, first); !wrong.empty()) {
            cli::complain(wrong);
            return cli::wrong_usage;
        }
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        cli::complain(cli::sentence_of(app, error));
        return cli::wrong_usage;
    }
    cli::catch_interrupts();
    return status_after(answer());
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
