// Sentences about a model, by its keys and by the city's names.
#include "model/sentence.hpp"

#include <doctest/doctest.h>

namespace balcao::model {
namespace {

Named named(const char* key, const char* portuguese) { return {key, LocalText{{{"pt", portuguese}}}}; }

Sentence closed(WeekdaySet days) {
    return {"{site} is closed on {days}: whoever is expected then does not come",
            {{"site", std::vector{named("baixa", "Loja da Baixa")}}, {"days", days}}};
}

WeekdaySet days_of(const char* text) { return *parse_weekdays(text); }

TEST_CASE("who writes the text reads its keys and words, who fills in a form the city's names") {
    const Sentence sentence = closed(days_of("sat"));
    CHECK(sentence.plain() == "baixa is closed on sat: whoever is expected then does not come");
    CHECK(sentence.in("pt") == "Loja da Baixa está encerrado (sábado): quem é esperado nesses dias não vem");
    CHECK(sentence.in("en") == "Loja da Baixa is closed on Saturday: whoever is expected then does not come");
}

TEST_CASE("runs of three days are said by their first and last") {
    CHECK(closed(days_of("mon-fri")).in("en").find("on Monday to Friday:") != std::string::npos);
    CHECK(closed(days_of("mon, tue")).in("en").find("on Monday and Tuesday:") != std::string::npos);
    CHECK(closed(days_of("mon, wed-fri, sun")).in("en").find("on Monday, Wednesday to Friday and Sunday:") !=
          std::string::npos);
    CHECK(closed(WeekdaySet::every_day()).in("es").find("(todos los días)") != std::string::npos);
}

TEST_CASE("several things are joined as the language does") {
    const Sentence sentence{
        "{desks} have no desk when {site} closes on {days}: whoever waits for one then leaves unserved",
        {{"desks", std::vector{named("a", "Atendimento"), named("b", "Tesouraria")}},
         {"site", std::vector{named("baixa", "Loja da Baixa")}},
         {"days", days_of("fri")}}};
    CHECK(sentence.plain() ==
          "a and b have no desk when baixa closes on fri: whoever waits for one then leaves unserved");
    CHECK(sentence.in("pt").find("Atendimento e Tesouraria não têm") == 0);
}

TEST_CASE("a sentence begins with a capital, whatever the pattern begins with") {
    const Sentence sentence{"the break at {time} is at a time when {site} is never open",
                            {{"time", "07:00"}, {"site", std::vector{named("baixa", "Baixa")}}}};
    CHECK(sentence.plain().starts_with("the break at 07:00"));
    CHECK(sentence.in("en").starts_with("The break at 07:00"));
}

TEST_CASE("what only a text can bring about is said in English in every language") {
    const Sentence sentence{"unknown key opne; did you mean open?"};
    CHECK(sentence.in("pt") == sentence.plain());
}

}  // namespace
}  // namespace balcao::model
