// What a life event means for somebody: the rules of the lost wallet, and for any rules at all that every
// question decides something and no question is missing.
#include "rules/life_plan.hpp"

#include <algorithm>
#include <functional>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::rules;
using model::AnswerKey;
using model::Condition;
using model::EventStep;
using model::FactKey;
using model::ServiceKey;
using model::Term;

namespace {

Date day_of(const char* text) { return *parse_date(text); }

Answer chosen(const std::vector<std::string>& names) {
    Answer answer;
    for (const auto& name : names)
        answer.chosen.emplace_back(name);
    return answer;
}

Answer number(int value) { return {.number = value}; }

model::When when(const char* fact, const std::vector<std::string>& names) {
    return {Condition{FactKey{fact}, chosen(names).chosen, {}, {}}};
}

model::Service service(const char* key, std::int64_t cents, std::optional<Term> takes) {
    model::Service made;
    made.key = ServiceKey{key};
    made.fee.all = Money{cents};
    made.takes = takes;
    return made;
}

// What the desk for lost wallets does, as its pages say it: two documents at least, the card cancelled first
// and within ten days, the licence never together with a change of the name on it.
model::Model wallet() {
    model::Model city;
    model::Fact lost{FactKey{"lost"}, {}, {}, model::FactKind::any_of, {}};
    for (const char* answer : {"card", "licence", "vehicle"})
        lost.answers.push_back({AnswerKey{answer}, {}});
    city.facts = {lost,
                  {FactKey{"speed"},
                   {},
                   {},
                   model::FactKind::one_of,
                   {{AnswerKey{"normal"}, {}}, {AnswerKey{"urgent"}, {}}}},
                  {FactKey{"rename"}, {}, {}, model::FactKind::yes_no, {}},
                  {FactKey{"day"}, {}, {}, model::FactKind::date, {}}};
    city.services = {service("cancel", 0, Term{}), service("card", 1800, Term{8, true}),
                     service("licence", 3000, Term{10, false}), service("rename", 3000, Term{10, false}),
                     service("vehicle", 3000, std::nullopt)};
    city.services[1].terms = {
        {when("speed", {"urgent"}), model::PerChannel<Money>{Money{3300}, {}}, Term{3, true}}};
    model::LifeEvent event;
    event.key = model::LifeEventKey{"wallet"};
    event.begins = FactKey{"day"};
    event.at_least = model::AtLeast{FactKey{"lost"}, 2};
    const auto step = [&](const char* key, model::When for_whom) {
        event.steps.push_back(EventStep{.service = ServiceKey{key}, .when = std::move(for_whom)});
    };
    step("card", when("lost", {"card"}));
    step("cancel", when("lost", {"card"}));
    step("licence", when("lost", {"licence"}));
    step("rename", when("rename", {"yes"}));
    step("vehicle", when("lost", {"vehicle"}));
    event.steps[0].after = {ServiceKey{"cancel"}};
    event.steps[1].within = Term{10, false};
    event.steps[2].not_with = {ServiceKey{"rename"}};
    city.life_events = {event};
    return city;
}

LifePlan plan_of_wallet(const Answers& answers) {
    static const model::Model city = wallet();
    return plan_of(city, city.life_events.front(), answers, {day_of("2026-11-23"), "PT"});
}

std::string order_of(const LifePlan& plan) {
    std::string order;
    for (const auto& one : plan.services)
        order += (order.empty() ? "" : " ") + one.service.text();
    return order;
}

std::string to_ask(const LifePlan& plan) {
    std::string facts;
    for (const auto& fact : plan.to_ask)
        facts += (facts.empty() ? "" : " ") + fact.text();
    return facts;
}

}  // namespace

