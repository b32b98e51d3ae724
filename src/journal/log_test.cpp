#include "journal/log.hpp"

#include <doctest/doctest.h>

#include "journal/memory_store.hpp"
#include "journal/store_contract.hpp"

using namespace balcao;
using namespace balcao::journal;
using contract::write;
using contract::writing_of;

namespace {

const Instant nine{std::chrono::hours{24 * 365 * 50 + 9}};

crypto::SigningKey key_of(char seed) {
    return crypto::SigningKey::from(*crypto::SecretKey::from(std::string(32, seed)));
}

// A store whose leaves can be spoilt, as somebody with the disk in his hands could.
class Spoilt : public LogStore {
public:
    explicit Spoilt(MemoryStore& store) : store_{store} {}

    [[nodiscard]] merkle::Hash at(merkle::NodeId id) const override { return store_.at(id); }

    [[nodiscard]] Result<std::string> last_checkpoint() const override { return store_.last_checkpoint(); }

    [[nodiscard]] Result<std::vector<Event>> not_logged(std::size_t limit) const override {
        return store_.not_logged(limit);
    }

    Result<void> grow(const Growth& growth) override { return store_.grow(growth); }

    [[nodiscard]] Result<std::optional<std::uint64_t>> leaf_of(std::string_view stream,
                                                               std::uint64_t version) const override {
        return store_.leaf_of(stream, version);
    }

    [[nodiscard]] Result<std::vector<Event>> leaves(std::uint64_t first, std::size_t limit) const override {
        if (first > 0) return std::vector<Event>{};  // all came in the first reading
        auto events = store_.leaves(first, limit);
        spoil(*events);
        return events;
    }

    [[nodiscard]] Result<std::vector<std::string>> heads_after(std::uint64_t size,
                                                               std::size_t limit) const override {
        return store_.heads_after(size, limit);
    }

    [[nodiscard]] Result<std::vector<merkle::Node>> nodes_from(merkle::NodeId first,
                                                               std::size_t limit) const override {
        return store_.nodes_from(first, limit);
    }

    Result<void> mend(const std::vector<merkle::Node>& nodes) override { return store_.mend(nodes); }

    std::function<void(std::vector<Event>&)> spoil;

private:
    MemoryStore& store_;
};

void write_events(MemoryStore& store, std::uint64_t count) {
    for (std::uint64_t version = 0; version < count; ++version)
        REQUIRE(write(store, {.writings = {writing_of("site/a", version, {"event"})}}) == Outcome::written);
}

}  // namespace

TEST_CASE("an event's entry is the same line of JSON each time") {
    auto event = contract::event_of("site/a", 7, "visit-begun");
    event.body = R"({"number":"A 007"})";
    event.salt = std::string("\x00\xff", 2);
    CHECK(entry_of(event) ==
          R"({"stream": "site/a", "version": 7, "at": 1700000000007, "type": "visit-begun", )"
          R"("salt": "00ff", "body": "{\"number\":\"A 007\"}"})");
}

TEST_CASE("a checkpoint is read back by who knows the log's key, and by nobody who knows another") {
    const auto key = key_of('a');
    const Checkpoint checkpoint{"lisboa.example/balcao", {12, merkle::leaf_hash("root")}, nine};
    const auto text = signed_text(checkpoint, key);
    CHECK(*read_checkpoint(text, verifier_of(checkpoint.origin, key.public_key())) == checkpoint);
    CHECK_FALSE(read_checkpoint(text, verifier_of(checkpoint.origin, key_of('b').public_key())));
    CHECK_FALSE(read_checkpoint(text, verifier_of("porto.example/balcao", key.public_key())));
    CHECK_FALSE(read_checkpoint(text, "not a key"));
    for (std::size_t place = 0; place < text.size(); ++place) {
        std::string changed = text;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        CAPTURE(place);
        CHECK_FALSE(read_checkpoint(changed, verifier_of(checkpoint.origin, key.public_key())));
    }
}

