#include "front/life_event.hpp"

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::front;
using model::FactKey;
using model::FactKind;

namespace {

model::Fact fact(const char* key, FactKind kind) {
    model::Fact fact{.key = FactKey{key}, .ask = {}, .help = {}, .kind = kind, .answers = {}};
    if (kind == FactKind::any_of || kind == FactKind::one_of)
        for (const char* answer : {"card", "licence"})
            fact.answers.push_back({model::AnswerKey{answer}, {}});
    return fact;
}

const text::Words english{text::Language::en};

}  // namespace

TEST_CASE("what came with a form is an answer only where the fact can have it") {
    const auto lost = fact("lost", FactKind::any_of);
    const auto age = fact("age", FactKind::number);
    const auto day = fact("day", FactKind::date);
    const auto resident = fact("resident", FactKind::yes_no);
    CHECK(answer_in({{"fact.lost", "card"}, {"fact.lost", "licence"}}, lost)->chosen.size() == 2);
    CHECK_FALSE(answer_in({{"fact.lost", "card"}, {"fact.lost", "card"}}, lost));
    CHECK_FALSE(answer_in({{"fact.lost", "shoe"}}, lost));
    CHECK_FALSE(answer_in({{"lost", "card"}}, lost));
    CHECK(answer_in({{"fact.age", "34"}}, age)->number == 34);
    for (const char* wrong : {"", "-1", "34.5", "34 years", "100001", "99999999999"})
        CHECK_FALSE(answer_in({{"fact.age", wrong}}, age));
    CHECK(answer_in({{"fact.day", "2026-02-28"}}, day)->date == parse_date("2026-02-28"));
    CHECK_FALSE(answer_in({{"fact.day", "2026-02-30"}}, day));
    CHECK(answer_in({{"fact.resident", "no"}}, resident));
    CHECK_FALSE(answer_in({{"fact.resident", "perhaps"}}, resident));
    CHECK_FALSE(answer_in({{"fact.resident", "no"}, {"fact.resident", "yes"}}, resident));
}

TEST_CASE("answers become fields of the next form and are read back the same") {
    model::Model city;
    city.facts = {fact("lost", FactKind::any_of), fact("age", FactKind::number), fact("day", FactKind::date)};
    const http::Fields sent{{"fact.lost", "card"},
                            {"fact.lost", "licence"},
                            {"fact.age", "7"},
                            {"fact.day", "2026-11-23"},
                            {"fact.unknown", "yes"}};
    const auto answers = answers_in(sent, city);
    CHECK(answers.size() == 3);
    const auto again =
        fields_of(answers, {FactKey{"day"}, FactKey{"lost"}, FactKey{"age"}, FactKey{"other"}});
    CHECK(answers_in(again, city) == answers);
    CHECK(fields_of(answers, {}).empty());
}

TEST_CASE("money, terms and answers are said as people say them") {
    CHECK(money_text(Money{1620}, english) == "16.20 €");
    CHECK(money_text(Money{1620}, text::Words{text::Language::pt}) == "16,20 €");
    CHECK(money_text(Money{0}, english) == "no charge");
    CHECK(money_text(Money{500, "USD"}, english) == "5.00 USD");
    CHECK(term_text({0, false}, english) == "the same day");
    CHECK(term_text({1, true}, english) == "one working day");
    CHECK(term_text({10, false}, english) == "10 days");
    CHECK(answer_text(fact("resident", FactKind::yes_no), {.chosen = {model::AnswerKey{"yes"}}},
                      text::Words{text::Language::pt}) == "Sim");
    CHECK(answer_text(fact("age", FactKind::number), {.number = 12}, english) == "12");
}

TEST_CASE("a plan counts working days by the holidays that the city's sites keep") {
    model::Model city;
    city.sites.resize(2);
    CHECK(plan_day(city, Date{}).country.empty());
    city.sites[1].open.holidays = "PT";
    CHECK(plan_day(city, Date{}).country == "PT");
}
