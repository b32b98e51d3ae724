#pragma once
// One connection: reads requests one after the other, asks the router, sends what comes back, in order and
// within limits; or stays open as an event stream. Lives on its loop's thread. Inside this module only.
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/compose.hpp"
#include "http/exchange.hpp"
#include "http/loop.hpp"
#include "http/out_queue.hpp"
#include "http/parser.hpp"
#include "http/shard.hpp"

namespace balcao::http {

class Session : public LineOwner, public std::enable_shared_from_this<Session> {
public:
    Session(Shard& shard, Line line, std::uint64_t number);

    // Begins to read; or, when there are too many connections, answers 503 and ends.
    void start();

    void on_readable() override;
    void on_writable() override;
    // What is overdue.
    void sweep(Clock::time_point now);
    void drain();
    void close();

    [[nodiscard]] bool is_closed() const { return stage_ == Stage::closed; }

    // What a Reply hands over; status 0 stands for a Reply let go without an answer. One that comes too late
    // is dropped.
    void answer(std::uint64_t exchange, Response response);
    // The same while the handler still runs: true when it was one for now, and is kept until the handler
    // ends.
    bool answer_within(std::uint64_t exchange, Response& response);
    // `core` may have been let go already: then end_stream() follows.
    void open_stream(std::uint64_t exchange, const std::weak_ptr<StreamCore>& core, Headers headers);
    void push(const Frame& frame);
    // The stream ends when what waits is sent.
    void end_stream();

private:
    enum class Stage : std::uint8_t {
        idle,       // between requests
        head,       // some of a request's head has come
        body,       // the head is read, not yet the body
        running,    // a handler has the request
        writing,    // the answer is on its way
        streaming,  // an event stream
        lingering,  // all is sent; what the client still sends is thrown away
        closed
    };

    // Reading (session.cpp).
    void take(std::string_view bytes);
    std::size_t feed(std::string_view bytes);
    bool read_head();
    void dispatch();
    void run_handler(const Handler& handler);
    void answer_unrouted();
    // Fills the exchange's request from the head; the status to refuse it with, or 0.
    int read_request(RequestHead& head, const std::string& host);
    void take_end();
    void wait_for_bytes();
    [[nodiscard]] bool is_reading() const;

    // Writing (session_write.cpp).
    void fail(int status);
    Response failure_response(const Request& request, int status) const;
    void write_response(Response response);
    void flush();
    void finish_response();
    void resume();
    void linger();
    void log(bool is_complete);
    void begin_writing();
    void rest_stream();
    void sweep_writing();
    static const Frame& heartbeat();
    void let_go_of_stream();

    void set_deadline(std::chrono::milliseconds time) { deadline_ = Clock::now() + time; }

    Shard* shard_;
    Line line_;
    std::uint64_t number_;
    std::string peer_;
    Stage stage_ = Stage::idle;
    bool waits_to_read_ = false;
    bool waits_to_write_ = false;
    bool is_handler_running_ = false;
    bool closes_after_ = false;
    bool peer_has_ended_ = false;
    bool is_http_1_0_ = false;
    bool is_stream_ = false;
    Clock::time_point deadline_{};
    std::string input_;
    std::unique_ptr<RequestParser> parser_;
    std::shared_ptr<Exchange> exchange_;
    Router::Match match_;
    std::uint64_t exchanges_ = 0;
    std::optional<Response> early_answer_;
    OutQueue out_;
    std::size_t sent_since_check_ = 0;
    std::weak_ptr<StreamCore> stream_;

    // For the log.
    Method method_ = Method::get;
    std::string_view route_;
    int status_ = 0;
    std::size_t sent_ = 0;
    Clock::time_point begun_{};
};

}  // namespace balcao::http
