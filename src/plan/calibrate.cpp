// From a folder of daily indicators to a service model and what scoring needs. Declared in plan.hpp.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "plan/correction.hpp"
#include "plan/export_model.hpp"
#include "plan/fitted_json.hpp"
#include "plan/log_model.hpp"
#include "plan/plan.hpp"
#include "plan/sealed_file.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

// Shares of the progress bar.
constexpr double read_done = 0.05;
constexpr double fit_done = 0.5;

void tell(const CalibrateOptions& options, double share, std::string_view what) {
    if (options.progress) options.progress(share, what);
}

CalendarTable calendar_until(const DailyData& data, Date until) {
    Date first = until;
    for (const ShopDay& day : data.days)
        first = std::min(first, day.date);
    return {first, until};
}

void report_rows(CalibrationReport& report, const DailyData& data, Date until) {
    report.rows_read = data.rows_read;
    for (const LeftOutRow& row : data.left_out)
        if (const std::optional<Date> date = parse_date(row.date); !date || *date <= until)
            report.left_out.push_back(row);
    const DayJudgement judgement = judge_days(data, until);
    for (const DoubtfulDay& doubtful : judgement.doubtful) {
        const ShopDay& day = data.days[doubtful.row];
        report.left_out.push_back({.shop = data.shops[static_cast<std::size_t>(day.shop)].name,
                                   .date = format_date(day.date),
                                   .rule = name_of(doubtful.doubt),
                                   .why = doubtful.why,
                                   .use = use_of(doubtful.doubt)});
    }
    for (std::size_t row = 0; row < data.days.size(); ++row)
        if (data.days[row].date <= until && judgement.use[row] != LeftOutOf::everything) ++report.rows_fitted;
}

Result<Fitted> fit(const CalibrateOptions& options, const DailyData& data, const LiveSamples& samples) {
    const CalendarTable calendar = calendar_until(data, options.until);
    const FitInput input{data, samples, calendar};
    std::vector<Date> origins = spread_origins(data, options.until);
    origins.push_back(options.until);
    const double pieces = static_cast<double>(origins.size() * target_count);
    const Work work{options.threads, options.stop, [&](std::size_t done) {
                        tell(options, read_done + (fit_done - read_done) * static_cast<double>(done) / pieces,
                             "fitting");
                    }};
    std::vector<Fitted> fits = fit_shops(input, origins, work);
    if (work.is_stopped()) return Error{Errc::unavailable, "stopped"};
    Fitted fitted = std::move(fits.back());
    fits.pop_back();
    learn_spreads(fitted, fits, input);
    return fitted;
}

// Only what the fit may see: later days are dropped before anything looks at them.
void drop_later_days(DailyData& data, Date until) {
    std::erase_if(data.days, [&](const ShopDay& day) { return day.date > until; });
}

void report_shops(CalibrationReport& report, const Fitted& fitted, const Network& network) {
    for (const FittedShop& shop : fitted.shops) {
        const bool is_fitted = shop.targets[static_cast<std::size_t>(Target::tickets)].is_fitted;
        (is_fitted ? report.shops : report.not_fitted).push_back(shop.shop.name);
        const bool is_laid_out =
            std::any_of(network.shops.begin(), network.shops.end(),
                        [&](const NetworkShop& laid) { return laid.shop.name == shop.shop.name; });
        if (is_fitted && !is_laid_out)
            report.notes.push_back(
                fmt::format("{} has too few days in the last year to be part of the model; it is "
                            "forecast all the same",
                            shop.shop.name));
    }
    if (fitted.spreads.front().sigma <= 0)
        report.notes.push_back(
            "there is too little history before the last day to learn how far forecasts are off: "
            "intervals have no width");
    if (fitted.shapes.closing_hour.empty())
        report.notes.push_back("there are no live samples: people are spread evenly from nine to four");
}

Result<void> write_all(const CalibrateOptions& options, const ModelFiles& files, CalibrationReport& report) {
    if (auto written = write_together(options.out, files); !written) return written;
    for (const auto& [name, content] : files)
        report.written.push_back(options.out / name);
    return {};
}

