#include "keeping/retention.hpp"

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "keeping/journal_test.hpp"

using namespace balcao;
using namespace balcao::keeping;
using namespace std::chrono_literals;

namespace {

Instant end_of(Date date) { return Instant{date} + 24h; }

const Instant fifth = Instant{*parse_date("2026-01-05")};

journal::Draft named(const std::string& person) { return {"booked", R"({"person": ")" + person + R"("})"}; }

// Visits are kept for a day after theirs, appointments for ten.
Retention retention_of(const Journal& journal) {
    return {journal.store, {{"site", 24h}, {"book", 240h}}, end_of};
}

std::vector<std::string> due(const Retention& retention, Instant at) {
    const auto found = retention.due(at);
    REQUIRE(found);
    return found->persons;
}

}  // namespace

TEST_CASE("people of visits are due when their day and the time after it are over, and only once") {
    Journal journal;
    journal.give_out(1, 1, "ana");
    journal.give_out(2, 2);
    auto retention = retention_of(journal);
    REQUIRE(retention.read_on());
    CHECK(due(retention, fifth + 47h).empty());
    CHECK(due(retention, fifth + 48h) == std::vector<std::string>{"ana"});
    retention.forget({{"ana"}, {}});
    CHECK(due(retention, fifth + 480h).empty());
}

TEST_CASE("who is named on a later day, or where nothing is ever forgotten, is kept") {
    Journal journal;
    journal.give_out(1, 1, "ana");
    journal.write({named("ana"), named("rui")}, "book/shop/2026-01-09");
    journal.write({named("rui")}, "notes");
    auto retention = retention_of(journal);
    REQUIRE(retention.read_on(1));
    CHECK(due(retention, fifth + 24h * 14).empty());
    CHECK(due(retention, fifth + 24h * 15) == std::vector<std::string>{"ana"});
    // Moved on meanwhile.
    journal.write({{"moved", R"({"place": {"note_person": "ana"}})"}}, "book/shop/2026-03-01");
    REQUIRE(retention.read_on());
    CHECK(due(retention, fifth + 24h * 15).empty());
}

TEST_CASE("what is due is erased with an event and a mark, and a restart finds nothing to do again") {
    const TemporaryFolder folder;
    Journal journal;
    journal.seal("ana");
    journal.give_out(1, 1, "ana");
    auto ledger = *Ledger::open(folder.file("erased"));
    for (const std::size_t erased : {1U, 0U}) {
        auto retention = retention_of(journal);
        REQUIRE(retention.read_on());
        const auto persons = due(retention, fifth + 72h);
        CHECK(persons.size() == 1);
        CHECK(*erase(journal.store, journal.key, ledger, {persons, Why::retention_over, fifth}) == erased);
    }
    CHECK(journal.store.read(keeping_stream, 0)->size() == 1);
    CHECK_FALSE(journal.store.key_of("ana")->has_value());
    CHECK(ledger.size() == 1);
    journal.take();
    CHECK(journal.checked().is_sound());
}
