// How many durable commits a second several server processes take together on one PostgreSQL database, from
// clients that each wait for their answer.
//   bench_postgres [PROCESSES [CLIENTS [SECONDS]]]       on a server of its own, CLIENTS over all processes
//   bench_postgres URL NAME CLIENTS SECONDS              one of the processes
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "journal_load.hpp"
#include "postgres/cluster_test.hpp"
#include "postgres/store.hpp"

namespace {

using namespace balcao;

std::unique_ptr<postgres::Store> opened(const std::string& url) {
    auto store = postgres::Store::open({.url = url});
    if (store) return *std::move(store);
    std::fprintf(stderr, "%s\n", store.error().what.c_str());
    std::exit(1);
}

// Prints commits, seconds, transactions and p99 in one line.
int be_one_process(char** words) {
    const auto store = opened(words[1]);
    const auto load = bench::press(*store, words[2], std::atoi(words[3]), std::atof(words[4]));
    std::printf("%llu %.3f %llu %.3f\n", static_cast<unsigned long long>(load.commits), load.seconds,
                static_cast<unsigned long long>(store->transactions()), load.p99_milliseconds);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 5) return be_one_process(argv);
    const int processes = argc > 1 ? std::atoi(argv[1]) : 2;
    const int clients = argc > 2 ? std::atoi(argv[2]) : 64;
    const std::string seconds = argc > 3 ? argv[3] : "5";
    postgres::Cluster cluster;
    const auto url = cluster.new_database();
    const auto store = opened(url);  // makes the tables, and counts in the end
    std::vector<FILE*> pipes;
    for (int number = 0; number < processes; ++number) {
        auto command = std::string{argv[0]} + " '" + url + "' process-" + std::to_string(number);
        command += " " + std::to_string(clients / processes) + " " + seconds;
        pipes.push_back(::popen(command.c_str(), "r"));
    }
    unsigned long long commits = 0;
    unsigned long long transactions = 0;
    double rate = 0;
    double p99 = 0;
    for (FILE* pipe : pipes) {
        unsigned long long some = 0;
        unsigned long long shared = 0;
        double took = 0;
        double slow = 0;
        if (pipe == nullptr || std::fscanf(pipe, "%llu %lf %llu %lf", &some, &took, &shared, &slow) != 4 ||
            ::pclose(pipe) != 0)
            return 1;
        commits += some;
        transactions += shared;
        rate += static_cast<double>(some) / took;
        p99 = std::max(p99, slow);
    }
    const auto there = postgres::Cluster::carry_out(url, "SELECT count(*) FROM balcao.events").number(0, 0);
    if (there != static_cast<std::int64_t>(commits)) {
        std::fprintf(stderr, "%llu commits were confirmed, %lld are there\n", commits,
                     static_cast<long long>(there));
        return 1;
    }
    std::printf("processes=%d commits=%llu commits/s=%.0f transactions=%llu p99_ms=%.2f\n", processes,
                commits, rate, transactions, p99);
    return 0;
}
