#include "journal/memory_store.hpp"

#include <doctest/doctest.h>

#include "journal/store_contract.hpp"

using namespace balcao::journal;
using namespace balcao::journal::contract;

TEST_CASE("a journal in memory keeps what every store promises") {
    check_all([] { return std::make_unique<MemoryStore>(); });
}

TEST_CASE("what is held back is not there, and is written in its order when told") {
    MemoryStore store{MemoryStore::Writing::when_told};
    Types outcomes;
    for (const auto* type : {"one", "two"}) {
        store.submit({.writings = {writing_of("site/a", outcomes.size(), {type})}},
                     [&](Outcome outcome) { outcomes.push_back(outcome == Outcome::written ? "ok" : "no"); });
    }
    CHECK(store.held_back() == 2);
    CHECK(store.read("site/a", 0)->empty());
    store.write(1);
    CHECK(outcomes == Types{"ok"});
    CHECK(types_of(*store.read("site/a", 0)) == Types{"one"});
    store.write(5);
    CHECK(outcomes == Types{"ok", "no"});  // both expected an empty stream
}

TEST_CASE("a broken store refuses every commit and can still be read") {
    MemoryStore store;
    CHECK(write(store, {.writings = {writing_of("site/a", 0, {"one"})}}) == Outcome::written);
    store.set_broken(true);
    CHECK(write(store, {.writings = {writing_of("site/a", 1, {"two"})}}) == Outcome::unavailable);
    CHECK(types_of(*store.read("site/a", 0)) == Types{"one"});
    store.set_broken(false);
    CHECK(write(store, {.writings = {writing_of("site/a", 1, {"two"})}}) == Outcome::written);
}
