#include <array>
#include <utility>

#include "http/session.hpp"

namespace balcao::http {

namespace {

constexpr int internal_error = 500;
constexpr std::size_t parts_max = 16;
// How long a client may take to read the last answer before the line is cut.
constexpr auto linger_time = std::chrono::seconds{2};

}  // namespace

const Frame& Session::heartbeat() {
    static const Frame comment = std::make_shared<const std::string>(":\n\n");
    return comment;
}

void Session::answer(std::uint64_t exchange, Response response) {
    if (stage_ != Stage::running || exchange != exchanges_) return;
    write_response(std::move(response));
    resume();
}

bool Session::answer_within(std::uint64_t exchange, Response& response) {
    if (!is_handler_running_ || exchange != exchanges_ || early_answer_) return false;
    early_answer_ = std::move(response);
    return true;
}

Response Session::failure_response(const Request& request, int status) const {
    const auto& hook = shard_->site().settings.hooks.failure;
    if (hook) return hook(request, status);
    return Response::text(std::string{reason_of(status)} + '\n', status);
}

// A request that cannot be gone on with: what the client still sends of it is not read, so the line ends.
void Session::fail(int status) {
    if (!exchange_) exchange_ = std::make_shared<Exchange>();
    closes_after_ = true;
    input_ = {};
    parser_.reset();
    begun_ = Clock::now();
    Response response = failure_response(exchange_->request, status);
    constexpr int service_unavailable = 503;
    if (status == service_unavailable && !response.headers.has("Retry-After"))
        response.headers.add("Retry-After", "5");
    write_response(std::move(response));
}

void Session::write_response(Response response) {
    const Site& site = shard_->site();
    const Request& request = exchange_->request;
    if (response.status == 0) response = failure_response(request, internal_error);
    if (site.settings.hooks.before_send) site.settings.hooks.before_send(request, response);
    if (!is_sendable(response)) {
        site.report_fault("an answer has a status or a header that cannot be sent");
        response = Response::text("Internal Server Error\n", internal_error);
    }
    if (shard_->is_draining()) closes_after_ = true;
    const Ending ending = closes_after_  ? Ending::closes
                          : is_http_1_0_ ? Ending::keeps_alive_1_0
                                         : Ending::keeps_alive;
    Outgoing outgoing = compose(request, std::move(response), shard_->date(), ending);
    status_ = outgoing.status;
    out_.push(std::move(outgoing.head));
    out_.push(std::move(outgoing.body));
    sent_ = 0;
    begin_writing();
}

void Session::begin_writing() {
    stage_ = Stage::writing;
    sent_since_check_ = 0;
    set_deadline(shard_->site().settings.limits.write_time);
    flush();
}

void Session::flush() {
    while (!out_.empty()) {
        std::array<std::string_view, parts_max> parts;
        const std::size_t count = out_.gather(parts);
        const Moved moved = line_.write({parts.data(), count});
        out_.consume(moved.bytes);
        sent_ += moved.bytes;
        sent_since_check_ += moved.bytes;
        if (moved.state == Moved::State::closed) return close();
        if (moved.state == Moved::State::blocked) {
            if (std::exchange(waits_to_write_, true)) return;
            return line_.wait_writable(shared_from_this());
        }
    }
    if (stage_ == Stage::writing) finish_response();
    if (stage_ == Stage::streaming) rest_stream();
}

void Session::on_writable() {
    waits_to_write_ = false;
    if (stage_ == Stage::closed) return;
    flush();
    resume();
}

void Session::finish_response() {
    log(true);
    exchange_.reset();
    match_ = {};
    method_ = Method::get;
    route_ = {};
    if (closes_after_) return linger();
    stage_ = Stage::idle;
    set_deadline(shard_->site().settings.limits.idle_time);
}

// What came while the last request was answered.
void Session::resume() {
    if (is_reading() && !input_.empty()) take(std::exchange(input_, {}));
    wait_for_bytes();
}

// Closing at once, while the client still sends, would throw away what it has not read of the answer (RFC
// 9112, 9.6): the end of writing first, and its end awaited for a while.
void Session::linger() {
    if (peer_has_ended_) return close();
    line_.end_writing();
    let_go_of_stream();
    stage_ = Stage::lingering;
    set_deadline(linger_time);
    wait_for_bytes();
}

void Session::sweep_writing() {
    const Limits& limits = shard_->site().settings.limits;
    if (sent_since_check_ < limits.write_bytes_min) return close();
    sent_since_check_ = 0;
    set_deadline(limits.write_time);
}

void Session::log(bool is_complete) {
    const auto& hook = shard_->site().settings.hooks.access;
    if (!hook) return;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun_);
    const int status = stage_ == Stage::running ? 0 : status_;
    hook({method_, route_, status, took, sent_, is_complete});
}

void Session::open_stream(std::uint64_t exchange, const std::weak_ptr<StreamCore>& core, Headers headers) {
    const auto handle = core.lock();
    if (stage_ != Stage::running || exchange != exchanges_) {
        if (handle) handle->mark_closed();
        return;
    }
    Site& site = shard_->site();
    const Limits& limits = site.settings.limits;
    Response response;
    response.headers = std::move(headers);
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Accel-Buffering", "no");  // proxies that gather answers let this one through
    if (site.settings.hooks.before_send) site.settings.hooks.before_send(exchange_->request, response);
    if (!is_sendable(response)) {
        site.report_fault("a stream has a header that cannot be sent");
        if (handle) handle->mark_closed();
        return write_response(failure_response(exchange_->request, internal_error));
    }
    const bool ends_at_once = method_ == Method::head || peer_has_ended_ || shard_->is_draining();
    line_.bound_send_buffer(limits.stream_kernel_bytes);
    stage_ = Stage::streaming;
    ++site.streams;
    is_stream_ = true;
    stream_ = core;
    status_ = response.status;
    closes_after_ = ends_at_once;
    std::string head = compose_stream_head(response, shard_->date());
    sent_ = head.size();
    log(true);
    out_.push(std::move(head));
    sent_since_check_ = 0;
    set_deadline(limits.write_time);
    flush();
    if (stage_ == Stage::closed) return;
    exchange_.reset();
    match_ = {};
    input_ = {};
    // Streams that were opened together shall not all have their heartbeat together.
    if (stage_ == Stage::streaming && out_.empty())
        deadline_ -= limits.heartbeat * static_cast<long>(number_ % 64) / 128;
    wait_for_bytes();
}

void Session::push(const Frame& frame) {
    if (stage_ != Stage::streaming || closes_after_) return;
    const Limits& limits = shard_->site().settings.limits;
    const bool was_empty = out_.empty();
    out_.push(frame);
    if (was_empty) {
        sent_since_check_ = 0;
        set_deadline(limits.write_time);
        return flush();
    }
    if (out_.bytes() <= limits.stream_backlog_bytes) return;
    ++shard_->site().slow_streams;
    close();
}

// All that there was is sent. A client of a stream sends nothing, so the line may be closed at once.
void Session::rest_stream() {
    if (closes_after_) return close();
    set_deadline(shard_->site().settings.limits.heartbeat);
}

void Session::end_stream() {
    if (stage_ != Stage::streaming) return;
    closes_after_ = true;
    if (out_.empty()) close();
}

void Session::let_go_of_stream() {
    if (!is_stream_) return;
    is_stream_ = false;
    --shard_->site().streams;
    if (const auto handle = stream_.lock()) handle->mark_closed();
    stream_.reset();
}

}  // namespace balcao::http
