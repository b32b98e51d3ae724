#include <atomic>

#include "http/loopback_test.hpp"

using namespace balcao;
using namespace balcao::http;

namespace {

// A house whose "/stream" opens a stream and hands it to the test.
struct StreamHouse : Loopback {
    Box<EventStream> streams;

    StreamHouse() {
        router.add(Method::get, "/stream",
                   [this](const Request&, Reply reply) { streams.put(reply.stream()); });
    }

    [[nodiscard]] EventReader read(Headers headers = {}) const {
        auto reader = EventReader::open({.url = url("/stream"), .headers = std::move(headers)});
        REQUIRE(reader.has_value());
        return *std::move(reader);
    }
};

Event next_of(EventReader& reader) {
    auto event = reader.next(10s);
    REQUIRE(event.has_value());
    REQUIRE(event->has_value());
    return **event;
}

}  // namespace

TEST_CASE("what is sent into a stream arrives in order, as it was") {
    StreamHouse house;
    house.start();
    EventReader reader = house.read();
    const EventStream stream = house.streams.take();
    CHECK(stream.is_open());
    CHECK(house.server->counters().streams == 1);
    std::thread sender{[&] {
        for (int number = 0; number < 100; ++number)
            CHECK(stream.send({"call", std::to_string(number), "A 117\ndesk " + std::to_string(number)}));
    }};
    for (int number = 0; number < 100; ++number) {
        const std::string text = std::to_string(number);
        CHECK(next_of(reader) == Event{"call", text, "A 117\ndesk " + text});
    }
    sender.join();
}

TEST_CASE("a client that comes back says what it saw last") {
    Loopback house;
    house.router.add(Method::get, "/stream", [](const Request& request, Reply reply) {
        const std::string last{request.header("Last-Event-ID")};
        const EventStream stream = reply.stream({{"X-Test", "yes"}});
        stream.send({"", "8", "after " + last});
    });
    house.start();
    auto reader = EventReader::open({.url = house.url("/stream"), .headers = {{"Last-Event-ID", "7"}}});
    REQUIRE(reader.has_value());
    CHECK(next_of(*reader) == Event{"", "8", "after 7"});
    // Nobody holds the stream any more: it ends, and what was sent before came through.
    const auto end = reader->next(10s);
    REQUIRE_FALSE(end.has_value());
    CHECK(end.error().what == "the stream has ended");
}

TEST_CASE("a topic that somebody has just joined is not empty, though the stream is still on its way in") {
    Loopback house;
    const Topic topic;
    std::atomic<std::size_t> seen = 0;
    house.router.add(Method::get, "/stream", [&](const Request&, Reply reply) {
        topic.join(reply.stream());
        seen = topic.size();  // the thread that lets streams in is busy here
    });
    house.start();
    auto reader = EventReader::open({.url = house.url("/stream")});
    REQUIRE(reader.has_value());
    topic.publish(format_event({.data = "news"}));
    CHECK(next_of(*reader).data == "news");
    CHECK(seen == 1);
    CHECK(topic.size() == 1);
}

