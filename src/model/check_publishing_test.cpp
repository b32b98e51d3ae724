// What a city promises of all that it publishes: each rule kept, broken, and not taken on.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

// A shop and a spot; `identity` is served at both, `portal` by the web.
std::string city_with(const std::string& service, const std::string& rules) {
    SmallModel small;
    small.service = "identity: {duration: 6 min, " + service + "}";
    small.site =
        "shop: {open: {every day: \"08-20\"}, desks: {a: {serves: [identity]}}}\n"
        "  spot: {open: {every day: \"08-20\"}, desks: {m: {serves: [identity], channels: [spot]}}}";
    small.tail = rules.empty() ? "" : "publishing: [" + rules + "]\n";
    return small.text();
}

TEST_CASE("a spot that asks as much as the counter is warned of, where the city promises less") {
    const std::string equal = "fee: {counter: 18 EUR, spot: 18 EUR}";
    const std::string warning =
        "m.yaml:5:36: warning: identity costs 18 EUR at a spot and 18 EUR at the counter: expected less at "
        "the spot";
    CHECK(mistakes_in(city_with(equal, "spot_below_counter")) == warning);
    CHECK(mistakes_in(city_with(equal, "")) == "");
    CHECK(mistakes_in(city_with("fee: {counter: 18 EUR, spot: 16.20 EUR}", "spot_below_counter")) == "");
    CHECK(mistakes_in(city_with("fee: {counter: 0 EUR, spot: 0 EUR}", "spot_below_counter")) == "");
}

TEST_CASE("one fee for all channels breaks that promise only where counter and spot both serve") {
    CHECK(mistakes_in(city_with("fee: 5 EUR", "spot_below_counter")).find("identity costs 5 EUR at a spot") !=
          std::string::npos);
    SmallModel spot_alone;
    spot_alone.service = "identity: {duration: 6 min, fee: 5 EUR}";
    spot_alone.site =
        "spot: {open: {every day: \"08-20\"}, desks: {m: {serves: [identity], channels: [spot]}}}";
    spot_alone.demand =
        "- {service: identity, site: spot, channels: {spot: 100 %}, arrivals: {poisson: 2 per hour}}";
    spot_alone.tail = "publishing: [spot_below_counter]\n";
    CHECK(mistakes_in(spot_alone.text()) == "");
}

TEST_CASE("the promise about spots holds for the terms of some people too") {
    SmallModel small;
    const std::string text =
        city_with(
            "fee: {counter: 18 EUR, spot: 16 EUR}, terms: [{when: {age: \"< 18\"}, fee: {counter: 5 "
            "EUR, spot: 6 EUR}}]",
            "spot_below_counter") +
        "facts: {age: {ask: Age?, kind: number}}\n";
    CHECK(mistakes_in(text).find("identity costs 6 EUR at a spot and 5 EUR at the counter") !=
          std::string::npos);
}

TEST_CASE("a simple service with a fee is warned of, where the city promises that it is free") {
    const std::string warning =
        "m.yaml:5:36: warning: identity is a simple service and costs 2 EUR: expected nothing";
    CHECK(mistakes_in(city_with("fee: 2 EUR, simple: true", "simple_is_free")) == warning);
    CHECK(mistakes_in(city_with("fee: {counter: 2 EUR, spot: 0 EUR}, simple: true", "simple_is_free")) ==
          warning);
    CHECK(mistakes_in(city_with("fee: 2 EUR, simple: true", "")) == "");
    CHECK(mistakes_in(city_with("fee: 2 EUR", "simple_is_free")) == "");
    CHECK(mistakes_in(city_with("fee: 0 EUR, simple: true", "simple_is_free")) == "");
}

TEST_CASE("a text that one language of the model lacks is warned of, and a missing name") {
    SmallModel small;
    small.service = "identity: {duration: 6 min, name: {pt: Cartão}}";
    small.site =
        "shop: {name: Shop, open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity]}}}";
    small.tail = "languages: [pt, en]\npublishing: [every_language]\n";
    CHECK(mistakes_in(small.text()) == "m.yaml:5:37: warning: “Cartão” is not said in en");
    small.service = "identity: {duration: 6 min, name: {pt: Cartão, en: Card}}";
    CHECK(mistakes_in(small.text()) == "");
    small.service = "identity: {duration: 6 min, name: Passport}";
    CHECK(mistakes_in(small.text()) == "");
    small.service = "identity: {duration: 6 min}";
    CHECK(mistakes_in(small.text()) == "m.yaml:5:3: warning: identity has no name for people");
    small.tail = "languages: [pt, en]\n";
    CHECK(mistakes_in(small.text()) == "");
}

