#pragma once
// A real server on the loopback address and lines to it, for the tests of this module.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "http/client.hpp"
#include "http/server.hpp"

namespace balcao::http {

using namespace std::chrono_literals;

inline Connection::Deadline in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

// What is told on the server's threads, for the test's own.
template <class Value>
class Box {
public:
    void put(Value value) {
        // Told while it is locked: who takes the value may let go of the box at once.
        const std::lock_guard lock{mutex_};
        values_.push_back(std::move(value));
        changed_.notify_all();
    }

    // The next one; fails the test after ten seconds without.
    Value take() {
        std::unique_lock lock{mutex_};
        REQUIRE(changed_.wait_for(lock, 10s, [&] { return !values_.empty(); }));
        Value value = std::move(values_.front());
        values_.erase(values_.begin());
        return value;
    }

    std::size_t size() {
        const std::lock_guard lock{mutex_};
        return values_.size();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Value> values_;
};

// Waits for something that another thread brings about; false after ten seconds.
inline bool comes_true(const std::function<bool()>& condition) {
    const auto end = in(10s);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(2ms);
    }
    return true;
}

struct Loopback {
    Settings settings;
    Router router;
    std::unique_ptr<Server> server;

    Loopback() { settings.limits.tick = 10ms; }

    void start() {
        auto started = Server::start(settings, std::move(router));
        REQUIRE(started.has_value());
        server = *std::move(started);
    }

    [[nodiscard]] std::string url(const std::string& target) const {
        return "http://127.0.0.1:" + std::to_string(server->port()) + target;
    }

    [[nodiscard]] Answer get(const std::string& target, Headers headers = {}) const {
        auto answer = fetch({.url = url(target), .headers = std::move(headers)});
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    [[nodiscard]] Connection open() const {
        auto connection = Connection::open("127.0.0.1", server->port(), 5s);
        REQUIRE(connection.has_value());
        return *std::move(connection);
    }

    // Sends bytes and reads until the server closes the line; fails the test when it does not.
    [[nodiscard]] std::string talk(const std::string& bytes) const {
        Connection connection = open();
        REQUIRE(connection.write(bytes, in(5s)).has_value());
        return read_all(connection);
    }

    static std::string read_all(Connection& connection) {
        std::string all;
        while (true) {
            auto bytes = connection.read(in(10s));
            if (!bytes && bytes.error().what.starts_with("cannot read")) return all;  // reset
            REQUIRE(bytes.has_value());
            if (bytes->empty()) return all;
            all += *bytes;
        }
    }
};

// "200" of "HTTP/1.1 200 OK…"; empty for less.
inline std::string status_of(const std::string& answer) {
    return answer.size() < 12 ? std::string{} : answer.substr(9, 3);
}

inline std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t place = text.find(part); place != std::string::npos; place = text.find(part, place + 1))
        ++count;
    return count;
}

}  // namespace balcao::http
