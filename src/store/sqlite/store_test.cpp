#include "sqlite/store.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "base/temporary_folder.hpp"
#include "journal/store_contract.hpp"

using namespace balcao;
using journal::Outcome;

namespace {

std::unique_ptr<sqlite::Store> opened(const std::string& path) {
    auto store = sqlite::Store::open({.path = path});
    REQUIRE(store);
    return *std::move(store);
}

}  // namespace

TEST_CASE("a journal in SQLite keeps what every store promises") {
    journal::contract::check_all(
        [folder = std::make_shared<TemporaryFolder>(), count = std::make_shared<int>(0)] {
            return opened(folder->file("journal-" + std::to_string(++*count) + ".db"));
        });
}

TEST_CASE("what was written is there when the file is opened again") {
    const TemporaryFolder folder;
    {
        const auto store = opened(folder.file("journal.db"));
        const journal::Commit commit{.command = "key",
                                     .answer = "A001",
                                     .writings = {journal::contract::writing_of("site/a", 0, {"begun"})},
                                     .claims = {{"slot", "ana", false}}};
        CHECK(journal::contract::write(*store, commit) == Outcome::written);
    }
    const auto store = opened(folder.file("journal.db"));
    CHECK(store->read("site/a", 0)->size() == 1);
    CHECK(*store->answer_to("key") == "A001");
    CHECK(journal::contract::write(*store, {.writings = {journal::contract::writing_of(
                                                "site/a", 0, {"x"})}}) == Outcome::conflict);
    CHECK(journal::contract::write(*store, {.claims = {{"slot", "rui", false}}}) == Outcome::conflict);
    CHECK(journal::contract::write(
              *store, {.writings = {journal::contract::writing_of("site/a", 1, {"x"})}}) == Outcome::written);
}

TEST_CASE("a store that is closed has written everything that was handed to it") {
    const TemporaryFolder folder;
    std::atomic<int> written = 0;
    {
        const auto store = opened(folder.file("journal.db"));
        for (std::uint64_t place = 0; place < 500; ++place)
            store->submit({.writings = {journal::contract::writing_of("site/a", place, {"e"})}},
                          [&written](Outcome outcome) { written += outcome == Outcome::written ? 1 : 0; });
    }
    CHECK(written == 500);
    CHECK(opened(folder.file("journal.db"))->read("site/a", 0)->size() == 500);
}

TEST_CASE("many writers of one stream never write the same version, and share the flushes of the disk") {
    const TemporaryFolder folder;
    const auto store = opened(folder.file("journal.db"));
    std::atomic<int> written = 0;
    {
        std::vector<std::jthread> writers;
        writers.reserve(8);
        for (int writer = 0; writer < 8; ++writer) {
            writers.emplace_back([&] {
                for (int count = 0; count < 50;) {
                    const auto version = store->read("site/a", 0)->size();
                    const auto outcome = journal::contract::write(
                        *store, {.writings = {journal::contract::writing_of("site/a", version, {"e"})}});
                    if (outcome != Outcome::written) continue;
                    ++count;
                    ++written;
                }
            });
        }
    }
    const auto events = *store->read("site/a", 0);
    CHECK(written == 400);
    REQUIRE(events.size() == 400);
    for (std::size_t place = 0; place < events.size(); ++place)
        CHECK(events[place].version == place + 1);
}

TEST_CASE("commits that wait together share one transaction") {
    const TemporaryFolder folder;
    const auto store = opened(folder.file("journal.db"));
    std::promise<void> last;
    for (std::uint64_t place = 0; place < 1000; ++place)
        store->submit({.writings = {journal::contract::writing_of("site/a", place, {"e"})}},
                      [&last, place](Outcome) {
                          if (place == 999) last.set_value();
                      });
    last.get_future().wait();
    CHECK(store->transactions() < 500);
}

