// The life events of the city that ships, walked through on every path that a person can take.
#include <algorithm>
#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "model/read.hpp"
#include "rules/life_plan.hpp"

using namespace balcao;
using namespace balcao::rules;
using model::FactKind;

namespace {

constexpr std::size_t questions_most = 7;
const PlanDay day{*parse_date("2026-11-23"), "PT"};

const model::Model& lisbon() {
    static const model::Model city = [] {
        const auto read = model::read_model("models/lisbon", model::DiskFiles{}, {});
        REQUIRE(read.value.has_value());
        return *read.value;
    }();
    return city;
}

// A number on each side of every border that a condition of the model draws.
std::vector<Answer> numbers_for(const model::FactKey& fact) {
    std::set<int> numbers{0};
    const auto add = [&](const model::When& when) {
        for (const auto& condition : when)
            if (condition.fact == fact)
                for (const auto border : {condition.least, condition.most})
                    if (border)
                        for (const int value : {*border - 1, *border, *border + 1})
                            numbers.insert(std::max(value, 0));
    };
    for (const auto& event : lisbon().life_events)
        for (const auto& step : event.steps)
            add(step.when);
    for (const auto& service : lisbon().services) {
        for (const auto& line : service.terms)
            add(line.when);
        for (const auto& line : service.refused)
            add(line.when);
        for (const auto& document : service.documents)
            add(document.when);
    }
    std::vector<Answer> answers;
    for (const int value : numbers)
        answers.push_back({.number = value});
    return answers;
}

std::vector<Answer> answers_for(const model::Fact& fact) {
    std::vector<Answer> answers;
    const std::size_t count = fact.answers.size();
    switch (fact.kind) {
        case FactKind::yes_no:
            return {{.chosen = {model::AnswerKey{"yes"}}}, {.chosen = {model::AnswerKey{"no"}}}};
        case FactKind::one_of:
            for (const auto& answer : fact.answers)
                answers.push_back({.chosen = {answer.key}});
            return answers;
        case FactKind::any_of:
            for (std::size_t set = 1; set < (std::size_t{1} << count); ++set) {
                Answer answer;
                for (std::size_t place = 0; place < count; ++place)
                    if ((set >> place & 1U) != 0) answer.chosen.push_back(fact.answers[place].key);
                answers.push_back(std::move(answer));
            }
            return answers;
        case FactKind::number:
            return numbers_for(fact.key);
        case FactKind::date:
            return {{.date = day.today}, {.date = day.today - std::chrono::days{400}}};
    }
    return answers;
}

using Visit = std::function<void(const LifePlan& plan, std::size_t questions)>;

// Every conversation that can be had, step by step.
void walk(const model::LifeEvent& event, const Answers& said, const Visit& visit) {
    const auto plan = plan_of(lisbon(), event, said, day);
    visit(plan, said.size());
    if (plan.to_ask.empty()) return;
    REQUIRE(said.size() < 20);
    const auto& fact = *lisbon().find(plan.to_ask.front());
    for (const auto& answer : answers_for(fact)) {
        REQUIRE(fits(fact, answer));
        Answers more = said;
        more.emplace(fact.key, answer);
        walk(event, more, visit);
    }
}

}  // namespace

TEST_CASE(
    "LE-14 seven questions at most lead from what happened to services with their reasons, on every path") {
    REQUIRE(!lisbon().life_events.empty());
    for (const auto& event : lisbon().life_events) {
        INFO(event.key.text());
        std::size_t paths = 0;
        std::size_t longest = 0;
        std::size_t without_a_service = 0;
        walk(event, {}, [&](const LifePlan& plan, std::size_t questions) {
            if (!plan.to_ask.empty()) return;
            ++paths;
            longest = std::max(longest, questions);
            if (plan.services.empty()) ++without_a_service;
            for (const auto& planned : plan.services)
                CHECK((!planned.because.empty() || event.find(planned.service)->when.empty()));
        });
        CHECK(longest <= questions_most);
        CHECK(without_a_service < paths);
        MESSAGE(event.key.text() << ": " << paths << " paths, " << longest << " questions at most, "
                                 << without_a_service << " without a service");
    }
}

TEST_CASE(
    "LE-10 who moves house with a Citizen Card tells it once: who learns of it from there is not asked") {
    const auto& event = *lisbon().find(model::LifeEventKey{"mudar-de-casa"});
    const auto one = [](const char* answer) { return Answer{.chosen = {model::AnswerKey{answer}}}; };
    Answers answers;
    answers[model::FactKey{"has-citizen-card"}] = one("yes");
    answers[model::FactKey{"moves-with"}] = one("car");
    answers[model::FactKey{"new-contracts"}] = one("new");
    answers[model::FactKey{"energy"}] = one("edp");
    answers[model::FactKey{"telecom"}] = one("meo");
    answers[model::FactKey{"moving-day"}] = Answer{.date = parse_date("2026-11-20")};
    const auto plan = plan_of(lisbon(), event, answers, day);
    CHECK(plan.to_ask.empty());
    std::vector<std::string> asked;
    for (const auto& planned : plan.services)
        asked.push_back(planned.service.text());
    CHECK(asked == std::vector<std::string>{"irn-cc-morada", "irn-cc-morada-confirmar", "irn-dua-morada",
                                            "emel-distico-1", "epal-contrato", "edp-contrato", "meo-morada"});
    std::vector<std::string> told;
    for (const auto& entity : event.find(model::ServiceKey{"irn-cc-morada-confirmar"})->informs)
        told.push_back(entity.text());
    CHECK(told == std::vector<std::string>{"at", "iss", "sns", "sgmai", "imt"});
    // Sixty days, from the day of the move.
    CHECK(plan.services.at(0).by == parse_date("2027-01-19"));
    CHECK(plan.services.at(2).by == parse_date("2027-01-19"));
    // Nobody who learns of it by itself is asked for the same: only who has no such card goes to each.
    for (const auto& planned : plan.services) {
        const auto entity = lisbon().find(planned.service)->entity;
        REQUIRE(entity.has_value());
        CHECK(std::ranges::count(told, entity->text()) == 0);
    }
    answers[model::FactKey{"has-citizen-card"}] = one("no");
    const auto without = plan_of(lisbon(), event, answers, day);
    for (const char* key : {"at-morada-fiscal", "sns-utente"})
        CHECK(std::ranges::count(without.services, model::ServiceKey{key}, &PlannedService::service) == 1);
}

TEST_CASE("every service of a life event is on some path") {
    for (const auto& event : lisbon().life_events) {
        std::set<model::ServiceKey> seen;
        walk(event, {}, [&](const LifePlan& plan, std::size_t) {
            for (const auto& planned : plan.services)
                seen.insert(planned.service);
        });
        for (const auto& step : event.steps) {
            INFO(event.key.text() << " " << step.service.text());
            CHECK(seen.contains(step.service));
        }
    }
}
