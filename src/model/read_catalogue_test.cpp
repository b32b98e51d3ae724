// Where each field of a service comes from, and what people call it in other words.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

// What stands in the service `identity`, in line 5 from column 33 on; `sources` has `census`.
std::string with_service(const std::string& service, const std::string& tail = {}) {
    SmallModel small;
    small.service = "identity: {duration: 6 min, " + service + "}";
    small.tail = "sources:\n  census: {title: Census}\nlanguages: [pt, en]\n" + tail;
    return small.text();
}

std::string mistakes_in_catalogue(const std::string& service) { return mistakes_in(with_service(service)); }

Model read_catalogue_model(const std::string& text) {
    auto read = read_text_model(text);
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    return std::move(*read.value);
}

TEST_CASE("each field of a service names where it comes from, and a fee for each channel") {
    const Model model = read_catalogue_model(with_service(
        "fee: {counter: 3 EUR, phone: 2 EUR}, takes: 2 days, source: {documents: unverified, takes: "
        "demonstration, duration: census, fee: {counter: census, phone: demonstration}}",
        "people: {}\n"));
    const Service& service = model.services.front();
    CHECK(service.source_of("duration") == "census");
    CHECK(service.source_of("takes") == "demonstration");
    CHECK(service.source_of("documents") == "unverified");
    CHECK(service.source_of("fee") == "");
    CHECK(service.source_of_fee(ChannelKey{"counter"}) == "census");
    CHECK(service.source_of_fee(ChannelKey{"phone"}) == "demonstration");
    CHECK(service.source_of("name") == "");
    CHECK(is_demonstration(service));
    const std::string printed = print_canonical(model);
    CHECK(printed.find("census") < printed.find("unverified"));
    const Model again = read_catalogue_model(printed);
    CHECK(again == model);
    CHECK(print_canonical(again) == printed);
}

TEST_CASE("one source of the whole holds for every field") {
    const Model model = read_catalogue_model(with_service("fee: 3 EUR, source: unverified"));
    const Service& service = model.services.front();
    CHECK(service.source_of("fee") == "unverified");
    CHECK(service.source_of_fee(ChannelKey{"phone"}) == "unverified");
    CHECK_FALSE(is_demonstration(service));
}

TEST_CASE("a source of a field that is not there, or not known, is told with its place") {
    CHECK(mistakes_in_catalogue("source: {fe: census}") == "m.yaml:5:40: unknown key fe; did you mean fee?");
    CHECK(mistakes_in_catalogue("source: {fee: sensus}") ==
          "m.yaml:5:45: there is no source named sensus; did you mean census?");
    CHECK(mistakes_in_catalogue("source: {takes: census}") ==
          "m.yaml:5:40: identity has no takes: nothing comes from census");
    CHECK(mistakes_in_catalogue("source: {fee: {conter: census}}") ==
          "m.yaml:5:46: no desk serves a channel named conter; did you mean counter?");
    CHECK(mistakes_in_catalogue("source: {}").find("expected a source, or one per field") !=
          std::string::npos);
    CHECK(mistakes_in_catalogue("source: {fee: census, documents: unverified}") == "");
}

TEST_CASE("a source cannot have a word of the language for its name") {
    SmallModel small;
    small.tail = "sources:\n  unverified: {title: A page}\n";
    CHECK(mistakes_in(small.text()) ==
          "m.yaml:11:3: unverified is a word of the language: give the source another name");
}

TEST_CASE("where a field comes from is among the differences of two models") {
    const Model before = read_catalogue_model(with_service("fee: 3 EUR, source: {fee: census}"));
    const Model after = read_catalogue_model(with_service("fee: 3 EUR, source: {fee: demonstration}"));
    CHECK(differences(before, after) ==
          std::vector<std::string>{"services.identity.source: fee census → demonstration"});
}

TEST_CASE("other names are one, several, or several in each language") {
    const auto names = [](const std::string& written) {
        return read_catalogue_model(with_service("also: " + written)).services.front().also;
    };
    CHECK(names("ID card").in("pt") == std::vector<std::string>{"ID card"});
    CHECK(names("[BI, DNI]").in("en") == std::vector<std::string>{"BI", "DNI"});
    CHECK(names("{pt: [BI, cartão], en: ID card}").in("pt") == std::vector<std::string>{"BI", "cartão"});
    CHECK(names("{pt: [BI, cartão], en: ID card}").in("en") == std::vector<std::string>{"ID card"});
    CHECK(names("{pt: BI}").in("en").empty());
    const Model model =
        read_catalogue_model(with_service("also: {pt: [BI, cartão], en: ID card}, simple: true"));
    CHECK(read_catalogue_model(print_canonical(model)) == model);
}

TEST_CASE("mistakes in other names are told with their places") {
    CHECK(mistakes_in_catalogue("also: [BI, BI]") == "m.yaml:5:42: BI is named twice in this list");
    CHECK(mistakes_in_catalogue("also: []") == "m.yaml:5:37: the list is empty: expected at least one name");
    CHECK(mistakes_in_catalogue("also: {fr: carte}") ==
          "m.yaml:5:38: the language fr is not in the model's languages; expected one of: en, pt");
    CHECK(mistakes_in_catalogue("also: [{a: b}]") ==
          "m.yaml:5:38: expected a word or a few, such as ID card, found a map");
}

TEST_CASE("entities and life events have other names too") {
    const Model model =
        read_catalogue_model(with_service("entity: at",
                                          "entities:\n  at: {also: {pt: Finanças}}\n"
                                          "life_events:\n  wallet: {also: [purse], services: [identity]}\n"));
    CHECK(model.entities.front().also.in("pt") == std::vector<std::string>{"Finanças"});
    CHECK(model.life_events.front().also.in("pt") == std::vector<std::string>{"purse"});
    CHECK(read_catalogue_model(print_canonical(model)) == model);
}

}  // namespace
}  // namespace balcao::model
