// What the law asks, as a model says it.
#include <doctest/doctest.h>

#include "model/building_test.hpp"
#include "model/print.hpp"

namespace balcao::model {
namespace {

std::string with_duty(const std::string& duties) {
    SmallModel small;
    small.tail = "sources: {law: {title: A law}}\nduties:\n  " + duties + "\n";
    return small.text();
}

TEST_CASE("a model says what the law asks, with its source and what was read of it, and prints it back") {
    const auto read = read_text_model(with_duty(
        "half: {kind: walk_in_capacity, at_least: 60 %, source: law, known_from: report, sites: shop}\n"
        "  papers: {kind: drop_off, services: [identity], source: law}"));
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    REQUIRE(read.value->duties.size() == 2);
    const Duty& half = read.value->duties.front();
    CHECK(half.kind == DutyKind::walk_in_capacity);
    CHECK(half.at_least == doctest::Approx(0.6));
    CHECK(half.known_from == KnownFrom::report);
    CHECK(half.binds(SiteKey{"shop"}));
    CHECK_FALSE(half.binds(SiteKey{"other"}));
    CHECK(read.value->duties.back().binds(SiteKey{"other"}));
    const std::string printed = print_canonical(*read.value);
    CHECK(
        printed.find("half: {kind: walk_in_capacity, source: law, known_from: report, sites: shop, at_least: "
                     "60 %}") != std::string::npos);
    CHECK(read_text_model(printed).value == read.value);
}

TEST_CASE("every mistake in a duty is told with its place") {
    CHECK(mistakes_in(with_duty("wait: {kind: wait_shwon, source: law}")).find("m.yaml:12:16: ") !=
          std::string::npos);
    CHECK(mistakes_in(with_duty("wait: {kind: wait_shwon, source: law}")).find("did you mean wait_shown?") !=
          std::string::npos);
    CHECK(mistakes_in(with_duty("wait: {kind: wait_shown, source: lwa}"))
              .find("there is no source named lwa; did you mean law?") != std::string::npos);
    CHECK(mistakes_in(with_duty("wait: {kind: wait_shown}")).find("the key source is missing") !=
          std::string::npos);
    CHECK(mistakes_in(with_duty("wait: {kind: wait_shown, source: law, who: all}")) ==
          "m.yaml:12:46: who belongs to a duty of the kind priority, not wait_shown");
    CHECK(mistakes_in(with_duty("first: {kind: priority, source: law}")) ==
          "m.yaml:12:3: a duty of the kind priority needs who");
    CHECK(mistakes_in(with_duty("papers: {kind: drop_off, services: [passport], source: law}"))
              .find("there is no service named passport") != std::string::npos);
    CHECK(mistakes_in(with_duty("half: {kind: walk_in_capacity, sites: [shop, mall], source: law}"))
              .find("there is no site named mall") != std::string::npos);
    CHECK(mistakes_in(with_duty("half: {kind: walk_in_capacity, at_least: 60, source: law}")).find("60 %") !=
          std::string::npos);
    CHECK(mistakes_in(with_duty("screens: {kind: screen_languages, languages: [fr], source: law}"))
              .find("fr is not in the model's languages") != std::string::npos);
}

TEST_CASE("a duty that changed is told in words") {
    const auto before = read_text_model(with_duty("half: {kind: walk_in_capacity, source: law}"));
    const auto after =
        read_text_model(with_duty("half: {kind: walk_in_capacity, at_least: 60 %, source: law}"));
    REQUIRE(before.value.has_value());
    REQUIRE(after.value.has_value());
    std::string words;
    for (const auto& line : differences(*before.value, *after.value))
        words += line + "\n";
    CHECK(words.find("duties.half") != std::string::npos);
    CHECK(words.find("60 %") != std::string::npos);
}

}  // namespace
}  // namespace balcao::model
