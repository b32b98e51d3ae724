#include "main/console.hpp"

#include <csignal>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <set>
#include <unistd.h>

#include <fmt/format.h>

#include "text/file.hpp"
#include "text/number.hpp"

namespace balcao::cli {

namespace {

std::atomic<bool> stop_asked{false};

extern "C" void on_interrupt(int signal) {
    if (stop_asked.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

double seconds_now() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Date today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

}  // namespace

void complain(std::string_view sentence) { fmt::print(stderr, "balcao: {}\n", sentence); }

void complain(const Error& error) {
    complain(error.field.empty() ? error.what : fmt::format("{}: {}", error.field, error.what));
}

int fail(const Error& error) {
    complain(error);
    return error.field.starts_with("--") ? wrong_usage : wrong_input;
}

void tell(const std::vector<model::Remark>& remarks) {
    for (const auto& remark : remarks)
        fmt::print(stderr, "{}\n", model::format_remark(remark));
    std::size_t mistakes = 0;
    for (const auto& remark : remarks)
        mistakes += remark.severity == model::Severity::mistake ? 1 : 0;
    if (mistakes > 0) fmt::print(stderr, "{} {}.\n", mistakes, mistakes == 1 ? "mistake" : "mistakes");
}

std::optional<model::Model> read_model(const std::string& path) {
    auto read = model::read_model(path, model::DiskFiles{}, {.today = today()});
    tell(read.remarks);
    return std::move(read.value);
}

std::optional<model::Scenario> read_scenario(const std::string& model,
                                             const std::vector<std::string>& paths) {
    auto read = model::read_scenarios_together(model, {paths.begin(), paths.end()}, model::DiskFiles{},
                                               {.today = today()});
    // What the model itself gives rise to has been told when it was read.
    std::erase_if(read.remarks,
                  [](const model::Remark& remark) { return remark.severity != model::Severity::mistake; });
    tell(read.remarks);
    return std::move(read.value);
}

bool write_output(const std::string& path, std::string_view content) {
    if (path == "-") {
        if (std::fwrite(content.data(), 1, content.size(), stdout) == content.size() &&
            std::fflush(stdout) == 0)
            return true;
        complain("standard output could not be written");
        return false;
    }
    const auto written = text::write_whole(path, content);
    if (!written) complain(written.error());
    return written.has_value();
}

bool can_write(const std::vector<std::string>& outputs) {
    std::set<std::filesystem::path> seen;
    bool is_right = true;
    for (const auto& output : outputs) {
        if (output.empty() || output == "-") continue;
        if (const auto writable = text::check_writable(output); !writable) {
            complain(writable.error());
            is_right = false;
        } else if (!seen.insert(std::filesystem::path{output}.lexically_normal()).second) {
            complain(fmt::format("{}: two outputs cannot be the same file; give each its own", output));
            is_right = false;
        }
    }
    return is_right;
}

const std::atomic<bool>& stop_flag() { return stop_asked; }

void forgive_interrupt() { stop_asked = false; }

void catch_interrupts() {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

ProgressLine::ProgressLine(std::string what)
    : what_{std::move(what)}, is_terminal_{isatty(STDERR_FILENO) == 1}, began_{seconds_now()} {}

ProgressLine::~ProgressLine() {
    if (is_terminal_ && shown_ >= 0) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::show(double share, std::string_view words) {
    static std::mutex mutex;
    const std::scoped_lock lock{mutex};
    const double now = seconds_now();
    if (!is_terminal_ || now - shown_ < 0.1) return;
    shown_ = now;
    constexpr int width = 24;
    const int full = static_cast<int>(share * width);
    fmt::print(stderr, "\r\033[K{} [{:=<{}}{: <{}}] {}", what_, "", full, "", width - full, words);
    std::fflush(stderr);
}

void ProgressLine::finish(std::int64_t customers) {
    if (is_terminal_ && shown_ >= 0) fmt::print(stderr, "\r\033[K");
    shown_ = -1;
    const double wall = seconds_now() - began_;
    if (customers > 0)
        fmt::print(stderr, "{}: {:.2f} s, {} people, {:.2f} million a second\n", what_, wall,
                   text::format_number(static_cast<double>(customers), "en", 0),
                   static_cast<double>(customers) / wall / 1e6);
    else
        fmt::print(stderr, "{}: {:.2f} s\n", what_, wall);
}

std::optional<double> share_option(const std::string& text, std::string_view option) {
    const auto share = text::parse_share(text);
    if (!share) complain(fmt::format("{}: '{}' is not a share; write 2% or 0.02", option, text));
    return share;
}

std::optional<Date> date_option(const std::string& text, std::string_view option) {
    const auto date = parse_date(text);
    if (!date) complain(fmt::format("{}: '{}' is not a date; write 2025-07-31", option, text));
    return date;
}

std::optional<sim::RunOptions> run_options(const Run& run, ProgressLine& line) {
    if (!can_write({run.json, run.report})) return std::nullopt;
    sim::RunOptions options;
    options.days = run.days;
    options.warm_up = run.warm_up;
    options.replications = run.replications;
    if (!run.precision.empty()) {
        options.precision = share_option(run.precision, "--precision");
        if (!options.precision) return std::nullopt;
    }
    options.seed = run.seed;
    options.threads = run.threads;
    options.stop = &stop_flag();
    options.progress = [&line](const sim::RunProgress& progress) {
        line.show(static_cast<double>(progress.done) / std::max(1, progress.planned),
                  fmt::format("{} of {} replications", progress.done, progress.planned));
    };
    return options;
}

bool is_empty(const sim::Results& results) {
    if (results.replications > 0) return false;
    complain(
        "stopped before the first replication was done: nothing is known yet; fewer --days are done sooner");
    return true;
}

bool misses_targets(const Run& run, const sim::Results& results) {
    if (!run.requires_targets) return false;
    for (const auto& outcome : results.targets)
        if (outcome.verdict == sim::Verdict::missed) return true;
    return false;
}

}  // namespace balcao::cli
