// Many threads of two servers on one journal: nothing is done twice, nothing is lost, whoever comes first.
#include <atomic>
#include <thread>
#include <unordered_map>

#include <doctest/doctest.h>

#include "cases/inspect_test.hpp"
#include "cases/stage_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

namespace {

constexpr int bundles = 120;

// Counts what is done, from any thread.
class Counting final : public Connector {
public:
    Outcome send(const Effect& effect) override {
        const std::lock_guard lock{mutex_};
        ++done_[effect.key];
        return Delivered{effect.key, "r-" + effect.key, true};
    }

    Looked look_up(const Effect&) override { return Absent{}; }

    [[nodiscard]] int done(const std::string& key) const {
        const std::lock_guard lock{mutex_};
        const auto found = done_.find(key);
        return found == done_.end() ? 0 : found->second;
    }

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, int> done_;
};

struct Process {
    Process(journal::Store& store, const char* name, const Connectors& connectors)
        : settings{agreed_at_once(name)},
          cases{store, clock, stopwatch, *crypto::SecretKey::from(std::string(32, 'i')), settings},
          carrier{cases.carry(connectors)} {}

    static Settings agreed_at_once(const char* name) {
        Settings settings = agreed(name);
        settings.patience = Milliseconds{20};
        auto agreed_with = settings.entities.all();
        for (auto& [key, terms] : agreed_with)
            terms.gate.per_minute = 1e6;
        settings.entities.replace(std::move(agreed_with));
        return settings;
    }

    SystemClock clock;
    SteadyStopwatch stopwatch;
    Settings settings;
    Cases cases;
    std::unique_ptr<Carrier> carrier;
};

}  // namespace

TEST_CASE("threads of two servers that accept, carry and cancel at once do each effect once at most") {
    journal::MemoryStore store;
    Counting entity;
    const Connectors connectors{{keyed, entity}, {looked, entity}, {blind, entity}};
    Process a{store, "a", connectors};
    Process b{store, "b", connectors};
    std::atomic<int> next = 0;
    std::atomic<bool> is_done = false;
    std::vector<CaseNumber> numbers(bundles);
    {
        std::vector<std::jthread> carrying;
        for (Process* process : {&a, &b}) {
            for (int thread = 0; thread < 3; ++thread)
                carrying.emplace_back([&is_done, process] {
                    while (!is_done)
                        if (!process->carrier->work()) std::this_thread::yield();
                });
            carrying.emplace_back([&is_done, process] {
                while (!is_done)
                    CHECK(process->cases.catch_up(200).has_value());
            });
        }
        std::vector<std::jthread> accepting;
        for (int thread = 0; thread < 4; ++thread)
            accepting.emplace_back([&] {
                for (int number = next++; number < bundles; number = next++) {
                    Process& here = number % 2 == 0 ? a : b;
                    Process& other = number % 2 == 0 ? b : a;
                    const auto made =
                        submission({wanted("one", keyed), wanted("two", looked, {StepKey{"one"}}),
                                    wanted("three", blind), wanted("four", keyed)});
                    const std::string key = "k" + std::to_string(number);
                    const auto first = here.cases.accept(made, key);
                    const auto again = other.cases.accept(made, key);
                    if (!std::holds_alternative<Receipt>(first) || !std::holds_alternative<Receipt>(again))
                        continue;
                    numbers[static_cast<std::size_t>(number)] = std::get<Receipt>(first).number;
                    if (number % 5 == 0)
                        static_cast<void>(other.cases.cancel(std::get<Receipt>(again).number, {}, "c"));
                }
            });
        accepting.clear();
        const auto deadline = std::chrono::steady_clock::now() + seconds{60};
        while ((a.cases.open() > 0 || b.cases.open() > 0) && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        is_done = true;
    }
    // Each has heard all that the other wrote, and nothing is left of it.
    for (Process* process : {&a, &b}) {
        std::size_t heard = 1;
        while (heard > 0) {
            const auto taken = process->cases.catch_up(200);
            REQUIRE(taken.has_value());
            heard = *taken;
        }
        CHECK(process->cases.open() == 0);
    }
    CHECK(std::set<CaseNumber>(numbers.begin(), numbers.end()).size() == bundles);
    CHECK(faults_in(store) == std::vector<std::string>{});
    for (const auto& number : numbers) {
        const Case whole = std::get<Case>(a.cases.find(number));
        const CaseState state = state_of(whole);
        CHECK((state == CaseState::concluded || state == CaseState::cancelled));
        for (const auto& step : whole.steps) {
            const int delivered = entity.done(step.asked.effect);
            const bool was_there = !std::holds_alternative<Stopped>(step.state);
            CHECK(delivered == (was_there ? 1 : 0));
        }
    }
}