Result<void> check_source(const std::filesystem::path& source) {
    std::error_code ignored;
    if (!std::filesystem::exists(source, ignored))
        return Error{
            Errc::not_found,
            fmt::format("{}: there is no such file or folder; name a folder with daily.csv, or a log of "
                        "single tickets",
                        source.string())};
    const bool has_days = std::filesystem::exists(source / "daily.csv", ignored) ||
                          std::filesystem::exists(source / "daily.csv.gz", ignored);
    if (std::filesystem::is_directory(source, ignored) && !has_days)
        return Error{Errc::not_found,
                     fmt::format("{} has no daily.csv; name a folder with one, or a log of single tickets",
                                 source.string())};
    return {};
}

// Why nothing is left: the first row that was left out speaks for the others.
Error nothing_to_fit(const std::string& file,
                     const char* what,
                     Date until,
                     const std::vector<LeftOutRow>& rows) {
    std::string why = fmt::format("{} has no {} up to {} that can be true", file, what, format_date(until));
    const auto first = std::find_if(rows.begin(), rows.end(), [&](const LeftOutRow& row) {
        const auto date = parse_date(row.date);
        return !date || *date <= until;
    });
    if (first != rows.end())
        why += fmt::format("; the first that cannot, of {}: {}", first->date, first->why);
    return {Errc::invalid, why};
}

// What was written by hand into the folder of the model stays; before the minutes that a fit takes, not
// after.
Result<void> check_target(const CalibrateOptions& options) {
    if (auto makeable = check_folder(options.out); !makeable) return makeable;
    if (options.overwrites) return {};
    return check_unchanged(options.out, {"model.yaml", "services.yaml", "sites.yaml", "demand.yaml",
                                         "scenarios/integrated-desks.yaml", "scenarios/saturday.yaml"});
}

Result<CalibrationReport> calibrate_log(const TicketLog& log, const CalibrateOptions& options) {
    if (log.tickets.empty())
        return nothing_to_fit(options.folder.string(), "ticket", options.until, log.left_out);
    tell(options, read_done, "fitting");
    const std::vector<LoggedSite> sites = fit_log(log);
    CalibrationReport report;
    report.rows_read = log.rows_read;
    report.rows_fitted = log.tickets.size();
    report.left_out = log.left_out;
    for (const LoggedSite& site : sites) {
        report.shops.push_back(site.name);
        if (site.desks.empty())
            return Error{Errc::invalid, fmt::format("{}: nobody was served at {}, so its desks are not known",
                                                    options.folder.string(), site.name)};
    }
    report.notes = log_in_words(sites);
    const Date last = std::min(options.until, log.tickets.back().date);
    if (const auto written = write_all(options, {{"model.yaml", sealed(model_of_log(sites, last))}}, report);
        !written)
        return written.error();
    return report;
}

}  // namespace

Result<CalibrationReport> calibrate(const TicketLog& log, const CalibrateOptions& options) {
    tell(options, 0, "reading");
    if (const auto writable = check_target(options); !writable) return writable.error();
    return calibrate_log(log, options);
}

Result<CalibrationReport> calibrate(const CalibrateOptions& options) {
    tell(options, 0, "reading");
    if (const auto readable = check_source(options.folder); !readable) return readable.error();
    if (const auto writable = check_target(options); !writable) return writable.error();
    if (std::filesystem::is_regular_file(options.folder)) {
        BALCAO_TRY(const TicketLog log, read_ticket_log(options.folder, options.until));
        return calibrate_log(log, options);
    }
    BALCAO_TRY(DailyData data, read_daily_data(options.folder));
    BALCAO_TRY(const LiveSamples samples, read_live_samples(options.folder));
    BALCAO_TRY(const auto families, read_family_shares(options.folder, options.until));
    BALCAO_TRY(const auto places, read_registry(options.folder));
    drop_later_days(data, options.until);
    if (data.days.empty())
        return nothing_to_fit((options.folder / "daily.csv").string(), "row", options.until, data.left_out);
    CalibrationReport report;
    report_rows(report, data, options.until);
    tell(options, read_done, "fitting");
    BALCAO_TRY(const Fitted fitted, fit(options, data, samples));
    Network network = lay_out({fitted, data, families, places});
    report_shops(report, fitted, network);
    if (network.shops.empty())
        return Error{Errc::invalid, "no shop has enough days in the last year to make a model of it"};
    if (options.is_corrected_by_simulation) {
        CorrectionOptions correction;
        correction.work = {options.threads, options.stop, [&](std::size_t done) {
                               tell(options,
                                    fit_done + (1 - fit_done) * static_cast<double>(done) /
                                                   (correction.rounds + 1 + correction.judged_years),
                                    "simulating");
                           }};
        BALCAO_TRY(report.corrections, correct_by_simulation(network, fitted, correction));
    }
    if (options.stop != nullptr && options.stop->load()) return Error{Errc::unavailable, "stopped"};
    ModelFiles files = export_model(network);
    for (auto& [name, content] : files)
        content = sealed(std::move(content));
    files[fitted_file] = fitted_json(fitted);
    if (const auto written = write_all(options, files, report); !written) return written.error();
    return report;
}