TEST_CASE("a lost wallet is asked about step by step, and only where the answer decides") {
    CHECK(to_ask(plan_of_wallet({})) == "lost rename");
    Answers answers{{FactKey{"lost"}, chosen({"licence", "vehicle"})}};
    CHECK(to_ask(plan_of_wallet(answers)) == "rename");  // no card: neither how urgent nor when matters
    answers[FactKey{"lost"}] = chosen({"card", "licence"});
    CHECK(to_ask(plan_of_wallet(answers)) == "speed rename day");
    answers[FactKey{"speed"}] = chosen({"urgent"});
    answers[FactKey{"rename"}] = chosen({"no"});
    answers[FactKey{"day"}] = {.date = day_of("2026-11-20")};
    const auto plan = plan_of_wallet(answers);
    CHECK(plan.to_ask.empty());
    CHECK(order_of(plan) ==
          "cancel card licence");  // the card is cancelled first, whatever comes first in the list
    CHECK(plan.services[0].by == day_of("2026-11-30"));
    CHECK(plan.services[1].waits_for == std::vector{Before{ServiceKey{"cancel"}, WaitsFor::order}});
    CHECK(plan.services[1].ends == day_of("2026-11-26"));
    CHECK(plan.services[1].because == std::vector{FactKey{"lost"}});
    CHECK(total_by(plan, model::ChannelKey{"counter"}) == Money{6300});
}

TEST_CASE("of what somebody said only what was asked counts: who takes the card back is asked for no hurry") {
    static const model::Model city = wallet();
    const auto talk = [](const Answers& said) {
        return converse(city, city.life_events.front(), said, {day_of("2026-11-23"), "PT"});
    };
    const Answers all{{FactKey{"lost"}, chosen({"card", "licence"})},
                      {FactKey{"speed"}, chosen({"urgent"})},
                      {FactKey{"rename"}, chosen({"no"})},
                      {FactKey{"day"}, {.date = day_of("2026-11-20")}}};
    const auto whole = talk(all);
    CHECK(whole.plan.to_ask.empty());
    CHECK(whole.asked.size() == 4);
    CHECK(whole.answers == all);
    Answers changed = all;
    changed[FactKey{"lost"}] = chosen({"licence", "vehicle"});
    const auto without = talk(changed);
    CHECK(without.plan.to_ask.empty());
    CHECK_FALSE(without.answers.contains(FactKey{"speed"}));
    CHECK_FALSE(without.answers.contains(FactKey{"day"}));
    CHECK(order_of(without.plan) == "licence vehicle");
    // An answer to a later question waits until that one is asked.
    CHECK(talk({{FactKey{"speed"}, chosen({"urgent"})}}).asked.empty());
}

TEST_CASE("LE-02 one lost document is no bundle") {
    CHECK(plan_of_wallet({{FactKey{"lost"}, chosen({"vehicle"})}}).is_too_few);
    CHECK_FALSE(plan_of_wallet({{FactKey{"lost"}, chosen({"vehicle", "licence"})}}).is_too_few);
    CHECK_FALSE(plan_of_wallet({}).is_too_few);
    CHECK(order_of(plan_of_wallet({{FactKey{"lost"}, chosen({"vehicle"})}})) == "vehicle");
}

TEST_CASE("LE-04 what cannot be had in one sitting comes after the other has ended") {
    const auto plan = plan_of_wallet(
        {{FactKey{"lost"}, chosen({"licence", "vehicle"})}, {FactKey{"rename"}, chosen({"yes"})}});
    REQUIRE(order_of(plan) == "licence rename vehicle");
    CHECK(plan.services[1].waits_for == std::vector{Before{ServiceKey{"licence"}, WaitsFor::apart}});
    CHECK(plan.services[1].begins == plan.services[0].ends);
    CHECK(plan.services[1].ends == day_of("2026-12-13"));
    CHECK(plan.services[2].begins == day_of("2026-11-23"));
    CHECK_FALSE(plan.services[2].ends.has_value());  // nobody says how long it takes
}

TEST_CASE("a document is told once, and only to who needs it") {
    auto city = wallet();
    const auto needs = [&](std::size_t at, const char* document, model::When for_whom) {
        city.services[at].documents.push_back({model::DocumentKey{document}, std::move(for_whom)});
    };
    needs(1, "photo", {});
    needs(2, "proof", when("speed", {"urgent"}));
    needs(2, "photo", {});
    const PlanDay day{day_of("2026-11-23"), "PT"};
    Answers answers{{FactKey{"lost"}, chosen({"card", "licence"})}, {FactKey{"rename"}, chosen({"no"})}};
    answers[FactKey{"speed"}] = chosen({"normal"});
    const auto names = [&] {
        std::string text;
        for (const auto& document : documents_of(plan_of(city, city.life_events.front(), answers, day)))
            text += document.text() + " ";
        return text;
    };
    CHECK(names() == "photo ");
    answers[FactKey{"speed"}] = chosen({"urgent"});
    CHECK(names() == "photo proof ");
}

