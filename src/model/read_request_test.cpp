// How an entity is reached, and what is asked for from afar, as a model says it.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

// The request stands on line 6, the way in on line 15, and what else of the model is given after it.
std::string with_request(const std::string& request, const std::string& way, const std::string& more = {}) {
    SmallModel small;
    small.service = "identity:\n    request: " + request + "\n    entity: registry\n    duration: 6 min";
    small.tail = "entities:\n  registry:\n    way_in: " + way +
                 "\ndetails:\n  full-name: {name: Full name, autofill: name}\n"
                 "  card-number: {name: Number, help: On the front., kind: digits, length: 8}\n"
                 "facts:\n  speed: {ask: How fast?, kind: one_of, answers: {usual: Usual, fast: Fast}}\n" +
                 more;
    return small.text();
}

const std::string usual_request =
    "{asks: [full-name, card-number], tells: speed, effect: point_of_no_return}";

std::string mistakes_in_way(const std::string& way) { return mistakes_in(with_request("{}", way)); }

TEST_CASE("a model says how a service is asked for from afar and how its entity is reached") {
    const auto read = read_text_model(with_request(
        usual_request,
        "{by: http, address: \"https://registry.example/requests\", on_doubt: send_again, takes_back: true, "
        "at_once: 8, per_minute: 60, gives_up: 10 s, settles: 1 min, "
        "fields: {full-name: applicant.name, speed: priority}}",
        "retention: {cases: 365 days}\n"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(told_beside_notes(read.remarks).empty());
    const Service& identity = read.value->services.at(0);
    REQUIRE(identity.request.has_value());
    CHECK(identity.request->asks == std::vector{DetailKey{"full-name"}, DetailKey{"card-number"}});
    CHECK(identity.request->tells == std::vector{FactKey{"speed"}});
    CHECK(identity.request->effect == EffectClass::point_of_no_return);
    const WayIn& way = read.value->entities.at(0).way_in;
    CHECK(way.by == WayKind::http);
    CHECK(way.on_doubt == OnDoubt::send_again);
    CHECK(way.takes_back);
    CHECK(way.at_once == 8);
    CHECK(way.per_minute == 60);
    CHECK(way.gives_up == std::chrono::seconds{10});
    CHECK(way.fields == std::vector<FieldName>{{"full-name", "applicant.name"}, {"speed", "priority"}});
    CHECK(read.value->find(DetailKey{"card-number"})->length == 8);
    CHECK(read.value->retention.cases == std::chrono::days{365});
    const std::string printed = print_canonical(*read.value);
    const auto again = read_text_model(printed);
    REQUIRE_MESSAGE(again.value.has_value(), told(again.remarks));
    CHECK(again.value == read.value);
    CHECK(print_canonical(*again.value) == printed);
}

TEST_CASE("an entity that says nothing has an inbox, and a service without a request is not asked for") {
    SmallModel small;
    small.service = "identity: {duration: 6 min, entity: registry}";
    small.tail = "entities:\n  registry: {name: Registry}\n";
    const auto read = read_text_model(small.text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(read.value->entities.at(0).way_in == WayIn{});
    CHECK(read.value->entities.at(0).way_in.by == WayKind::inbox);
    CHECK_FALSE(read.value->services.at(0).request.has_value());
    CHECK(print_canonical(*read.value).find("way_in") == std::string::npos);
}

TEST_CASE("a way in that cannot work is a mistake with its place") {
    CHECK(mistakes_in_way("{by: pigeon}").find("m.yaml:15:18: ") != std::string::npos);
    CHECK(mistakes_in_way("{by: http}").find("a way in by http needs an address") != std::string::npos);
    CHECK(mistakes_in_way("{by: http, address: registry}").find("an address such as https://") !=
          std::string::npos);
    CHECK(mistakes_in_way("{by: mail, address: \"https://registry.example\"}")
              .find("expected a mail address") != std::string::npos);
    CHECK(mistakes_in_way("{by: mail, address: a@registry.example, on_doubt: send_again}")
              .find("a letter can neither be looked up nor be sent twice") != std::string::npos);
    CHECK(mistakes_in_way("{by: mail, address: a@registry.example, takes_back: true}")
              .find("a letter does not say whether something was taken back") != std::string::npos);
    CHECK(mistakes_in_way("{by: http, address: \"stand-in:keys\"}").empty());
    CHECK(mistakes_in_way("{by: http, address: \"stand-in:\"}").find("the name of a stand-in") !=
          std::string::npos);
    CHECK(mistakes_in_way("{on_doubt: look_up}").find("on_doubt says nothing of an inbox") !=
          std::string::npos);
    CHECK(mistakes_in_way("{by: http, address: \"https://r.example\", fields: {shoe: size}}")
              .find("there is no detail or fact named shoe") != std::string::npos);
    CHECK(mistakes_in_way("{by: http, address: \"https://r.example\", fields: {speed: a, full-name: a}}")
              .find("the field a is that of speed already") != std::string::npos);
    CHECK(mistakes_in_way("{by: http, address: \"https://r.example\", fields: {speed: a..b}}")
              .find("the name of a field such as applicant.name") != std::string::npos);
    CHECK(mistakes_in_way("{by: http, address: \"https://r.example\", at_once: 0}").find("m.yaml:15:") !=
          std::string::npos);
}

TEST_CASE("what people say is not sent over an open line unnoticed") {
    const auto open =
        read_text_model(with_request("{}", "{by: http, address: \"http://registry.example/requests\"}"));
    REQUIRE(open.value.has_value());
    CHECK(told_beside_notes(open.remarks).find("a line that is not sealed") != std::string::npos);
    const auto here =
        read_text_model(with_request("{}", "{by: http, address: \"http://127.0.0.1:9000/requests\"}"));
    CHECK(told_beside_notes(here.remarks).empty());
}

TEST_CASE("a request names details and facts that there are, and somebody who gets it") {
    const auto mistakes = [](const std::string& request) { return mistakes_in(with_request(request, "{}")); };
    CHECK(mistakes("{asks: [full-name, full-name]}").find("full-name is named twice in this list") !=
          std::string::npos);
    CHECK(mistakes("{asks: fullname}").find("m.yaml:6:21: ") != std::string::npos);
    CHECK(mistakes("{asks: fullname}").find("did you mean full-name?") != std::string::npos);
    CHECK(mistakes("{tells: [sped]}").find("did you mean speed?") != std::string::npos);
    CHECK(mistakes("{effect: maybe}").find("m.yaml:6:23: ") != std::string::npos);
    SmallModel nobody;
    nobody.service = "identity: {duration: 6 min, request: {}}";
    CHECK(mistakes_in(nobody.text()).find("nobody would get what is asked for") != std::string::npos);
}

TEST_CASE("a detail is one thing under one name") {
    const auto mistakes = [](const std::string& detail) {
        SmallModel small;
        small.tail = "facts:\n  age: {ask: Age?, kind: number}\ndetails:\n  " + detail + "\n";
        return mistakes_in(small.text());
    };
    CHECK(mistakes("age: {name: Age}").find("age is the name of a fact") != std::string::npos);
    CHECK(mistakes("born: {kind: date}").find("name") != std::string::npos);
    CHECK(mistakes("born: {name: Born, length: 8}").find("length belongs to a detail of the kind digits") !=
          std::string::npos);
    CHECK(mistakes("born: {name: Born, autofill: \"Date!\"}").find("such as name or bday") !=
          std::string::npos);
    CHECK(mistakes("born: {name: Born, kind: digits, length: 41}").find("m.yaml:13:") != std::string::npos);
    CHECK(mistakes("born: {name: Born, kind: date, autofill: bday}").empty());
}

}  // namespace
}  // namespace balcao::model
