// What a life event asks of whom, as a model says it.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

// A model whose line 10 on says facts, a life event of two services, and what is given.
std::string with_event(const std::string& service, const std::string& steps, const std::string& tail = {}) {
    SmallModel small;
    small.service = "identity: {duration: 6 min}\n  licence: {duration: 6 min, " + service + "}";
    small.site = "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity, licence]}}}";
    small.tail =
        "facts:\n  lost: {ask: What?, kind: any_of, answers: {card: Card, bag: Bag, key: Key}}\n"
        "  age: {ask: Age?, kind: number}\n  day: {ask: When?, kind: date}\n"
        "  resident: {ask: Here?}\nlife_events:\n  wallet:\n    begins: day\n    services:\n      - " +
        steps + "\n" + tail;
    return small.text();
}

std::string mistakes_in_steps(const std::string& steps) {
    return mistakes_in(with_event("fee: 3 EUR", steps));
}

std::string mistakes_in_service(const std::string& service) {
    return mistakes_in(with_event(service, "identity"));
}

TEST_CASE("a life event says what belongs to each service, and prints it back") {
    const auto read = read_text_model(with_event(
        "fee: 3 EUR, takes: 8 working days, terms: [{when: {age: \"< 18\"}, fee: 0 EUR, takes: 1 day}], "
        "refused: [{when: {resident: no}, because: Only here.}], "
        "documents: [photo, {document: proof, when: {age: 18-24, lost: [card, bag]}}]",
        "identity: {when: {lost: card}, within: 10 days, because: Nobody may use it.}\n"
        "      - licence: {when: {age: \">= 18\"}, after: identity, not_with: identity}",
        "    at_least: {lost: 2}\ndocuments:\n  photo: {name: Photograph}\n  proof: {name: Proof}\n"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const LifeEvent& wallet = read.value->life_events.at(0);
    REQUIRE(wallet.steps.size() == 2);
    CHECK(wallet.steps[0].when == When{{FactKey{"lost"}, {AnswerKey{"card"}}, {}, {}}});
    CHECK(wallet.steps[0].within == Term{10, false});
    CHECK(wallet.steps[1].when == When{{FactKey{"age"}, {}, 18, {}}});
    CHECK(wallet.steps[1].after == std::vector{ServiceKey{"identity"}});
    CHECK(wallet.find(ServiceKey{"licence"}) == &wallet.steps[1]);
    CHECK(wallet.find(ServiceKey{"other"}) == nullptr);
    CHECK(wallet.at_least == AtLeast{FactKey{"lost"}, 2});
    const Service& licence = read.value->services.at(1);
    CHECK(licence.takes == Term{8, true});
    REQUIRE(licence.terms.size() == 1);
    CHECK(licence.terms[0].when == When{{FactKey{"age"}, {}, {}, 17}});
    CHECK(licence.terms[0].takes == Term{1, false});
    REQUIRE(licence.documents.size() == 2);
    CHECK(licence.documents[1].when.front() == Condition{FactKey{"age"}, {}, 18, 24});
    const std::string printed = print_canonical(*read.value);
    const auto again = read_text_model(printed);
    REQUIRE_MESSAGE(again.value.has_value(), told(again.remarks));
    CHECK(again.value == read.value);
    CHECK(print_canonical(*again.value) == printed);
}

TEST_CASE("a life event may still be a plain list of services") {
    const auto read = read_text_model(with_event("fee: 3 EUR", "identity\n      - licence"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(read.value->life_events.at(0).steps.at(1) == EventStep{.service = ServiceKey{"licence"}});
    CHECK(print_canonical(*read.value).find("services: [identity, licence]") != std::string::npos);
}

TEST_CASE("two versions of a life event are compared in words") {
    const auto difference = [](const std::string& from, const std::string& to) {
        const auto one = read_text_model(with_event("fee: 3 EUR", from));
        const auto other = read_text_model(with_event("fee: 3 EUR", to));
        REQUIRE(one.value.has_value());
        REQUIRE(other.value.has_value());
        const auto differing = differences(*one.value, *other.value);
        REQUIRE(differing.size() == 1);
        return differing.front();
    };
    CHECK(difference("identity: {within: 10 days}", "identity: {within: 5 working days}") ==
          "life_events.wallet.services.identity: within 10 days → 5 working days");
    CHECK(difference("identity: {within: 10 days}", "identity: {within: 10 days}\n      - licence") ==
          "life_events.wallet.services: licence added");
    CHECK(difference("identity: {within: 1 day}\n      - licence",
                     "licence\n      - identity: {within: 1 day}") ==
          "life_events.wallet.services: in another order");
}

TEST_CASE("terms are said as people say them") {
    for (const char* text : {"same day", "1 day", "8 days", "1 working day", "60 working days"}) {
        const auto term = parse_term(text);
        REQUIRE_MESSAGE(term.has_value(), text);
        CHECK(format_term(*term) == text);
    }
    for (const char* text :
         {"", "8", "days", "0 days", "-1 days", "8 weeks", "8  days", "1.5 days", "99999999999 days"})
        CHECK_FALSE_MESSAGE(parse_term(text).has_value(), text);
}

TEST_CASE("a fact that there is not, and an answer that it has not, are told with the near miss") {
    CHECK(mistakes_in_steps("identity: {when: {lots: card}}") ==
          "m.yaml:20:27: there is no fact named lots; did you mean lost?");
    CHECK(mistakes_in_steps("identity: {when: {lost: cart}}") ==
          "m.yaml:20:33: there is no answer to lost named cart; did you mean card?");
    CHECK(mistakes_in_steps("identity: {when: {lost: [bag, cart]}}") ==
          "m.yaml:20:39: there is no answer to lost named cart; did you mean card?");
    CHECK(mistakes_in_steps("identity: {when: {resident: nope}}").find("no answer to resident named nope") !=
          std::string::npos);
}

TEST_CASE("a number is no answer, an answer no number, and nothing depends on a date") {
    CHECK(mistakes_in_steps("identity: {when: {age: card}}") ==
          "m.yaml:20:32: age is a number: expected a range such as \"< 18\", \">= 65\" or 18-24");
    CHECK(mistakes_in_steps("identity: {when: {lost: \"< 3\"}}") ==
          "m.yaml:20:33: lost is not a number: expected an answer");
    CHECK(mistakes_in_steps("identity: {when: {day: \"< 3\"}}") ==
          "m.yaml:20:32: day is a date: deadlines count from it, and nothing depends on it");
    for (const char* range : {"\"< 0\"", "\">\"", "24-18", "1-2-3", "\"> -1\"", "9999999999"})
        CHECK_MESSAGE(mistakes_in_steps(std::string{"identity: {when: {age: "} + range + "}}")
                              .find("expected a range such as") != std::string::npos,
                      range);
}

TEST_CASE("a condition that always holds is told: its question would be idle") {
    for (const char* always : {"{age: \">= 0\"}", "{lost: [card, bag, key]}", "{resident: [yes, no]}"})
        CHECK_MESSAGE(mistakes_in_steps(std::string{"identity: {when: "} + always + "}")
                              .find("this holds whatever is answered") != std::string::npos,
                      always);
    CHECK(mistakes_in_steps("identity: {when: {age: \">= 1\", lost: bag, resident: no}}").empty());
}

TEST_CASE("LE-10 a step names the entities that learn of it from its own") {
    const std::string tail = "entities: {registry: {name: Registry}, tax: {name: Tax office}}\n";
    const auto step = [&](const std::string& service, const std::string& informs) {
        return with_event(service, "licence: {informs: " + informs + "}", tail);
    };
    const auto read = read_text_model(step("entity: registry", "[tax]"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(read.value->life_events.at(0).steps.at(0).informs == std::vector{EntityKey{"tax"}});
    CHECK(print_canonical(*read.value).find("informs: tax") != std::string::npos);
    CHECK(mistakes_in(step("entity: registry", "taxi")).find("there is no entity named taxi") !=
          std::string::npos);
    CHECK(mistakes_in(step("entity: registry", "registry"))
              .find("registry concludes licence itself: expected others that it tells") != std::string::npos);
    CHECK(mistakes_in(step("fee: 3 EUR", "tax")).find("who tells them? licence has no entity") !=
          std::string::npos);
}

TEST_CASE("services of a life event that are not there, not in it, or twice in it are told") {
    CHECK(mistakes_in_steps("identiti") ==
          "m.yaml:20:9: there is no service named identiti; did you mean identity?");
    CHECK(mistakes_in_steps("identity: {after: licence}") ==
          "m.yaml:20:27: there is no other service of wallet named licence");
    CHECK(mistakes_in_steps("identity\n      - identity: {within: 1 day}").find("identity is named twice") !=
          std::string::npos);
    CHECK(mistakes_in_steps("identity\n    at_least: {lost: 4}") == "m.yaml:21:22: lost has only 3 answers");
    CHECK(mistakes_in_steps("identity\n    at_least: {age: 2}") ==
          "m.yaml:21:21: age has one answer: expected a fact of the kind any_of");
    CHECK(mistakes_in_steps("identity\n    at_least: 2").find("how many answers to which fact") !=
          std::string::npos);
}

TEST_CASE("rules of a life event that contradict each other are told, both by name") {
    CHECK(mistakes_in_steps("identity: {after: licence}\n      - licence: {after: identity}") ==
          "m.yaml:20:27: these rules contradict each other: identity after licence, licence after identity");
}

TEST_CASE("a deadline needs a day to count from") {
    std::string text = with_event("fee: 3 EUR", "identity: {within: 10 days}");
    text.replace(text.find("    begins: day\n"), 16, "");
    CHECK(mistakes_in(text) ==
          "m.yaml:19:28: from when? wallet has no begins: expected the fact from which days are counted");
    text = with_event("fee: 3 EUR", "identity");
    text.replace(text.find("begins: day"), 11, "begins: age");
    CHECK(mistakes_in(text) == "m.yaml:18:13: age is no date");
}

TEST_CASE("what a service asks of whom is checked line by line") {
    CHECK(mistakes_in_service("documents: photo") == "m.yaml:6:41: there is no document named photo");
    CHECK(mistakes_in_service("terms: [{fee: 1 EUR}, {when: {age: 3}, fee: 2 EUR}]") ==
          "m.yaml:6:52: this line is never reached: the one above holds for all");
    CHECK(mistakes_in_service("terms: [{when: {age: 3}}]") ==
          "m.yaml:6:38: this line changes nothing: expected fee, takes, or both");
    CHECK(mistakes_in_service("refused: [{when: {}, because: No.}]").find("nobody could have this service") !=
          std::string::npos);
    CHECK(mistakes_in_service("specialises: licence") == "m.yaml:6:43: licence would be a form of itself");
    CHECK(mistakes_in_service("takes: 8 weeks").find("expected a term such as 8 working days") !=
          std::string::npos);
}

TEST_CASE("a fact is answered as its kind says") {
    const auto mistakes = [](const std::string& fact) {
        return mistakes_in(SmallModel{.tail = "facts: {lost: " + fact + "}\n"}.text());
    };
    CHECK(mistakes("{ask: What?, kind: one_of}") == "m.yaml:10:9: a fact of the kind one_of needs answers");
    CHECK(mistakes("{ask: What?, answers: {a: A}}") ==
          "m.yaml:10:37: answers belong to a fact of the kind one_of or any_of, not yes_no");
    CHECK(mistakes("{ask: What?, kind: yes}").find("is none of yes_no, one_of") != std::string::npos);
}

}  // namespace
}  // namespace balcao::model
