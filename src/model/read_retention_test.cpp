// How long people are remembered.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

std::string with_retention(const std::string& retention) {
    SmallModel small;
    small.tail = "retention: " + retention + "\n";
    return small.text();
}

TEST_CASE("a model says how long after its day people are remembered, and prints it back") {
    const auto read = read_text_model(with_retention("{visits: 0 min, appointments: 30 days}"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(*read.value->retention.visits == Duration{0});
    CHECK(*read.value->retention.appointments == std::chrono::days{30});
    const std::string printed = print_canonical(*read.value);
    CHECK(printed.find("retention:\n  visits: 0 min\n  appointments: 30 days\n") != std::string::npos);
    CHECK(read_text_model(printed).value == read.value);
}

TEST_CASE("without a period nothing is forgotten by itself") {
    const auto read = read_text_model(SmallModel{}.text());
    REQUIRE(read.value.has_value());
    CHECK(read.value->retention == Retention{});
    CHECK(print_canonical(*read.value).find("retention") == std::string::npos);
}

TEST_CASE("a period that is none is told with its place") {
    CHECK(mistakes_in(with_retention("{visits: soon}")).find("m.yaml:10:21: ") != std::string::npos);
    CHECK(mistakes_in(with_retention("{visits: -1 day}")).find("m.yaml:10:21: ") != std::string::npos);
    CHECK(mistakes_in(with_retention("{appointments: 40000 days}")).find("expected at most 100 years") !=
          std::string::npos);
    CHECK(mistakes_in(with_retention("{visit: 1 day}")).find("did you mean visits?") != std::string::npos);
}

}  // namespace
}  // namespace balcao::model
