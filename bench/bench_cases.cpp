// Cases as they live, on SQLite with full flushes: bundles of six effects accepted at a steady pace, how long
// each waits for its number; and as many as can be carried to their end, entities in this process, of which
// each effect fails now and then (reply lost, overloaded).
//
//     bench_cases FOLDER [SECONDS] [A SECOND] [BUNDLES] [CARRIERS] [ACCEPTING]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "cases/cases.hpp"
#include "sqlite/store.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace std::chrono_literals;

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int effects_of_one = 6;

double milliseconds_since(SteadyClock::time_point begin) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

// Knows keys. Of a hundred requests about three lose their reply and two are told to come later.
class Entity final : public Connector {
public:
    Outcome send(const Effect& effect) override {
        const std::uint64_t number = sends_.fetch_add(1);
        const auto draw = random::Stream::of({1, 0}, 1, 1).at(number) % 100;
        if (draw < 2) return TryLater{"overloaded"};
        {
            const std::lock_guard lock{mutex_};
            ++done_[effect.key];
        }
        if (draw < 5) return Unknown{"timeout"};
        return Delivered{effect.key, "reference", true};
    }

    Looked look_up(const Effect&) override { return Unknown{"cannot"}; }

    [[nodiscard]] std::size_t done() const {
        const std::lock_guard lock{mutex_};
        return done_.size();
    }

private:
    std::atomic<std::uint64_t> sends_ = 0;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, int> done_;
};

Submission bundle() {
    Submission made;
    made.contact = {"Ana Silva", "ana@example.pt", "+351912345678", "pt"};
    made.life_event = model::LifeEventKey{"lost-wallet"};
    made.edition = "7";
    for (int number = 0; number < effects_of_one; ++number) {
        StepWanted step;
        step.step = StepKey{"step-" + std::to_string(number)};
        step.entity = model::EntityKey{"entity-" + std::to_string(number)};
        step.service = model::ServiceKey{"service-" + std::to_string(number)};
        step.fee = Money{1800, "EUR"};
        step.consents = {"name", "number"};
        step.data = {{"name", "Ana Silva"}, {"number", "12345678"}};
        made.steps.push_back(std::move(step));
    }
    return made;
}

struct Town {
    explicit Town(const std::string& path) {
        for (int number = 0; number < effects_of_one; ++number) {
            const model::EntityKey key{"entity-" + std::to_string(number)};
            EntityTerms terms{.kind = ConnectorKind::idempotent_key};
            terms.gate.at_once = 64;
            terms.gate.per_minute = 1e6;
            terms.gate.failures = 1000;
            settings.entities.set(key, terms);
            connectors.emplace(key, entities.at(static_cast<std::size_t>(number)));
        }
        auto opened = sqlite::Store::open({path});
        if (!opened) std::abort();
        store = *std::move(opened);
        cases = std::make_unique<Cases>(*store, clock, stopwatch,
                                        *crypto::SecretKey::from(std::string(32, 'i')), settings);
        carrier = cases->carry(connectors);
    }

    SystemClock clock;
    SteadyStopwatch stopwatch;
    Settings settings{*Zone::find("Europe/Lisbon")};
    std::array<Entity, effects_of_one> entities;
    Connectors connectors;
    std::unique_ptr<sqlite::Store> store;
    std::unique_ptr<Cases> cases;
    std::unique_ptr<Carrier> carrier;
};

// Hands in bundles by so many clients, each waiting for its answer; at that pace together, or as fast as they
// are answered where it is 0. How long each waited.
std::vector<double> hand_in(Town& town, const std::string& name, int count, int clients, double a_second) {
    std::vector<double> waits(static_cast<std::size_t>(count));
    std::atomic<int> next = 0;
    const auto begin = SteadyClock::now();
    std::vector<std::jthread> threads;
    for (int client = 0; client < clients; ++client)
        threads.emplace_back([&] {
            const Submission submission = bundle();
            for (int number = next++; number < count; number = next++) {
                auto asked = SteadyClock::now();
                if (a_second > 0) {
                    asked = begin + std::chrono::duration_cast<SteadyClock::duration>(
                                        std::chrono::duration<double>(number / a_second));
                    std::this_thread::sleep_until(asked);
                }
                const auto answer = town.cases->accept(submission, name + std::to_string(number));
                if (!std::holds_alternative<Receipt>(answer)) std::abort();
                waits[static_cast<std::size_t>(number)] = milliseconds_since(asked);
            }
        });
    threads.clear();
    std::sort(waits.begin(), waits.end());
    return waits;
}

// Carries until told to stop.
std::vector<std::jthread> carriers(Town& town, int count) {
    std::vector<std::jthread> threads;
    for (int number = 0; number < count; ++number)
        threads.emplace_back([&town](const std::stop_token& stop) {
            while (!stop.stop_requested())
                if (!town.carrier->work()) std::this_thread::sleep_for(2ms);
        });
    threads.emplace_back([&town](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (!town.cases->catch_up(5000)) std::abort();
            std::this_thread::sleep_for(200ms);
        }
    });
    return threads;
}

int number_at(int argc, char** argv, int place, int otherwise) {
    return argc > place ? std::atoi(argv[place]) : otherwise;
}

void fresh(const std::string& path) {
    for (const char* end : {"", "-wal", "-shm"})
        std::filesystem::remove(path + end);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "bench_cases FOLDER [SECONDS] [A SECOND] [BUNDLES] [CARRIERS] [ACCEPTING]\n");
        return 2;
    }
    const std::string path = std::string{argv[1]} + "/cases.db";
    const int seconds = number_at(argc, argv, 2, 10);
    const int a_second = number_at(argc, argv, 3, 50);
    const int bundles = number_at(argc, argv, 4, 3000);
    const int carrying = number_at(argc, argv, 5, 96);
    const int accepting = number_at(argc, argv, 6, 32);
    {
        fresh(path);
        Town town{path};
        const auto threads = carriers(town, carrying);
        const auto begin = SteadyClock::now();
        const auto waits = hand_in(town, "paced-", seconds * a_second, accepting, a_second);
        const double took = milliseconds_since(begin) / 1000;
        std::printf("accepted, carried meanwhile: paced/s=%.0f p50_ms=%.1f p99_ms=%.1f\n",
                    static_cast<double>(waits.size()) / took, waits[waits.size() / 2],
                    waits[waits.size() * 99 / 100]);
    }
    fresh(path);
    Town town{path};
    const auto begin = SteadyClock::now();
    auto threads = carriers(town, carrying);
    const auto waits = hand_in(town, "many-", bundles, accepting, 0);
    const double accepted = milliseconds_since(begin) / 1000;
    while (town.cases->open() > 0)
        std::this_thread::sleep_for(5ms);
    const double ended = milliseconds_since(begin) / 1000;
    for (auto& thread : threads)
        thread.request_stop();
    threads.clear();
    std::size_t done = 0;
    for (const auto& entity : town.entities)
        done += entity.done();
    std::printf(
        "%d bundles of six effects, 5 %% faults: accepted in %.1f s, all concluded in %.1f s: bundles/s=%.0f "
        "effects=%zu transactions=%llu\n",
        bundles, accepted, ended, bundles / ended, done,
        static_cast<unsigned long long>(town.store->transactions()));
    fresh(path);
    return done == static_cast<std::size_t>(bundles) * effects_of_one ? 0 : 1;
}
