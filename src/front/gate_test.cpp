// Who comes too often, and who does not.
#include "front/gate.hpp"

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::front;
using namespace std::chrono_literals;

namespace {

const Gate::Time begin{1000h};

http::Request from(const std::string& peer, http::Method method, std::string_view route) {
    http::Request request;
    request.peer = peer;
    request.method = method;
    request.route = route;
    return request;
}

const std::vector<Counted> counted{{http::Method::post, "/tickets", Limit::tickets},
                                   {http::Method::get, "/tickets/{link}", Limit::wrong_links}};

int admitted(Gate& gate, const http::Request& request, int tries, Gate::Time at = begin) {
    int count = 0;
    for (int attempt = 0; attempt < tries; ++attempt)
        count += gate.admit(request, at) ? 0 : 1;
    return count;
}

}  // namespace

TEST_CASE("tickets are limited by address, and reading goes on meanwhile") {
    GateSettings settings;
    REQUIRE(settings.set("tickets=4,60").has_value());
    Gate gate{settings, counted};
    CHECK(admitted(gate, from("192.0.2.1", http::Method::post, "/tickets"), 10) == 4);
    CHECK(admitted(gate, from("192.0.2.2", http::Method::post, "/tickets"), 10) == 4);
    CHECK(admitted(gate, from("192.0.2.1", http::Method::get, "/tickets"), 10) == 10);
    const auto refused = gate.admit(from("192.0.2.1", http::Method::post, "/tickets"), begin + 30s);
    REQUIRE(refused.has_value());
    CHECK(refused->limit == Limit::tickets);
    CHECK(refused->wait == 30s);
}

TEST_CASE("a whole library behind one address takes tickets for an hour as fast as its busiest shop") {
    Gate gate{{}, counted};
    for (int ticket = 0; ticket < 300; ++ticket)
        CHECK_FALSE(
            gate.admit(from("192.0.2.1", http::Method::post, "/tickets"), begin + ticket * 12s).has_value());
}

TEST_CASE(
    "who tries links that are none is told to wait; who has a good one may look at it as often as needed") {
    GateSettings settings;
    REQUIRE(settings.set("wrong-links=5,60").has_value());
    Gate gate{settings, counted};
    const auto look = from("192.0.2.1", http::Method::get, "/tickets/{link}");
    for (int good = 0; good < 100; ++good) {
        CHECK_FALSE(gate.admit(look, begin).has_value());
        gate.answered(look, 200, begin);
    }
    int wrong = 0;
    while (wrong < 50 && !gate.admit(look, begin)) {
        gate.answered(look, 404, begin);
        ++wrong;
    }
    CHECK(wrong == 5);
    CHECK_FALSE(gate.admit(from("192.0.2.9", http::Method::get, "/tickets/{link}"), begin).has_value());
}

TEST_CASE("every request counts for the limit of all") {
    GateSettings settings;
    REQUIRE(settings.set("all=7,60").has_value());
    Gate gate{settings, counted};
    CHECK(admitted(gate, from("192.0.2.1", http::Method::get, "/anything"), 20) == 7);
    CHECK(gate.admit(from("192.0.2.1", http::Method::get, "/else"), begin)->limit == Limit::all);
}

TEST_CASE("a network of kiosks has no limits, and neither has anybody when they are off") {
    GateSettings settings;
    REQUIRE(settings.set("tickets=1,1").has_value());
    REQUIRE(settings.spare("10.2.0.0/16").has_value());
    Gate gate{settings, counted};
    CHECK(admitted(gate, from("10.2.7.7", http::Method::post, "/tickets"), 500) == 500);
    CHECK(admitted(gate, from("10.3.7.7", http::Method::post, "/tickets"), 500) == 1);
    REQUIRE(settings.set("off").has_value());
    Gate open{settings, counted};
    CHECK(admitted(open, from("10.3.7.7", http::Method::post, "/tickets"), 500) == 500);
}

TEST_CASE("settings that are none are refused with what would be right") {
    GateSettings settings;
    for (const char* wrong : {"", "tickets", "tickets=", "tickets=5", "tickets=5,", "tickets=0,5",
                              "tickets=5,x", "ticket=5,5", "tickets=-1,5", "tickets=5,999999999"}) {
        const auto set = settings.set(wrong);
        REQUIRE_FALSE(set.has_value());
        CHECK(set.error().what.find("tickets=120,1200") != std::string::npos);
    }
    CHECK_FALSE(settings.spare("kiosks").has_value());
}

TEST_CASE("refusals are counted by limit") {
    GateSettings settings;
    REQUIRE(settings.set("tickets=1,1").has_value());
    Gate gate{settings, counted};
    admitted(gate, from("192.0.2.1", http::Method::post, "/tickets"), 4);
    std::string out;
    gate.append_metrics(out);
    CHECK(out.find("balcao_limited_total{limit=\"tickets\"} 3\n") != std::string::npos);
    CHECK(out.find("balcao_limited_total{limit=\"all\"} 0\n") != std::string::npos);
}

TEST_CASE("asking for the head of a page counts as asking for the page") {
    GateSettings settings;
    REQUIRE(settings.set("wrong-links=2,1").has_value());
    Gate gate{settings, counted};
    const auto head = from("192.0.2.1", http::Method::head, "/tickets/{link}");
    for (int wrong = 0; wrong < 2; ++wrong) {
        CHECK_FALSE(gate.admit(head, begin).has_value());
        gate.answered(head, 404, begin);
    }
    CHECK(gate.admit(head, begin).has_value());
    CHECK(gate.admit(from("192.0.2.1", http::Method::get, "/tickets/{link}"), begin).has_value());
}

TEST_CASE("one phone that tries links does not lock the shop behind its address out of its tickets") {
    Gate gate{{}, counted};
    const auto look = from("192.0.2.1", http::Method::get, "/tickets/{link}");
    for (int wrong = 0; wrong < 300; ++wrong)
        gate.answered(look, 404, begin);
    CHECK(admitted(gate, look, 100) == 100);
}
