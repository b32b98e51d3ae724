// Numbers, and the order of calling. A name in front ("S030") is that of the behaviour that it shows.
#include <set>

#include <doctest/doctest.h>

#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;

TEST_CASE("S042 every day begins with the first number") {
    Shop monday{shop_model("first: 100, last: 102")};
    CHECK(monday.take("identity") == Number{100});
    CHECK(monday.take("identity") == Number{101});
    Shop tuesday{shop_model("first: 100, last: 102")};
    CHECK(tuesday.take("identity") == Number{100});
}

TEST_CASE("S150 when the day's numbers are given out no channel gives another") {
    Shop shop{shop_model("first: 7, last: 8")};
    shop.take("identity");
    shop.take("tax");
    for (const char* channel : {"kiosk", "phone", "reception", "sms"})
        CHECK(shop.refuse(TakeTicket{.services = {service("identity")}, .channel = channel}).reason ==
              Reason::numbers_given_out);
}

TEST_CASE("S115 the number of who left is not given again that day") {
    Shop shop;
    const Number first = shop.take("identity");
    shop.accept(Leave{first});
    CHECK(shop.take("identity") != first);
}

TEST_CASE("S050 outside opening hours nobody gets a ticket") {
    Shop shop;
    shop.pass(-1);
    CHECK(shop.refuse(TakeTicket{.services = {service("identity")}}).reason == Reason::site_is_closed);
    shop.pass(1);
    shop.take("identity");
    shop.pass(8 * 60);
    CHECK(shop.refuse(TakeTicket{.services = {service("identity")}}).reason == Reason::site_is_closed);
}

TEST_CASE("S096 a ticket is for services that the site offers, each once, at least one") {
    Shop shop;
    const auto refusal = shop.refuse(TakeTicket{.services = {service("identity"), service("flying")}});
    CHECK(refusal.reason == Reason::service_not_offered);
    CHECK(refusal.service == service("flying"));
    CHECK(shop.refuse(TakeTicket{.services = {service("tax"), service("tax")}}).reason ==
          Reason::service_named_twice);
    CHECK(shop.refuse(TakeTicket{}).reason == Reason::no_service_named);
}

TEST_CASE(
    "S030 within a priority the first who came is called first, and of two at once the smaller number") {
    Shop shop;
    shop.open("a-1");
    const Number first = shop.take("identity");
    const Number second = shop.take("transport");
    shop.pass(1);
    const Number third = shop.take("identity");
    for (const Number expected : {first, second, third}) {
        CHECK(shop.serve("a-1") == expected);
        shop.accept(Finish{at("a-1")});
    }
}

TEST_CASE("S034 who was called and did not come is not offered for five minutes, even to an idle desk") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.call("a-1");
    shop.accept(NotCome{at("a-1")});
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::nobody_waits);
    shop.pass(4.9);
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::nobody_waits);
    shop.pass(0.1);
    CHECK(shop.call("a-1") == number);
}

TEST_CASE("a person who pauses can still be called by number") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.call("a-1");
    shop.accept(NotCome{at("a-1")});
    shop.accept(CallNumber{at("a-1"), number});
    CHECK(shop.state(number) == "called");
    shop.pass(10);
    CHECK(shop.state(number) == "called");
}

TEST_CASE("S035 numbers that a desk leaves out are not called, and with all left out nobody is") {
    Shop shop;
    shop.open("a-1");
    const Number first = shop.take("identity");
    const Number second = shop.take("identity");
    CHECK(shop.refuse(CallNext{at("a-1"), {first, second}}).reason == Reason::nobody_waits);
    const auto events = shop.accept(CallNext{at("a-1"), {first}});
    CHECK(std::get<VisitCalled>(events.front()).number == second);
}

TEST_CASE("S141 S142 priority by law goes before everybody else, and by arrival among its own") {
    Shop shop;
    shop.open("a-1");
    const Number ordinary = shop.take("identity");
    shop.pass(1);
    const Number first = shop.take("transport", Standing::priority);
    shop.pass(1);
    const Number second = shop.take("identity", Standing::priority);
    for (const Number expected : {first, second, ordinary}) {
        CHECK(shop.serve("a-1") == expected);
        shop.accept(Finish{at("a-1")});
    }
}

TEST_CASE("S144 in a service whose order gives rights nobody has priority") {
    Shop shop;
    shop.open("b-1");
    const Number first = shop.take("deeds");
    shop.pass(1);
    const Number claims = shop.take("deeds", Standing::priority);
    CHECK(shop.visit(claims).standing == Standing::ordinary);
    CHECK(shop.call("b-1") == first);
}

TEST_CASE("S145 a call over the head of somebody with priority is written down with those passed over") {
    Shop shop;
    shop.open("a-1");
    const Number ordinary = shop.take("identity");
    const Number priority = shop.take("identity", Standing::priority);
    shop.take("tax", Standing::priority);  // of another desk: nobody is passed over
    const auto events = shop.accept(CallNumber{at("a-1"), ordinary});
    CHECK(std::get<VisitCalled>(events.front()).passed_over == std::vector<Number>{priority});
}

TEST_CASE("a ticket beyond the site's numbers does not exist, and says so") {
    Shop shop;
    shop.open("a-1");
    CHECK(shop.refuse(CallNumber{at("a-1"), Number{1}}).reason == Reason::no_such_number);
    CHECK(shop.refuse(Leave{Number{0}}).reason == Reason::no_such_number);
}
