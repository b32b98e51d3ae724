// How many durable commits a second the journal takes from many clients that each wait for their answer,
// beside what the disk does when every commit has a flush of its own.
//   bench_journal FOLDER [CLIENTS [SECONDS]]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "journal_load.hpp"
#include "sqlite/store.hpp"

namespace {

using namespace balcao;
using bench::Clock;
using bench::seconds_since;

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
    bench::Load load;
    std::uint64_t transactions = 0;
    {
        auto store = sqlite::Store::open({.path = path});
        if (!store) {
            std::fprintf(stderr, "%s\n", store.error().what.c_str());
            return 1;
        }
        load = bench::press(**store, "client", clients, seconds);
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
