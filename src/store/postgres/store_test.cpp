#include "postgres/store.hpp"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "journal/store_contract.hpp"
#include "postgres/cluster_test.hpp"
#include "postgres/load_test.hpp"

using namespace balcao;
using journal::Outcome;
using journal::contract::write;
using journal::contract::writing_of;
using postgres::Cluster;
using postgres::cluster;
using postgres::opened;

namespace {

crypto::SigningKey key() { return crypto::SigningKey::from(*crypto::SecretKey::from(std::string(32, 'k'))); }

// What opening says when it must not succeed.
Error refusal_of(const std::string& url) {
    const auto store = postgres::Store::open({.url = url, .patience = std::chrono::seconds{2}});
    REQUIRE_FALSE(store);
    return store.error();
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a journal in PostgreSQL keeps what every store promises") {
    journal::contract::check_all([] { return opened(cluster().emptied_database()); });
}

TEST_CASE("what was written is there for the next process, with its claims and answers") {
    const auto url = cluster().emptied_database();
    {
        const auto store = opened(url);
        const journal::Commit commit{.command = "key",
                                     .answer = "A001",
                                     .writings = {writing_of("site/a", 0, {"begun"})},
                                     .claims = {{"slot", "ana", false}}};
        CHECK(write(*store, commit) == Outcome::written);
    }
    const auto store = opened(url);
    CHECK(store->read("site/a", 0)->size() == 1);
    CHECK(*store->answer_to("key") == "A001");
    CHECK(write(*store, {.writings = {writing_of("site/a", 0, {"x"})}}) == Outcome::conflict);
    CHECK(write(*store, {.claims = {{"slot", "rui", false}}}) == Outcome::conflict);
    CHECK(write(*store, {.writings = {writing_of("site/a", 1, {"x"})}}) == Outcome::written);
}

TEST_CASE("a store that is closed has written everything that was handed to it, in transactions shared") {
    const auto url = cluster().emptied_database();
    std::atomic<int> written = 0;
    std::uint64_t transactions = 0;
    {
        const auto store = opened(url);
        std::promise<void> half;
        for (std::uint64_t place = 0; place < 1000; ++place)
            store->submit({.writings = {writing_of("site/a", place, {"e"})}}, [&, place](Outcome outcome) {
                written += outcome == Outcome::written ? 1 : 0;
                if (place == 500) half.set_value();
            });
        half.get_future().wait();
        transactions = store->transactions();
    }
    CHECK(written == 1000);
    CHECK(transactions < 250);
    CHECK(opened(url)->read("site/a", 0)->size() == 1000);
}

TEST_CASE("what a failed commit was to carry fails with it, and what is beside it does not") {
    const auto store = opened(cluster().emptied_database());
    std::vector<std::promise<Outcome>> promises(4);
    const auto submit = [&](std::size_t place, journal::Commit commit) {
        store->submit(std::move(commit), [&, place](Outcome found) { promises[place].set_value(found); });
    };
    submit(0, {.writings = {writing_of("site/a", 0, {"one"})}});
    submit(1, {.writings = {writing_of("site/a", 0, {"late"}), writing_of("site/b", 0, {"late"})}});
    submit(2, {.writings = {writing_of("site/b", 1, {"built on it"})}});
    submit(3, {.writings = {writing_of("site/c", 0, {"beside"})}});
    CHECK(promises[0].get_future().get() == Outcome::written);
    CHECK(promises[1].get_future().get() == Outcome::conflict);
    CHECK(promises[2].get_future().get() == Outcome::conflict);
    CHECK(promises[3].get_future().get() == Outcome::written);
}

TEST_CASE("a commit that PostgreSQL cannot keep is refused alone") {
    const auto store = opened(cluster().emptied_database());
    std::vector<std::promise<Outcome>> promises(40);
    for (std::size_t place = 0; place < promises.size(); ++place) {
        auto writing = writing_of("site/" + std::to_string(place), 0, {"e"});
        if (place == 17) writing.events.front().body = "not UTF-8: \xff";
        store->submit({.writings = {writing}},
                      [&, place](Outcome found) { promises[place].set_value(found); });
    }
    for (std::size_t place = 0; place < promises.size(); ++place)
        CHECK(promises[place].get_future().get() == (place == 17 ? Outcome::unavailable : Outcome::written));
    CHECK(store->read("site/17", 0)->empty());
}

TEST_CASE("many processes that come first at the same time make the tables once") {
    const auto url = cluster().emptied_database();
    std::atomic<int> opened_count = 0;
    {
        std::vector<std::jthread> comers;
        for (int count = 0; count < 6; ++count)
            comers.emplace_back([&] { opened_count += postgres::Store::open({.url = url}) ? 1 : 0; });
    }
    CHECK(opened_count == 6);
}

TEST_CASE("a database that is not ours to use is left as it is, and the person is told why") {
    SUBCASE("of a newer Balcão") {
        const auto url = cluster().emptied_database();
        opened(url).reset();
        Cluster::carry_out(url, "UPDATE balcao.journal SET version = 2");
        const auto refusal = refusal_of(url);
        CHECK(refusal.code == Errc::conflict);
        CHECK(contains(refusal.what, "newer"));
    }
    SUBCASE("without a journal, for who makes none") {
        const auto url = cluster().emptied_database();
        for (int asked = 0; asked < 2; ++asked) {  // nothing was made the first time
            const auto store = postgres::Store::open({.url = url, .makes_tables = false});
            REQUIRE_FALSE(store);
            CHECK(store.error().code == Errc::not_found);
            CHECK(contains(store.error().what, "no journal"));
        }
        opened(url).reset();
        CHECK(postgres::Store::open({.url = url, .makes_tables = false}));
    }
    SUBCASE("a schema of that name by somebody else") {
        const auto url = cluster().emptied_database();
        Cluster::carry_out(url, "CREATE SCHEMA balcao");
        Cluster::carry_out(url, "CREATE TABLE balcao.theirs(x int)");
        CHECK(refusal_of(url).code == Errc::conflict);
    }
    SUBCASE("in another encoding") {
        const auto refusal = refusal_of(
            cluster().new_database("ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"));
        CHECK(refusal.code == Errc::conflict);
        CHECK(contains(refusal.what, "LATIN1"));
    }
    SUBCASE("not there") {
        const auto refusal = refusal_of(cluster().url("nowhere"));
        CHECK(refusal.code == Errc::unavailable);
        CHECK(contains(refusal.what, "nowhere"));
    }
    SUBCASE("no server") {
        CHECK(refusal_of("postgresql://balcao@/x?host=/nowhere").code == Errc::unavailable);
        CHECK(refusal_of("no address at all").code == Errc::unavailable);
    }
}

TEST_CASE("an isolation level and asynchronous commits that the database has as its default change nothing") {
    const auto url = cluster().new_database();
    for (const auto* setting : {"default_transaction_isolation = 'serializable'", "synchronous_commit = off"})
        Cluster::carry_out(url, "ALTER DATABASE " +
                                    url.substr(url.find("journal_"), url.find('?') - url.find("journal_")) +
                                    " SET " + setting);
    postgres::Connection connection{url, std::chrono::seconds{5}};
    const auto found = connection.run(
        {"settings",
         "SELECT current_setting('transaction_isolation'), current_setting('synchronous_commit')"});
    CHECK(found.text(0, 0) == "read committed");
    CHECK(found.text(0, 1) == "on");
}

TEST_CASE("the log in PostgreSQL grows, proves and verifies, also for the next process") {
    const auto url = cluster().emptied_database();
    const journal::Instant now{std::chrono::hours{500'000}};
    for (std::uint64_t round = 0; round < 3; ++round) {
        const auto store = opened(url);
        journal::Log log{*store, "test.example/log", key()};
        for (std::uint64_t place = 0; place < 13; ++place)
            CHECK(write(*store, {.writings = {writing_of("site/a", 13 * round + place, {"e"})}}) ==
                  Outcome::written);
        CHECK(*log.take(now, 10) == 10);
        CHECK(*log.verify() == 13 * round + 10);  // what is not yet in the log is not asked of it
        CHECK(*log.receipt(store->read("site/a", 13 * round + 12)->front()) == std::nullopt);
        CHECK(*log.take(now, 10) == 3);
        CHECK(*log.verify() == 13 * (round + 1));
        CHECK(*log.take(now, 10) == 0);
        std::uint64_t leaf = 0;
        const auto events = *store->read("site/a", 0);
        for (const auto& event : events) {
            CHECK(*store->leaf_of("site/a", event.version) == leaf++);
            const auto receipt = *log.receipt(event);
            REQUIRE(receipt);
            CHECK(journal::check_receipt(journal::to_json(*receipt), log.verifier()));
        }
        CHECK(store->leaves(5, 3)->front().version == 6);
        CHECK(store->leaves(5, 3)->size() == 3);
        CHECK(store->leaves(13 * (round + 1), 3)->empty());
    }
}

TEST_CASE("an event that somebody changes, adds or takes away in the database is found") {
    const auto url = cluster().emptied_database();
    const auto store = opened(url);
    journal::Log log{*store, "test.example/log", key()};
    CHECK(write(*store, {.writings = {writing_of("site/a", 0, {"a", "b", "c"})}}) == Outcome::written);
    CHECK(*log.take(journal::Instant{}, 10) == 3);
    CHECK(*log.verify() == 3);
    SUBCASE("changed") { Cluster::carry_out(url, "UPDATE balcao.events SET body = '{}' WHERE version = 2"); }
    SUBCASE("taken away") { Cluster::carry_out(url, "DELETE FROM balcao.events WHERE version = 2"); }
    SUBCASE("added") {
        Cluster::carry_out(url,
                           "INSERT INTO balcao.events SELECT 'site/b', 1, moment, -1, at, type, body, salt "
                           "FROM balcao.events WHERE version = 1");
    }
    CHECK_FALSE(log.verify());
}

TEST_CASE("of several notaries one is elected, another takes over, and a step is taken once whoever tries") {
    const auto url = cluster().emptied_database();
    auto first = opened(url);
    const auto second = opened(url);
    CHECK(*first->is_notary());
    CHECK(*first->is_notary());
    CHECK_FALSE(*second->is_notary());
    CHECK(write(*first, {.writings = {writing_of("site/a", 0, {"a", "b", "c"})}}) == Outcome::written);
    const journal::Growth late{
        .size_before = 0, .events = *second->not_logged(3), .nodes = {}, .checkpoint = "late"};
    journal::Log log{*first, "test.example/log", key()};
    CHECK(*log.take(journal::Instant{}, 2) == 2);
    const auto refused = second->grow(late);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::conflict);
    first.reset();
    // The server hears of the end of a session a moment later.
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    while (!*second->is_notary() && std::chrono::steady_clock::now() < latest)
        std::this_thread::yield();
    CHECK(*second->is_notary());
    journal::Log next{*second, "test.example/log", key()};
    CHECK(*next.take(journal::Instant{}, 10) == 1);
    CHECK(*next.verify() == 3);
}

TEST_CASE("the log takes only the events that follow its end, without a gap") {
    const auto store = opened(cluster().emptied_database());
    CHECK(write(*store, {.writings = {writing_of("site/a", 0, {"a", "b", "c"})}}) == Outcome::written);
    auto events = *store->not_logged(3);
    events.erase(events.begin());
    CHECK_FALSE(store->grow({.size_before = 0, .events = events, .nodes = {}, .checkpoint = "gap"}));
    CHECK(store->last_checkpoint()->empty());
}
