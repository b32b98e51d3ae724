// What was agreed with hosts, as a model says it.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

std::string with_protocol(const std::string& protocol) {
    SmallModel small;
    small.tail = "entities: {parish: {name: Parish}}\nprotocols:\n  agreed: " + protocol + "\n";
    return small.text();
}

}  // namespace

TEST_CASE("GO-01 a model says what was agreed with a host, and prints it back") {
    const auto read = read_text_model(with_protocol(
        "{host: parish, sites: shop, services: [identity], from: 2026-01-01, until: 2026-12-31, "
        "costs: Halves., source: demonstration}"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    const Protocol& agreed = read.value->protocols.at(0);
    CHECK(agreed.host == EntityKey{"parish"});
    CHECK(agreed.names(SiteKey{"shop"}));
    CHECK_FALSE(agreed.names(SiteKey{"other"}));
    CHECK(agreed.covers(ServiceKey{"identity"}));
    CHECK_FALSE(agreed.covers(ServiceKey{"other"}));
    CHECK(agreed.until == parse_date("2026-12-31"));
    CHECK(read_text_model(print_canonical(*read.value)).value == read.value);
    const auto open = read_text_model(with_protocol("{host: parish, sites: shop, from: 2026-01-01}"));
    REQUIRE_MESSAGE(open.value.has_value(), told(open.remarks));
    CHECK(open.value->protocols.at(0).covers(ServiceKey{"identity"}));
    CHECK_FALSE(open.value->protocols.at(0).until.has_value());
}

TEST_CASE("every mistake in a protocol is told with its place") {
    const auto mistakes = [](const std::string& protocol) { return mistakes_in(with_protocol(protocol)); };
    CHECK(mistakes("{host: parsh, sites: shop, from: 2026-01-01}")
              .find("there is no entity named parsh; did you mean parish?") != std::string::npos);
    CHECK(mistakes("{host: parish, sites: shp, from: 2026-01-01}").find("there is no site named shp") !=
          std::string::npos);
    CHECK(mistakes("{host: parish, sites: shop, desks: nowhere, from: 2026-01-01}")
              .find("there is no desk at its sites named nowhere") != std::string::npos);
    CHECK(mistakes("{host: parish, sites: shop, services: passport, from: 2026-01-01}")
              .find("there is no service named passport") != std::string::npos);
    CHECK(mistakes("{host: parish, sites: shop}").find("the key from is missing") != std::string::npos);
    CHECK(mistakes("{host: parish, sites: shop, from: 2026-01-02, until: 2026-01-01}")
              .find("agreed ends before it begins on 2026-01-02") != std::string::npos);
}

}  // namespace balcao::model
