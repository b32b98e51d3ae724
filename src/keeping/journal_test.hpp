#pragma once
// A small journal for the tests of this folder: halls in memory and a log over them.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "journal/memory_store.hpp"
#include "journal/persons.hpp"
#include "journal/store_contract.hpp"
#include "keeping/backup.hpp"
#include "keeping/verify.hpp"
#include "office/hall_event.hpp"

namespace balcao::keeping {

inline const Instant ten{std::chrono::hours{24 * 365 * 56 + 10}};

struct Journal {
    crypto::SecretKey key = *crypto::SecretKey::from(std::string(32, 'k'));
    journal::MemoryStore store;
    journal::Log log{store, "balcao/town", signing_key_of(key)};

    // Tickets one after another at one site; `person` is who took them, empty for nobody.
    void give_out(std::uint32_t first, std::uint32_t last, const std::string& person = {}) {
        for (std::uint32_t number = first; number <= last; ++number) {
            office::VisitBegun begun;
            begun.number = office::Number{number};
            begun.legs.push_back({office::ServiceKey{"identity"}, {}, {}});
            begun.person = office::PersonName{person};
            write({office::encode(begun)});
        }
    }

    void write(const std::vector<journal::Draft>& drafts,
               const std::string& stream = "site/shop/2026-01-05") {
        const auto before = store.read(stream, 0)->size();
        journal::Writing writing{stream, before, {}};
        for (const auto& draft : drafts)
            writing.events.push_back({stream, before + writing.events.size() + 1, ten, draft.type, draft.body,
                                      crypto::random_bytes(16)});
        REQUIRE(journal::contract::write(store, {.writings = {writing}}) == journal::Outcome::written);
    }

    void seal(const std::string& person) {
        journal::Commit commit;
        REQUIRE(journal::Persons{store, key}.seal(person, "name", "Ana", commit));
        commit.command = "answer of " + person;
        commit.claims = {{"one booking of " + person, person, false}};
        REQUIRE(journal::contract::write(store, commit) == journal::Outcome::written);
    }

    void take() { REQUIRE(log.take(ten, 1000)); }

    [[nodiscard]] Report checked(const std::vector<WitnessedHead>& witnessed = {}) const {
        const auto report = verify({store, store, log.verifier()}, witnessed, *known_kinds());
        REQUIRE_MESSAGE(report, (report ? "" : report.error().what));
        return *report;
    }
};

// Somebody with the disk in his hands: every event of a store passes through `spoil`, hashes and heads stay.
class Tampered final : public journal::LogStore {
public:
    Tampered(const journal::MemoryStore& store, std::function<void(std::vector<journal::Event>&)> spoil)
        : store_{store}, spoil_{std::move(spoil)} {}

    [[nodiscard]] merkle::Hash at(merkle::NodeId id) const override { return store_.at(id); }

    [[nodiscard]] Result<std::string> last_checkpoint() const override { return store_.last_checkpoint(); }

    [[nodiscard]] Result<std::vector<journal::Event>> not_logged(std::size_t limit) const override {
        return store_.not_logged(limit);
    }

    Result<void> grow(const journal::Growth&) override { return {}; }

    [[nodiscard]] Result<std::optional<std::uint64_t>> leaf_of(std::string_view stream,
                                                               std::uint64_t version) const override {
        return store_.leaf_of(stream, version);
    }

    [[nodiscard]] Result<std::vector<journal::Event>> leaves(std::uint64_t first,
                                                             std::size_t limit) const override {
        constexpr std::size_t all = 1'000'000;
        BALCAO_TRY(auto events, store_.leaves(0, all));
        spoil_(events);
        const auto begin = std::min<std::size_t>(first, events.size());
        const auto end = std::min(events.size(), begin + limit);
        return std::vector(events.begin() + static_cast<std::ptrdiff_t>(begin),
                           events.begin() + static_cast<std::ptrdiff_t>(end));
    }

    [[nodiscard]] Result<std::vector<std::string>> heads_after(std::uint64_t size,
                                                               std::size_t limit) const override {
        return store_.heads_after(size, limit);
    }

    [[nodiscard]] Result<std::vector<merkle::Node>> nodes_from(merkle::NodeId first,
                                                               std::size_t limit) const override {
        return store_.nodes_from(first, limit);
    }

    Result<void> mend(const std::vector<merkle::Node>&) override { return {}; }

private:
    const journal::MemoryStore& store_;
    std::function<void(std::vector<journal::Event>&)> spoil_;
};

inline bool tells(const Report& report, const std::string& words) {
    return told(report).find(words) != std::string::npos;
}

}  // namespace balcao::keeping
