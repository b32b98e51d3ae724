// What kiosks offer, and who interprets by telephone.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"
#include "model/usual_kiosk.hpp"

namespace balcao::model {
namespace {

// The buttons stand in line 10 from column 47 on.
SmallModel shop_with_buttons(const std::string& buttons) {
    SmallModel small;
    small.service = "identity: {duration: 6 min}\n  tax: {duration: 9 min}\n  water: {duration: 9 min}";
    small.site =
        "shop: {open: {mon-fri: \"08-20\"}, desks: {a: {count: 4, serves: [identity, tax]}},\n"
        "    kiosks: {entrance: {name: Hall, buttons: [" +
        buttons + "]}}}";
    return small;
}

// Nobody serves water, which is warned of first.
std::string wrong_buttons(const std::string& buttons) {
    const std::string all = mistakes_in(shop_with_buttons(buttons).text());
    const auto end = all.find('\n');
    return end == std::string::npos ? std::string{} : all.substr(end + 1);
}

std::string far_shop() {
    SmallModel small;
    small.service =
        "a: {duration: 1 min}\n  b: {duration: 1 min}\n  c: {duration: 1 min}\n  d: {duration: 1 min}\n"
        "  e: {duration: 1 min}\n  f: {duration: 1 min}\n  g: {duration: 1 min}";
    small.site = "shop: {open: {mon-fri: \"08-20\"}, desks: {x: {count: 9, serves: [a, b, c, d, e, f, g]}}}";
    small.demand =
        "- {service: g, site: shop, arrivals: {poisson: 10 per hour}}\n"
        "  - {service: b, site: shop, arrivals: {poisson: 9 per hour}}\n"
        "  - {service: c, site: shop, arrivals: {poisson: 8 per hour}}";
    return small.text();
}

TEST_CASE("a kiosk has services and groups of them, in their order, and prints back") {
    const auto read =
        read_text_model(shop_with_buttons("tax, {name: {en: Papers}, services: [identity]}").text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const auto& kiosks = read.value->sites.front().kiosks;
    REQUIRE(kiosks.size() == 1);
    CHECK(kiosks.front().key == KioskKey{"entrance"});
    CHECK(name_of(kiosks.front(), "en") == "Hall");
    REQUIRE(kiosks.front().buttons.size() == 2);
    CHECK(kiosks.front().buttons[0].services == std::vector{ServiceKey{"tax"}});
    CHECK(kiosks.front().buttons[1].name.in("en", "") == "Papers");
    CHECK(read_text_model(print_canonical(*read.value)).value == read.value);
}

TEST_CASE("what changed at a kiosk is told in words") {
    const auto before = read_text_model(shop_with_buttons("tax").text());
    const auto after = read_text_model(shop_with_buttons("tax, identity").text());
    REQUIRE(before.value.has_value());
    REQUIRE(after.value.has_value());
    CHECK(differences(*before.value, *after.value) ==
          std::vector<std::string>{"sites.shop.kiosks.entrance.buttons: identity added"});
}

TEST_CASE("S047 a kiosk with a seventh button is a mistake, told at that button") {
    CHECK(wrong_buttons("tax, tax, tax, tax, tax, tax, tax")
              .find("m.yaml:10:77: too many buttons: a kiosk has at "
                    "most 6, and here are 7") != std::string::npos);
    CHECK(wrong_buttons("a1, a2, a3, a4, a5, a6").find("too many") == std::string::npos);
}

TEST_CASE("S048 a button for a service that there is not is a mistake, with what may be meant") {
    CHECK(wrong_buttons("tax, identty") ==
          "m.yaml:10:52: there is no service named identty; did you mean identity?");
    CHECK(wrong_buttons("{name: Papers, services: [identity, taxx]}") ==
          "m.yaml:10:83: there is no service named taxx; did you mean tax?");
}

TEST_CASE("a kiosk gives tickets only for what its site serves, and each service once") {
    CHECK(wrong_buttons("water").starts_with("m.yaml:10:47: no desk of shop serves water at the counter"));
    CHECK(wrong_buttons("tax, {name: Papers, services: tax}").find("tax is on two buttons of this kiosk") !=
          std::string::npos);
    CHECK(wrong_buttons("{name: Papers, services: [tax, tax]}")
              .find("m.yaml:10:78: tax is named twice in this list") != std::string::npos);
}

TEST_CASE("a kiosk without buttons, and a group without a name, are told") {
    CHECK(wrong_buttons("").find("m.yaml:10:46: the list of buttons is empty") != std::string::npos);
    CHECK(wrong_buttons("{services: [tax]}").find("the key name is missing") != std::string::npos);
}

TEST_CASE("without a word of the model a kiosk offers what most people come for, and the rest behind one") {
    const auto read = read_text_model(far_shop());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const Model& model = *read.value;
    std::vector<ServiceKey> served;
    for (const auto& service : model.services)
        served.push_back(service.key);
    const Kiosk kiosk = usual_kiosk(model, model.sites.front(), served);
    REQUIRE(kiosk.buttons.size() == Kiosk::buttons_most);
    CHECK(kiosk.buttons[0].services == std::vector{ServiceKey{"g"}});
    CHECK(kiosk.buttons[1].services == std::vector{ServiceKey{"b"}});
    CHECK(kiosk.buttons[2].services == std::vector{ServiceKey{"c"}});
    CHECK(kiosk.buttons[5].services == std::vector{ServiceKey{"e"}, ServiceKey{"f"}});
    served.pop_back();
    CHECK(usual_kiosk(model, model.sites.front(), served).buttons.size() == 6);
}

TEST_CASE("a model says who interprets by telephone, and what is no number is told") {
    SmallModel small;
    small.tail = "interpreters: {name: Line, phone: \"+351 218 106 191\", source: demonstration}\n";
    const auto read = read_text_model(small.text());
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(read.value->interpreters.phone == "+351 218 106 191");
    CHECK(read_text_model(print_canonical(*read.value)).value == read.value);
    small.tail = "interpreters: {name: Line, phone: soon}\n";
    CHECK(mistakes_in(small.text()).find("m.yaml:10:35: soon is no telephone number") != std::string::npos);
    small.tail = "interpreters: {name: Line, phone: \"112\", source: nowhere}\n";
    CHECK(mistakes_in(small.text()).find("there is no source named nowhere") != std::string::npos);
}

}  // namespace
}  // namespace balcao::model
