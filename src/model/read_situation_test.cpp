// Situations beside a model.
#include <doctest/doctest.h>

#include "model/building_test.hpp"

namespace balcao::model {
namespace {

Read<std::vector<Situation>> situations_of(const std::string& situation) {
    SmallModel small;
    small.tail = "people: {older: {size: 100}}\nlife_events: {wallet: {services: [identity]}}\n";
    const MemoryFiles files{{{"m/model.yaml", small.text()}, {"m/situations/lost.yaml", situation}}};
    const auto model = read_model("m", files, options_of_test());
    REQUIRE_MESSAGE(model.value.has_value(), told(model.remarks));
    return read_situations("m", *model.value, files);
}

TEST_CASE("a situation is a person, a need and what must come true") {
    const auto read = situations_of(
        "about: A wallet is lost\nperson: {group: older, wants: wallet, can: [phone, counter], from: mon "
        "10:00}\n"
        "must: [{served: true}, {visits: at most 1}, {within: 10 days}, {cost: at most 30 EUR}]\n");
    CHECK(told(read.remarks) == "");
    REQUIRE(read.value.has_value());
    const Situation& lost = read.value->front();
    CHECK(lost.key == "lost");
    CHECK(std::get<LifeEventKey>(lost.wants).text() == "wallet");
    CHECK(lost.can == std::vector{ChannelKey{"phone"}, ChannelKey{"counter"}});
    CHECK(lost.from_weekday == 0);
    CHECK(lost.from_minute == 600);
    CHECK(lost.must == std::vector<Must>{MustBeServed{true}, MustTakeVisits{1},
                                         MustEndWithin{std::chrono::hours{240}},
                                         MustCost{Money{3000, "EUR"}}});
}

TEST_CASE("of a life event a person may need some services only") {
    const auto read = situations_of("person: {wants: wallet, needs: identity, from: mon 10:00}\nmust: []\n");
    CHECK(told(read.remarks) == "m/situations/lost.yaml:2:7: nothing must come true: the list is empty");
    const auto some = situations_of(
        "person: {wants: wallet, needs: [identity], from: mon 10:00}\nmust: [{served: true}]\n");
    REQUIRE_MESSAGE(some.value.has_value(), told(some.remarks));
    CHECK(some.value->front().needs == std::vector{ServiceKey{"identity"}});
    CHECK(told(situations_of("person: {wants: wallet, needs: identty, from: mon 10:00}\n"
                             "must: [{served: true}]\n")
                   .remarks) ==
          "m/situations/lost.yaml:1:32: there is no service of wallet named identty; did you mean identity?");
    CHECK(told(situations_of("person: {wants: identity, needs: identity, from: mon 10:00}\n"
                             "must: [{served: true}]\n")
                   .remarks) ==
          "m/situations/lost.yaml:1:34: needs belongs to a life event: expected one under wants");
}

TEST_CASE("a date means its day of the week") {
    const auto read =
        situations_of("person: {wants: identity, from: 2026-01-07 09:30}\nmust: [{served: true}]\n");
    REQUIRE_MESSAGE(read.value.has_value(), told(read.remarks));
    CHECK(read.value->front().from_weekday == 2);
}

TEST_CASE("mistakes of a situation are told with their places") {
    const auto read = situations_of(
        "person: {group: oldr, wants: walet, can: fone, site: shp, from: noon}\n"
        "must: [{visits: 1}, {cost: at most 30}, {happy: true}]\n");
    CHECK(told(read.remarks) ==
          "m/situations/lost.yaml:1:17: there is no group of people named oldr; did you mean older?\n"
          "m/situations/lost.yaml:1:30: there is no service or life event named walet; did you mean wallet?\n"
          "m/situations/lost.yaml:1:42: no desk serves a channel named fone; expected one of: chat, counter, "
          "email, "
          "online, phone, video\n"
          "m/situations/lost.yaml:1:54: there is no site named shp; did you mean shop?\n"
          "m/situations/lost.yaml:1:65: expected a day and hour such as mon 10:00 or 2026-01-05 10:00, found "
          "\"noon\"\n"
          "m/situations/lost.yaml:2:17: expected a bound such as at most 1, found the number 1\n"
          "m/situations/lost.yaml:2:28: expected an amount of money such as 7.50 EUR, found the number 30\n"
          "m/situations/lost.yaml:2:42: unknown key happy; expected one of: served, visits, within, cost");
}

}  // namespace
}  // namespace balcao::model
