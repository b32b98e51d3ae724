// People of cases are erased: because somebody asks for it, because their time is over, and again when a
// backup from before is restored.
#include "keeping/case_persons.hpp"

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "keeping/case_town_test.hpp"
#include "keeping/retention.hpp"

using namespace balcao;
using namespace balcao::keeping;
using namespace std::chrono_literals;
using cases::CaseNumber;
using cases::StepKey;

namespace {

constexpr auto year = 365 * 24h;

// A store to which somebody else writes each time just before.
class Busy final : public journal::Store {
public:
    Busy(journal::Store& store, std::function<void()> before) : store_{store}, before_{std::move(before)} {}

    void submit(journal::Commit commit, journal::Done done) override {
        before_();
        store_.submit(std::move(commit), std::move(done));
    }

    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override {
        return store_.read(stream, after);
    }

    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override {
        return store_.follow(after, limit);
    }

    Result<std::optional<std::string>> key_of(std::string_view person) const override {
        return store_.key_of(person);
    }

    Result<std::optional<std::string>> answer_to(std::string_view command) const override {
        return store_.answer_to(command);
    }

private:
    journal::Store& store_;
    std::function<void()> before_;
};

struct ForgettingTown : CaseTown {
    TemporaryFolder folder;
    Ledger ledger = *Ledger::open(folder.file("erased"));

    std::size_t erase_of(const CaseNumber& number, journal::Store& store) {
        const auto whose = person_of(store, number);
        REQUIRE(whose);
        const auto cases = cases_of(store, {*whose, "somebody else"});
        REQUIRE(cases);
        CHECK(*cases == CasesOf{{*whose, stream_of(number)}});
        return *erase(store, stage_key(), ledger, {{*whose}, Why::asked, now(), *cases});
    }

    void hear() {
        while (*server->cases->catch_up(1000) > 0) {
        }
    }

    [[nodiscard]] Retention retention() const {
        Retention made{
            world.disk, {{"case", year}, {"diary", 24h}}, [](Date date) { return Instant{date} + 24h; }};
        REQUIRE(made.read_on());
        return made;
    }
};

}  // namespace

TEST_CASE("who is erased by the number of a case: it stops, says so, and everything else is whole") {
    ForgettingTown town;
    const auto number = town.accept({wanted("card", keyed, {StepKey{"letter"}}), wanted("letter", inbox)});
    const auto other = town.accept({wanted("card", keyed)});
    town.run();
    town.take();
    CHECK(town.erase_of(number, town.world.disk) == 1);
    CHECK(town.erase_of(number, town.world.disk) == 0);
    CHECK_FALSE(has_key(town.world, number));
    CHECK(has_key(town.world, other));
    CHECK(town.find(number).erased);
    CHECK_FALSE(town.find(other).erased);
    CHECK(state_of(town.find(number)) == cases::CaseState::not_concluded);
    CHECK(town.ledger.has(mark_of(stage_key(), town.person(number))));
    town.hear();
    CHECK(town.server->cases->open() == 0);
    town.take();
    const auto report = town.checked();
    CHECK_MESSAGE(report.is_sound(), told(report));
    const auto read = read_receipt(*receipt_of(town.world.disk, town.log, number), town.log.verifier());
    REQUIRE(read);
    CHECK(read->events.size() == town.events(number).size());
}

TEST_CASE("a server that writes at the same moment neither loses its word nor stops the erasing") {
    ForgettingTown town;
    town.entities.at(keyed)->concludes_at_once = false;
    const auto number = town.accept({wanted("card", keyed), wanted("letter", inbox)});
    town.run();
    int writes = 0;
    Busy busy{town.world.disk, [&] {
                  if (++writes > 3) return;
                  const auto& clerk = writes % 2 == 1 ? town.rita : town.joao;
                  const cases::StepName letter{number, StepKey{"letter"}};
                  if (writes > 1)
                      town.good(town.server->cases->release(letter, writes == 2 ? town.rita : town.joao, ""));
                  town.good(town.server->cases->claim(letter, clerk, ""));
              }};
    CHECK(town.erase_of(number, busy) == 1);
    CHECK(writes == 4);
    CHECK(town.find(number).erased);
    CHECK_FALSE(has_key(town.world, number));
    town.take();
    CHECK(town.checked().is_sound());
}

TEST_CASE("there is nobody behind a number that no case bears") {
    CaseTown town;
    CHECK(person_of(town.world.disk, {2026, 77}).error().code == Errc::not_found);
    CHECK(cases_of(town.world.disk, {"ana"})->empty());
}

TEST_CASE("who handed in a case is kept while it is open, and for so long after its last event") {
    ForgettingTown town;
    const auto closed = town.accept({wanted("card", keyed)});
    const auto open = town.accept({wanted("letter", inbox)});
    town.run();
    const auto last = town.find(closed).last;
    CHECK(town.retention().due(last + year - 1ms)->persons.empty());
    auto retention = town.retention();
    const auto due = *retention.due(last + year);
    CHECK(due.persons == std::vector{town.person(closed)});
    CHECK(due.cases == CasesOf{{town.person(closed), stream_of(closed)}});
    CHECK(retention.due(last + 40 * year)->persons == std::vector{town.person(closed)});

    // Named on a day as well: whatever ends later counts.
    const auto name_on = [&](const std::string& day, const CaseNumber& number) {
        journal::Commit commit;
        journal::append(commit, "diary/" + day, {},
                        {"noted", R"({"person": ")" + town.person(number) + R"("})"}, town.now());
        REQUIRE(journal::write_and_wait(town.world.disk, std::move(commit)) == journal::Outcome::written);
    };
    name_on("2026-11-23", open);
    REQUIRE(retention.read_on());
    CHECK(retention.due(last + 40 * year)->persons == std::vector{town.person(closed)});
    town.good(town.server->cases->cancel(open, {}, ""));
    name_on("2040-01-01", open);
    REQUIRE(retention.read_on());
    CHECK(retention.due(town.now() + 2 * year)->persons == std::vector{town.person(closed)});
    CHECK(retention.due(town.now() + 40 * year)->persons.size() == 2);
    CHECK(retention.due(town.now() + 40 * year)->cases.size() == 2);

    town.world.pass(year + 1h);
    CHECK(*erase(town.world.disk, stage_key(), town.ledger,
                 {due.persons, Why::retention_over, town.now(), due.cases}) == 1);
    retention.forget(due);
    CHECK(retention.due(town.now())->persons.empty());
    CHECK(town.find(closed).erased == town.now());
    // Nor does a restart find them again.
    CHECK(town.retention().due(town.now())->persons.empty());
    town.take();
    CHECK(town.checked().is_sound());
}

