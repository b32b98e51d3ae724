// Following while transactions of several processes end in another order than they began.
#include <atomic>
#include <chrono>
#include <map>
#include <thread>

#include <doctest/doctest.h>

#include "postgres/cluster_test.hpp"
#include "postgres/load_test.hpp"

using namespace balcao;
using journal::Outcome;
using journal::contract::Types;
using journal::contract::types_of;
using journal::contract::write;
using journal::contract::writing_of;
using postgres::Cluster;
using postgres::cluster;
using postgres::opened;
using namespace std::chrono_literals;

namespace {

// Makes every event of the type "slow" hold its transaction, which has its number, for a while before it
// commits; for "slower" it is until the lock 7 is free.
void make_slow(const std::string& url, const std::string& milliseconds) {
    Cluster::carry_out(url,
                       "CREATE FUNCTION balcao.wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                       "IF NEW.type = 'slow' THEN PERFORM pg_sleep(" +
                           milliseconds +
                           " * 0.001); "
                           "ELSE PERFORM pg_advisory_xact_lock_shared(7, 7); END IF; RETURN NEW; END $$");
    Cluster::carry_out(url,
                       "CREATE TRIGGER slow AFTER INSERT ON balcao.events FOR EACH ROW "
                       "WHEN (NEW.type IN ('slow', 'slower')) EXECUTE FUNCTION balcao.wait()");
}

// Everything from a cursor to the end, a few at a time; the cursor moves.
std::vector<journal::Event> rest(const journal::Store& store, journal::Cursor& cursor) {
    std::vector<journal::Event> events;
    for (;;) {
        const auto followed = store.follow(cursor, 7);
        REQUIRE(followed);
        cursor = followed->next;
        if (followed->events.empty()) return events;
        events.insert(events.end(), followed->events.begin(), followed->events.end());
    }
}

// How many transactions wait for a lock by number 7, having one themselves.
std::int64_t waiting_on(const std::string& url) {
    return Cluster::carry_out(url,
                              "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7 AND "
                              "NOT granted")
        .number(0, 0);
}

}  // namespace

TEST_CASE("an event that is committed late is followed before what began after it, and is not missed") {
    const auto url = cluster().emptied_database();
    const auto first = opened(url);
    const auto second = opened(url);
    make_slow(url, "0");
    postgres::Connection gate{url, 20s};
    gate.run({"begin", "BEGIN"});
    gate.run({"close", "SELECT pg_advisory_xact_lock(7, 7)"});
    CHECK(write(*second, {.writings = {writing_of("site/b", 0, {"b1"})}}) == Outcome::written);
    std::promise<Outcome> late;
    first->submit({.writings = {writing_of("site/a", 0, {"slower"})}},
                  [&](Outcome found) { late.set_value(found); });
    while (waiting_on(url) == 0)
        std::this_thread::sleep_for(1ms);
    CHECK(write(*second, {.writings = {writing_of("site/b", 1, {"b2"})}}) == Outcome::written);
    journal::Cursor cursor;
    CHECK(types_of(rest(*second, cursor)) == Types{"b1"});  // b2 is there, but something may come before it
    CHECK(second->not_logged(10)->size() == 1);
    gate.roll_back();
    CHECK(late.get_future().get() == Outcome::written);
    CHECK(types_of(rest(*second, cursor)) == Types{"slower", "b2"});
}

TEST_CASE("a long transaction that is not ours holds up nobody who follows") {
    const auto url = cluster().emptied_database();
    const auto store = opened(url);
    postgres::Connection other{url, 20s};
    other.run({"begin", "BEGIN"});
    other.run({"number", "SELECT pg_current_xact_id()::text::bigint"});
    CHECK(write(*store, {.writings = {writing_of("site/a", 0, {"a1"})}}) == Outcome::written);
    CHECK(types_of(store->follow({}, 10)->events) == Types{"a1"});
    // Who holds the marker but has no number yet might have any that is still to be seen.
    postgres::Connection ours{url, 20s};
    ours.run({"begin", "BEGIN"});
    ours.run({"marker", "SELECT pg_advisory_xact_lock_shared(1111575619, 1)"});
    CHECK(store->follow({}, 10)->events.empty());
    ours.roll_back();
    CHECK(types_of(store->follow({}, 10)->events) == Types{"a1"});
}

TEST_CASE("followers of several busy processes see every event once, those of a stream in order") {
    const auto url = cluster().emptied_database();
    const std::array stores{opened(url), opened(url), opened(url)};
    make_slow(url, "30 * random()");
    std::atomic<std::uint64_t> written = 0;
    std::vector<std::jthread> writers;
    for (std::size_t number = 0; number < 12; ++number)
        writers.emplace_back([&, number](const std::stop_token& stop) {
            for (std::uint64_t count = 0; !stop.stop_requested(); ++count) {
                // Two streams are everybody's, so that processes take turns in them.
                auto& store = *stores[number % stores.size()];
                const auto shared = "shared/" + std::to_string(count % 2);
                const auto own = "own/" + std::to_string(number);
                const auto version = store.read(shared, 0)->size();
                const std::string type = (number + count) % 5 == 0 ? "slow" : "quick";
                const auto outcome = write(store, {.writings = {writing_of(shared, version, {type})}});
                REQUIRE(outcome != Outcome::unavailable);
                written += outcome == Outcome::written ? 1 : 0;
                REQUIRE(write(store, {.writings = {writing_of(own, count, {type})}}) == Outcome::written);
                ++written;
            }
        });
    std::map<std::string, std::uint64_t> versions;
    std::uint64_t seen = 0;
    journal::Cursor cursor;
    const auto take = [&](const std::vector<journal::Event>& events) {
        for (const auto& event : events)
            REQUIRE(event.version == ++versions[event.stream]);
        seen += events.size();
    };
    const auto latest = std::chrono::steady_clock::now() + 20s;
    while (seen < 500 && std::chrono::steady_clock::now() < latest)
        take(rest(*stores[0], cursor));
    for (auto& writer : writers)
        writer.request_stop();
    writers.clear();
    take(rest(*stores[0], cursor));
    CHECK(seen == written);
    CHECK(seen >= 500);
    journal::Cursor beginning;
    CHECK(rest(*stores[1], beginning).size() == seen);
}

TEST_CASE("every process hears of the commits of every other, also after its session was ended") {
    const auto url = cluster().emptied_database();
    std::atomic<int> told = 0;
    const auto listener = opened(url, [&] { ++told; });
    const auto writer = opened(url);
    const auto is_told_again = [&](int before) {
        const auto latest = std::chrono::steady_clock::now() + 5s;
        while (told <= before && std::chrono::steady_clock::now() < latest)
            std::this_thread::sleep_for(1ms);
        return told > before;
    };
    CHECK(is_told_again(0));  // once it listens
    CHECK(write(*writer, {.writings = {writing_of("site/a", 0, {"a1"})}}) == Outcome::written);
    CHECK(is_told_again(1));
    CHECK(listener->follow({}, 10)->events.size() == 1);
    const int before = told;
    Cluster::carry_out(url,
                       "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
                       "current_database() AND query LIKE 'LISTEN%'");
    CHECK(is_told_again(before));
}

TEST_CASE("in a copy restored on another server, where numbers begin anew, followers go on where they were") {
    const auto url = cluster().emptied_database();
    journal::Cursor cursor;
    {
        const auto store = opened(url);
        CHECK(write(*store, {.writings = {writing_of("site/a", 0, {"a1", "a2"})}}) == Outcome::written);
        // As a copy from a server that had counted far further.
        Cluster::carry_out(url, "UPDATE balcao.events SET moment = moment + 1000000000000");
        Cluster::carry_out(url, "UPDATE balcao.journal SET cluster = cluster + 1, base = 1000000000000 - 7");
        cursor.place =
            std::to_string(Cluster::carry_out(url, "SELECT max(moment) FROM balcao.events").number(0, 0)) +
            ".1";
    }
    const auto store = opened(url);
    journal::Cursor beginning;
    CHECK(types_of(rest(*store, beginning)) == Types{"a1", "a2"});
    CHECK(types_of(rest(*store, cursor)) == Types{"a2"});
    CHECK(write(*store, {.writings = {writing_of("site/b", 0, {"b1"})}}) == Outcome::written);
    CHECK(types_of(rest(*store, cursor)) == Types{"b1"});
    CHECK(types_of(rest(*store, beginning)) == Types{"b1"});
}
