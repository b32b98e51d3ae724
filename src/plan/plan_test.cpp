#include "plan/plan.hpp"

#include <cmath>
#include <cstdlib>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/temporary_folder.hpp"
#include "model/read.hpp"
#include "plan/log_model.hpp"
#include "plan/sample_test.hpp"
#include "text/file.hpp"
#include "text/json.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

// Two invented shops over two years: busy Mondays, a yearly season, waits that rise with the day's tickets.
// The days after `until` can be made ten times as busy.
void write_daily(const std::filesystem::path& folder, double later_factor) {
    std::string rows =
        "date,store,district,municipality,tickets,attended,abandoned,mean_wait_min,mean_service_min\n";
    int k = 0;
    for (int shop = 0; shop < 2; ++shop)
        for (Date date = day("2023-08-01"); date <= day("2025-10-31"); date += days{1}) {
            if (weekday_index(date) > 4) continue;
            ++k;
            const double season =
                0.15 *
                std::sin(2 * 3.14159265 * static_cast<double>((date - day("2023-01-01")).count()) / 365.25);
            const double log_tickets = std::log(shop == 0 ? 250 : 90) +
                                       (weekday_index(date) == 0 ? 0.2 : 0.0) + season + 0.08 * wobble(k);
            const double factor = date > day("2025-07-31") ? later_factor : 1;
            const long tickets = std::lround(factor * std::exp(log_tickets));
            const double load = log_tickets - std::log(shop == 0 ? 250 : 90);
            const long wait = std::lround(15 * std::exp(1.2 * load + 0.1 * wobble(7 * k)));
            const long left = std::lround(static_cast<double>(tickets) * 0.004 * static_cast<double>(wait));
            rows += fmt::format("{},Shop {},d,m,{},{},{},{},{}\n", format_date(date),
                                shop == 0 ? "North" : "South", tickets, tickets - left, left, wait, 7);
        }
    REQUIRE(text::write_whole(folder / "daily.csv", rows));
}

CalibrateOptions options_of(const TemporaryFolder& data, const TemporaryFolder& out) {
    CalibrateOptions options;
    options.folder = data.path();
    options.until = day("2025-07-31");
    options.out = out.path();
    options.threads = 1;
    options.is_corrected_by_simulation = false;
    return options;
}

std::string fitted_of(const TemporaryFolder& out) { return *text::read_file(out.path() / "fitted.json"); }

}  // namespace

TEST_CASE("days after the last one change nothing in the fit, and nor do more threads") {
    const TemporaryFolder data;
    const TemporaryFolder out;
    write_daily(data.path(), 1);
    REQUIRE(calibrate(options_of(data, out)));
    const std::string first = fitted_of(out);
    const std::string demand = *text::read_file(out.path() / "demand.yaml");
    write_daily(data.path(), 10);
    CalibrateOptions options = options_of(data, out);
    options.threads = 2;
    REQUIRE(calibrate(options));
    CHECK(fitted_of(out) == first);
    CHECK(*text::read_file(out.path() / "demand.yaml") == demand);
}

TEST_CASE(
    "a season and busy Mondays are forecast better than by the naive mean, within intervals that hold") {
    const TemporaryFolder data;
    const TemporaryFolder out;
    write_daily(data.path(), 1);
    REQUIRE(calibrate(options_of(data, out)));
    ScoreOptions options{.fitted = out.path(),
                         .folder = data.path(),
                         .from = day("2025-08-01"),
                         .to = day("2025-10-31"),
                         .threads = 1};
    const Result<Scores> scores = score(options);
    REQUIRE(scores);
    REQUIRE(scores->measures.size() == 3);
    for (const MeasureScore& measure : scores->measures) {
        INFO(measure.measure);
        CHECK(measure.count == 132);
        CHECK(measure.skill > 0.3);
        CHECK(measure.coverage_80 > 0.6);
    }
    options.is_given_tickets = true;
    const Result<Scores> given = score(options);
    REQUIRE(given);
    REQUIRE(given->measures.size() == 2);  // tickets are given
    CHECK(given->measures[0].mae < scores->measures[1].mae);
    const text::Json json = *text::Json::parse(scores_json(*given), "scores");
    CHECK(json.root()["measures"].at(0)["measure"].as_text() == std::string_view{"wait"});
    CHECK(json.root()["measures"].at(0)["count"].as_whole_number() == 132);
    options.is_rolling = true;
    REQUIRE(score(options));
}

