// rehearse [--seeds N] [--first S] [--steps K] [--threads T]: that many days, each by its seed; says how
// often each fault struck. Exit 1 when a day went wrong, with the command that lives it again. rehearse
// --plant BUG …: a program that was built with planted bugs has that one (tests/rehearsal/planted.py).
// rehearse --seed S [--steps K] [--tell]: one day; told: everything that happens in it.
#include <atomic>
#include <charconv>
#include <cstring>
#include <iostream>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "planted.hpp"
#include "rehearsal.hpp"

namespace {

using namespace balcao::rehearsal;

struct Options {
    std::uint64_t first = 1;
    std::uint64_t seeds = 1000;
    std::size_t steps = 250;
    std::size_t threads = 2;
    bool tells = false;
};

bool read_number(const char* text, auto& into) {
    if (text == nullptr) return false;
    const char* end = text + std::strlen(text);
    const auto read = std::from_chars(text, end, into);
    return read.ec == std::errc{} && read.ptr == end;
}

bool read_options(int count, char** words, Options& options) {
    for (int place = 1; place < count; ++place) {
        const std::string_view word = words[place];
        const char* value = place + 1 < count ? words[place + 1] : nullptr;
        if (word == "--tell") {
            options.tells = true;
            continue;
        }
        ++place;
        bool is_good = false;
        if (word == "--seeds") is_good = read_number(value, options.seeds);
        if (word == "--first") is_good = read_number(value, options.first);
        if (word == "--steps") is_good = read_number(value, options.steps);
        if (word == "--threads") is_good = read_number(value, options.threads) && options.threads > 0;
        if (word == "--plant" && value != nullptr) {
            planted_bug = value;
            is_good = true;
        }
        if (word == "--seed") {
            is_good = read_number(value, options.first);
            options.seeds = 1;
        }
        if (!is_good) return false;
    }
    return true;
}

void tell(const char* program, const Options& options, std::uint64_t seed, const Rehearsed& rehearsed) {
    fmt::print("Seed {}: after step {}\n", seed, rehearsed.failed_at);
    for (const auto& fault : rehearsed.faults)
        fmt::print("  {}\n", fault);
    fmt::print("Live it again: {} --seed {} --steps {} --tell\n", program, seed, options.steps);
    std::fflush(stdout);
}

void tell_tally(const Tally& tally, std::uint64_t days) {
    fmt::print("{} days: {} steps, {} requests, {} tickets, {} calls, {} bookings\n", days, tally.steps,
               tally.requests, tally.tickets, tally.calls, tally.bookings);
    for (std::size_t fault = 0; fault < fault_names.size(); ++fault)
        fmt::print("  {:17} {:8} times\n", fault_names[fault], tally.struck[fault]);
}

int run(const char* program, const Options& options) {
    constexpr int failed_most = 5;
    std::atomic<std::uint64_t> next = options.first;
    std::atomic<int> failed = 0;
    std::mutex mutex;
    Tally all;
    std::uint64_t days = 0;
    const auto work = [&] {
        for (;;) {
            const auto seed = next.fetch_add(1);
            if (seed >= options.first + options.seeds || failed >= failed_most) return;
            const auto rehearsed = rehearse(seed, options.steps, options.tells ? &std::cout : nullptr);
            const std::lock_guard lock{mutex};
            all.add(rehearsed.tally);
            ++days;
            if (rehearsed.faults.empty()) continue;
            ++failed;
            tell(program, options, seed, rehearsed);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 1; thread < options.threads; ++thread)
            threads.emplace_back(work);
        work();
    }
    tell_tally(all, days);
    return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    Options options;
    if (!read_options(count, words, options)) {
        fmt::print(
            stderr,
            "usage: {} [--seeds N] [--first S] [--seed S] [--steps K] [--threads T] [--plant BUG] [--tell]\n",
            words[0]);
        return 2;
    }
    if (options.seeds == 1) options.threads = 1;
    return run(words[0], options);
}
