// What the keeper of a journal knows of cases: whether their streams can be, and what a receipt of one says.
#include <doctest/doctest.h>

#include "keeping/case_town_test.hpp"
#include "keeping/journal_test.hpp"
#include "text/json.hpp"

using namespace balcao;
using namespace balcao::keeping;
using cases::CaseNumber;
using cases::StepKey;

namespace {

// That receipt without one of its events.
std::string without(const std::string& receipt, std::size_t place) {
    const auto document = text::Json::parse(receipt, "receipt");
    REQUIRE(document);
    const auto root = document->root();
    std::string out;
    text::JsonWriter json{out};
    json.begin_object()
        .member("receipt", 1)
        .member("log", *root["log"].as_text())
        .key("events")
        .begin_array();
    for (std::size_t each = 0; each < root["events"].size(); ++each) {
        if (each == place) continue;
        const auto event = root["events"].at(each);
        json.begin_object()
            .member("entry", *event["entry"].as_text())
            .member("index", *event["index"].as_whole_number())
            .key("proof")
            .begin_array();
        for (std::size_t step = 0; step < event["proof"].size(); ++step)
            json.value(*event["proof"].at(step).as_text());
        json.end().member("checkpoint", *event["checkpoint"].as_text()).end();
    }
    json.end().end();
    return out;
}

}  // namespace

TEST_CASE("cases in order are read event by event, with the runs of their numbers") {
    CaseTown town;
    town.accept({wanted("card", keyed), wanted("letter", inbox)});
    town.accept({wanted("licence", looked)});
    town.run();
    town.take();
    const auto report = town.checked();
    CHECK_MESSAGE(report.is_sound(), told(report));
    CHECK(tells(report, "3 case streams read event by event"));
}

TEST_CASE("what cannot have happened to a case is found with its place, also when every signature holds") {
    CaseTown town;
    const auto number = town.accept({wanted("card", keyed), wanted("letter", inbox)});
    town.run();
    const auto last = town.events(number).size();
    town.write(number, cases::EffectDelivered{StepKey{"card"}, "again", false});
    town.write(number, cases::StepConcluded{StepKey{"letter"}});
    town.take();
    const auto report = town.checked();
    const std::string where = "wrong: stream case/2026-000001: event ";
    CHECK(tells(report, where + std::to_string(last + 1) + ": the step card was delivered twice"));
    CHECK(tells(report, where + std::to_string(last + 2) +
                            ": the step letter was concluded without having been sent"));
    CHECK(tells(report, "this is a mistake of the program"));
    CHECK(report.findings.size() == 2);
}

TEST_CASE("a case whose number nobody took, and one of another year than its number, are found") {
    CaseTown town;
    auto opened = std::get<cases::CaseOpened>(
        *cases::decode_case(town.events(town.accept({wanted("card", keyed)})).front()));
    const CaseNumber other{2027, 4};
    opened.steps[0].effect = cases::key_of({other, StepKey{"card"}, cases::Errand::deliver, 1, 0});
    town.write(other, opened);
    town.take();
    CHECK(
        tells(town.checked(),
              "wrong: case streams together: case/2027-000004: its number is out of no run that was taken"));
    model::Model offer;
    offer.time_zone = "Europe/Lisbon";
    const auto report = town.checked(&offer);
    CHECK(report.findings.size() == 2);
    CHECK(tells(report, "case/2027-000004: event 1: was opened in the year 2026"));
}

TEST_CASE("a case is named by its number, its stream, or the address of its page") {
    const CaseNumber number{2026, 123};
    for (const auto* name : {"2026-000123", "case/2026-000123", "2026-000123.Ab_c",
                             "https://balcao.example/pt/cases/2026-000123.Ab_c", "/pt/cases/2026-000123"})
        CHECK(case_of(name) == number);
    for (const auto* other : {"", "case/", "2026-123", "26-000123", "baixa/2026-11-24/117",
                              "https://balcao.example/pt/tickets/shop.2026-01-05.7.AbC", "2026-11-24"})
        CHECK_FALSE(case_of(other));
    CHECK_FALSE(ticket_of("2026-000123"));
    CHECK_FALSE(ticket_of("case/2026-000123"));
}

TEST_CASE("however cases went, a receipt tells all that happened and nothing that is personal") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        RandomTown town{seed};
        town.take();
        const auto report = town.checked();
        CHECK_MESSAGE(report.is_sound(), told(report));
        for (const auto& number : town.numbers) {
            const auto events = town.events(number);
            const auto receipt = receipt_of(town.world.disk, town.log, number);
            REQUIRE(receipt);
            const auto read = read_receipt(*receipt, town.log.verifier());
            REQUIRE_MESSAGE(read, (read ? "" : read.error().what));
            CHECK(read->stream == stream_of(number));
            REQUIRE(read->events.size() == events.size());
            for (std::size_t place = 0; place < events.size(); ++place)
                CHECK(read->events[place].ends_with(events[place].type + " " + events[place].body));
            for (const auto* personal : {"Ana Silva", "ana@", "example.pt"})
                CHECK(receipt->find(personal) == std::string::npos);
        }
    }
}

TEST_CASE("a receipt of a case that was changed, or leaves something out, does not hold") {
    CaseTown town;
    const auto number = town.accept({wanted("card", keyed)});
    CHECK(receipt_of(town.world.disk, town.log, number).error().code == Errc::conflict);
    CHECK(receipt_of(town.world.disk, town.log, {2026, 999}).error().code == Errc::not_found);
    town.run();
    town.take();
    const auto receipt = *receipt_of(town.world.disk, town.log, number);
    const auto count = town.events(number).size();
    REQUIRE(count > 2);
    CHECK(read_receipt(receipt, town.log.verifier())->events.size() == count);
    for (std::size_t place = 0; place + 1 < count; ++place) {
        const auto less = read_receipt(without(receipt, place), town.log.verifier());
        REQUIRE_FALSE(less);
        CHECK(less.error().what == "Event " + std::to_string(place + 1) + " of the case should come, and " +
                                       std::to_string(place + 2) + " does.");
    }
    auto changed = receipt;
    const auto word = changed.find("registry");
    REQUIRE(word != std::string::npos);
    changed[word] = 'R';
    CHECK_FALSE(read_receipt(changed, town.log.verifier()));
}
