#include "journal/settle.hpp"

#include <doctest/doctest.h>

#include "journal/memory_store.hpp"

using namespace balcao;
using namespace balcao::journal;

namespace {

enum class No : std::uint8_t { unavailable, enough };

// Adds one to a count that is kept as events, up to three.
struct Counting {
    explicit Counting(Store& where) : store{where} {}

    Store& store;
    int decisions = 0;

    std::variant<Made, No> add(const std::string& command, const std::function<void()>& meanwhile = {}) {
        return settle(store, command, No::unavailable, [&]() -> std::variant<Commit, No> {
            ++decisions;
            const auto events = store.read("count", 0);
            if (!events) return No::unavailable;
            if (events->size() >= 3) return No::enough;
            if (meanwhile && decisions == 1) meanwhile();
            const StreamEnd end =
                events->empty() ? StreamEnd{} : StreamEnd{events->back().version, events->back().salt};
            Commit commit;
            commit.answer = std::to_string(events->size() + 1);
            append(commit, "count", end, {"counted", "{}"}, Instant{});
            return commit;
        });
    }
};

std::string answer(const std::variant<Made, No>& made) {
    if (std::holds_alternative<No>(made)) return "no";
    return std::get<Made>(made).answer + (std::get<Made>(made).is_repeated ? " again" : "");
}

}  // namespace

TEST_CASE("a command is decided, written and answered; the same key again gets the same answer") {
    MemoryStore store;
    Counting counting{store};
    CHECK(answer(counting.add("a")) == "1");
    CHECK(answer(counting.add("b")) == "2");
    CHECK(answer(counting.add("a")) == "1 again");
    CHECK(counting.decisions == 2);
    CHECK(answer(counting.add("")) == "3");
    CHECK(answer(counting.add("")) == "no");
    CHECK(answer(counting.add("b")) == "2 again");
}

TEST_CASE("when another writer was first the command is decided again on what is true then") {
    MemoryStore store;
    Counting other{store};
    Counting counting{store};
    CHECK(answer(counting.add("a", [&] { CHECK(answer(other.add("b")) == "1"); })) == "2");
    CHECK(counting.decisions == 2);
    // The other may have been the same command, sent to another server.
    Counting again{store};
    CHECK(answer(again.add("c", [&] { CHECK(answer(other.add("c")) == "3"); })) == "3 again");
    CHECK(store.read("count", 0)->size() == 3);
}

TEST_CASE(
    "a command that cannot be written is refused and leaves nothing; later its key finds nothing done") {
    MemoryStore store;
    Counting counting{store};
    store.set_broken(true);
    CHECK(std::get<No>(counting.add("a")) == No::unavailable);
    store.set_broken(false);
    CHECK(answer(counting.add("a")) == "1");
}

TEST_CASE("events of several streams stand in one commit, each after what was known of its stream") {
    Commit commit;
    append(commit, "a", {4, "salt"}, {"one", "{}"}, Instant{});
    append(commit, "b", {}, {"two", "{}"}, Instant{});
    append(commit, "a", {4, "salt"}, {"three", "{}"}, Instant{});
    REQUIRE(commit.writings.size() == 2);
    CHECK(commit.writings[0].expected == 4);
    CHECK(commit.writings[0].after == "salt");
    CHECK(commit.writings[0].events[1].version == 6);
    CHECK(commit.writings[1].events[0].version == 1);
    CHECK(commit.writings[0].events[0].salt != commit.writings[0].events[1].salt);
}