TEST_CASE("a destroyed key is in none of the files any more") {
    const TemporaryFolder folder;
    const std::string wrapped = "a wrapped key that is easy to find";
    const auto is_on_disk = [&] {
        for (const auto* name : {"journal.db", "journal.db-wal"}) {
            std::ifstream file{folder.file(name), std::ios::binary};
            const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
            if (bytes.find(wrapped) != std::string::npos) return true;
        }
        return false;
    };
    const auto store = opened(folder.file("journal.db"));
    CHECK(journal::contract::write(*store, {.keys = {{"ana", wrapped}}}) == Outcome::written);
    CHECK(is_on_disk());
    CHECK(journal::contract::write(*store, {.keys = {{"ana", ""}}}) == Outcome::written);
    CHECK_FALSE(is_on_disk());
}

TEST_CASE("a file of something else is left as it is, and the person is told") {
    const TemporaryFolder folder;
    SUBCASE("no database at all") {
        std::ofstream{folder.file("other.db")} << std::string(4096, 'x');
        const auto store = sqlite::Store::open({.path = folder.file("other.db")});
        REQUIRE_FALSE(store);
        CHECK(store.error().code == Errc::unavailable);
        CHECK(store.error().what.find("other.db") != std::string::npos);
    }
    SUBCASE("the database of another program") {
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open(folder.file("other.db").c_str(), &other) == SQLITE_OK);
        REQUIRE(sqlite3_exec(other, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(other);
        const auto store = sqlite::Store::open({.path = folder.file("other.db")});
        REQUIRE_FALSE(store);
        CHECK(store.error().code == Errc::conflict);
    }
    SUBCASE("a folder that is not there") {
        const auto store = sqlite::Store::open({.path = folder.file("nowhere/journal.db")});
        REQUIRE_FALSE(store);
        CHECK(store.error().code == Errc::unavailable);
    }
}

TEST_CASE("the log in SQLite grows, proves and verifies, also after the file is opened again") {
    const TemporaryFolder folder;
    const auto key = crypto::SigningKey::from(*crypto::SecretKey::from(std::string(32, 'k')));
    const journal::Instant now{std::chrono::hours{500'000}};
    for (std::uint64_t round = 0; round < 3; ++round) {
        const auto store = opened(folder.file("journal.db"));
        journal::Log log{*store, "test.example/log", key};
        for (std::uint64_t place = 0; place < 13; ++place)
            CHECK(journal::contract::write(*store, {.writings = {journal::contract::writing_of(
                                                        "site/a", 13 * round + place, {"e"})}}) ==
                  Outcome::written);
        CHECK(*log.take(now, 10) == 10);
        CHECK(*log.verify() == 13 * round + 10);  // what is not yet in the log is not asked of it
        CHECK(*log.take(now, 10) == 3);
        CHECK(*log.verify() == 13 * (round + 1));
        const auto events = *store->read("site/a", 0);
        for (const auto& event : events) {
            const auto receipt = *log.receipt(event);
            REQUIRE(receipt);
            CHECK(journal::check_receipt(journal::to_json(*receipt), log.verifier()));
        }
    }
}

TEST_CASE("an event that somebody changes in the file is found") {
    const TemporaryFolder folder;
    const auto key = crypto::SigningKey::from(*crypto::SecretKey::from(std::string(32, 'k')));
    {
        const auto store = opened(folder.file("journal.db"));
        journal::Log log{*store, "test.example/log", key};
        CHECK(journal::contract::write(*store, {.writings = {journal::contract::writing_of(
                                                    "site/a", 0, {"a", "b", "c"})}}) == Outcome::written);
        CHECK(*log.take(journal::Instant{}, 10) == 3);
        CHECK(*log.verify() == 3);
    }
    sqlite3* file = nullptr;
    REQUIRE(sqlite3_open(folder.file("journal.db").c_str(), &file) == SQLITE_OK);
    REQUIRE(sqlite3_exec(file, "UPDATE events SET body = '{}' WHERE position = 2", nullptr, nullptr,
                         nullptr) == SQLITE_OK);
    sqlite3_close(file);
    const auto store = opened(folder.file("journal.db"));
    CHECK_FALSE(journal::Log{*store, "test.example/log", key}.verify());
}