TEST_CASE("questions, answers and reasons are texts that every language has") {
    SmallModel small;
    small.service = "identity: {duration: 6 min, name: Card}";
    small.site =
        "shop: {name: Shop, open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity]}}}";
    small.tail =
        "languages: [pt, en]\npublishing: [every_language]\n"
        "facts: {lost: {ask: {pt: O quê?, en: What?}, kind: one_of, answers: {a: {en: Card}, b: {pt: B, en: "
        "B}}}}\n"
        "life_events: {w: {name: W, services: [{identity: {when: {lost: a}, because: {pt: Sim}}}]}}\n";
    const std::string told = mistakes_in(small.text());
    CHECK(told.find("“Card” is not said in pt") != std::string::npos);
    CHECK(told.find("“Sim” is not said in en") != std::string::npos);
}

TEST_CASE("a service that only the web has is warned of, where the city leaves nobody out") {
    const auto city = [](const std::string& channel) {
        SmallModel small;
        small.site =
            "shop: {open: {every day: \"08-20\"}, desks: {a: {count: 2, serves: [identity], channels: [" +
            channel + "]}}}";
        small.demand = "- {service: identity, site: shop, channels: {" + channel +
                       ": 100 %}, arrivals: {poisson: 10 per hour}}";
        small.tail = "publishing: [offline_way]\n";
        return small.text();
    };
    const std::string warning =
        "m.yaml:5:3: warning: identity is not to be had without the web: expected a counter, a spot or a "
        "telephone that serves it";
    for (const char* web : {"online", "chat", "email", "video"})
        CHECK(mistakes_in(city(web)) == warning);
    for (const char* offline : {"counter", "phone", "spot", "kiosk"})
        CHECK(mistakes_in(city(offline)) == "");
}

TEST_CASE("promises that are not known, or made twice, are mistakes; known ones print back in their order") {
    CHECK(mistakes_in(city_with("fee: 0 EUR", "offline_wey"))
              .find("offline_wey\" is none of spot_below_counter, simple_is_free, every_language and "
                    "offline_way; did you mean offline_way?") != std::string::npos);
    CHECK(mistakes_in(city_with("fee: 0 EUR", "offline_way, offline_way"))
              .find("offline_way is named twice in this list") != std::string::npos);
    const auto read = read_text_model(city_with("fee: 0 EUR", "offline_way, spot_below_counter"));
    REQUIRE(read.value.has_value());
    CHECK(read.value->publishing ==
          std::vector{PublishingRule::spot_below_counter, PublishingRule::offline_way});
    const std::string printed = print_canonical(*read.value);
    const auto again = read_text_model(printed);
    REQUIRE(again.value.has_value());
    CHECK(again.value == read.value);
    CHECK(print_canonical(*again.value) == printed);
}

TEST_CASE("the model of Lisbon keeps what it promises, and says of each fee and time where it comes from") {
    const auto read = read_model(shipped_model("../lisbon"), DiskFiles{}, options_of_test());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(told_beside_notes(read.remarks) == "");
    CHECK(read.value->publishing.size() == 4);
    CHECK(read.value->services.size() >= 196);
    CHECK(read.value->entities.size() == 35);
    CHECK(read.value->life_events.size() >= 32);
    for (const Service& service : read.value->services) {
        CAPTURE(service.key.text());
        CHECK_FALSE(service.source_of("name").empty());
        for (const auto& [channel, amount] : service.fee.by_channel)
            CHECK_FALSE(service.source_of_fee(channel).empty());
        if (service.takes) CHECK_FALSE(service.source_of("takes").empty());
        if (service.steps.empty()) CHECK(service.source_of("duration") == "demonstration");
    }
}

}  // namespace
}  // namespace balcao::model
