// A journal goes from any kind of store into any other and is the same there; backups are made while others
// write. Memory, SQLite and PostgreSQL (a server of its own, postgres/cluster_test.hpp).
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "cases/stage_test.hpp"
#include "journal/memory_store.hpp"
#include "journal/persons.hpp"
#include "journal/store_contract.hpp"
#include "keeping/backup.hpp"
#include "keeping/receipt.hpp"
#include "keeping/verify.hpp"
#include "postgres/cluster_test.hpp"
#include "postgres/store.hpp"
#include "sqlite/store.hpp"

using namespace balcao;
using namespace balcao::keeping;
using journal::Outcome;
using journal::contract::write;
using journal::contract::writing_of;
namespace stage = balcao::cases::stage;

namespace {

const Instant ten{std::chrono::hours{24 * 365 * 56 + 10}};

struct Kept {
    std::shared_ptr<void> owner;
    journal::Store* store = nullptr;
    journal::LogStore* log = nullptr;
    journal::Archive* archive = nullptr;
};

template <class Any>
Kept kept_in(std::shared_ptr<Any> store) {
    Any* all = store.get();
    return {std::move(store), all, all, all};
}

Kept in_memory(const TemporaryFolder&) { return kept_in(std::make_shared<journal::MemoryStore>()); }

Kept in_sqlite(const TemporaryFolder& folder) {
    static int count = 0;
    auto store = sqlite::Store::open({.path = folder.file(std::to_string(++count) + ".db")});
    REQUIRE(store);
    return kept_in(std::shared_ptr{*std::move(store)});
}

Kept in_postgres(const TemporaryFolder&) {
    auto store = postgres::Store::open({.url = postgres::cluster().new_database()});
    REQUIRE_MESSAGE(store, (store ? "" : store.error().what));
    return kept_in(std::shared_ptr{*std::move(store)});
}

struct Place {
    const char* name;
    Kept (*open)(const TemporaryFolder&);
};

constexpr Place places[] = {{"memory", in_memory}, {"SQLite", in_sqlite}, {"PostgreSQL", in_postgres}};

const crypto::SecretKey& key() {
    static const auto one = *crypto::SecretKey::from(std::string(32, 'k'));
    return one;
}

journal::Log log_of(const Kept& kept) { return {*kept.log, "balcao/town", signing_key_of(key())}; }

Report checked(const Kept& kept) {
    const auto report = verify({*kept.store, *kept.log, log_of(kept).verifier()}, {}, {});
    REQUIRE_MESSAGE(report, (report ? "" : report.error().what));
    return *report;
}

// More than stores write or read at once, in many streams, with what only some kinds of store might spoil.
void fill(const Kept& kept) {
    constexpr int streams = 30;
    constexpr std::uint64_t events = 90;
    for (std::uint64_t version = 0; version < events; version += 3)
        for (int stream = 0; stream < streams; ++stream)
            REQUIRE(write(*kept.store, {.writings = {writing_of("stream/" + std::to_string(stream), version,
                                                                {"one", "dois", "três"})}}) ==
                    Outcome::written);
    journal::Commit commit{.command = "a key", .answer = R"({"praça": "☺"})"};
    commit.claims = {{"slot", "ana", false}};
    REQUIRE(journal::Persons{*kept.store, key()}.seal("ana", "name", "Ana", commit));
    REQUIRE(write(*kept.store, commit) == Outcome::written);
    REQUIRE(log_of(kept).take(ten, 1000));
    REQUIRE(log_of(kept).take(ten, 1200));
}

void check_same(const Kept& from, const Kept& to) {
    for (int stream = 0; stream < 30; ++stream) {
        const std::string name = "stream/" + std::to_string(stream);
        CHECK(*from.store->read(name, 0) == *to.store->read(name, 0));
    }
    CHECK(*from.log->last_checkpoint() == *to.log->last_checkpoint());
    CHECK(*from.store->key_of("ana") == *to.store->key_of("ana"));
    CHECK(*from.store->answer_to("a key") == *to.store->answer_to("a key"));
    CHECK(write(*to.store, {.claims = {{"slot", "rui", false}}}) == Outcome::conflict);
}

// An office for cases on any store, with an entity that takes up what it gets and one that is people.
struct CaseOffice {
    explicit CaseOffice(const Kept& kept)
        : cases{*kept.store, clock, stopwatch, key(), settings}, carrier{cases.carry(connectors)} {
        while (*cases.catch_up(1000) > 0) {
        }
    }

