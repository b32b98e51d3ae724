#pragma once
// What every store must keep, as tests: each kind of store runs them on a fresh one of its own. Included by
// tests only.
#include <future>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "journal/store.hpp"

namespace balcao::journal::contract {

inline Event event_of(std::string stream, std::uint64_t version, std::string type) {
    Event event;
    event.stream = std::move(stream);
    event.version = version;
    event.at = Instant{std::chrono::milliseconds{1'700'000'000'000 + static_cast<std::int64_t>(version)}};
    event.type = std::move(type);
    event.body = R"({"praça":"Município"})";
    event.salt = std::string("\x00\x01salt of 16 byt", 16);
    return event;
}

// Events of one stream after `expected`, one for each type.
inline Writing writing_of(const std::string& stream,
                          std::uint64_t expected,
                          const std::vector<std::string>& types) {
    Writing writing{stream, expected, {}};
    for (const auto& type : types)
        writing.events.push_back(event_of(stream, ++expected, type));
    return writing;
}

inline Outcome write(Store& store, Commit commit) {
    std::promise<Outcome> promise;
    auto outcome = promise.get_future();
    store.submit(std::move(commit), [&promise](Outcome found) { promise.set_value(found); });
    return outcome.get();
}

inline std::vector<std::string> types_of(const std::vector<Event>& events) {
    std::vector<std::string> types;
    types.reserve(events.size());
    for (const auto& event : events)
        types.push_back(event.type);
    return types;
}

using Types = std::vector<std::string>;

inline void reads_what_was_written(Store& store) {
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"one", "two"})}}) == Outcome::written);
    CHECK(write(store, {.writings = {writing_of("site/a", 2, {"three"})}}) == Outcome::written);
    const auto events = store.read("site/a", 0);
    REQUIRE(events);
    CHECK(types_of(*events) == Types{"one", "two", "three"});
    CHECK(events->back() == event_of("site/a", 3, "three"));
    CHECK(types_of(*store.read("site/a", 2)) == Types{"three"});
    CHECK(store.read("site/a", 3)->empty());
    CHECK(store.read("site/nowhere", 0)->empty());
}

inline void refuses_the_second_of_two_writers(Store& store) {
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"first"})}}) == Outcome::written);
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"second"})}}) == Outcome::conflict);
    CHECK(write(store, {.writings = {writing_of("site/a", 2, {"from the future"})}}) == Outcome::conflict);
    CHECK(types_of(*store.read("site/a", 0)) == Types{"first"});
}

inline void refuses_what_was_built_on_a_commit_that_failed(Store& store) {
    Writing first = writing_of("site/a", 0, {"never written"});
    first.events.front().salt = "salt of the first";
    Writing second = writing_of("site/a", 1, {"built on it"});
    second.after = first.events.front().salt;
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"another's"})}}) == Outcome::written);
    CHECK(write(store, {.writings = {first}}) == Outcome::conflict);
    CHECK(write(store, {.writings = {second}}) == Outcome::conflict);
    Writing third = writing_of("site/a", 1, {"built on what is there"});
    third.after = event_of("site/a", 1, "another's").salt;
    CHECK(write(store, {.writings = {third}}) == Outcome::written);
    CHECK(types_of(*store.read("site/a", 0)) == Types{"another's", "built on what is there"});
}

inline void writes_several_streams_whole_or_not_at_all(Store& store) {
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"there"})}}) == Outcome::written);
    const Commit both{.writings = {writing_of("book/a", 0, {"booked"}), writing_of("site/a", 0, {"late"})}};
    CHECK(write(store, both) == Outcome::conflict);
    CHECK(store.read("book/a", 0)->empty());
    const Commit again{
        .writings = {writing_of("book/a", 0, {"booked"}), writing_of("site/a", 1, {"checked-in"})}};
    CHECK(write(store, again) == Outcome::written);
    CHECK(types_of(*store.read("book/a", 0)) == Types{"booked"});
    CHECK(types_of(*store.read("site/a", 0)) == Types{"there", "checked-in"});
}

inline void gives_the_same_answer_to_the_same_command(Store& store) {
    const Commit first{
        .command = "key-1", .answer = "A001", .writings = {writing_of("site/a", 0, {"begun"})}};
    const Commit again{
        .command = "key-1", .answer = "A002", .writings = {writing_of("site/a", 1, {"begun"})}};
    CHECK(write(store, first) == Outcome::written);
    CHECK(write(store, again) == Outcome::repeated);
    CHECK(*store.answer_to("key-1") == "A001");
    CHECK(*store.answer_to("key-2") == std::nullopt);
    CHECK(store.read("site/a", 0)->size() == 1);
}

