// The hall as values for who thinks ahead, and the day as values for who learns from it.
#include "office/hall_snapshot.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;

namespace {

// A shop that keeps what happened.
struct Recorded {
    Shop shop;
    std::vector<std::pair<HallEvent, Instant>> events;

    void accept(const Command& command) {
        for (auto& event : shop.accept(command))
            events.emplace_back(std::move(event), shop.now.at);
    }

    void take(std::string_view name, Standing standing = Standing::ordinary) {
        accept(TakeTicket{.services = {service(name)}, .standing = standing});
    }

    [[nodiscard]] rules::HallPast past() const {
        const auto layout = *Layout::of(shop_model(), model::SiteKey{"shop"});
        return past_of(layout, shop.hall.date(), events, *Zone::find("Europe/Lisbon"));
    }
};

constexpr double minute = 60e6;

}  // namespace

TEST_CASE("a snapshot has everybody who waits, in their queues, and every desk with what it does") {
    Shop shop;
    for (const char* desk : {"a-1", "a-2", "b-1"})
        shop.open(desk);
    const Number served = shop.take("identity");
    shop.serve("a-1");
    shop.pass(3);
    const Number called = shop.take(TakeTicket{.services = {service("transport"), service("tax")}});
    shop.call("a-2");
    shop.accept(PauseDesk{at("b-1")});
    shop.pass(2);
    const Number waits = shop.take("tax", Standing::priority);
    const auto now = now_of(shop.hall, shop.now);
    REQUIRE(now.desks.size() == 3);
    CHECK(now.minute == 9 * 60 + 5);
    CHECK(now.desks[0].doing == rules::DeskDoing::serving);
    CHECK(now.desks[0].ticket == served.value);
    CHECK(now.at - now.desks[0].since == 5 * 60'000'000LL);
    CHECK(now.desks[1].doing == rules::DeskDoing::expecting);
    CHECK(now.desks[1].ticket == called.value);
    CHECK(now.desks[1].then.size() == 1);  // taxes come after
    CHECK(now.desks[2].doing == rules::DeskDoing::resting);
    CHECK(now.desks[2].rested != 0);
    REQUIRE(now.waiting.size() == 1);
    CHECK(now.waiting[0].ticket == waits.value);
    const auto& name = shop.hall.layout().names()[now.waiting[0].queue];
    CHECK(name.service == service("tax"));
    CHECK(name.by_law);
}

TEST_CASE(
    "who did not come is not offered before the pause is over, and who was sent to a desk waits for it") {
    Shop shop;
    shop.open("a-1");
    shop.open("a-2");
    const Number absent = shop.take("identity");
    shop.call("a-1");
    shop.accept(NotCome{at("a-1")});
    const Number sent = shop.take("transport");
    shop.serve("a-1");
    shop.accept(Transfer{at("a-1"), std::nullopt, at("a-2")});
    auto now = now_of(shop.hall, shop.now);
    REQUIRE(now.waiting.size() == 2);
    const auto of = [&](Number number) {
        return *std::ranges::find(now.waiting, number.value, &rules::WaiterNow::ticket);
    };
    CHECK(of(absent).not_before == now.at + 5 * 60'000'000LL);
    CHECK(of(sent).only == 1);
    shop.accept(CloseDesk{at("a-2")});
    now = now_of(shop.hall, shop.now);
    CHECK(of(sent).only == rules::closed_desk);
}

TEST_CASE("a day's events tell how long things took, who came when, and who gave up") {
    Recorded day;
    day.accept(OpenDesk{at("a-1"), StaffKey{"ana"}});
    day.shop.pass(2);
    day.take("identity");
    day.shop.pass(1);
    day.accept(CallNext{at("a-1")});
    day.shop.pass(0.5);
    day.accept(Start{at("a-1")});
    day.shop.pass(7);
    day.accept(Park{at("a-1")});
    day.shop.pass(20);
    day.accept(Resume{at("a-1"), Number{1}});
    day.shop.pass(2);
    day.accept(Finish{at("a-1")});
    day.take("tax", Standing::priority);
    day.take("identity");
    day.shop.pass(4);
    day.accept(Leave{Number{2}});
    day.accept(CallNext{at("a-1")});
    day.shop.pass(1.5);
    day.accept(NotCome{at("a-1")});
    day.accept(PauseDesk{at("a-1")});
    day.shop.pass(10);
    day.accept(ResumeDesk{at("a-1")});
    const auto past = day.past();
    CHECK(past.days == 1);
    CHECK(past.served.at({service("identity"), {}}) == std::vector<double>{9 * minute});  // parts added
    CHECK(past.legs() == 1);
    CHECK(past.ways == std::vector<double>{0.5 * minute});
    CHECK(past.gaps == std::vector<double>{1 * minute, 4 * minute});
    CHECK(past.holds == std::vector<double>{1.5 * minute});
    CHECK(past.rests == std::vector<double>{10 * minute});
    CHECK(past.left == 1);
    CHECK(past.waited == doctest::Approx((1 + 4 + 4) * minute));
    CHECK(past.arrivals.at({service("identity"), {}, 0, false})[18] == 1);  // 09:00 to 09:30
    CHECK(past.arrivals.at({service("identity"), {}, 0, false})[19] == 1);
    CHECK(past.arrivals.at({service("tax"), {}, 0, true})[19] == 1);
    auto two = past;
    two.add(past);
    CHECK(two.days == 2);
    CHECK(two.legs() == 2);
    CHECK(two.arrivals.at({service("tax"), {}, 0, true})[19] == 2);
}
