#pragma once
// Learning a service model from what a city already counts, and judging what was learnt: `calibrate` fits
// official daily indicators or a log of single tickets, `score` compares forecasts with what came. Used by
// `main`. It never looks at a day after the one it is told to stop at, and it prints nothing.
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"

namespace balcao::plan {

// What a row that cannot be true is kept away from.
enum class LeftOutOf : unsigned char {
    everything,  // every part of the fit
    waits,       // the fit of waits and of capacity
    nothing,     // named only
};

struct LeftOutRow {
    std::string shop;
    std::string date;  // as it stands in the table
    std::string rule;  // a word for the reason, the same for all rows of that kind
    std::string why;   // a sentence with this row's figures
    LeftOutOf use = LeftOutOf::everything;
};

// A shop before and after the correction by simulation, under the rates of the last year before `until`.
struct ShopCorrection {
    std::string shop;
    double wait_wanted = 0;  // minutes, mean of a day's means weighted by its tickets
    double wait_before = 0;  // simulated with the desks of the queueing approximation
    double wait_after = 0;   // in simulated years that the correction has not seen
    std::optional<double> wait_after_half_width{};
    double abandoned_wanted = 0;  // share 0..1
    double abandoned_before = 0;
    double abandoned_after = 0;  // likewise
    std::optional<double> abandoned_after_half_width{};
    int desks = 0;      // whole desks of the exported model
    double factor = 1;  // on the duration of every service; desks / factor is the effective number of desks
};

struct CalibrationReport {
    std::size_t rows_read = 0;
    std::size_t rows_fitted = 0;          // up to `until`, kept by every rule of `everything`
    std::vector<LeftOutRow> left_out;     // by rule, shop and date; only rows up to `until`
    std::vector<std::string> shops;       // fitted
    std::vector<std::string> not_fitted;  // shops without a row up to `until`
    std::vector<ShopCorrection> corrections;
    std::vector<std::string> notes;  // what the reader must know
    std::vector<std::filesystem::path> written;
};

// The share (0..1) done and a few words on what is being done; called from one thread at a time.
using Progress = std::function<void(double share, std::string_view what)>;

struct CalibrateOptions {
    std::filesystem::path folder;  // daily.csv and what stands beside it, or a log of tickets (a CSV file)
    Date until{};                  // the last day that may be looked at
    std::filesystem::path out;  // model.yaml and what it includes, fitted.json, scenarios/; made when missing
    bool overwrites = false;    // files in `out` that were changed since, or that calibrate did not write
    int threads = 0;            // 0: as many as the machine has
    bool is_corrected_by_simulation = true;
    Progress progress{};
    const std::atomic<bool>* stop = nullptr;
};

// Fits and writes, all files or none. Errors: what cannot be read, nothing to fit up to `until`, what cannot
// be written or, unless `overwrites`, would be written over though somebody else wrote it; unavailable with
// "stopped" when `stop` was set, and then nothing is written.
Result<CalibrationReport> calibrate(const CalibrateOptions& options);

// The report in plain words, in English: counts by rule, and at most `rows_max` rows by name.
std::string report_in_words(const CalibrationReport& report, std::size_t rows_max = 40);

struct ScoreOptions {
    std::filesystem::path fitted;  // the folder that `calibrate` wrote, or its fitted.json
    std::filesystem::path folder;  // daily.csv with the days to judge (and those before them when `rolling`)
    Date from{};                   // first and last day to judge, both after `until` of the fit
    Date to{};
    bool is_given_tickets = false;  // waits and abandonment from the day's real count
    bool is_rolling = false;        // fits again at each month's start
    int threads = 0;
    Progress progress{};
    const std::atomic<bool>* stop = nullptr;
};

struct MeasureScore {
    std::string measure;  // tickets, wait, abandoned_share
    std::size_t count = 0;
    double mae = 0;  // tickets: people a day; wait: minutes; abandoned_share: 0..1
    double wape = 0;
    double naive_mae = 0;  // same shop, same weekday, mean of the twelve months up to `until` of the fit
    double skill = 0;      // 1 - mae / naive_mae
    double coverage_80 = 0;
    double bias = 0;  // mean of forecast minus truth
};

struct Scores {
    Date until{};
    Date from{};
    Date to{};
    bool is_given_tickets = false;  // then there is no row for tickets: they are given
    bool is_rolling = false;
    std::vector<MeasureScore> measures;
    std::vector<std::string> notes;  // days not judged and why
};

Result<Scores> score(const ScoreOptions& options);

// {"measures": [{"measure", "count", "mae", "wape", "naive_mae", "skill", "coverage_80"}, …]}
std::string scores_json(const Scores& scores);
// For people, in English.
std::string scores_table(const Scores& scores);

}  // namespace balcao::plan
