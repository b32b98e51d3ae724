#include "keeping/erasure.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "keeping/journal_test.hpp"

using namespace balcao;
using namespace balcao::keeping;

TEST_CASE(
    "an erased person cannot be read again, the ledger remembers, and the rest of the journal is whole") {
    const TemporaryFolder folder;
    Journal journal;
    const journal::Persons persons{journal.store, journal.key};
    journal::Commit commit;
    const auto ana = journal::Persons::new_person();
    const auto sealed = *journal::Persons{journal.store, journal.key}.seal(ana, "name", "Ana", commit);
    REQUIRE(journal::contract::write(journal.store, commit) == journal::Outcome::written);
    journal.seal("rui");
    journal.give_out(1, 1, ana);
    journal.take();
    CHECK(**persons.open(ana, "name", sealed) == "Ana");

    auto ledger = *Ledger::open(folder.file("erased"));
    CHECK(*erase(journal.store, journal.key, ledger, {{ana, "nobody"}, Why::asked, ten}) == 1);
    CHECK_FALSE(persons.open(ana, "name", sealed)->has_value());
    CHECK(journal.store.key_of("rui")->has_value());
    CHECK(*erase(journal.store, journal.key, ledger, {{ana}, Why::asked, ten}) == 0);

    const auto again = *Ledger::open(folder.file("erased"));
    CHECK(again.size() == 1);
    CHECK(again.has(mark_of(journal.key, ana)));
    CHECK_FALSE(again.has(mark_of(journal.key, "rui")));
    const auto events = *journal.store.read(keeping_stream, 0);
    REQUIRE(events.size() == 1);
    CHECK(events[0].body.find(ana) == std::string::npos);
    CHECK(*erased_by(events[0]) == std::vector{mark_of(journal.key, ana)});
    CHECK(events[0].body.starts_with(R"({"why": "asked", )"));
    journal.take();
    CHECK(journal.checked().is_sound());
}

TEST_CASE("a disk that cannot write erases nobody and says so; done again, it is done") {
    const TemporaryFolder folder;
    Journal journal;
    journal.seal("ana");
    auto ledger = *Ledger::open(folder.file("erased"));
    journal.store.set_broken(true);
    CHECK(erase(journal.store, journal.key, ledger, {{"ana"}, Why::asked, ten}).error().code ==
          Errc::unavailable);
    CHECK(journal.store.key_of("ana")->has_value());
    journal.store.set_broken(false);
    CHECK(*erase(journal.store, journal.key, ledger, {{"ana"}, Why::asked, ten}) == 1);
    CHECK(Ledger::open(folder.file("erased"))->size() == 1);

    auto nowhere = *Ledger::open(folder.file("no/such/folder"));
    journal.seal("rui");
    CHECK_FALSE(erase(journal.store, journal.key, nowhere, {{"rui"}, Why::asked, ten}));
    CHECK(journal.store.key_of("rui")->has_value());
}

TEST_CASE("what another server erased comes into this one's ledger") {
    const TemporaryFolder folder;
    Journal journal;
    journal.seal("ana");
    journal.seal("rui");
    auto theirs = *Ledger::open(folder.file("theirs"));
    auto ours = *Ledger::open(folder.file("ours"));
    REQUIRE(erase(journal.store, journal.key, theirs, {{"ana"}, Why::asked, ten}));
    CHECK(*follow_erasures(journal.store, ours, 0, ten) == 1);
    CHECK(ours.has(mark_of(journal.key, "ana")));
    REQUIRE(erase(journal.store, journal.key, theirs, {{"rui"}, Why::retention_over, ten}));
    CHECK(*follow_erasures(journal.store, ours, 1, ten) == 2);
    CHECK(Ledger::open(folder.file("ours"))->marks() == theirs.marks());
}

TEST_CASE("a file that is no ledger, or is torn, is not taken for one") {
    const TemporaryFolder folder;
    std::ofstream{folder.file("other")} << "something else\n";
    CHECK(Ledger::open(folder.file("other")).error().code == Errc::invalid);
    auto ledger = *Ledger::open(folder.file("erased"));
    REQUIRE(ledger.make());
    REQUIRE(ledger.make());
    CHECK(Ledger::open(folder.file("erased"))->size() == 0);
    REQUIRE(ledger.add({mark_of(crypto::SecretKey::random(), "ana")}, ten));
    std::ofstream{folder.file("erased"), std::ios::app} << "half a li";
    const auto torn = Ledger::open(folder.file("erased"));
    REQUIRE_FALSE(torn);
    CHECK(torn.error().what.find("line 3 is not a mark and a time") != std::string::npos);
}
