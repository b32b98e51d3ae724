// Whole cases at entities over a real line that loses answers: each is done once, and nobody is told
// otherwise.
#include <thread>

#include <doctest/doctest.h>

#include "connect/entity_report.hpp"
#include "http/server.hpp"
#include "town.hpp"

using namespace balcao;
using namespace balcao::entities;
using namespace std::chrono_literals;

namespace {

void everything_was_done_once(Town& town, const std::vector<cases::CaseNumber>& numbers) {
    std::map<std::string, std::size_t> there;
    for (const auto& line : town.entities().ledger()) {
        CHECK_MESSAGE(line.times == 1, stand_in::name_of(line.kind), " did ", line.effect.key, " ",
                      line.times, " times");
        there[line.effect.key] = line.times;
    }
    CHECK(there.size() == numbers.size() * all_entities.size());
    for (const auto& number : numbers)
        for (const auto whole = town.find(number); const auto& step : whole.steps)
            CHECK_MESSAGE(there.contains(step.effect), step.asked.step.text(), " was lost");
}

}  // namespace

TEST_CASE("however many answers are lost and servers fall, each entity does each thing once") {
    Town town{{.loses_answers = 0.3, .is_busy = 0.2, .gives_up = 80ms, .seed = 3}};
    std::vector<cases::CaseNumber> numbers;
    for (int count = 0; count < 25; ++count)
        numbers.push_back(town.hand_in());
    for (int hour = 0; hour < 6; ++hour) {
        town.run_for(1h);
        town.restart();
        town.settle_incidents();
    }
    town.run_for(24h);
    everything_was_done_once(town, numbers);
    std::size_t incidents = 0;
    for (const auto& number : numbers) {
        const cases::Case whole = town.find(number);
        CHECK(cases::state_of(whole) == cases::CaseState::concluded);
        incidents += whole.incidents.size();
    }
    // Of the entity that knows no keys and cannot be asked; some answers of it were lost.
    CHECK(incidents > 0);
}

TEST_CASE("a case that is withdrawn is taken back everywhere, once, over a line that loses answers") {
    Town town{{.loses_answers = 0.3, .gives_up = 80ms, .seed = 4, .concludes_after = std::nullopt}};
    const auto number = town.hand_in(Town::Order::all_at_once);
    town.run_for(1h);
    town.settle_incidents();
    CHECK(std::holds_alternative<cases::CaseState>(town.cases().cancel(number, {}, "withdraw")));
    town.run_for(12h);
    std::size_t undone = 0;
    for (const auto& line : town.entities().ledger()) {
        CHECK(line.times == 1);
        if (line.effect.errand == stand_in::Errand::undo) ++undone;
    }
    CHECK(undone == 3);  // the fourth takes nothing back: a person does
    const auto whole = town.find(number);
    CHECK(std::holds_alternative<cases::Undone>(whole.steps[0].state));
    CHECK(std::holds_alternative<cases::WithPerson>(whole.steps[3].state));
}

TEST_CASE("while one entity is silent for an hour the others go on, and then it gets all that waited, once") {
    Town town{{.gives_up = 80ms}};
    std::vector<cases::CaseNumber> numbers;
    town.entities().fail(Kind::club, 1h, stand_in::Failing::busy);
    for (int count = 0; count < 5; ++count)
        numbers.push_back(town.hand_in());
    town.run_for(10min);
    for (const auto& number : numbers) {
        const cases::Case whole = town.find(number);
        CHECK(cases::state_of(whole) == cases::CaseState::under_way);
        CHECK(std::holds_alternative<cases::Concluded>(whole.steps[0].state));
        CHECK(std::holds_alternative<cases::Concluded>(whole.steps[1].state));
        CHECK(std::holds_alternative<cases::Concluded>(whole.steps[3].state));
    }
    town.entities().fail(Kind::club, 0ms, stand_in::Failing::busy);
    town.run_for(2h);
    everything_was_done_once(town, numbers);
    for (const auto& number : numbers)
        CHECK(cases::state_of(town.find(number)) == cases::CaseState::concluded);
}

TEST_CASE("the daily comparison finds nothing where all went well, and what somebody changed over there") {
    Town town{{.gives_up = 2s}};
    std::vector<cases::SentHere> sent;
    std::vector<cases::CaseNumber> numbers;
    for (int count = 0; count < 5; ++count)
        numbers.push_back(town.hand_in());
    town.run_for(1h);
    const auto& registry = all_entities[0].first;
    for (const auto& number : numbers)
        for (auto& one : cases::sent_to(registry, town.find(number), Instant{}))
            sent.push_back(std::move(one));
    CHECK(sent.size() == 5);
    auto held = town.line_to(registry).list(Instant{});
    REQUIRE(held.has_value());
    CHECK(cases::differences_of(sent, *held).empty());
    held->pop_back();
    held->front().state = cases::HeldState::denied;
    CHECK(cases::differences_of(sent, *held).size() == 2);
}

TEST_CASE("what an entity concludes later is told by a signed report, and the case follows") {
    // A route that takes reports, as the API has one.
    std::function<int(const http::Request&)> take;
    std::mutex mutex;
    http::Router router;
    router.add(http::Method::post, "/api/v1/entities/{entity}/reports",
               [&](const http::Request& request, http::Reply reply) {
                   const std::lock_guard lock{mutex};
                   reply.send(http::Response::text("", take ? take(request) : 503));
               });
    auto city = http::Server::start({}, std::move(router));
    REQUIRE(city.has_value());
    Town town{{.gives_up = 2s,
               .concludes_after = 50ms,
               .token = "T",
               .callback = "http://127.0.0.1:" + std::to_string((*city)->port())}};
    std::set<std::string> seen;
    {
        const std::lock_guard lock{mutex};
        take = [&](const http::Request& request) {
            const model::EntityKey entity{std::string{request.parameters.text("entity")}};
            SystemClock clock;
            const auto read = connect::read_report({entity, request.body, request.header("balcao-signature")},
                                                   {"T"}, clock.now());
            const auto* report = std::get_if<connect::EntityReport>(&read);
            if (report == nullptr) return 401;
            if (!connect::is_of_entity(*report, entity, town.find(report->step.number))) return 404;
            seen.insert(report->key);
            const auto answer = town.cases().report(report->step, report->report, report->key);
            return std::holds_alternative<cases::CaseState>(answer) ? 204 : 409;
        };
    }
    const auto number = town.hand_in();
    for (int tries = 0; tries < 400 && cases::state_of(town.find(number)) != cases::CaseState::concluded;
         ++tries) {
        {
            const std::lock_guard lock{mutex};
            town.run_for(1s);
        }
        std::this_thread::sleep_for(10ms);
    }
    CHECK(cases::state_of(town.find(number)) == cases::CaseState::concluded);
    CHECK(seen.size() == 4);
    const std::lock_guard lock{mutex};
    take = nullptr;
}
