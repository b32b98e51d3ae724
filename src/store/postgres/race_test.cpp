// Several processes on one database: no version twice, one holder for a claim, one answer for a command, and
// nothing acknowledged is lost, also when a process is killed.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

#include "postgres/cluster_test.hpp"
#include "postgres/load_test.hpp"

using namespace balcao;
using journal::Outcome;
using journal::contract::write;
using journal::contract::writing_of;
using postgres::cluster;
using postgres::opened;
using namespace std::chrono_literals;

namespace {

constexpr int streams = 3;
constexpr int slots = 60;
constexpr int commands = 60;

// What one process did; each line of its file is something it was told: "event <stream> <version> <who>",
// "slot <name> <who>" or "command <key> <who>". Written at once, so that a kill leaves whole lines.
class Report {
public:
    explicit Report(const std::string& path)
        : file_{::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)} {}

    ~Report() { ::close(file_); }

    void add(const std::string& line) const {
        REQUIRE(::write(file_, (line + "\n").data(), line.size() + 1) ==
                static_cast<ssize_t>(line.size() + 1));
    }

    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
    Report(Report&&) = delete;
    Report& operator=(Report&&) = delete;

private:
    int file_;
};

// One client: an event to a stream that everybody wants, then a slot and a command that everybody wants.
void race_once(journal::Store& store, const Report& report, const std::string& who, int count) {
    const auto stream = "shared/" + std::to_string(count % streams);
    const auto version = store.read(stream, 0)->size();
    if (write(store, {.writings = {writing_of(stream, version, {who})}}) == Outcome::written)
        report.add("event " + stream + " " + std::to_string(version + 1) + " " + who);
    const auto slot = "slot-" + std::to_string(count % slots);
    const auto booking = "book/" + who + "/" + std::to_string(count);
    if (write(store, {.writings = {writing_of(booking, 0, {slot})}, .claims = {{slot, who, false}}}) ==
        Outcome::written)
        report.add("slot " + slot + " " + who);
    const auto key = "command-" + std::to_string(count % commands);
    if (write(store, {.command = key,
                      .answer = who,
                      .writings = {writing_of("command/" + who + "/" + std::to_string(count), 0, {key})}}) ==
        Outcome::written)
        report.add("command " + key + " " + who);
}

// Four clients of one process; `count` rounds each.
void race(const std::string& url, const std::string& path, const std::string& name, int count) {
    const auto store = opened(url);
    const Report report{path};
    std::vector<std::jthread> clients;
    for (int client = 0; client < 4; ++client)
        clients.emplace_back([&, client] {
            for (int round = 0; round < count; ++round)
                race_once(*store, report, name + "." + std::to_string(client), round);
        });
}

// This very program as another process, which runs the test below that is otherwise skipped.
pid_t start_racer(const std::string& url, const std::string& path, const std::string& name, int count) {
    const auto rounds = std::to_string(count);
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::execl("/usr/bin/env", "env", ("RACE_URL=" + url).c_str(), ("RACE_PATH=" + path).c_str(),
            ("RACE_NAME=" + name).c_str(), ("RACE_ROUNDS=" + rounds).c_str(),
            std::filesystem::read_symlink("/proc/self/exe").c_str(), "--no-skip", "--no-version",
            "--test-case=another process that races", nullptr);
    ::_exit(127);
}

std::string variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
    return value != nullptr ? value : "";
}

// Every line must be true of the database. How many slots and commands somebody was told to have.
std::pair<std::size_t, std::size_t> check_reports(journal::Store& store,
                                                  const std::vector<std::string>& paths,
                                                  std::uint64_t lines_min) {
    std::map<std::string, std::string> holders;
    std::map<std::string, std::string> answers;
    std::uint64_t lines = 0;
    std::map<std::string, std::vector<journal::Event>> read;
    for (int number = 0; number < streams; ++number) {
        auto& events = read["shared/" + std::to_string(number)] =
            *store.read("shared/" + std::to_string(number), 0);
        for (std::size_t place = 0; place < events.size(); ++place)
            REQUIRE(events[place].version == place + 1);
    }
    for (const auto& path : paths) {
        std::ifstream file{path};
        std::string what;
        std::string name;
        std::string who;
        for (; file >> what; ++lines) {
            std::uint64_t version = 0;
            file >> name;
            if (what == "event") file >> version;
            file >> who;
            if (what == "event") {
                REQUIRE(read[name].size() >= version);
                REQUIRE(read[name][version - 1].type == who);
            } else if (what == "slot") {
                REQUIRE(holders.try_emplace(name, who).first->second == who);  // nobody else was told so
                REQUIRE(write(store, {.claims = {{name, "somebody else", false}}}) == Outcome::conflict);
            } else {
                REQUIRE(answers.try_emplace(name, who).second);  // told as written once, to one
                REQUIRE(*store.answer_to(name) == who);
            }
        }
    }
    CHECK(lines >= lines_min);
    return {holders.size(), answers.size()};
}

std::uint64_t lines_in(const std::string& path) {
    std::ifstream file{path};
    return static_cast<std::uint64_t>(
        std::count(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}, '\n'));
}

std::string report_file(const std::string& name) {
    const auto path =
        std::filesystem::temp_directory_path() / ("balcao-race-" + std::to_string(::getpid()) + "-" + name);
    std::filesystem::remove(path);
    return path.string();
}

}  // namespace

TEST_CASE("another process that races" * doctest::skip()) {
    if (variable("RACE_URL").empty()) return;  // somebody runs all that is skipped
    race(variable("RACE_URL"), variable("RACE_PATH"), variable("RACE_NAME"),
         std::stoi(variable("RACE_ROUNDS")));
}

TEST_CASE("processes that race for streams, claims and commands give each to one") {
    const auto url = cluster().emptied_database();
    opened(url).reset();
    std::vector<std::string> paths;
    std::vector<pid_t> racers;
    for (const auto* name : {"one", "two", "three"}) {
        paths.push_back(report_file(name));
        racers.push_back(start_racer(url, paths.back(), name, 120));
    }
    for (const auto racer : racers) {
        int status = 0;
        REQUIRE(::waitpid(racer, &status, 0) == racer);
        CHECK(status == 0);
    }
    const auto store = opened(url);
    CHECK(check_reports(*store, paths, 400) == std::pair<std::size_t, std::size_t>{slots, commands});
    for (const auto& path : paths)
        std::filesystem::remove(path);
}

TEST_CASE("a process that is killed again and again leaves nothing half there, and holds up nobody") {
    const auto url = cluster().emptied_database();
    const auto path = report_file("killed");
    const auto own = report_file("own");
    const auto store = opened(url);
    const Report report{own};
    for (int kill = 0; kill < 6; ++kill) {
        const pid_t racer = start_racer(url, path, "killed-" + std::to_string(kill), 100'000);
        const auto enough = lines_in(path) + 30 + static_cast<std::uint64_t>(kill);
        const auto latest = std::chrono::steady_clock::now() + 20s;
        for (int count = 0; lines_in(path) < enough; ++count) {
            REQUIRE(std::chrono::steady_clock::now() < latest);
            race_once(*store, report, "own-" + std::to_string(kill), count);
        }
        ::kill(racer, SIGKILL);
        REQUIRE(::waitpid(racer, nullptr, 0) == racer);
        const auto begin = std::chrono::steady_clock::now();
        race_once(*store, report, "after-" + std::to_string(kill), kill);
        CHECK(std::chrono::steady_clock::now() - begin < 4s);
    }
    check_reports(*store, {path, own}, 6 * 30);
    std::filesystem::remove(path);
    std::filesystem::remove(own);
}
