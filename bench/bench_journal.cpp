// How many durable commits a second the journal takes from many clients that each wait for their answer,
// beside what the disk does when every commit has a flush of its own.
//   bench_journal FOLDER [CLIENTS [SECONDS]]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "sqlite/store.hpp"

namespace {

using namespace balcao;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// An event of the size of a call: who, where, when.
journal::Commit commit_of(const std::string& client, std::uint64_t number) {
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

Load press(sqlite::Store& store, int clients, double seconds) {
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
                    store.submit(commit_of("client-" + std::to_string(client), number),
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

// The disk alone: 300 bytes and a flush, one after the other.
double flushes_per_second(const std::string& path, double seconds) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) std::abort();
    const std::string bytes(300, 'x');
    const auto begin = Clock::now();
    int count = 0;
    for (; seconds_since(begin) < seconds; ++count)
        if (::write(file, bytes.data(), bytes.size()) < 0 || ::fdatasync(file) != 0) std::abort();
    const double rate = count / seconds_since(begin);
    ::close(file);
    return rate;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "bench_journal FOLDER [CLIENTS [SECONDS]]\n");
        return 2;
    }
    const std::filesystem::path folder{argv[1]};
    const int clients = argc > 2 ? std::atoi(argv[2]) : 64;
    const double seconds = argc > 3 ? std::atof(argv[3]) : 5;
    std::filesystem::create_directories(folder);
    const std::string path = (folder / "journal.db").string();
    for (const auto* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(path + suffix);
    Load load;
    std::uint64_t transactions = 0;
    {
        auto store = sqlite::Store::open({.path = path});
        if (!store) {
            std::fprintf(stderr, "%s\n", store.error().what.c_str());
            return 1;
        }
        load = press(**store, clients, seconds);
        transactions = (*store)->transactions();
    }
    const double flushes = flushes_per_second((folder / "flushes").string(), std::min(2.0, seconds));
    const double rate = static_cast<double>(load.commits) / load.seconds;
    std::printf("commits=%llu commits/s=%.0f transactions=%llu p99_ms=%.2f flushes/s=%.0f\n",
                static_cast<unsigned long long>(load.commits), rate,
                static_cast<unsigned long long>(transactions), load.p99_milliseconds, flushes);
    std::filesystem::remove_all(folder);
    return 0;
}