TEST_CASE("without a period for cases nobody who handed one in is ever due") {
    ForgettingTown town;
    town.accept({wanted("card", keyed)});
    town.run();
    Retention retention{town.world.disk, {{"site", 24h}}, [](Date date) { return Instant{date} + 24h; }};
    REQUIRE(retention.read_on());
    CHECK(retention.due(town.now() + 100 * year)->persons.empty());
}

TEST_CASE("whatever happened to cases, those are due that are over, old enough and not erased") {
    std::size_t kept_open = 0;
    std::size_t all_due = 0;
    for (std::uint64_t seed = 1; seed <= 15; ++seed) {
        CAPTURE(seed);
        const RandomTown town{seed};
        std::vector<cases::Case> all;
        for (const auto& number : town.numbers)
            all.push_back(town.find(number));
        Retention retention{town.world.disk, {{"case", year}}, [](Date date) { return Instant{date}; }};
        REQUIRE(retention.read_on(17));
        for (const auto& one : all)
            for (const auto at : {one.last + year - 1ms, one.last + year}) {
                CasesOf expected;
                for (const auto& whole : all) {
                    const bool is_settled = std::ranges::all_of(
                        whole.incidents, [](const auto& incident) { return incident.settled.has_value(); });
                    const bool is_open = std::ranges::any_of(whole.steps, cases::is_open) || !is_settled;
                    kept_open += is_open ? 1 : 0;
                    if (!is_open && !whole.erased && at >= whole.last + year)
                        expected.emplace(whole.person.text(), stream_of(whole.number));
                }
                const auto due = retention.due(at);
                REQUIRE(due);
                CHECK(due->cases == expected);
                CHECK(due->persons.size() == expected.size());
                all_due += expected.size();
            }
    }
    CHECK(kept_open > 0);
    CHECK(all_due > 0);
}

TEST_CASE("a backup from before the erasing brings nobody of a case back, and what was open then stops") {
    ForgettingTown town;
    const auto open = town.accept({wanted("card", keyed, {StepKey{"letter"}}), wanted("letter", inbox)});
    const auto closed = town.accept({wanted("licence", looked)});
    const auto kept = town.accept({wanted("pension", keyed)});
    town.run();
    town.take();
    const auto file = town.folder.file("monday");
    REQUIRE(write_backup(town.world.disk, stage_key(), town.ledger, file, town.now()));
    const auto before = *receipt_of(town.world.disk, town.log, closed);
    for (const auto& number : {open, closed})
        CHECK(town.erase_of(number, town.world.disk) == 1);

    CaseTown other;
    const auto restored = restore_backup(other.world.disk, stage_key(), town.ledger, file);
    REQUIRE_MESSAGE(restored, (restored ? "" : restored.error().what));
    CHECK(restored->erased.size() == 2);
    REQUIRE(record_restore(other.world.disk, *restored, town.now()));
    for (const auto& number : {open, closed}) {
        CHECK_FALSE(has_key(other.world, number));
        CHECK(other.find(number).erased);
    }
    CHECK(has_key(other.world, kept));
    CHECK_FALSE(other.find(kept).erased);
    CHECK(state_of(other.find(open)) == cases::CaseState::not_concluded);
    CHECK(state_of(other.find(closed)) == cases::CaseState::concluded);
    other.restart();
    other.run_for(hours{100});
    for (const auto& [key, entity] : other.entities)
        CHECK(entity->sends == 0);
    CHECK(other.server->cases->open() == 0);
    other.take();
    const auto report = other.checked();
    CHECK_MESSAGE(report.is_sound(), told(report));
    // The receipt of before is one of the restored log, which goes on from there.
    const auto read = read_receipt(before, other.log.verifier());
    REQUIRE(read);
    const auto after = read_receipt(*receipt_of(other.world.disk, other.log, closed), other.log.verifier());
    REQUIRE(after);
    REQUIRE(after->events.size() == read->events.size() + 1);
    CHECK(std::equal(read->events.begin(), read->events.end(), after->events.begin()));
}

TEST_CASE("a restore that ended before it could say so leaves a case that says so by itself") {
    ForgettingTown town;
    const auto number = town.accept({wanted("card", keyed)});
    const auto file = town.folder.file("monday");
    REQUIRE(write_backup(town.world.disk, stage_key(), town.ledger, file, town.now()));
    CHECK(town.erase_of(number, town.world.disk) == 1);
    CaseTown other;
    REQUIRE(restore_backup(other.world.disk, stage_key(), town.ledger, file));
    CHECK_FALSE(other.find(number).erased);
    other.restart();
    other.run_for(hours{100});
    CHECK(other.find(number).erased);
    CHECK(other.entities.at(keyed)->sends == 0);
    CHECK_FALSE(other.server->carrier->next());
    other.take();
    CHECK(other.checked().is_sound());
}
