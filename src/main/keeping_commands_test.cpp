// The commands of a journal's keeper, where they are asked about a case.
#include <cstdio>
#include <functional>
#include <unistd.h>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "cases/stage_test.hpp"
#include "keeping/receipt.hpp"
#include "main/commands.hpp"
#include "main/kept_journal.hpp"
#include "text/file.hpp"

using namespace balcao;
using namespace balcao::cli;
namespace stage = balcao::cases::stage;

namespace {

// What a command prints, and how it ends.
struct Ran {
    int status = 0;
    std::string text;

    [[nodiscard]] bool says(const std::string& words) const { return text.find(words) != std::string::npos; }
};

Ran ran(const std::function<int()>& command) {
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    Ran found;
    int saved[2]{};
    for (const int stream : {1, 2}) {
        std::fflush(stream == 1 ? stdout : stderr);
        saved[stream - 1] = dup(stream);
        dup2(fileno(file), stream);
    }
    found.status = command();
    for (const int stream : {1, 2}) {
        std::fflush(stream == 1 ? stdout : stderr);
        dup2(saved[stream - 1], stream);
        close(saved[stream - 1]);
    }
    std::rewind(file);
    for (int letter = std::fgetc(file); letter != EOF; letter = std::fgetc(file))
        found.text += static_cast<char>(letter);
    std::fclose(file);
    return found;
}

// A folder with a journal in which a card was sent and a letter lies in an inbox.
struct Folder {
    Folder() {
        auto made = open_installation(where.data, {}, {});
        REQUIRE(made);
        stage::World world{1};
        const stage::SkewedClock clock{world.time};
        const stage::SetStopwatch stopwatch{world.time};
        const auto settings = stage::agreed("a");
        stage::Entity registry{world, cases::ConnectorKind::idempotent_key, {}};
        const cases::Connectors connectors{{stage::keyed, registry}};
        cases::Cases cases{*made->journal.store, clock, stopwatch, made->key, settings};
        const auto answer = cases.accept(
            stage::submission({stage::wanted("card", stage::keyed), stage::wanted("letter", stage::inbox)}),
            "key");
        REQUIRE(std::holds_alternative<cases::Receipt>(answer));
        number = std::get<cases::Receipt>(answer).number;
        const auto carrier = cases.carry(connectors);
        while (carrier->work()) {
        }
        REQUIRE(KeptJournal::of(*std::move(made))->take_new_leaves());
    }

    [[nodiscard]] cases::Case now() const {
        const auto kept = KeptJournal::open(where);
        REQUIRE(kept);
        return *cases::fold(number, *kept->installation().journal.store->read(stream_of(number), 0));
    }

    TemporaryFolder folder{};
    Where where{folder.file("data").string(), {}, {}};
    cases::CaseNumber number;
};

}  // namespace

TEST_CASE("a case's receipt is got by its number, and checked without the journal") {
    const Folder town;
    const std::string file = town.folder.file("receipt.json").string();
    const auto made = ran([&] { return receipt({town.where, "2026-000001", file}); });
    CHECK_MESSAGE(made.status == done, made.text);
    std::filesystem::remove_all(town.where.data);
    Verify check;
    check.receipt = file;
    const auto checked = ran([&] { return verify(check); });
    CHECK(checked.status == done);
    CHECK(checked.says("This receipt holds. In the record of case/2026-000001 stand, unchanged:"));
    CHECK(checked.says(" case-opened {"));
    CHECK(checked.says(" task-made {"));
    CHECK_FALSE(checked.says("Ana Silva"));
    const auto unknown = ran([&] { return receipt({town.where, "the case of yesterday", "-"}); });
    CHECK(unknown.status == wrong_usage);
    CHECK(unknown.says("is no ticket and no case"));
}

TEST_CASE("by the number of a case its person is erased; it says what becomes of it") {
    const Folder town;
    const auto whole = ran([&] { return verify({town.where, {}, {}, {}, {}}); });
    CHECK(whole.status == done);
    CHECK(whole.says("2 case streams read event by event"));
    const auto nobody = ran([&] { return erase({town.where, "2026-000077"}); });
    CHECK(nobody.status == wrong_input);
    CHECK(nobody.says("There is no case 2026-000077 in this journal."));
    const auto erased = ran([&] { return erase({town.where, "case/2026-000001"}); });
    CHECK_MESSAGE(erased.status == done, erased.text);
    CHECK(erased.says("The key of case 2026-000001 is destroyed"));
    CHECK(erased.says("Case 2026-000001 is over."));
    CHECK(erased.says("Nothing is wrong."));
    CHECK(town.now().erased);
    CHECK(state_of(town.now()) == cases::CaseState::concluded_in_part);
    const auto again = ran([&] { return erase({town.where, "2026-000001"}); });
    CHECK(again.status == done);
    CHECK(again.says("the person was erased before"));
}

TEST_CASE("who is named by their key alone is erased with their case, too") {
    const Folder town;
    const auto person = town.now().person.text();
    const auto erased = ran([&] { return erase({town.where, person}); });
    CHECK_MESSAGE(erased.status == done, erased.text);
    CHECK(town.now().erased);
}
