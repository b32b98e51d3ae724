// The store while sessions are ended and the server dies under it: nothing acknowledged is lost, nothing is
// there twice, and nobody waits for ever.
#include <chrono>
#include <deque>
#include <thread>

#include <doctest/doctest.h>

#include "postgres/cluster_test.hpp"
#include "postgres/load_test.hpp"

using namespace balcao;
using journal::Outcome;
using journal::contract::write;
using journal::contract::writing_of;
using postgres::Client;
using postgres::Cluster;
using postgres::cluster;
using postgres::opened;
using namespace std::chrono_literals;

namespace {

// Some clients on two stores, pressing while `strike` is done again and again.
template <class Strike>
void press(const std::string& url, std::deque<Client>& clients, const Strike& strike) {
    const auto first = opened(url);
    const auto second = opened(url);
    std::vector<std::jthread> threads;
    for (std::size_t place = 0; place < clients.size(); ++place)
        threads.emplace_back([&, place](const std::stop_token& stop) {
            while (!stop.stop_requested() && clients[place].conflicts == 0)
                clients[place].go_on(place % 2 == 0 ? *first : *second);
        });
    strike();
}

std::uint64_t sum_of(const std::deque<Client>& clients, std::atomic<std::uint64_t> Client::*what) {
    std::uint64_t sum = 0;
    for (const auto& client : clients)
        sum += client.*what;
    return sum;
}

// Waits until the clients heard of that many more commits.
void wait_for_more(const std::deque<Client>& clients, std::uint64_t count) {
    const auto before = sum_of(clients, &Client::acknowledged);
    const auto latest = std::chrono::steady_clock::now() + 20s;
    while (sum_of(clients, &Client::acknowledged) < before + count) {
        REQUIRE(std::chrono::steady_clock::now() < latest);
        std::this_thread::sleep_for(1ms);
    }
}

std::deque<Client> made(const std::string& name, int count) {
    std::deque<Client> clients;
    for (int number = 0; number < count; ++number)
        clients.emplace_back(name + std::to_string(number));
    return clients;
}

}  // namespace

TEST_CASE("sessions that are ended in the middle of a load lose no commit and refuse none") {
    const auto url = cluster().emptied_database();
    auto clients = made("client-", 8);
    press(url, clients, [&] {
        for (int strike = 0; strike < 25; ++strike) {
            wait_for_more(clients, 10 + static_cast<std::uint64_t>(strike));
            Cluster::carry_out(
                url,
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = "
                "current_database() AND pid <> pg_backend_pid()");
        }
        wait_for_more(clients, 10);
    });
    const auto store = opened(url);
    for (const auto& client : clients)
        client.check(*store);
    CHECK(sum_of(clients, &Client::refused) == 0);
    CHECK(sum_of(clients, &Client::repeated) == 0);  // what was written is told as written
}

TEST_CASE("a server that dies under load several times has every acknowledged commit when it is back") {
    auto& server = cluster();
    const auto url = server.emptied_database();
    auto clients = made("client-", 8);
    press(url, clients, [&] {
        for (int strike = 0; strike < 3; ++strike) {
            wait_for_more(clients, 200);
            server.stop_hard();
            server.start();
        }
        wait_for_more(clients, 200);
    });
    const auto store = opened(url);
    for (const auto& client : clients)
        client.check(*store);
}

TEST_CASE("without a server commits are refused in time, reads fail at once, and all goes on afterwards") {
    auto& server = cluster();
    const auto url = server.emptied_database();
    const auto store = postgres::Store::open({.url = url, .patience = 1s});
    REQUIRE(store);
    CHECK(write(**store, {.writings = {writing_of("site/a", 0, {"before"})}}) == Outcome::written);
    server.stop_hard();
    const auto begin = std::chrono::steady_clock::now();
    CHECK(write(**store, {.writings = {writing_of("site/a", 1, {"lost"})}}) == Outcome::unavailable);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    const auto again = std::chrono::steady_clock::now();
    CHECK(write(**store, {.writings = {writing_of("site/a", 1, {"lost"})}}) == Outcome::unavailable);
    CHECK((*store)->read("site/a", 0).error().code == Errc::unavailable);
    CHECK((*store)->follow({}, 1).error().code == Errc::unavailable);
    CHECK((*store)->is_notary().error().code == Errc::unavailable);
    CHECK(std::chrono::steady_clock::now() - again < 1s);  // nobody is made to wait a second time
    server.start();
    CHECK(write(**store, {.writings = {writing_of("site/a", 1, {"after"})}}) == Outcome::written);
    CHECK((*store)->read("site/a", 0)->size() == 2);
}

TEST_CASE("a session that holds what a commit needs and does not move keeps it waiting only so long") {
    const auto url = cluster().emptied_database();
    const auto store = postgres::Store::open({.url = url, .patience = 400ms});
    REQUIRE(store);
    postgres::Connection stuck{url, 20s};
    stuck.run({"begin", "BEGIN"});
    stuck.run({"lock", "LOCK TABLE events IN ACCESS EXCLUSIVE MODE"});
    const auto begin = std::chrono::steady_clock::now();
    CHECK(write(**store, {.writings = {writing_of("site/a", 0, {"e"})}}) == Outcome::unavailable);
    CHECK_FALSE((*store)->read("site/a", 0));
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
    stuck.roll_back();
    CHECK(write(**store, {.writings = {writing_of("site/a", 0, {"e"})}}) == Outcome::written);
}