TEST_CASE("scoring days that the fit has seen is refused") {
    const TemporaryFolder data;
    const TemporaryFolder out;
    write_daily(data.path(), 1);
    REQUIRE(calibrate(options_of(data, out)));
    const Result<Scores> scores = score(
        {.fitted = out.path(), .folder = data.path(), .from = day("2025-07-31"), .to = day("2025-10-31")});
    REQUIRE_FALSE(scores);
    CHECK(scores.error().what.find("2025-07-31") != std::string::npos);
}

TEST_CASE(
    "what is written is a model without a mistake, and simulation brings its waits to the observed ones") {
    const TemporaryFolder data;
    const TemporaryFolder out;
    write_daily(data.path(), 1);
    CalibrateOptions options = options_of(data, out);
    options.is_corrected_by_simulation = true;
    const Result<CalibrationReport> report = calibrate(options);
    REQUIRE(report);
    REQUIRE(report->corrections.size() == 2);
    for (const ShopCorrection& shop : report->corrections) {
        CHECK(std::abs(shop.wait_after - shop.wait_wanted) < 2);
        // Judged in several years with other people than those of the rounds, so with an interval.
        REQUIRE(shop.wait_after_half_width);
        CHECK(*shop.wait_after_half_width > 0);
        CHECK(*shop.wait_after_half_width < 5);
        REQUIRE(shop.abandoned_after_half_width);
        CHECK(std::abs(shop.abandoned_after - shop.abandoned_wanted) < 0.02);
    }
    CHECK(report_in_words(*report).find("in years that the correction has not seen") != std::string::npos);
    const model::DiskFiles disk;
    const model::ReadOptions today{day("2026-01-01")};
    const auto read = model::read_model(out.path(), disk, today);
    for (const model::Remark& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value);
    CHECK(read.value->sites.size() == 2);
    for (const char* name : {"integrated-desks.yaml", "saturday.yaml"})
        CHECK(model::read_scenario(out.path(), out.path() / "scenarios" / name, disk, today).value);
}

