#pragma once
// What the sessions of a server share: its settings and counters (`Site`, one a server), and the sessions of
// one thread (`Shard`, one a loop), swept for deadlines. Inside this module only.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/loop.hpp"
#include "http/network.hpp"
#include "http/server.hpp"

namespace balcao::http {

class Session;

// Set before the threads start; then only the counters and the table of peers change.
struct Site {
    Settings settings;
    Router router;
    std::vector<Network> proxies;
    std::string allow_all;

    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> streams{0};
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> slow_streams{0};

    // Counts a connection in; false when there are too many. Every call is followed by one of `leave`.
    bool enter(const std::string& peer);
    void leave(const std::string& peer);
    void report_fault(std::string_view what) const;
    // What the hook answers in place of the handler; nothing: the handler is run.
    [[nodiscard]] std::optional<Response> admit(const Request& request) const;

private:
    std::mutex mutex_;
    std::map<std::string, std::size_t> of_peer_;
};

class Shard {
public:
    Shard(Site& site, std::shared_ptr<Loop> loop);
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;
    Shard(Shard&&) = delete;
    Shard& operator=(Shard&&) = delete;
    ~Shard();

    Site& site() { return *site_; }

    const std::shared_ptr<Loop>& loop() { return loop_; }

    // All of these on the loop's thread.
    void take(Line line);
    // Deadlines that have passed; sessions that have ended are let go.
    void sweep();
    // From here on nothing new: what is idle or a stream is closed, what runs is answered and then closed.
    void drain();
    void cut_all();

    [[nodiscard]] bool is_draining() const { return is_draining_; }

    [[nodiscard]] bool is_empty() const { return sessions_.empty(); }

    // Now, as the Date header has it.
    std::string_view date();

private:
    Site* site_;
    std::shared_ptr<Loop> loop_;
    std::vector<std::shared_ptr<Session>> sessions_;
    bool is_draining_ = false;
    std::chrono::sys_seconds second_{};
    std::string date_;
};

}  // namespace balcao::http
