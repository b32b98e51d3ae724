// Pages that follow what is shown: a change reaches all of them, whoever is the first to see it.
#include "front/live.hpp"

#include <atomic>

#include <doctest/doctest.h>

#include "http/client.hpp"
#include "http/server.hpp"

using namespace balcao;
using namespace std::chrono_literals;

namespace {

// One part of a page that shows a number, behind a real server. Nobody says that the number has changed.
struct Board {
    std::atomic<int> number{1};
    front::Live live{1h};
    std::unique_ptr<http::Server> server = start();

    std::unique_ptr<http::Server> start() {
        http::Router router;
        router.add(http::Method::get, "/board", [this](const http::Request&, http::Reply reply) {
            live.follow(model::SiteKey{"shop"}, "board", reply.stream(),
                        [this] { return std::to_string(number.load()); });
        });
        return *http::Server::start({}, std::move(router));
    }

    [[nodiscard]] http::EventReader follow() const {
        auto opened =
            http::EventReader::open({.url = "http://127.0.0.1:" + std::to_string(server->port()) + "/board"});
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }
};

std::string next(http::EventReader& reader, std::chrono::milliseconds within = 5s) {
    const auto event = reader.next(within);
    return event && *event ? (*event)->data : "nothing";
}

}  // namespace

TEST_CASE("who follows already is told of what somebody else sees first on joining") {
    Board board;
    auto first = board.follow();
    CHECK(next(first) == "1");
    board.number = 2;
    auto second = board.follow();
    CHECK(next(second) == "2");
    CHECK(next(first) == "2");
    auto third = board.follow();
    CHECK(next(third) == "2");
    CHECK(next(first, 100ms) == "nothing");  // nothing is new
}