TEST_CASE("every event has a receipt that holds without the journal, and only once the notary took it") {
    MemoryStore store;
    Log log{store, "test.example/log", key_of('a')};
    write_events(store, 11);
    const auto events = *store.read("site/a", 0);
    CHECK(*log.receipt(events.front()) == std::nullopt);
    CHECK(*log.take(nine, 7) == 7);
    CHECK(*log.receipt(events[7]) == std::nullopt);
    CHECK(*log.take(nine, 100) == 4);
    CHECK(*log.take(nine, 100) == 0);
    for (const auto& event : events) {
        const auto receipt = *log.receipt(event);
        REQUIRE(receipt);
        const auto checked = check_receipt(to_json(*receipt), log.verifier());
        REQUIRE(checked);
        CHECK(checked->head.size == 11);
    }
}

TEST_CASE("a receipt with another event, place or path does not hold") {
    MemoryStore store;
    Log log{store, "test.example/log", key_of('a')};
    write_events(store, 11);
    CHECK(*log.take(nine, 100) == 11);
    const auto receipt = **log.receipt(store.read("site/a", 0)->at(4));
    const auto holds = [&](const Receipt& changed) {
        return check_receipt(to_json(changed), log.verifier()).has_value();
    };
    CHECK(holds(receipt));
    auto changed = receipt;
    changed.entry += " ";
    CHECK_FALSE(holds(changed));
    changed = receipt;
    changed.index = 5;
    CHECK_FALSE(holds(changed));
    changed = receipt;
    changed.proof.pop_back();
    CHECK_FALSE(holds(changed));
    CHECK_FALSE(check_receipt(to_json(receipt), verifier_of("test.example/log", key_of('b').public_key())));
    CHECK_FALSE(check_receipt("{}", log.verifier()));
    CHECK_FALSE(check_receipt("not JSON", log.verifier()));
}

TEST_CASE("who kept an old checkpoint is shown that nothing before it was changed") {
    MemoryStore store;
    Log log{store, "test.example/log", key_of('a')};
    write_events(store, 20);
    std::vector<merkle::Head> heads;
    for (int round = 0; round < 4; ++round) {
        CHECK(*log.take(nine, 5) == 5);
        heads.push_back((*log.head())->head);
    }
    for (const auto& older : heads)
        CHECK(merkle::is_beginning(older, heads.back(), *log.consistency(older.size)));
    CHECK_FALSE(log.consistency(21));
}

TEST_CASE("of two notaries at once one is refused, and nothing is logged twice") {
    MemoryStore store;
    Log log{store, "test.example/log", key_of('a')};
    write_events(store, 3);
    Growth late{.size_before = 0, .events = *store.not_logged(3), .nodes = {}, .checkpoint = "late"};
    CHECK(*log.take(nine, 100) == 3);
    const auto refused = store.grow(late);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::conflict);
    CHECK((*log.head())->head.size == 3);
}

TEST_CASE("the whole journal verifies, and a changed, missing or added event is found") {
    MemoryStore store;
    Spoilt spoilt{store};
    Log log{spoilt, "test.example/log", key_of('a')};
    write_events(store, 9);
    CHECK(*log.take(nine, 100) == 9);
    spoilt.spoil = [](std::vector<Event>&) {};
    CHECK(*log.verify() == 9);
    spoilt.spoil = [](std::vector<Event>& events) { events[4].body = "{}"; };
    CHECK_FALSE(log.verify());
    spoilt.spoil = [](std::vector<Event>& events) { events.erase(events.begin() + 4); };
    CHECK_FALSE(log.verify());
    spoilt.spoil = [](std::vector<Event>& events) { events.pop_back(); };
    CHECK_FALSE(log.verify());
    spoilt.spoil = [](std::vector<Event>& events) {
        events.push_back(contract::event_of("site/a", 10, "smuggled in"));
    };
    CHECK_FALSE(log.verify());
}

TEST_CASE("a head that another key signed is not ours to go on from") {
    MemoryStore store;
    Log theirs{store, "test.example/log", key_of('b')};
    write_events(store, 2);
    CHECK(*theirs.take(nine, 1) == 1);
    Log ours{store, "test.example/log", key_of('a')};
    CHECK_FALSE(ours.take(nine, 1));
    CHECK_FALSE(ours.verify());
}