TEST_CASE("a quiet stream has its heartbeat") {
    StreamHouse house;
    house.settings.limits.heartbeat = 50ms;
    house.start();
    Connection connection = house.open();
    REQUIRE(connection.write("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
    const EventStream stream = house.streams.take();
    std::string all;
    while (count_of(all, "\n:\n\n") < 3) {
        auto bytes = connection.read(in(10s));
        REQUIRE(bytes.has_value());
        all += *bytes;
    }
    CHECK(all.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(all.find("Content-Length") == std::string::npos);
}

TEST_CASE("who holds a stream learns that the client went") {
    StreamHouse house;
    house.start();
    Box<int> notices;
    auto reader = std::make_unique<EventReader>(house.read());
    const EventStream stream = house.streams.take();
    stream.on_close([&] { notices.put(1); });
    reader.reset();
    CHECK(notices.take() == 1);
    CHECK_FALSE(stream.is_open());
    CHECK_FALSE(stream.send(Event{"", "", "x"}));
    stream.on_close([&] { notices.put(2); });
    CHECK(notices.take() == 2);
    CHECK(comes_true([&] { return house.server->counters().streams == 0; }));
}

TEST_CASE("a stream that is closed ends after what was sent before") {
    StreamHouse house;
    house.start();
    EventReader reader = house.read();
    const EventStream stream = house.streams.take();
    stream.send(Event{"", "", "last words"});
    stream.close();
    CHECK(next_of(reader).data == "last words");
    CHECK_FALSE(reader.next(10s).has_value());
}

TEST_CASE("HEAD of a stream has its head and ends") {
    StreamHouse house;
    house.start();
    const std::string all = house.talk("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_of(all) == "200");
    CHECK(all.ends_with("\r\n\r\n"));
    CHECK(comes_true([&] { return !house.streams.take().is_open(); }));
}

TEST_CASE("a broadcast reaches a thousand streams") {
    StreamHouse house;
    house.settings.threads = 2;
    house.start();
    const Topic topic;
    std::vector<EventReader> readers;
    for (int count = 0; count < 1000; ++count) {
        readers.push_back(house.read());
        topic.join(house.streams.take());
    }
    CHECK(house.server->counters().streams == 1000);
    for (const auto* id : {"1", "2", "3"})
        topic.publish(format_event({"call", id, "A 117"}));
    for (EventReader& reader : readers)
        for (const auto* id : {"1", "2", "3"})
            CHECK(next_of(reader) == Event{"call", id, "A 117"});
    CHECK(topic.size() == 1000);
    while (readers.size() > 10)
        readers.pop_back();
    CHECK(comes_true([&] { return house.server->counters().streams == 10; }));
    topic.publish(format_event({"call", "4", "A 118"}));
    for (int count = 0; count < 10; ++count)
        CHECK(next_of(readers[static_cast<std::size_t>(count)]).id == "4");
    CHECK(comes_true([&] { return topic.size() == 10; }));
}

TEST_CASE("all streams of a topic see one order, whoever publishes") {
    StreamHouse house;
    house.settings.threads = 2;
    house.start();
    const Topic topic;
    std::vector<EventReader> readers;
    for (int count = 0; count < 4; ++count) {
        readers.push_back(house.read());
        topic.join(house.streams.take());
    }
    std::vector<std::thread> publishers;
    for (int publisher = 0; publisher < 3; ++publisher)
        publishers.emplace_back([&, publisher] {
            for (int number = 0; number < 100; ++number)
                topic.publish(format_event({"", std::to_string(publisher * 1000 + number), "x"}));
        });
    for (auto& publisher : publishers)
        publisher.join();
    std::vector<std::string> orders(readers.size());
    for (std::size_t place = 0; place < readers.size(); ++place)
        for (int number = 0; number < 300; ++number)
            orders[place] += next_of(readers[place]).id + ' ';
    CHECK(std::count(orders.begin(), orders.end(), orders[0]) == 4);
}

TEST_CASE("who joins later gets nothing that was published before") {
    StreamHouse house;
    house.start();
    const Topic topic;
    EventReader first = house.read();
    topic.join(house.streams.take());
    topic.publish(format_event({"", "1", "old"}));
    EventReader second = house.read();
    topic.join(house.streams.take());
    topic.publish(format_event({"", "2", "new"}));
    CHECK(next_of(second).id == "2");
    CHECK(next_of(first).id == "1");
    CHECK(next_of(first).id == "2");
}

TEST_CASE("a stream whose client does not read is cut, and the others go on") {
    StreamHouse house;
    house.settings.limits.stream_backlog_bytes = 100000;
    house.start();
    const Topic topic;
    Connection slow = house.open();
    REQUIRE(slow.write("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
    const EventStream cut = house.streams.take();
    topic.join(cut);
    EventReader reader = house.read();
    topic.join(house.streams.take());
    const std::string text(20000, 'x');
    int number = 0;
    while (house.server->counters().slow_streams == 0 && number < 2000) {
        topic.publish(format_event({"", std::to_string(number), text}));
        CHECK(next_of(reader).id == std::to_string(number));
        ++number;
    }
    CHECK(house.server->counters().slow_streams == 1);
    CHECK_FALSE(cut.is_open());
    topic.publish(format_event({"", "end", text}));
    CHECK(next_of(reader).id == "end");
}

TEST_CASE("stopping ends streams and idle connections at once and tells the holders") {
    StreamHouse house;
    house.router.add(Method::get, "/", [](const Request&, Reply reply) { reply.send(Response::text("x")); });
    house.start();
    EventReader reader = house.read();
    const EventStream stream = house.streams.take();
    Box<int> notices;
    stream.on_close([&] { notices.put(1); });
    Connection idle = house.open();
    REQUIRE(idle.ask({.url = house.url("/")}).has_value());
    std::thread other{[&] { CHECK_FALSE(reader.next(10s).has_value()); }};
    const auto begin = std::chrono::steady_clock::now();
    std::thread stopper{[&] { house.server->stop(5s); }};
    CHECK(notices.take() == 1);
    CHECK(idle.read(in(5s))->empty());
    other.join();
    stopper.join();
    CHECK(std::chrono::steady_clock::now() - begin < 4s);
    CHECK_FALSE(stream.is_open());
}

TEST_CASE("a request under way when the server stops is answered") {
    Loopback house;
    Box<Reply> replies;
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) { replies.put(std::move(reply)); });
    house.start();
    Connection connection = house.open();
    REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
    Reply reply = replies.take();
    std::thread stopper{[&] { house.server->stop(5s); }};
    CHECK(comes_true([&] { return !Connection::open("127.0.0.1", house.server->port(), 1s).has_value(); }));
    reply.send(Response::text("done"));
    const std::string all = Loopback::read_all(connection);
    CHECK(all.find("Connection: close\r\n") != std::string::npos);
    CHECK(all.ends_with("done"));
    connection.end_writing();
    stopper.join();
}

TEST_CASE("a request that is never answered does not hold the server up beyond its grace") {
    Loopback house;
    Box<Reply> replies;
    house.router.add(Method::get, "/", [&](const Request&, Reply reply) { replies.put(std::move(reply)); });
    house.start();
    Connection connection = house.open();
    REQUIRE(connection.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n", in(5s)).has_value());
    const Reply reply = replies.take();
    const auto begin = std::chrono::steady_clock::now();
    house.server->stop(100ms);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
    CHECK(reply.is_gone());
    house.server->stop(100ms);
}

TEST_CASE("stopping under load answers what it took and refuses the rest") {
    Loopback house;
    house.settings.threads = 2;
    house.router.add(Method::get, "/",
                     [](const Request&, Reply reply) { reply.send(Response::text(std::string(2000, 'x'))); });
    house.start();
    std::atomic<bool> stopped = false;
    std::atomic<int> whole = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> clients;
    for (int client = 0; client < 8; ++client)
        clients.emplace_back([&] {
            while (!stopped) {
                auto connection = Connection::open("127.0.0.1", house.server->port(), 1s);
                if (!connection) continue;
                for (auto answer = connection->ask({.url = house.url("/")}); answer;
                     answer = connection->ask({.url = house.url("/")})) {
                    ++(answer->status == 200 && answer->body.size() == 2000 ? whole : wrong);
                    if (answer->headers.text("Connection") == "close") break;
                }
            }
        });
    CHECK(comes_true([&] { return whole > 500; }));
    house.server->stop(5s);
    stopped = true;
    for (auto& client : clients)
        client.join();
    CHECK(wrong == 0);
    CHECK(house.server->counters().connections == 0);
    CHECK(house.server->counters().requests >= static_cast<std::uint64_t>(whole.load()));
}
