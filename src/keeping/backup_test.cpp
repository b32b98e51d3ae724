#include "keeping/backup.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "keeping/journal_test.hpp"
#include "staff/staff_event.hpp"
#include "text/file.hpp"

using namespace balcao;
using namespace balcao::keeping;

namespace {

// A journal with a bit of everything, and its backup.
struct BackedUp : Journal {
    TemporaryFolder folder;
    std::filesystem::path file = folder.file("monday.backup");
    Ledger ledger = *Ledger::open(folder.file("erased"));

    BackedUp() {
        give_out(1, 7, "ana");
        seal("ana");
        seal("rui");
        take();
        give_out(8, 9);
        const auto summary = write_backup(store, key, ledger, file, ten);
        REQUIRE_MESSAGE(summary, (summary ? "" : summary.error().what));
    }

    [[nodiscard]] std::string text() const { return *text::read_file(file); }

    // What a restore of that text says.
    [[nodiscard]] std::string refusal(const std::string& changed) const {
        REQUIRE(text::write_whole(folder.file("changed"), changed));
        journal::MemoryStore empty;
        const auto restored = restore_backup(empty, key, ledger, folder.file("changed"));
        CHECK(empty.follow({}, 10)->events.empty() != restored.has_value());
        return restored ? "" : restored.error().what;
    }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a restored journal is the one that was backed up, with its log, answers, claims and keys") {
    BackedUp town;
    Journal other;
    const auto restored = restore_backup(other.store, town.key, town.ledger, town.file);
    REQUIRE_MESSAGE(restored, (restored ? "" : restored.error().what));
    CHECK(restored->backup.counts.find("event")->second == 9);
    CHECK(restored->erased.empty());
    const auto stream = "site/shop/2026-01-05";
    CHECK(*other.store.read(stream, 0) == *town.store.read(stream, 0));
    CHECK(*other.store.last_checkpoint() == *town.store.last_checkpoint());
    CHECK(other.store.key_of("ana")->has_value());
    CHECK(other.store.answer_to("answer of rui")->has_value());
    CHECK(journal::contract::write(other.store, {.claims = {{"one booking of ana", "other", false}}}) ==
          journal::Outcome::conflict);
    CHECK(other.checked().heads == 1);
    CHECK(other.checked().not_logged == 2);
    REQUIRE(record_restore(other.store, *restored, ten));
    other.take();
    CHECK(other.checked().is_sound());
    CHECK(other.store.read(keeping_stream, 0)->front().type == "journal-restored");
    // A backup of the restored journal is a backup again.
    CHECK(write_backup(other.store, town.key, town.ledger, town.folder.file("again"), ten));
}

TEST_CASE("a restored backup does not bring an erased person back") {
    BackedUp town;
    CHECK(*erase(town.store, town.key, town.ledger, {{"ana"}, Why::asked, ten}) == 1);
    Journal other;
    const auto restored =
        restore_backup(other.store, town.key, *Ledger::open(town.folder.file("erased")), town.file);
    REQUIRE(restored);
    CHECK(restored->erased == std::vector{mark_of(town.key, "ana")});
    CHECK_FALSE(other.store.key_of("ana")->has_value());
    CHECK(other.store.key_of("rui")->has_value());
    REQUIRE(record_restore(other.store, *restored, ten));
    CHECK(*erased_by(other.store.read(keeping_stream, 0)->back()) == restored->erased);
    CHECK(other.checked().is_sound());
}

TEST_CASE("an account of the staff that was erased stays erased in a restored roll") {
    BackedUp town;
    town.write({staff::encode(staff::AccountAdded{staff::AccountKey{"rui"}, "sealed", "sealed", {}})},
               "staff");
    REQUIRE(write_backup(town.store, town.key, town.ledger, town.file, ten));
    REQUIRE(erase(town.store, town.key, town.ledger, {{"rui"}, Why::asked, ten}));
    Journal other;
    const auto restored = restore_backup(other.store, town.key, town.ledger, town.file);
    REQUIRE(restored);
    REQUIRE(record_restore(other.store, *restored, ten));
    CHECK(other.store.read("staff", 0)->back().type == "account-erased");
    CHECK(other.checked().is_sound());
}

TEST_CASE("who was erased before a backup stays erased, whatever ledger the restore is given") {
    BackedUp town;
    REQUIRE(town.ledger.add({mark_of(town.key, "rui")}, ten));
    REQUIRE(write_backup(town.store, town.key, town.ledger, town.file, ten));
    Journal other;
    const auto restored = restore_backup(other.store, town.key, *Ledger::open({}), town.file);
    REQUIRE(restored);
    CHECK(restored->erased_persons == std::vector<std::string>{"rui"});
    CHECK(restored->marks == town.ledger.marks());
}

TEST_CASE("a backup that was cut off or changed anywhere is refused before anything is restored") {
    const BackedUp town;
    const auto text = town.text();
    CHECK(town.refusal(text).empty());
    CHECK(has(town.refusal(""), "is empty"));
    CHECK(has(town.refusal("a letter\n"), "is no backup of Balcão"));
    for (std::size_t length = 1; length < text.size(); length += 97)
        CHECK_FALSE(town.refusal(text.substr(0, length)).empty());
    for (std::size_t place = 0; place < text.size(); place += 61) {
        auto changed = text;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        CHECK_FALSE(town.refusal(changed).empty());
    }
    auto without_line = text;
    const auto second = text.find('\n') + 1;
    without_line.erase(second, text.find('\n', second) + 1 - second);
    CHECK(has(town.refusal(without_line), "was changed after it was written"));
}

TEST_CASE("a backup is of its installation: another key restores nothing") {
    const BackedUp town;
    journal::MemoryStore empty;
    const auto restored = restore_backup(empty, crypto::SecretKey::random(), town.ledger, town.file);
    REQUIRE_FALSE(restored);
    CHECK(has(restored.error().what, "was made by another installation"));
    CHECK(restore_backup(empty, town.key, town.ledger, town.folder.file("none")).error().code ==
          Errc::not_found);
}

TEST_CASE("a journal that has something in it is not written over") {
    BackedUp town;
    const auto restored = restore_backup(town.store, town.key, town.ledger, town.file);
    REQUIRE_FALSE(restored);
    CHECK(restored.error().code == Errc::conflict);
}