TEST_CASE("a log of single tickets becomes a model without a mistake") {
    const TemporaryFolder out;
    std::string rows = "taken,called,ended,site,service,desk,outcome\n";
    for (int k = 0; k < 400; ++k) {
        const std::string date = format_date(day("2026-01-05") + days{k % 5});
        const int minute = 9 * 60 + (k * 37) % 300;
        const auto at = [&](int when) {
            return fmt::format("{} {:02}:{:02}:00", date, when / 60, when % 60);
        };
        rows += fmt::format("{},{},{},Hall,Cards,{},served\n", at(minute), at(minute + k % 9),
                            at(minute + k % 9 + 3 + k % 5), k % 3);
    }
    const std::filesystem::path file = out.path() / "log.csv";
    REQUIRE(text::write_whole(file, rows));
    CalibrateOptions options;
    options.folder = file;
    options.until = day("2026-01-31");
    options.out = out.path() / "model";
    const Result<CalibrationReport> report = calibrate(options);
    REQUIRE(report);
    CHECK(report->rows_fitted == 400);
    const auto read = model::read_model(options.out, model::DiskFiles{}, {day("2026-02-01")});
    for (const model::Remark& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    CHECK(read.value);
}

TEST_CASE("which services go before others is seen in a log") {
    // One desk, always busy: cards are called before passports, who came first or not; within a service in
    // order.
    std::string rows = "taken,called,ended,service,desk\n";
    const auto at = [](int minute) {
        return fmt::format("2026-01-05 {:02}:{:02}:00", minute / 60, minute % 60);
    };
    const auto log_of = [&](bool has_priority) {
        std::string all = rows;
        for (int k = 0; k < 60; ++k) {
            const int begin = 9 * 60 + 10 * k;
            // A passport is taken first, then a card; both wait for the desk to fall idle.
            all += fmt::format("{},{},{},Passport,1\n", at(begin), at(begin + (has_priority ? 6 : 2)),
                               at(begin + (has_priority ? 10 : 6)));
            all += fmt::format("{},{},{},Card,1\n", at(begin + 1), at(begin + (has_priority ? 2 : 6)),
                               at(begin + (has_priority ? 6 : 10)));
        }
        return *parse_ticket_log(all, "log.csv", day("2026-01-31"));
    };
    const auto first = fit_log(log_of(true)).front().order;
    CHECK(first.priority == std::map<std::string, int>{{"Card", 1}, {"Passport", 2}});
    CHECK(first.calls == 120);
    CHECK(first.passed_over == 60);
    const auto fair = fit_log(log_of(false)).front().order;
    CHECK(fair.priority.empty());
    CHECK(fair.passed_over == 0);
}

TEST_CASE("what calibrate wrote is replaced, what somebody changed is not") {
    const TemporaryFolder out;
    const std::filesystem::path file = out.path() / "log.csv";
    REQUIRE(text::write_whole(file,
                              "taken,called,ended\n2026-01-05 09:00:00,2026-01-05 09:02:00,2026-01-05 "
                              "09:05:00\n2026-01-05 09:01:00,2026-01-05 09:05:00,2026-01-05 09:09:00\n"));
    CalibrateOptions options;
    options.folder = file;
    options.until = day("2026-01-31");
    options.out = out.path() / "model";
    REQUIRE(calibrate(options));
    CHECK(calibrate(options));
    const std::filesystem::path made = options.out / "model.yaml";
    const std::string changed = "# By hand.\n" + *text::read_file(made);
    REQUIRE(text::write_whole(made, changed));
    const auto refused = calibrate(options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::conflict);
    CHECK(refused.error().what.find("model.yaml; choose another folder, or --overwrite") !=
          std::string::npos);
    CHECK(*text::read_file(made) == changed);
    options.overwrites = true;
    CHECK(calibrate(options));
    CHECK(*text::read_file(made) != changed);
}

TEST_CASE("the Citizen Shops of the committed fit are forecast better than by the naive mean") {
    const char* const named = std::getenv("BALCAO_DATA");  // NOLINT(concurrency-mt-unsafe): one thread here
    const std::filesystem::path folder =
        std::filesystem::path{named != nullptr ? named : "../shared/data"} / "citizen-shops";
    const std::filesystem::path fitted = "models/citizen-shops/fitted.json";
    if (!std::filesystem::exists(folder / "daily.csv.gz") || !std::filesystem::exists(fitted)) {
        MESSAGE("skipped: no official data in " << folder.string() << " (set BALCAO_DATA)");
        return;
    }
    ScoreOptions options{
        .fitted = fitted, .folder = folder, .from = day("2025-08-01"), .to = day("2025-12-31"), .threads = 2};
    const Result<Scores> scores = score(options);
    REQUIRE(scores);
    CHECK(scores->measures[0].skill > 0.12);
    CHECK(scores->measures[1].skill > 0.06);
    CHECK(scores->measures[2].skill > 0.06);
    options.is_given_tickets = true;
    const Result<Scores> given = score(options);
    REQUIRE(given);
    CHECK(given->measures[0].skill > 0.12);
    CHECK(given->measures[1].skill > 0.05);
    for (const Result<Scores>* one : {&scores, &given})
        for (const MeasureScore& measure : (*one)->measures) {
            CHECK(measure.coverage_80 > 0.75);
            CHECK(measure.coverage_80 < 0.85);
        }
}

}  // namespace balcao::plan
