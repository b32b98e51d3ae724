#pragma once
// A client that builds one event on the other, for the tests that take connections, servers and processes
// away from under it: what it was told must be there, once.
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "journal/store_contract.hpp"
#include "postgres/store.hpp"

namespace balcao::postgres {

inline std::unique_ptr<Store> opened(const std::string& url, std::function<void()> on_news = {}) {
    auto store = Store::open({.url = url, .on_news = std::move(on_news)});
    REQUIRE_MESSAGE(store, (store ? "" : store.error().what));
    return *std::move(store);
}

// Each of its commits writes an event to two streams, so that half a commit would show, and takes a claim.
struct Client {
    explicit Client(std::string called) : name{std::move(called)} {}

    [[nodiscard]] std::string stream(char which) const { return name + "/" + which; }

    [[nodiscard]] journal::Commit commit(std::uint64_t number) const {
        const auto text = std::to_string(number);
        return {.command = name + "-" + text,
                .answer = text,
                .writings = {journal::contract::writing_of(stream('a'), number, {"a" + text}),
                             journal::contract::writing_of(stream('b'), number, {"b" + text})},
                .claims = {{name + "/slot-" + text, name, false}}};
    }

    // Hands the next commit over; one that is refused is handed over again the next time. A conflict, which
    // nobody can cause but a store that lost something, ends it.
    void go_on(journal::Store& store) {
        switch (journal::contract::write(store, commit(acknowledged))) {
            case journal::Outcome::written:
                ++acknowledged;
                break;
            case journal::Outcome::repeated:
                ++acknowledged;
                ++repeated;
                break;
            case journal::Outcome::conflict:
                ++conflicts;
                break;
            case journal::Outcome::unavailable:
                ++refused;
        }
    }

    void check(const journal::Store& store) const {
        const auto first = store.read(stream('a'), 0);
        const auto second = store.read(stream('b'), 0);
        REQUIRE(first);
        REQUIRE(second);
        CHECK(first->size() >= acknowledged);
        CHECK(first->size() <= acknowledged + (refused > 0 ? 1 : 0));  // the last one may be there unheard of
        CHECK(second->size() == first->size());
        for (std::size_t place = 0; place < first->size(); ++place) {
            CHECK(first->at(place).version == place + 1);
            CHECK(first->at(place).type == "a" + std::to_string(place));
        }
        if (acknowledged > 0) {
            const auto last = std::to_string(acknowledged - 1);
            CHECK(*store.answer_to(name + "-" + last) == last);
        }
        CHECK(conflicts == 0);
    }

    const std::string name;
    std::atomic<std::uint64_t> acknowledged = 0;
    std::atomic<std::uint64_t> repeated = 0;
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> conflicts = 0;
};

}  // namespace balcao::postgres