inline void lets_one_hold_a_claim_at_a_time(Store& store) {
    const auto claim = [&](const std::string& holder, bool is_released, std::uint64_t expected) {
        return write(store, {.writings = {writing_of("book/" + holder, expected, {"claim"})},
                             .claims = {{"slot/10:00/1", holder, is_released}}});
    };
    CHECK(claim("ana", false, 0) == Outcome::written);
    CHECK(claim("rui", false, 0) == Outcome::conflict);
    CHECK(store.read("book/rui", 0)->empty());
    CHECK(claim("ana", false, 1) == Outcome::written);  // hers already
    CHECK(claim("rui", true, 0) == Outcome::written);   // nothing of his to let go
    CHECK(claim("rui", false, 1) == Outcome::conflict);
    CHECK(claim("ana", true, 2) == Outcome::written);
    CHECK(claim("rui", false, 1) == Outcome::written);
}

inline void keeps_the_key_of_a_person_until_it_is_destroyed(Store& store) {
    CHECK(*store.key_of("ana") == std::nullopt);
    CHECK(write(store, {.keys = {{"ana", "wrapped once"}, {"rui", "another"}}}) == Outcome::written);
    CHECK(write(store, {.keys = {{"ana", "wrapped twice"}}}) == Outcome::conflict);
    CHECK(*store.key_of("ana") == "wrapped once");
    CHECK(write(store, {.keys = {{"ana", ""}}}) == Outcome::written);
    CHECK(*store.key_of("ana") == std::nullopt);
    CHECK(*store.key_of("rui") == "another");
}

inline void is_followed_from_any_place(Store& store) {
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"a1", "a2"})}}) == Outcome::written);
    CHECK(write(store, {.writings = {writing_of("site/b", 0, {"b1"})}}) == Outcome::written);
    Types seen;
    Cursor cursor;
    for (;;) {
        const auto followed = store.follow(cursor, 2);
        REQUIRE(followed);
        cursor = followed->next;
        if (followed->events.empty()) break;
        CHECK(followed->events.size() <= 2);
        for (const auto& event : followed->events)
            seen.push_back(event.type);
    }
    CHECK(seen == Types{"a1", "a2", "b1"});
    CHECK(write(store, {.writings = {writing_of("site/a", 2, {"a3"})}}) == Outcome::written);
    CHECK(types_of(store.follow(cursor, 10)->events) == Types{"a3"});
    CHECK_FALSE(store.follow({"no such place"}, 10));
}

inline void carries_a_chain_of_commits_in_their_order(Store& store) {
    std::vector<std::promise<Outcome>> promises(200);
    std::vector<std::future<Outcome>> outcomes;
    for (std::size_t place = 0; place < promises.size(); ++place) {
        outcomes.push_back(promises[place].get_future());
        store.submit({.writings = {writing_of("site/a", place, {"e" + std::to_string(place)})}},
                     [&promise = promises[place]](Outcome found) { promise.set_value(found); });
    }
    for (auto& outcome : outcomes)
        CHECK(outcome.get() == Outcome::written);
    CHECK(store.read("site/a", 0)->size() == promises.size());
}

// Runs each of them on a store that `make` has just made.
template <class Make>
void check_all(const Make& make) {
    const auto run = [&](auto&& promise) {
        auto store = make();
        promise(*store);
    };
    SUBCASE("it reads what was written") { run(reads_what_was_written); }
    SUBCASE("it refuses the second of two writers") { run(refuses_the_second_of_two_writers); }
    SUBCASE("it refuses what was built on a commit that failed") {
        run(refuses_what_was_built_on_a_commit_that_failed);
    }
    SUBCASE("it writes several streams whole or not at all") {
        run(writes_several_streams_whole_or_not_at_all);
    }
    SUBCASE("it gives the same answer to the same command") {
        run(gives_the_same_answer_to_the_same_command);
    }
    SUBCASE("it lets one hold a claim at a time") { run(lets_one_hold_a_claim_at_a_time); }
    SUBCASE("it keeps the key of a person until it is destroyed") {
        run(keeps_the_key_of_a_person_until_it_is_destroyed);
    }
    SUBCASE("it is followed from any place") { run(is_followed_from_any_place); }
    SUBCASE("it carries a chain of commits in their order") {
        run(carries_a_chain_of_commits_in_their_order);
    }
}

}  // namespace balcao::journal::contract
