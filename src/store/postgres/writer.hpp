#pragma once
// A thread that writes: it takes the commits that may be written now, puts them into one transaction, calls
// back when it is durable, and tells the other servers that there is news. Used by the store, which has a few
// of them on one queue. It connects again when the connection is lost and never tries for ever.
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "postgres/connection.hpp"
#include "postgres/queue.hpp"
#include "postgres/transaction.hpp"

namespace balcao::postgres {

class Writer {
public:
    // `patience` is how long a group is tried again before it is given up. The queue must outlive it.
    Writer(Queue& queue, std::string url, std::chrono::milliseconds patience);
    ~Writer() = default;  // writes what waits, then stops

    void request_stop() { thread_.request_stop(); }

    [[nodiscard]] std::uint64_t transactions() const { return transactions_; }

    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    Writer(Writer&&) = delete;
    Writer& operator=(Writer&&) = delete;

private:
    using Clock = std::chrono::steady_clock;
    using Outcomes = std::vector<journal::Outcome>;

    void work(const std::stop_token& stop);
    Outcomes write(std::span<const Waiting> group);
    Outcomes write_halves(std::span<const Waiting> group);
    Outcomes try_once(std::span<const Waiting> group);
    Trouble recover(const Failure& failure);
    void tell_news();

    Queue& queue_;
    const std::string url_;
    const std::chrono::milliseconds patience_;
    std::unique_ptr<Connection> connection_;
    Doubt doubt_ = Doubt::none;                       // about the group that is being written
    std::optional<Clock::time_point> cut_off_since_;  // while there is no connection
    std::atomic<std::uint64_t> transactions_ = 0;
    std::jthread thread_;  // last: it uses all the others
};

}  // namespace balcao::postgres