    // A card that is sent, and a letter that lies in an inbox.
    cases::CaseNumber accept() {
        const auto answer = cases.accept(
            stage::submission({stage::wanted("card", stage::keyed), stage::wanted("letter", stage::inbox)}),
            "k");
        REQUIRE(std::holds_alternative<cases::Receipt>(answer));
        work();
        return std::get<cases::Receipt>(answer).number;
    }

    void work() {
        while (carrier->work()) {
        }
    }

    stage::World world{1};
    stage::SkewedClock clock{world.time};
    stage::SetStopwatch stopwatch{world.time};
    cases::Settings settings = stage::agreed("a");
    stage::Entity registry{world, cases::ConnectorKind::idempotent_key, {}};
    cases::Connectors connectors{{stage::keyed, registry}};
    cases::Cases cases;
    std::unique_ptr<cases::Carrier> carrier;
};

cases::Case case_in(const Kept& kept, const cases::CaseNumber& number) {
    return *cases::fold(number, *kept.store->read(stream_of(number), 0));
}

bool is_sound_with_cases(const Kept& kept) {
    REQUIRE(log_of(kept).take(ten, 1000));
    const auto report = verify({*kept.store, *kept.log, log_of(kept).verifier()}, {}, *known_kinds());
    REQUIRE(report);
    CHECK_MESSAGE(report->is_sound(), told(*report));
    return report->is_sound();
}

}  // namespace

TEST_CASE("a backup of any store is restored into any other, sound, and goes on growing there") {
    const TemporaryFolder folder;
    auto ledger = *Ledger::open(folder.file("erased"));
    for (const auto& from : places) {
        const auto source = from.open(folder);
        fill(source);
        const auto file = folder.file("backup");
        REQUIRE(write_backup(*source.archive, key(), ledger, file, ten));
        for (const auto& to : places) {
            CAPTURE(from.name);
            CAPTURE(to.name);
            const auto target = to.open(folder);
            const auto restored = restore_backup(*target.archive, key(), ledger, file);
            REQUIRE_MESSAGE(restored, (restored ? "" : restored.error().what));
            check_same(source, target);
            const auto report = checked(target);
            CHECK_MESSAGE(report.is_sound(), told(report));
            CHECK(report.heads == 2);
            CHECK(report.logged == 2200);
            CHECK(report.not_logged == 500);
            REQUIRE(write(*target.store, {.writings = {writing_of("stream/0", 90, {"four"})}}) ==
                    Outcome::written);
            CHECK(*log_of(target).take(ten, 1000) == 501);
            CHECK(checked(target).is_sound());
            CHECK(log_of(target).receipt(target.store->read("stream/0", 90)->front())->has_value());
            CHECK(restore_backup(*target.archive, key(), ledger, file).error().code == Errc::conflict);
        }
    }
}

