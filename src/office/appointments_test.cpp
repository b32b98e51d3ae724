// People with an appointment in the hall. A name in front ("S022") is that of the behaviour that it shows.
#include <doctest/doctest.h>

#include "model/read.hpp"
#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;
using namespace std::chrono_literals;

namespace {

// Desk a for everybody, b for who has an appointment, c for who has none. Deeds are by appointment only. Open
// from 09:00; appointments that are due go first, of equals whoever came first; `urgent` has the priority
// number 1, all others 2.
std::shared_ptr<const model::Model> registry() {
    const model::MemoryFiles files{{{"registry.yaml", R"(
balcao: 1
name: A registry
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {duration: 6 min}
  deeds: {duration: 20 min}
sites:
  shop:
    open: {mon-fri: "09:00-17:00"}
    queue: [priority, booked_due, arrival]
    tickets: {calls: 2}
    desks:
      a: {serves: [identity]}
      b: {serves: [identity, deeds], takes: booked}
      c: {serves: [identity], takes: walk_in}
demand:
  - {id: ordinary, service: identity, site: shop, priority: 2, arrivals: {poisson: 5 per hour}}
  - {id: urgent, service: identity, site: shop, priority: 1, arrivals: {poisson: 1 per hour}}
  - {id: booked, service: identity, site: shop, priority: 2, bookings: {per_day: 10, slot: 20 min}}
  - {id: by-appointment, service: deeds, site: shop, priority: 2, bookings: {per_day: 5, slot: 20 min}}
)"}}};
    const auto read = model::read_model("registry.yaml", files, {});
    for (const auto& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*read.value);
}

struct Registry : Shop {
    Registry() : Shop{registry()} {}

    // Somebody comes whose appointment is in so many minutes.
    Number come(double minutes, std::string_view name = "identity") {
        const auto at = now.at + std::chrono::milliseconds{static_cast<std::int64_t>(minutes * 60'000)};
        return take(TakeTicket{.services = {service(name)}, .appointment = at});
    }
};

}  // namespace

TEST_CASE(
    "S033 an appointment that is due goes before who came without one, and before its time it does not") {
    Registry shop;
    shop.open("a-1");
    const Number walk_in = shop.take("identity");
    const Number early = shop.come(10);
    const Number due = shop.come(0);
    CHECK(shop.serve("a-1") == due);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.serve("a-1") == walk_in);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.serve("a-1") == early);  // nobody else is there
}

TEST_CASE("S027 at the very minute of the appointment it is due") {
    Registry shop;
    shop.open("a-1");
    const Number booked = shop.come(10);
    shop.pass(5);
    const Number walk_in = shop.take("identity");
    shop.pass(4.99);
    CHECK(shop.call("a-1") == walk_in);
    shop.accept(UndoCall{at("a-1")});
    shop.pass(0.01);
    CHECK(shop.call("a-1") == booked);
}

TEST_CASE("S029 without a number given, an appointment that is due goes before who has none") {
    Registry shop;
    shop.open("a-1");
    shop.take("identity");
    shop.take("identity");
    const Number booked = shop.come(-1);
    CHECK(shop.serve("a-1") == booked);
}

TEST_CASE("S031 whoever the model puts first goes before an appointment that is due") {
    Registry shop;
    shop.open("a-1");
    const Number booked = shop.come(-5);
    const Number urgent = shop.take(TakeTicket{.services = {service("identity")}, .rank = 1});
    CHECK(shop.serve("a-1") == urgent);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.serve("a-1") == booked);
}

TEST_CASE("S022 who is sent on keeps the time of the appointment, whenever that was") {
    Registry shop;
    shop.open("b-1");
    const Number first = shop.come(0, "deeds");
    shop.pass(5);
    const Number second = shop.come(0, "deeds");
    CHECK(shop.serve("b-1") == first);
    shop.pass(3);
    shop.accept(Transfer{.desk = at("b-1"), .service = service("identity")});
    // The one whose time was earlier is next, though it joined this queue later.
    CHECK(shop.serve("b-1") == first);
    shop.accept(Finish{at("b-1")});
    CHECK(shop.serve("b-1") == second);
}

TEST_CASE("S025 who is called before the appointment has waited for nothing, and no wait is negative") {
    Registry shop;
    shop.open("b-1");
    const Number early = shop.come(20);
    shop.pass(8);
    CHECK(shop.call("b-1") == early);
    CHECK(waited(shop.visit(early), shop.now.at) == 0ms);
    shop.accept(Start{at("b-1")});
    shop.accept(Finish{at("b-1")});
    const Number late = shop.come(-7);
    shop.pass(4);
    CHECK(shop.call("b-1") == late);
    CHECK(waited(shop.visit(late), shop.now.at) == 4min);  // from when she was there
    shop.accept(Start{at("b-1")});
    shop.accept(Finish{at("b-1")});
    const Number punctual = shop.come(5);
    shop.pass(9);
    CHECK(shop.call("b-1") == punctual);
    CHECK(waited(shop.visit(punctual), shop.now.at) == 4min);  // from the appointment on
}

TEST_CASE("each desk calls whom it takes: with an appointment, without one, or both") {
    Registry shop;
    shop.open("b-1");
    shop.open("c-1");
    const Number walk_in = shop.take("identity");
    CHECK(shop.refuse(CallNext{at("b-1")}).reason == Reason::nobody_waits);
    CHECK(shop.refuse(CallNumber{at("b-1"), walk_in}).reason == Reason::desk_serves_other_things);
    const Number booked = shop.come(0);
    CHECK(shop.refuse(CallNumber{at("c-1"), booked}).reason == Reason::desk_serves_other_things);
    CHECK(shop.serve("b-1") == booked);
    CHECK(shop.serve("c-1") == walk_in);
}

TEST_CASE("what is served by appointment only has no ticket for who has none, from the door or from a desk") {
    Registry shop;
    CHECK(shop.refuse(TakeTicket{.services = {service("deeds")}}).reason == Reason::service_not_offered);
    CHECK(shop.hall.layout().services() == std::vector{service("identity")});
    shop.open("a-1");
    const Number number = shop.take("identity");
    CHECK(shop.serve("a-1") == number);
    CHECK(shop.refuse(AddService{number, service("deeds")}).reason == Reason::service_not_offered);
    CHECK(shop.refuse(Transfer{.desk = at("a-1"), .service = service("deeds")}).reason ==
          Reason::service_not_offered);
    CHECK(shop.visit(shop.come(0, "deeds")).appointment == shop.now.at);
}

TEST_CASE("somebody with an appointment gets a number before the doors open") {
    Registry shop;
    shop.pass(-10);
    CHECK(shop.refuse(TakeTicket{.services = {service("identity")}}).reason == Reason::site_is_closed);
    CHECK(shop.state(shop.come(10)) == "waiting");
}

TEST_CASE("priority by law goes before an appointment that is due, with one of one's own or without") {
    Registry shop;
    shop.open("a-1");
    shop.come(-10);
    const Number by_law = shop.take("identity", Standing::priority);
    CHECK(shop.serve("a-1") == by_law);
    shop.accept(Finish{at("a-1")});
    const Number both = shop.take(TakeTicket{.services = {service("identity")},
                                             .standing = Standing::priority,
                                             .appointment = shop.now.at + 5min});
    CHECK(shop.serve("a-1") == both);
}

TEST_CASE("S137 the smaller of the model's priority numbers is called first, and of equals who came first") {
    Registry shop;
    shop.open("a-1");
    const auto come_as = [&](int rank) {
        return shop.take(TakeTicket{.services = {service("identity")}, .rank = rank});
    };
    const Number ordinary = come_as(2);
    const Number second = come_as(2);
    const Number urgent = come_as(1);
    for (const Number expected : {urgent, ordinary, second}) {
        CHECK(shop.serve("a-1") == expected);
        shop.accept(Finish{at("a-1")});
    }
}
