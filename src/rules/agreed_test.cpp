// What was agreed with hosts, by days.
#include "rules/agreed.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::rules;
using How = Agreed::How;

namespace {

const model::SiteKey spot{"spot"};
const model::ServiceKey card{"card"};
const model::ServiceKey licence{"licence"};

Date day(const char* text) { return *parse_date(text); }

model::Protocol protocol(const char* key,
                         std::vector<model::ServiceKey> services,
                         const char* from,
                         const char* until) {
    model::Protocol made;
    made.key = model::ProtocolKey{key};
    made.host = model::EntityKey{"parish"};
    made.sites = {spot};
    made.services = std::move(services);
    made.from = day(from);
    if (*until != '\0') made.until = day(until);
    return made;
}

}  // namespace

TEST_CASE("GO-01 a host may do what its protocol lists, from its first day to midnight after its last") {
    model::Model city;
    city.protocols = {protocol("of-2026", {card}, "2026-01-01", "2026-06-30")};
    CHECK(agreed_on(city, spot, card, day("2025-12-31")) ==
          Agreed{How::not_yet, &city.protocols[0], day("2026-01-01")});
    CHECK(agreed_on(city, spot, card, day("2026-01-01")).how == How::yes);
    CHECK(agreed_on(city, spot, card, day("2026-06-30")).how == How::yes);
    CHECK(agreed_on(city, spot, card, day("2026-07-01")) ==
          Agreed{How::ended, &city.protocols[0], day("2026-06-30")});
    CHECK(agreed_on(city, spot, licence, day("2026-03-01")).how == How::not_covered);
    CHECK(agreed_on(city, spot, {card, licence}, day("2026-03-01")).how == How::not_covered);
    CHECK(agreed_on(city, spot, std::vector<model::ServiceKey>{}, day("2026-03-01")).how == How::yes);
    // Where nobody is host everything is the city's own.
    CHECK(agreed_on(city, model::SiteKey{"shop"}, licence, day("2030-01-01")).how == How::yes);
}

TEST_CASE(
    "GO-01 one protocol follows another without a gap, and what is to come is told before what is over") {
    model::Model city;
    city.protocols = {protocol("old", {}, "2025-01-01", "2025-12-31"),
                      protocol("new", {card}, "2026-03-01", "")};
    CHECK(agreed_on(city, spot, card, day("2025-12-31")).protocol == &city.protocols[0]);
    const auto between = agreed_on(city, spot, card, day("2026-02-01"));
    CHECK(between.how == How::not_yet);
    CHECK(between.day == day("2026-03-01"));
    CHECK(agreed_on(city, spot, licence, day("2026-02-01")).how == How::ended);
    CHECK(agreed_on(city, spot, card, day("2046-02-01")).how == How::yes);
}

TEST_CASE("GO-01 something is agreed exactly where some protocol of the site covers it on that day") {
    rc::check([](const std::vector<std::tuple<int, int, bool, bool>>& drawn, int asked) {
        model::Model city;
        bool is_expected = true;
        const Date begin = *parse_date("2026-01-01");
        const Date when = begin + std::chrono::days{asked % 50};
        bool is_named = false;
        for (const auto& [from, length, has_all, is_here] : drawn) {
            model::Protocol one;
            one.sites = {is_here ? spot : model::SiteKey{"shop"}};
            if (!has_all) one.services = {licence};
            one.from = begin + std::chrono::days{from % 50};
            if (length % 3 != 0) one.until = one.from + std::chrono::days{length % 20 < 0 ? 0 : length % 20};
            city.protocols.push_back(one);
            is_named = is_named || is_here;
        }
        if (is_named) {
            is_expected = false;
            for (const auto& one : city.protocols)
                is_expected = is_expected || (one.names(spot) && one.covers(card) && one.from <= when &&
                                              (!one.until || when <= *one.until));
        }
        RC_ASSERT((agreed_on(city, spot, card, when).how == How::yes) == is_expected);
    });
}
