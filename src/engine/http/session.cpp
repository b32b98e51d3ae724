#include "http/session.hpp"

#include <exception>
#include <utility>

#include "http/characters.hpp"
#include "http/cookie.hpp"
#include "http/uri.hpp"

namespace balcao::http {

namespace {

constexpr int bad_request = 400;
constexpr int request_timeout = 408;
constexpr int expectation_failed = 417;
constexpr int not_implemented = 501;
constexpr int service_unavailable = 503;
constexpr std::size_t refusals_max = 256;
// What is read ahead of a client that sends while its last request is still answered.
constexpr std::size_t read_ahead = 4096;
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

bool is_form(const Request& request) {
    const std::string_view type = request.header("Content-Type");
    return same_ignoring_case(trim(type.substr(0, type.find(';'))), "application/x-www-form-urlencoded");
}

}  // namespace

Session::Session(Shard& shard, Line line, std::uint64_t number)
    : shard_{&shard}, line_{std::move(line)}, number_{number}, peer_{line_.peer()} {}

void Session::start() {
    Site& site = shard_->site();
    set_deadline(site.settings.limits.header_time);
    if (site.enter(peer_)) return wait_for_bytes();
    ++site.refused;
    // Refusing costs a descriptor for a while, too.
    if (site.connections > site.settings.limits.connections_max + refusals_max) return close();
    fail(service_unavailable);
    wait_for_bytes();
}

bool Session::is_reading() const {
    return stage_ == Stage::idle || stage_ == Stage::head || stage_ == Stage::body;
}

void Session::wait_for_bytes() {
    if (stage_ == Stage::closed || waits_to_read_ || peer_has_ended_) return;
    // While a request is answered, one read ahead is enough: the client has to wait with the rest.
    if ((stage_ == Stage::running || stage_ == Stage::writing) && !input_.empty()) return;
    waits_to_read_ = true;
    line_.wait_readable(shared_from_this());
}

void Session::on_readable() {
    waits_to_read_ = false;
    if (stage_ == Stage::closed) return;
    const auto scratch = shard_->loop()->scratch();
    const bool is_ahead = stage_ == Stage::running || stage_ == Stage::writing;
    const Moved moved = line_.read(is_ahead ? scratch.first(read_ahead) : scratch);
    if (moved.state == Moved::State::closed) {
        take_end();
    } else if (stage_ != Stage::streaming && stage_ != Stage::lingering) {
        take({scratch.data(), moved.bytes});
    }
    wait_for_bytes();
}

void Session::take_end() {
    if (stage_ != Stage::running && stage_ != Stage::writing) return close();
    // The client may only have said that it sends no more: the answer still goes out.
    peer_has_ended_ = true;
    closes_after_ = true;
    if (exchange_) exchange_->is_gone = true;
}

void Session::take(std::string_view bytes) {
    std::string joined;
    if (!input_.empty()) {
        joined = std::exchange(input_, {});
        joined += bytes;
        bytes = joined;
    }
    while (is_reading() && !bytes.empty()) {
        const std::size_t taken = feed(bytes);
        bytes.remove_prefix(taken);
        if (taken == 0) break;
    }
    const bool is_wanted = is_reading() || stage_ == Stage::running || stage_ == Stage::writing;
    if (is_wanted && !closes_after_) input_ = bytes;
}

std::size_t Session::feed(std::string_view bytes) {
    const Limits& limits = shard_->site().settings.limits;
    if (stage_ == Stage::idle) {
        parser_ = std::make_unique<RequestParser>(
            HeadLimits{limits.line_bytes_max, limits.header_bytes_max, limits.header_count_max});
        stage_ = Stage::head;
        set_deadline(limits.header_time);
    }
    const std::size_t taken = parser_->feed(bytes);
    if (stage_ == Stage::head && parser_->stage() == http::Stage::body && read_head()) {
        stage_ = Stage::body;
        set_deadline(limits.body_time);
    }
    if (is_reading() && parser_->stage() == http::Stage::failed) {
        fail(parser_->failure());
    } else if (stage_ == Stage::body && parser_->stage() == http::Stage::done) {
        dispatch();
    }
    return taken;
}

bool Session::read_head() {
    const Site& site = shard_->site();
    RequestHead& head = parser_->head();
    exchange_ = std::make_shared<Exchange>();
    exchange_->loop = shard_->loop();
    exchange_->session = weak_from_this();
    exchange_->number = ++exchanges_;
    is_http_1_0_ = !head.is_http_1_1;
    closes_after_ = !head.keeps_alive;
    Request& request = exchange_->request;
    if (const int status = read_request(head, head.headers.joined("Host")); status != 0) {
        fail(status);
        return false;
    }
    match_ = site.router.find(request.method, request.path);
    if (match_.route != nullptr) {
        request.parameters = std::move(match_.parameters);
        request.route = match_.route->pattern;
    }
    route_ = request.route;
    const std::size_t own = site.settings.limits.body_bytes_max;
    parser_->allow_body(match_.route != nullptr ? match_.route->body_bytes_max.value_or(own) : own);
    const auto expects = request.headers.find("Expect");
    if (!expects || is_http_1_0_ || parser_->stage() == http::Stage::failed) return true;
    if (!same_ignoring_case(*expects, "100-continue")) {
        fail(expectation_failed);
        return false;
    }
    if (parser_->stage() == http::Stage::body) {
        out_.push(std::string{go_on});
        flush();
    }
    return stage_ == Stage::head;
}

int Session::read_request(RequestHead& head, const std::string& host) {
    Request& request = exchange_->request;
    request.connection = number_;
    const auto method = parse_method(head.method);
    if (!method) return not_implemented;
    request.method = method_ = *method;
    auto target = parse_target(head.target);
    if (!target || (target->form == TargetForm::asterisk && method_ != Method::options)) return bad_request;
    request.target = std::move(head.target);
    request.headers = std::move(head.headers);
    // RFC 9112, 3.2.2: a whole address in the request line outdoes Host.
    const std::string& named = target->form == TargetForm::absolute ? target->authority : host;
    Origin origin = behind_proxies({peer_, "http", named}, request.headers, shard_->site().proxies);
    request.peer = std::move(origin.peer);
    request.scheme = std::move(origin.scheme);
    request.host = std::move(origin.host);
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    for (const std::string_view cookies : request.headers.all("Cookie"))
        for (const Field& cookie : parse_cookies(cookies))
            request.cookies.add(cookie.name, cookie.value);
    return 0;
}

void Session::dispatch() {
    Site& site = shard_->site();
    ++site.requests;
    stage_ = Stage::running;
    begun_ = Clock::now();
    set_deadline(site.settings.limits.reply_time);
    Request& request = exchange_->request;
    request.body = std::move(parser_->body());
    parser_.reset();
    if (match_.route == nullptr) return answer_unrouted();
    if (is_form(request)) {
        auto form = parse_form(request.body);
        if (!form) return write_response(failure_response(request, bad_request));
        request.form = *std::move(form);
    }
    if (auto refused = site.admit(request)) return write_response(*std::move(refused));
    run_handler(match_.route->handler);
}

void Session::run_handler(const Handler& handler) {
    const auto exchange = exchange_;  // a reply that comes at once must not take the request away
    is_handler_running_ = true;
    try {
        handler(exchange->request, Reply{exchange});
    } catch (const std::exception& thrown) {
        shard_->site().report_fault(thrown.what());
    } catch (...) {
        shard_->site().report_fault("a handler threw what is no std::exception");
    }
    is_handler_running_ = false;
    if (!early_answer_) return;
    Response response = *std::exchange(early_answer_, std::nullopt);
    write_response(std::move(response));
}

void Session::answer_unrouted() {
    constexpr int not_found = 404;
    constexpr int method_not_allowed = 405;
    const Request& request = exchange_->request;
    const std::string& allow = request.path == "*" ? shard_->site().allow_all : match_.allow;
    if (request.method == Method::options && !allow.empty()) {
        Response response = Response::no_content();
        response.headers.add("Allow", allow);
        return write_response(std::move(response));
    }
    Response response = failure_response(request, allow.empty() ? not_found : method_not_allowed);
    if (!allow.empty()) response.headers.set("Allow", allow);
    write_response(std::move(response));
}

void Session::sweep(Clock::time_point now) {
    if (now < deadline_) return;
    switch (stage_) {
        case Stage::idle:
        case Stage::lingering:
            return close();
        case Stage::head:
            if (!parser_->has_begun()) return close();
            return fail(request_timeout);
        case Stage::body:
            return fail(request_timeout);
        case Stage::running:
            closes_after_ = true;
            return write_response(failure_response(exchange_->request, service_unavailable));
        case Stage::writing:
            return sweep_writing();
        case Stage::streaming:
            if (!out_.empty()) return sweep_writing();
            return push(heartbeat());
        case Stage::closed:
            return;
    }
}

void Session::drain() {
    if (stage_ == Stage::idle || stage_ == Stage::head) return close();
    if (stage_ == Stage::streaming) return end_stream();
    closes_after_ = true;
}

void Session::close() {
    if (stage_ == Stage::closed) return;
    const auto self = shared_from_this();
    const bool was_answering = stage_ == Stage::running || stage_ == Stage::writing;
    if (exchange_) {
        exchange_->is_gone = true;
        if (was_answering) log(false);
    }
    stage_ = Stage::closed;
    exchange_.reset();
    let_go_of_stream();
    line_.close();
    parser_.reset();
    input_ = {};
    out_.clear();
    shard_->site().leave(peer_);
}

}  // namespace balcao::http