namespace {

const char* use_in_words(LeftOutOf use) {
    switch (use) {
        case LeftOutOf::everything:
            return "left out";
        case LeftOutOf::waits:
            return "left out of waits";
        case LeftOutOf::nothing:
            break;
    }
    return "kept, but named";
}

std::string rules_in_words(const CalibrationReport& report,
                           const std::map<std::string, std::size_t>& rows_of_rule) {
    std::string out;
    for (const auto& [rule, rows] : rows_of_rule) {
        const auto first = std::ranges::find(report.left_out, rule, &LeftOutRow::rule);
        out += fmt::format("  {}: {} {}, {}\n", rule, rows, rows == 1 ? "row" : "rows",
                           use_in_words(first->use));
    }
    return out;
}

// Rows of every rule, none with more than its part.
std::string rows_in_words(const std::vector<LeftOutRow>& rows, std::size_t rows_max, std::size_t each_max) {
    std::string out;
    std::size_t shown = 0;
    std::map<std::string, std::size_t> shown_of_rule;
    for (const LeftOutRow& row : rows) {
        if (shown_of_rule[row.rule]++ >= each_max || shown >= rows_max) continue;
        out += fmt::format("    {} {}: {} ({})\n", row.date, row.shop, row.why, row.rule);
        ++shown;
    }
    if (shown < rows.size()) out += fmt::format("    … and {} more\n", rows.size() - shown);
    return out;
}

std::string corrections_in_words(const std::vector<ShopCorrection>& corrections) {
    if (corrections.empty()) return {};
    double before = 0;
    double after = 0;
    double half_width = 0;
    std::size_t held = 0;
    for (const ShopCorrection& shop : corrections) {
        before += std::abs(shop.wait_before - shop.wait_wanted);
        const double off = std::abs(shop.wait_after - shop.wait_wanted);
        after += off;
        half_width += shop.wait_after_half_width.value_or(0);
        held += shop.wait_after_half_width && off <= *shop.wait_after_half_width ? 1 : 0;
    }
    const auto shops = static_cast<double>(corrections.size());
    return fmt::format(
        "Simulated mean wait against the observed one: off by {:.2f} min a shop with the desks of the "
        "queueing approximation; after correction by {:.2f} min, in years that the correction has not seen. "
        "The interval of 95 % of those years is ± {:.2f} min wide on average and holds the observed wait of "
        "{} of {} shops.\n",
        before / shops, after / shops, half_width / shops, held, corrections.size());
}

}  // namespace

std::string report_in_words(const CalibrationReport& report, std::size_t rows_max) {
    std::string out = fmt::format("{} rows read, {} fitted, {} {}.\n", report.rows_read, report.rows_fitted,
                                  report.shops.size(), report.shops.size() == 1 ? "site" : "sites");
    std::map<std::string, std::size_t> rows_of_rule;
    for (const LeftOutRow& row : report.left_out)
        ++rows_of_rule[row.rule];
    const std::size_t each_max =
        rows_of_rule.empty() ? 0 : std::max<std::size_t>(1, rows_max / rows_of_rule.size());
    out += rules_in_words(report, rows_of_rule);
    out += rows_in_words(report.left_out, rows_max, each_max);
    for (const std::string& shop : report.not_fitted)
        out += fmt::format("Not fitted: {} has no row up to the last day.\n", shop);
    for (const std::string& note : report.notes)
        out += "Note: " + note + "\n";
    out += corrections_in_words(report.corrections);
    for (const std::filesystem::path& file : report.written)
        out += "Wrote " + file.string() + "\n";
    return out;
}

}  // namespace balcao::plan