TEST_CASE("a case, its receipt and its erasing go from store to store, and nobody comes back") {
    const TemporaryFolder folder;
    for (const auto& from : places) {
        CAPTURE(from.name);
        auto ledger = *Ledger::open(folder.file(std::string{"erased of "} + from.name));
        const auto source = from.open(folder);
        const auto number = CaseOffice{source}.accept();
        CHECK(is_sound_with_cases(source));
        const auto receipt = *receipt_of(*source.store, log_of(source), number);
        const auto person = case_in(source, number).person.text();
        const auto file = folder.file("backup");
        REQUIRE(write_backup(*source.archive, key(), ledger, file, ten));
        REQUIRE(*erase(*source.store, key(), ledger,
                       {{person}, Why::asked, ten, *cases_of(*source.store, {person})}) == 1);
        CHECK(case_in(source, number).erased);
        CHECK(is_sound_with_cases(source));
        const auto erased = *source.store->read(stream_of(number), 0);
        for (const auto& to : places) {
            CAPTURE(to.name);
            const auto with = to.open(folder);
            REQUIRE(restore_backup(*with.archive, key(), *Ledger::open({}), file));
            CHECK(*receipt_of(*with.store, log_of(with), number) == receipt);
            CHECK(with.store->key_of(person)->has_value());
            CaseOffice{with}.work();
            CHECK(state_of(case_in(with, number)) == cases::CaseState::waits_for_person);
            CHECK(is_sound_with_cases(with));

            const auto without = to.open(folder);
            const auto restored = restore_backup(*without.archive, key(), ledger, file);
            REQUIRE(restored);
            CHECK(restored->erased_persons == std::vector{person});
            REQUIRE(record_restore(*without.store, *restored, ten));
            CHECK_FALSE(without.store->key_of(person)->has_value());
            CaseOffice office{without};
            office.work();
            CHECK(office.registry.sends == 0);
            CHECK(office.cases.open() == 0);
            CHECK(state_of(case_in(without, number)) == state_of(case_in(source, number)));
            CHECK(without.store->read(stream_of(number), 0)->size() == erased.size());
            CHECK(is_sound_with_cases(without));
            const auto read = read_receipt(*receipt_of(*without.store, log_of(without), number),
                                           log_of(without).verifier());
            REQUIRE(read);
            CHECK(read->events.size() == erased.size());
            CHECK(read_receipt(receipt, log_of(without).verifier()));
        }
    }
}

TEST_CASE("a backup that is made while others write is of one moment, and restores sound") {
    const TemporaryFolder folder;
    auto ledger = *Ledger::open(folder.file("erased"));
    for (const auto& place : {places[1], places[2]}) {
        CAPTURE(place.name);
        const auto source = place.open(folder);
        fill(source);
        std::atomic<bool> stops = false;
        std::atomic<int> refused = 0;
        std::jthread writer{[&] {
            for (std::uint64_t version = 0; !stops; version += 2)
                if (write(*source.store, {.writings = {writing_of("busy", version, {"one", "two"})}}) !=
                    Outcome::written)
                    ++refused;
        }};
        std::jthread notary{[&] {
            while (!stops)
                if (!log_of(source).take(ten, 50)) ++refused;
        }};
        for (int count = 0; count < 3; ++count)
            REQUIRE(write_backup(*source.archive, key(), ledger, folder.file("backup"), ten));
        stops = true;
        writer.join();
        notary.join();
        CHECK(refused == 0);
        const auto target = in_memory(folder);
        REQUIRE(restore_backup(*target.archive, key(), ledger, folder.file("backup")));
        const auto report = checked(target);
        CHECK_MESSAGE(report.is_sound(), told(report));
        CHECK(target.store->read("busy", 0)->size() % 2 == 0);
        CHECK(checked(source).is_sound());
    }
}

TEST_CASE("a second process may write to the same SQLite file: each sees what the other wrote") {
    const TemporaryFolder folder;
    const auto path = folder.file("shared.db");
    const auto server = *sqlite::Store::open({.path = path});
    const auto command_line = *sqlite::Store::open({.path = path});
    for (std::uint64_t version = 0; version < 20; version += 2) {
        CHECK(write(*server, {.writings = {writing_of("hall", version, {"one"})}}) == Outcome::written);
        CHECK(write(*command_line, {.writings = {writing_of("hall", version, {"late"})}}) ==
              Outcome::conflict);
        CHECK(write(*command_line, {.writings = {writing_of("hall", version + 1, {"two"})}}) ==
              Outcome::written);
        CHECK(write(*server, {.writings = {writing_of("hall", version + 1, {"late"})}}) == Outcome::conflict);
    }
    CHECK(server->read("hall", 0)->size() == 20);
    CHECK(server->follow({}, 100)->events.size() == 20);
}

TEST_CASE("hashes of the log are put right in every store") {
    const TemporaryFolder folder;
    for (const auto& place : places) {
        CAPTURE(place.name);
        const auto kept = place.open(folder);
        fill(kept);
        const auto right = kept.log->at({3, 7});
        REQUIRE(kept.log->mend({{{3, 7}, merkle::leaf_hash("other")}}));
        const auto report = checked(kept);
        REQUIRE(report.wrong_hashes.size() == 1);
        REQUIRE(kept.log->mend(report.wrong_hashes));
        CHECK(kept.log->at({3, 7}) == right);
        CHECK(checked(kept).is_sound());
    }
}
