// Appointments on several servers with one PostgreSQL database: the race of src/booking/race_test.hpp, each
// server with its own connections.
#include <doctest/doctest.h>

#include "booking/race_test.hpp"
#include "postgres/cluster_test.hpp"
#include "postgres/store.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

TEST_CASE("S075 on PostgreSQL: people on two servers book the same places: never double, none lost") {
    postgres::Cluster cluster;
    const auto url = cluster.new_database();
    const auto one = postgres::Store::open({.url = url});
    const auto other = postgres::Store::open({.url = url});
    REQUIRE(one);
    REQUIRE(other);
    check_race({one->get(), other->get()}, {8, 20});
}