TEST_CASE("who cannot have a service is told so, asked nothing more about it, and nothing waits for it") {
    auto city = wallet();
    city.services[0].refused = {{when("rename", {"yes"}), {}}};
    city.services[2].refused = {{when("rename", {"yes"}), {}}};
    Answers answers{{FactKey{"lost"}, chosen({"card", "licence"})}, {FactKey{"rename"}, chosen({"yes"})}};
    answers[FactKey{"speed"}] = chosen({"normal"});
    const auto plan = plan_of(city, city.life_events.front(), answers, {day_of("2026-11-23"), "PT"});
    REQUIRE(order_of(plan) == "cancel card licence rename");
    CHECK(plan.services[0].refused == 0);
    CHECK(plan.services[1].waits_for.empty());
    CHECK(plan.services[2].refused == 0);
    CHECK(plan.services[3].waits_for.empty());
    CHECK(plan.to_ask.empty());  // not even the day: only the refused one has a deadline
    CHECK(total_by(plan, model::ChannelKey{"counter"}) == Money{4800});
}

TEST_CASE("there is a total by a channel only where every service says what it costs by it") {
    auto city = wallet();
    const auto total = [&] {
        const Answers answers{{FactKey{"lost"}, chosen({"licence", "vehicle"})}};
        return total_by(plan_of(city, city.life_events.front(), answers, {day_of("2026-11-23"), ""}),
                        model::ChannelKey{"online"});
    };
    CHECK(total() == Money{6000});
    city.services[2].fee = {std::nullopt, {{model::ChannelKey{"online"}, Money{2700}}}};
    CHECK(total() == Money{5700});
    city.services[4].fee = {std::nullopt, {{model::ChannelKey{"counter"}, Money{3000}}}};
    CHECK_FALSE(total().has_value());
    city.services[4].fee = {};  // free everywhere
    CHECK(total() == Money{2700});
    city.services[4].fee.all = Money{3000, "CVE"};
    CHECK_FALSE(total().has_value());
}

TEST_CASE("working days leave out weekends and public holidays") {
    CHECK(end_of(Term{}, day_of("2026-11-21"), "PT") == day_of("2026-11-21"));
    CHECK(end_of(Term{1, true}, day_of("2026-11-20"), "PT") == day_of("2026-11-23"));  // a Friday
    CHECK(end_of(Term{1, true}, day_of("2026-11-30"), "PT") ==
          day_of("2026-12-02"));  // the first of December
    CHECK(end_of(Term{1, true}, day_of("2026-11-30"), "") == day_of("2026-12-01"));
    CHECK(end_of(Term{8, true}, day_of("2026-12-23"), "PT") == day_of("2027-01-06"));
    CHECK(end_of(Term{60, false}, day_of("2026-11-23"), "PT") == day_of("2027-01-22"));
}

TEST_CASE("an answer must be one that the fact can have") {
    const auto city = wallet();
    const auto fits_lost = [&](const Answer& answer) { return fits(city.facts[0], answer); };
    CHECK(fits_lost(chosen({"card", "vehicle"})));
    CHECK_FALSE(fits_lost(chosen({})));
    CHECK_FALSE(fits_lost(chosen({"card", "card"})));
    CHECK_FALSE(fits_lost(chosen({"purse"})));
    CHECK_FALSE(fits_lost(number(3)));
    CHECK_FALSE(fits(city.facts[1], chosen({"normal", "urgent"})));
    CHECK(fits(city.facts[2], chosen({"no"})));
    CHECK_FALSE(fits(city.facts[2], chosen({"maybe"})));
    CHECK(fits(city.facts[3], {.date = day_of("2026-11-20")}));
    CHECK_FALSE(fits(city.facts[3], number(3)));
    CHECK_FALSE(fits({FactKey{"age"}, {}, {}, model::FactKind::number, {}}, number(-1)));
}

