#include "main/record_commands.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "main/adoption.hpp"
#include "main/console.hpp"
#include "main/journal_reader.hpp"
#include "main/streamed_file.hpp"
#include "record/office_log.hpp"
#include "record/period_table.hpp"
#include "record/statistics_text.hpp"
#include "sim/simulate.hpp"
#include "text/file.hpp"

namespace balcao::cli {

namespace {

int fail_unless_stopped(const Error& error) {
    if (stop_flag()) {
        complain("stopped before the end: nothing was written");
        return stopped;
    }
    return fail(error);
}

// The same days, drawn instead of lived.
Result<sim::Results> simulated(const model::Model& model, const record::Statistics& of, int replications) {
    model::Model same_days = model;
    same_days.first_day = of.from;
    sim::RunOptions options;
    options.days = of.results.days;
    options.replications = replications;
    options.stop = &stop_flag();
    return sim::simulate(same_days, options);
}

Result<std::optional<sim::Results>> beside(const Statistics& command,
                                           const model::Model& model,
                                           const record::Statistics& of) {
    if (command.simulates) {
        BALCAO_TRY(auto results, simulated(model, of, command.replications));
        return std::optional{std::move(results)};
    }
    if (command.beside.empty()) return std::optional<sim::Results>{};
    BALCAO_TRY(const auto content, text::read_file(command.beside));
    BALCAO_TRY(auto results, record::results_of_json(content, command.beside));
    return std::optional{std::move(results)};
}

}  // namespace

// Days are judged by the versions that they went by, where the journal has any.
Result<record::Reader> JournalReader::read() {
    auto& store = *installation_.journal.store;
    BALCAO_TRY(editions_, edition::Editions::open(store, clock_));
    const auto now = editions_->in_force();
    if (!now) return record::Reader::of(store, *model_, clock_);
    model_ = now->model;
    return record::Reader::of(store,
                              {[now] {
                                   return office::NumberedModel{now->model, now->entry.number};
                               },
                               models_of(*editions_)},
                              clock_);
}

std::unique_ptr<JournalReader> JournalReader::open(const std::string& path, const Where& where) {
    auto model = read_model(path);
    if (!model) return nullptr;
    auto installation = open_existing(where.data, where.database);
    if (!installation) {
        complain(installation.error());
        return nullptr;
    }
    std::unique_ptr<JournalReader> opened{new JournalReader{*std::move(model), *std::move(installation)}};
    auto reader = opened->read();
    if (!reader) {
        complain(reader.error());
        return nullptr;
    }
    opened->reader_ = *std::move(reader);
    return opened;
}

std::optional<record::Wanted> wanted_of(const Recorded& of) {
    record::Wanted wanted;
    if (!of.from.empty() && !(wanted.from = date_option(of.from, "--from"))) return std::nullopt;
    if (!of.to.empty() && !(wanted.to = date_option(of.to, "--to"))) return std::nullopt;
    if (wanted.from && wanted.to && *wanted.to < *wanted.from) {
        complain(fmt::format("--to: {} comes before --from {}", of.to, of.from));
        return std::nullopt;
    }
    if (!of.site.empty()) wanted.site = model::SiteKey{of.site};
    return wanted;
}

int statistics(const Statistics& command) {
    const auto wanted = wanted_of(command.of);
    if (!wanted || !can_write({command.json})) return wrong_usage;
    const auto journal = JournalReader::open(command.of.model, command.of.where);
    if (!journal) return wrong_input;
    record::Tally tally{journal->model(), journal->reader().zone(), wanted->from};
    const auto span = journal->reader().each(*wanted, [&](const record::HallDay& day) {
        tally.add(day);
        return !stop_flag();
    });
    if (!span) return fail_unless_stopped(span.error());
    auto found = tally.finish(span->to);
    if (!command.of.site.empty()) found.site = command.of.site;
    auto other = beside(command, journal->model(), found);
    if (!other) return fail_unless_stopped(other.error());
    found.beside = *std::move(other);
    if (!command.json.empty() && !write_output(command.json, record::statistics_json(found)))
        return wrong_input;
    if (command.json != "-") fmt::print("{}", record::statistics_table(found));
    const bool is_missed = std::ranges::any_of(found.results.targets, [](const sim::TargetOutcome& outcome) {
        return outcome.verdict == sim::Verdict::missed;
    });
    return command.requires_targets && is_missed ? target_missed : done;
}

int export_periods(const Export& command) {
    const auto wanted = wanted_of(command.of);
    if (!wanted) return wrong_usage;
    const bool has_visits = !command.csv.empty() || !command.ocel.empty();
    const bool has_cases = !command.cases_ocel.empty() || !command.cases_xes.empty();
    if (!has_visits && !has_cases) {
        complain("say where to: --csv, --ocel, --cases-ocel, --cases-xes, or several, each with a file");
        return wrong_usage;
    }
    if (has_cases && !command.of.site.empty()) {
        complain("--site: requests belong to no site; leave it out, or --cases-ocel and --cases-xes");
        return wrong_usage;
    }
    if (!can_write({command.csv, command.ocel, command.cases_ocel, command.cases_xes})) return wrong_usage;
    const auto journal = JournalReader::open(command.of.model, command.of.where);
    if (!journal) return wrong_input;
    if (has_cases)
        if (auto written = write_case_logs(command, *wanted, *journal); !written)
            return fail_unless_stopped(written.error());
    if (!has_visits) return done;
    std::optional<StreamedFile> csv;
    std::optional<StreamedFile> events;
    std::optional<record::OfficeLog> log;
    if (!command.csv.empty()) {
        auto file = text::PendingFile::open(command.csv == "-" ? "/dev/stdout" : command.csv);
        if (!file) return fail_unless_stopped(file.error());
        csv.emplace(*std::move(file));
        csv->write(record::period_columns());
    }
    if (!command.ocel.empty()) {
        auto file = text::PendingFile::open(command.ocel == "-" ? "/dev/stdout" : command.ocel);
        if (!file) return fail_unless_stopped(file.error());
        events.emplace(*std::move(file));
        log.emplace([&events](std::string_view piece) { events->write(piece); }, journal->model(),
                    journal->reader().zone());
    }
    std::size_t tickets = 0;
    const auto span = journal->reader().each(*wanted, [&](const record::HallDay& day) {
        tickets += day.tickets.size();
        if (csv) csv->write(record::period_lines(day, journal->reader().zone()));
        if (log) log->add(day);
        return !stop_flag();
    });
    if (!span) return fail_unless_stopped(span.error());
    if (csv)
        if (auto written = csv->commit(); !written) return fail_unless_stopped(written.error());
    if (log) {
        log->finish();
        if (auto written = events->commit(); !written) return fail_unless_stopped(written.error());
    }
    fmt::print(stderr, "{} to {}: {} {}\n", format_date(span->from), format_date(span->to), tickets,
               tickets == 1 ? "ticket" : "tickets");
    return done;
}

}  // namespace balcao::cli
