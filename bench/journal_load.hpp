#pragma once
// Clients that each hand commits of the size of a call to a journal and wait for their answer: the load of
// the benchmarks of the stores. It measures the store, not what it costs to decide.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "journal/store.hpp"

namespace balcao::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// An event of the size of a call: who, where, when.
inline journal::Commit commit_of(const std::string& client, std::uint64_t number) {
    const std::string stream = "site/" + client + "/2026-01-05";
    journal::Event event;
    event.stream = stream;
    event.version = number + 1;
    event.at =
        journal::Instant{std::chrono::milliseconds{1'767'600'000'000 + static_cast<std::int64_t>(number)}};
    event.type = "visit-called";
    event.body = R"({"visit": "A 117", "desk": "counter-4", "attendant": "0123456789ABCDEF", "calls": 1})";
    event.salt = std::string(16, 's');
    return {.command = client + "/" + std::to_string(number),
            .answer = R"({"number": "A 117", "desk": 4})",
            .writings = {{stream, number, {event}}}};
}

struct Load {
    std::uint64_t commits = 0;
    double seconds = 0;
    double p99_milliseconds = 0;
};

// `name` tells the clients of one process from those of another. Ends the program when a commit is refused.
inline Load press(journal::Store& store, const std::string& name, int clients, double seconds) {
    std::vector<std::vector<double>> waits(static_cast<std::size_t>(clients));
    std::atomic<bool> stops = false;
    const auto begin = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t client = 0; client < waits.size(); ++client) {
            threads.emplace_back([&, client] {
                for (std::uint64_t number = 0; !stops; ++number) {
                    const auto asked = Clock::now();
                    std::promise<journal::Outcome> promise;
                    auto outcome = promise.get_future();
                    store.submit(commit_of(name + "-" + std::to_string(client), number),
                                 [&promise](journal::Outcome found) { promise.set_value(found); });
                    if (outcome.get() != journal::Outcome::written) std::abort();
                    waits[client].push_back(1000 * seconds_since(asked));
                }
            });
        }
        std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
        stops = true;
    }
    Load load;
    load.seconds = seconds_since(begin);
    std::vector<double> all;
    for (const auto& some : waits)
        all.insert(all.end(), some.begin(), some.end());
    load.commits = all.size();
    std::sort(all.begin(), all.end());
    load.p99_milliseconds = all.empty() ? 0 : all[all.size() * 99 / 100];
    return load;
}

}  // namespace balcao::bench