namespace {

// Rules at random over four facts, one of each kind but a date; each line of terms has a fee of its own, so
// that it makes a difference which holds, and no condition holds whatever is answered.
class AnyRules {
public:
    model::Model make() {
        model::Model city;
        const std::vector<model::FactAnswer> three{
            {AnswerKey{"a"}, {}}, {AnswerKey{"b"}, {}}, {AnswerKey{"c"}, {}}};
        city.facts = {{FactKey{"truth"}, {}, {}, model::FactKind::yes_no, {}},
                      {FactKey{"one"}, {}, {}, model::FactKind::one_of, three},
                      {FactKey{"any"}, {}, {}, model::FactKind::any_of, three},
                      {FactKey{"count"}, {}, {}, model::FactKind::number, {}}};
        model::LifeEvent event;
        event.key = model::LifeEventKey{"event"};
        const int count = below(1, 5);
        for (int i = 0; i < count; ++i) {
            city.services.push_back(any_service(i));
            EventStep step{.service = city.services.back().key, .when = any_when()};
            for (int earlier = 0; earlier < i; ++earlier) {
                if (below(0, 3) == 0)
                    step.after.push_back(city.services[static_cast<std::size_t>(earlier)].key);
                if (below(0, 3) == 0)
                    step.not_with.push_back(city.services[static_cast<std::size_t>(earlier)].key);
            }
            event.steps.push_back(std::move(step));
        }
        std::ranges::reverse(event.steps);
        if (below(0, 3) == 0) event.at_least = model::AtLeast{FactKey{"any"}, 2};
        city.life_events = {event};
        return city;
    }

    Answers some_answers(const std::vector<Answers>& all) {
        Answers some = *rc::gen::elementOf(all);
        std::erase_if(some, [&](const auto&) { return below(0, 2) == 0; });
        return some;
    }

private:
    static int below(int least, int most) { return *rc::gen::inRange(least, most); }

    static std::vector<std::string> some_letters() {
        const auto first = below(0, 3);
        std::vector<std::string> letters{std::string(1, static_cast<char>('a' + first))};
        if (below(0, 2) == 0) letters.emplace_back(1, static_cast<char>('a' + (first + 1) % 3));
        return letters;
    }

    static model::When any_when() {
        model::When all;
        if (below(0, 3) == 0) all.push_back(when("truth", {below(0, 2) == 0 ? "yes" : "no"}).front());
        if (below(0, 3) == 0) all.push_back(when("one", some_letters()).front());
        if (below(0, 3) == 0) all.push_back(when("any", some_letters()).front());
        if (below(0, 3) == 0) {
            const int least = below(0, 4);
            all.push_back({FactKey{"count"}, {}, least, below(least, least == 0 ? 3 : 4)});
        }
        return all;
    }

    model::Service any_service(int number_of) {
        model::Service made;
        made.key = ServiceKey{"s" + std::to_string(number_of)};
        made.fee.all = Money{next_fee_++};
        made.takes = Term{below(0, 9), below(0, 2) == 0};
        for (int i = 0, count = below(0, 3); i < count; ++i)
            made.terms.push_back({any_when(), model::PerChannel<Money>{Money{next_fee_++}, {}}, {}});
        for (int i = 0, count = below(0, 3); i < count; ++i) {
            auto line = any_when();
            if (!line.empty()) made.refused.push_back({std::move(line), {}});
        }
        for (int i = 0, count = below(0, 3); i < count; ++i)
            made.documents.push_back({model::DocumentKey{"d" + std::to_string(i)}, any_when()});
        return made;
    }

    std::int64_t next_fee_ = 1;
};

std::vector<Answers> all_answers() {
    std::vector<Answers> all;
    const std::vector<std::vector<std::string>> sets{{"a"},      {"b"},      {"c"},          {"a", "b"},
                                                     {"a", "c"}, {"b", "c"}, {"a", "b", "c"}};
    for (const char* truth : {"yes", "no"})
        for (const char* one : {"a", "b", "c"})
            for (const auto& any : sets)
                for (int count = 0; count < 4; ++count)
                    all.push_back({{FactKey{"truth"}, chosen({truth})},
                                   {FactKey{"one"}, chosen({one})},
                                   {FactKey{"any"}, chosen(any)},
                                   {FactKey{"count"}, number(count)}});
    return all;
}

bool agrees(const Answers& whole, const Answers& some) {
    return std::ranges::all_of(some, [&](const auto& one) { return whole.at(one.first) == one.second; });
}

}  // namespace

