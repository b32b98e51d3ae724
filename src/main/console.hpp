#pragma once
// The program's side of the terminal: reading models with their remarks told, writing outputs whole, a
// progress line, and Ctrl-C. Used by the commands only.
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "main/commands.hpp"
#include "model/read.hpp"
#include "sim/simulate.hpp"

namespace balcao::cli {

// Tells an error on standard error: "balcao: --days: a run needs …".
void complain(const Error& error);
void complain(std::string_view sentence);
// Tells the error, and answers with the exit code: an option that contradicts the model is the command line's
// fault, the rest is what was read.
int fail(const Error& error);

// Remarks on standard error; mistakes first in the eye because only they stop the program.
void tell(const std::vector<model::Remark>& remarks);

// The model, or nothing after its mistakes were told.
std::optional<model::Model> read_model(const std::string& path);
// The model with the changes of these scenarios, in their order.
std::optional<model::Scenario> read_scenario(const std::string& model, const std::vector<std::string>& paths);

// To standard output for "-", else beside the file and renamed. False after telling why not.
bool write_output(const std::string& path, std::string_view content);

// Whether each of these can be written, before the work that they are to hold; empty ones and "-" pass. False
// after telling which cannot, or that two are the same file.
bool can_write(const std::vector<std::string>& outputs);

// Set by the first Ctrl-C (SIGINT) or SIGTERM; the second ends the program at once.
const std::atomic<bool>& stop_flag();
void catch_interrupts();
// The interrupt was how the work was to end: it does not count as cut short.
void forgive_interrupt();

// One line on standard error that is written over, only on a terminal.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ProgressLine(ProgressLine&&) = delete;
    ProgressLine& operator=(ProgressLine&&) = delete;

    void show(double share, std::string_view words);
    // "0.80 s, 4,200,000 people, 5.25 million a second": after the end, on a terminal or not.
    void finish(std::int64_t customers);

private:
    std::string what_;
    bool is_terminal_ = false;
    double began_ = 0;
    double shown_ = -1;
};

// "2%", "2 %" or "0.02"; nothing after telling what was expected.
std::optional<double> share_option(const std::string& text, std::string_view option);
std::optional<Date> date_option(const std::string& text, std::string_view option);

// Nothing after telling what is wrong.
std::optional<sim::RunOptions> run_options(const Run& run, ProgressLine& line);

// Whether Ctrl-C came before the first replication was done, so that there is nothing to show; says so.
bool is_empty(const sim::Results& results);

// Whether --require-targets makes this run fail.
bool misses_targets(const Run& run, const sim::Results& results);

}  // namespace balcao::cli
