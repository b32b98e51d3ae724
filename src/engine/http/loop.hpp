#pragma once
// A thread's event loop and the lines (connected sockets) that belong to it; Boost.Asio behind a small face.
// Used by the server's sessions only. Everything but Loop::post, is_here and finish is for the loop's own
// thread.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace balcao::http {

using Clock = std::chrono::steady_clock;

// Who is told when a line can be read or written; kept alive while it waits.
class LineOwner {
public:
    LineOwner() = default;
    LineOwner(const LineOwner&) = delete;
    LineOwner& operator=(const LineOwner&) = delete;
    LineOwner(LineOwner&&) = delete;
    LineOwner& operator=(LineOwner&&) = delete;
    virtual ~LineOwner() = default;
    virtual void on_readable() = 0;
    virtual void on_writable() = 0;
};

// What a read or a write came to: bytes moved, and whether more can be moved now.
struct Moved {
    enum class State : std::uint8_t { open, blocked, closed };
    std::size_t bytes = 0;
    State state = State::open;
};

class Line {
public:
    struct Socket;
    explicit Line(std::unique_ptr<Socket> socket);
    Line(Line&&) noexcept;
    Line& operator=(Line&&) = delete;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line();

    // At most one read or write of what is there now; never waits. `closed`: the other end has (for reading),
    // or the line is broken.
    Moved read(std::span<char> into);
    Moved write(std::span<const std::string_view> parts);
    // Tells the owner once.
    void wait_readable(std::shared_ptr<LineOwner> owner);
    void wait_writable(std::shared_ptr<LineOwner> owner);
    // No more is sent; the other end sees the end.
    void end_writing();
    void close();
    // How much the kernel keeps that the other end has not taken, in bytes.
    void bound_send_buffer(std::size_t bytes);
    // The address of the other end; empty when it has gone.
    [[nodiscard]] std::string peer() const;

private:
    std::unique_ptr<Socket> socket_;
};

class Loop : public std::enable_shared_from_this<Loop> {
public:
    struct Context;
    Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    Loop(Loop&&) = delete;
    Loop& operator=(Loop&&) = delete;
    ~Loop();

    // Runs the calling thread until finish() was called and nothing is left to wait for.
    void run();
    void finish();
    // Any thread. What is posted to a loop that has ended is dropped with the loop.
    void post(std::function<void()> task);
    [[nodiscard]] bool is_here() const;
    // Calls `task` again and again until finish().
    void every(std::chrono::milliseconds period, std::function<void()> task);

    // Room for what a read brings, shared by all lines of the loop: empty it before returning.
    std::span<char> scratch() { return scratch_; }

    Context& context() { return *context_; }

private:
    std::unique_ptr<Context> context_;
    std::vector<char> scratch_;
};

// A listening socket whose new lines are handed to several loops.
class Listener {
public:
    struct Acceptor;
    // Called on the thread of the loop that gets the line.
    using Take = std::function<void(std::size_t loop, Line line)>;

    static Result<std::unique_ptr<Listener>> open(const std::string& address,
                                                  std::uint16_t port,
                                                  std::vector<std::shared_ptr<Loop>> loops);
    explicit Listener(std::unique_ptr<Acceptor> acceptor);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    Listener(Listener&&) = delete;
    Listener& operator=(Listener&&) = delete;
    ~Listener();

    [[nodiscard]] std::uint16_t port() const;
    // From the thread of the first loop, or before it runs.
    void start(Take take);
    void close();

private:
    std::unique_ptr<Acceptor> acceptor_;
};

}  // namespace balcao::http