TEST_CASE("whatever the rules: when nothing is left to ask, no answer changes anything") {
    const auto all = all_answers();
    CHECK(rc::check("no question is missing", [&] {
        AnyRules rules;
        const auto city = rules.make();
        const PlanDay day{day_of("2026-11-23"), "PT"};
        Answers answers = rules.some_answers(all);
        const Answers whole = *rc::gen::elementOf(all);
        for (auto plan = plan_of(city, city.life_events.front(), answers, day); !plan.to_ask.empty();
             plan = plan_of(city, city.life_events.front(), answers, day)) {
            RC_ASSERT(!answers.contains(plan.to_ask.front()));
            answers[plan.to_ask.front()] = whole.at(plan.to_ask.front());
        }
        const auto plan = plan_of(city, city.life_events.front(), answers, day);
        for (const Answers& other : all)
            if (agrees(other, answers))
                RC_ASSERT(plan_of(city, city.life_events.front(), other, day) == plan);
    }));
}

TEST_CASE("whatever the rules: each question that is asked decides something") {
    const auto all = all_answers();
    CHECK(rc::check("no question is idle", [&] {
        AnyRules rules;
        const auto city = rules.make();
        const PlanDay day{day_of("2026-11-23"), "PT"};
        const Answers answers = rules.some_answers(all);
        const auto outcome = [&](const Answers& given) {
            return plan_of(city, city.life_events.front(), given, day);
        };
        for (const FactKey& fact : outcome(answers).to_ask) {
            const bool decides = std::ranges::any_of(all, [&](const Answers& one) {
                return agrees(one, answers) && std::ranges::any_of(all, [&](const Answers& other) {
                           Answers changed = one;
                           changed[fact] = other.at(fact);
                           return !(outcome(changed) == outcome(one));
                       });
            });
            RC_ASSERT(decides);
        }
    }));
}

TEST_CASE(
    "whatever the rules: nothing comes before what it waits for, and nothing that belongs is left out") {
    const auto all = all_answers();
    CHECK(rc::check("order", [&] {
        AnyRules rules;
        const auto city = rules.make();
        const auto& event = city.life_events.front();
        const Answers answers = *rc::gen::elementOf(all);
        const auto plan = plan_of(city, event, answers, {day_of("2026-11-23"), "PT"});
        std::size_t belonging = 0;
        for (const EventStep& step : event.steps)
            if (holds(step.when, answers) == Truth::yes) ++belonging;
        RC_ASSERT(plan.services.size() == belonging);
        for (std::size_t i = 0; i < plan.services.size(); ++i) {
            const EventStep* step = event.find(plan.services[i].service);
            for (std::size_t later = i + 1; later < plan.services.size(); ++later)
                RC_ASSERT(std::ranges::find(step->after, plan.services[later].service) == step->after.end());
            for (const Before& before : plan.services[i].waits_for) {
                const auto earlier =
                    std::ranges::find(plan.services, before.service, &PlannedService::service);
                RC_ASSERT(earlier < plan.services.begin() + static_cast<std::ptrdiff_t>(i));
                RC_ASSERT(plan.services[i].begins >= earlier->begins);
            }
        }
    }));
}

TEST_CASE(
    "FE-02 how soon: what each answer would cost and take stands beside it, before anything is chosen") {
    static const model::Model city = wallet();
    const auto& event = city.life_events.front();
    const PlanDay day{day_of("2026-11-23"), "PT"};
    const auto asked = [&](const Answers& said) { return converse(city, event, said, day); };
    const auto so_far = asked({{FactKey{"lost"}, chosen({"card", "licence"})}});
    const auto outcomes = outcomes_of(city, event, so_far, *city.find(FactKey{"speed"}), day);
    REQUIRE(outcomes.size() >= 2);
    for (const Outcome& outcome : outcomes) {
        Answers answers = so_far.answers;
        answers[FactKey{"speed"}] = {.chosen = {outcome.answer}};
        REQUIRE(outcome.quotes.size() == 1);  // the licence costs and takes the same however soon
        CHECK(outcome.quotes.front().first == model::ServiceKey{"card"});
        CHECK(outcome.quotes.front().second == quote(*city.find(model::ServiceKey{"card"}), answers));
    }
    CHECK_FALSE(outcomes.front().quotes.front().second == outcomes.back().quotes.front().second);
    // What decides something else says nothing of money, nor does a question that is answered by a date.
    CHECK(outcomes_of(city, event, so_far, *city.find(FactKey{"day"}), day).empty());
    CHECK(outcomes_of(city, event, asked({}), *city.find(FactKey{"lost"}), day).empty());
}
