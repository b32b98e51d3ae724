#pragma once
// What stands between a handle in a handler's hand (reply.hpp) and the session that it speaks to, on another
// thread perhaps. Inside this module only.
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "http/loop.hpp"
#include "http/reply.hpp"

namespace balcao::http {

class Session;

// One request under way. The request does not change once the handler has it.
struct Exchange {
    // Where the answer goes when no line is behind it (local.hpp); then there is no loop.
    std::function<void(Response)> here{};
    std::shared_ptr<Loop> loop;
    std::weak_ptr<Session> session;
    std::uint64_t number = 0;  // within the session: a late answer is told from one in time
    Request request;
    std::atomic<bool> is_gone{false};
};

// One stream, as its handles know it.
struct StreamCore {
    StreamCore(std::shared_ptr<Loop> its_loop, std::weak_ptr<Session> its_session);
    StreamCore(const StreamCore&) = delete;
    StreamCore& operator=(const StreamCore&) = delete;
    StreamCore(StreamCore&&) = delete;
    StreamCore& operator=(StreamCore&&) = delete;
    // Nobody can send any more: the session closes.
    ~StreamCore();

    std::shared_ptr<Loop> loop;
    std::weak_ptr<Session> session;
    std::atomic<bool> is_open{true};

    // By the session, once.
    void mark_closed();
    void on_close(std::function<void()> notice);

private:
    std::mutex mutex_;
    std::vector<std::function<void()>> notices_;
};

}  // namespace balcao::http
