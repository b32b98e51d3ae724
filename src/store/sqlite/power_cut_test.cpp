// The store on a disk that forgets, tears and fails: nothing acknowledged is lost, and nothing is half there.
#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "journal/log.hpp"
#include "journal/store_contract.hpp"
#include "sqlite/faulty_disk_test.hpp"
#include "sqlite/store.hpp"

using namespace balcao;
using journal::Outcome;
using sqlite::FaultyDisk;

namespace {

const std::string path = "journal.db";

crypto::SigningKey key() { return crypto::SigningKey::from(*crypto::SecretKey::from(std::string(32, 'k'))); }

std::unique_ptr<sqlite::Store> opened(const FaultyDisk& disk) {
    auto store = sqlite::Store::open({.path = path, .vfs = disk.name()});
    REQUIRE_MESSAGE(store, (store ? "" : store.error().what));
    return *std::move(store);
}

// Commits of one client: each writes an event to two streams, so that half a commit would show.
struct Client {
    std::string name;
    std::atomic<std::uint64_t> acknowledged = 0;

    [[nodiscard]] std::string stream(char which) const { return name + "/" + which; }

    [[nodiscard]] journal::Commit commit(std::uint64_t number) const {
        return {
            .command = name + "-" + std::to_string(number),
            .answer = std::to_string(number),
            .writings = {journal::contract::writing_of(stream('a'), number, {"a" + std::to_string(number)}),
                         journal::contract::writing_of(stream('b'), number, {"b" + std::to_string(number)})}};
    }
};

// What a client was told before the power went must be there, whole, and its next commit must go on from it.
void check_client(sqlite::Store& store, const Client& client, std::uint64_t told) {
    const auto first = store.read(client.stream('a'), 0);
    const auto second = store.read(client.stream('b'), 0);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->size() >= told);
    CHECK(first->size() == second->size());
    for (std::size_t place = 0; place < first->size(); ++place) {
        CHECK(first->at(place).version == place + 1);
        CHECK(first->at(place).type == "a" + std::to_string(place));
        CHECK(*store.answer_to(client.name + "-" + std::to_string(place)) == std::to_string(place));
    }
    CHECK(*store.answer_to(client.name + "-" + std::to_string(first->size())) == std::nullopt);
    CHECK(journal::contract::write(store, client.commit(first->size())) == Outcome::written);
}

}  // namespace

TEST_CASE("the faulty disk keeps what every store promises, while nothing strikes") {
    FaultyDisk disk{1};
    int count = 0;
    journal::contract::check_all([&] {
        auto store =
            sqlite::Store::open({.path = "journal-" + std::to_string(++count) + ".db", .vfs = disk.name()});
        REQUIRE(store);
        return *std::move(store);
    });
}

TEST_CASE("after a power cut everything acknowledged is there, and no commit is half there") {
    FaultyDisk::Struck struck;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        CAPTURE(seed);
        FaultyDisk disk{seed};
        std::array<Client, 3> clients;
        std::array<std::uint64_t, 3> told{};  // what each client had been told when the power went
        std::unique_ptr<FaultyDisk> left;
        {
            const auto store = opened(disk);
            journal::Log log{*store, "test.example/log", key()};
            std::vector<std::jthread> threads;
            for (std::size_t number = 0; number < clients.size(); ++number) {
                clients[number].name = "client-" + std::to_string(number);
                threads.emplace_back([&, number](const std::stop_token& stop) {
                    auto& client = clients[number];
                    while (!stop.stop_requested())
                        if (journal::contract::write(*store, client.commit(client.acknowledged)) ==
                            Outcome::written)
                            ++client.acknowledged;
                });
            }
            disk.cut_before(static_cast<int>(100 + 37 * seed), [&] {
                for (std::size_t number = 0; number < clients.size(); ++number)
                    told[number] = clients[number].acknowledged;
            });
            while (!(left = disk.cut()))
                CHECK(log.take(journal::Instant{}, 10));
        }
        struck.lost += disk.struck().lost;
        struck.torn += disk.struck().torn;
        struck.kept += disk.struck().kept;
        const auto store = opened(*left);
        for (std::size_t number = 0; number < clients.size(); ++number)
            check_client(*store, clients[number], told[number]);
        journal::Log log{*store, "test.example/log", key()};
        CHECK(log.verify());
        while (*log.take(journal::Instant{}, 1000) > 0) {
        }
        CHECK(log.verify());
    }
    MESSAGE("writes lost ", struck.lost, ", torn ", struck.torn, ", kept ", struck.kept);
    CHECK(struck.lost > 100);
    CHECK(struck.torn > 100);
}

TEST_CASE("on a disk that fails now and then commits are refused, none is lost, and it goes on afterwards") {
    FaultyDisk disk{7};
    Client client{"client", 0};
    int refused = 0;
    {
        const auto store = opened(disk);
        disk.set_failures(0.02);
        for (int attempt = 0; attempt < 600; ++attempt) {
            // A refused commit may be there all the same: its key finds it.
            const auto outcome = journal::contract::write(*store, client.commit(client.acknowledged));
            if (outcome == Outcome::written || outcome == Outcome::repeated) ++client.acknowledged;
            refused += outcome == Outcome::unavailable ? 1 : 0;
            CHECK(outcome != Outcome::conflict);
        }
        disk.set_failures(0);
        CHECK(journal::contract::write(*store, client.commit(client.acknowledged)) != Outcome::unavailable);
        ++client.acknowledged;
        CHECK(store->read(client.stream('a'), 0)->size() == client.acknowledged);
    }
    CHECK(disk.struck().failed > 10);
    CHECK(refused > 10);
    CHECK(client.acknowledged > 300);
    const auto left = disk.after_power_cut();
    const auto store = opened(*left);
    check_client(*store, client, client.acknowledged);
}
