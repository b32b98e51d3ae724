// Entries keep their keys, and so their random streams, whatever a scenario does to others of their service.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

const char* const three_alike = R"(balcao: 1
name: Three entries of one service
first_day: 2026-01-05
services: {x: {duration: 6 min}}
sites: {s: {open: {every day: "08-20"}, desks: {a: {count: 2, serves: [x]}}}}
demand:
  - {service: x, site: s, arrivals: {poisson: 1 per hour}}
  - {service: x, site: s, arrivals: {poisson: 2 per hour}}
  - {service: x, site: s, arrivals: {poisson: 3 per hour}}
)";

std::vector<std::pair<std::string, double>> entries_after(const std::string& changes) {
    const auto read = read_text_scenario(three_alike, "changes: [" + changes + "]\n");
    CHECK(told_beside_notes(read.remarks) == "");
    REQUIRE(read.value);
    std::vector<std::pair<std::string, double>> entries;
    for (const Demand& demand : read.value->model.demand)
        entries.emplace_back(demand.key.text(), std::get<PoissonArrivals>(demand.arrivals->pattern).per_hour);
    return entries;
}

using Entries = std::vector<std::pair<std::string, double>>;

}  // namespace

TEST_CASE("people of an entry are the same people when a scenario takes away another entry of the service") {
    CHECK(entries_after("{remove: demand.2}") == Entries{{"x", 1}, {"x-3", 3}});
    CHECK(entries_after("{remove: demand.x-2}") == Entries{{"x", 1}, {"x-3", 3}});
    CHECK(entries_after("{remove: demand.1}") == Entries{{"x-2", 2}, {"x-3", 3}});
}

TEST_CASE("an entry that a scenario adds gets a key of its own, and the others keep theirs") {
    CHECK(entries_after("{add: demand, value: {service: x, site: s, arrivals: {poisson: 4 per hour}}}") ==
          Entries{{"x", 1}, {"x-2", 2}, {"x-3", 3}, {"x-4", 4}});
}

TEST_CASE("several scenarios are made one after the other, and a mistake names the file of its change") {
    const MemoryFiles files{{{"m.yaml", three_alike},
                             {"a.yaml", "about: {en: Fewer, pt: Menos}\nchanges: [{remove: demand.3}]\n"},
                             {"b.yaml", "about: Faster\nchanges: [{scale: demand.x-2, by: 2}]\n"},
                             {"c.yaml", "changes: [{set: demand.x.site, to: nowhere}]\n"}}};
    const auto both = read_scenarios_together("m.yaml", {"a.yaml", "b.yaml"}, files, options_of_test());
    REQUIRE(both.value);
    CHECK(both.value->key == "a+b");
    CHECK(both.value->about.in("en") == "Fewer; Faster");
    CHECK(both.value->about.in("pt") == "Menos; Faster");
    REQUIRE(both.value->model.demand.size() == 2);
    CHECK(std::get<PoissonArrivals>(both.value->model.demand[1].arrivals->pattern).per_hour == 4);
    const auto wrong = read_scenarios_together("m.yaml", {"a.yaml", "c.yaml"}, files, options_of_test());
    CHECK_FALSE(wrong.value);
    CHECK(told_beside_notes(wrong.remarks).find("c.yaml:1:") != std::string::npos);
    CHECK(told_beside_notes(wrong.remarks).find("nowhere") != std::string::npos);
    CHECK_FALSE(read_scenarios_together("m.yaml", {"a.yaml", "no.yaml"}, files, options_of_test()).value);
}

}  // namespace balcao::model
