#include "http/client.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "http/characters.hpp"
#include "http/parser.hpp"
#include "http/uri.hpp"

namespace balcao::http {

namespace {

using Deadline = Connection::Deadline;

Error unavailable(std::string what) { return Error{Errc::unavailable, std::move(what)}; }

Error broken(const std::string& what) {
    return unavailable(what + ": " + std::generic_category().message(errno));
}

// True when the descriptor is ready, false when the time is up.
bool wait_for(int descriptor, short events, Deadline deadline) {
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd waiting{descriptor, events, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<long>(0, left.count())));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

bool is_connected(int descriptor, const addrinfo& place, Deadline deadline) {
    if (::connect(descriptor, place.ai_addr, place.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS || !wait_for(descriptor, POLLOUT, deadline)) return false;
    int fault = 0;
    socklen_t size = sizeof fault;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &fault, &size) == 0 && fault == 0;
}

std::string text_of_request(const Ask& ask, const std::string& target, const std::string& host) {
    std::string text{name_of(ask.method)};
    text += ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    for (const Field& field : ask.headers)
        text += field.name + ": " + field.value + "\r\n";
    const bool has_body = ask.method != Method::get && ask.method != Method::head;
    if (has_body || !ask.body.empty()) text += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    return text + "\r\n" + ask.body;
}

Result<Url> url_of(const Ask& ask) {
    auto url = parse_url(ask.url);
    if (!url) return Error{Errc::invalid, '"' + ask.url + "\" is not an http address", "url"};
    for (const Field& field : ask.headers)
        if (!is_token(field.name) || !is_field_value(field.value))
            return Error{Errc::invalid, "a header cannot be sent", field.name};
    return *std::move(url);
}

std::string authority_of(const std::string& host, std::uint16_t port) {
    const std::string name = host.find(':') == std::string::npos ? host : '[' + host + ']';
    return port == 80 ? name : name + ':' + std::to_string(port);
}

}  // namespace

Result<Connection> Connection::open(const std::string& host,
                                    std::uint16_t port,
                                    std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int fault = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
        fault != 0)
        return unavailable("cannot find " + host + ": " + ::gai_strerror(fault));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> places{found, ::freeaddrinfo};
    for (const addrinfo* place = found; place != nullptr; place = place->ai_next) {
        const int descriptor = ::socket(place->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (descriptor < 0) continue;
        Connection connection{descriptor, authority_of(host, port)};
        if (!is_connected(descriptor, *place, deadline)) continue;
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return connection;
    }
    return unavailable("nobody answers at " + authority_of(host, port));
}

Connection::Connection(Connection&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      host_{std::move(other.host_)},
      left_over_{std::move(other.left_over_)} {}

Connection& Connection::operator=(Connection&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(host_, other.host_);
    std::swap(left_over_, other.left_over_);
    return *this;
}

Connection::~Connection() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> Connection::write(std::string_view bytes, Deadline deadline) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EINTR) {
            if (!wait_for(descriptor_, POLLOUT, deadline)) return unavailable("the time to send was up");
        } else {
            return broken("cannot send");
        }
    }
    return {};
}

Result<std::string> Connection::read(Deadline deadline) {
    if (!left_over_.empty()) return std::exchange(left_over_, {});
    std::array<char, 16384> bytes{};
    while (true) {
        const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (got >= 0) return std::string{bytes.data(), static_cast<std::size_t>(got)};
        if (errno != EAGAIN && errno != EINTR) return broken("cannot read");
        if (!wait_for(descriptor_, POLLIN, deadline)) return unavailable("the time to answer was up");
    }
}

void Connection::end_writing() const { ::shutdown(descriptor_, SHUT_WR); }

Result<Answer> Connection::ask(const Ask& ask) {
    const auto deadline = std::chrono::steady_clock::now() + ask.timeout;
    BALCAO_TRY(const Url url, url_of(ask));
    if (auto sent = write(text_of_request(ask, url.target, host_), deadline); !sent) return sent.error();
    while (true) {
        ResponseParser parser{ask.method == Method::head, ask.body_bytes_max};
        while (parser.stage() == Stage::head || parser.stage() == Stage::body) {
            BALCAO_TRY(const std::string bytes, read(deadline));
            if (bytes.empty()) {
                parser.feed_end();
                if (parser.stage() == Stage::failed)
                    return unavailable("the line was closed before the answer");
            } else {
                parser.feed(bytes);
            }
        }
        if (parser.stage() == Stage::failed)
            return Error{Errc::invalid, "the answer is not HTTP, or longer than allowed"};
        left_over_ = std::move(parser.left_over());
        if (parser.status() >= 200)
            return Answer{parser.status(), std::move(parser.headers()), std::move(parser.body())};
    }
}

Result<Answer> fetch(const Ask& ask) {
    BALCAO_TRY(const Url url, url_of(ask));
    BALCAO_TRY(auto connection, Connection::open(url.host, url.port, ask.timeout));
    Ask last = ask;
    last.headers.set("Connection", "close");
    return connection.ask(last);
}

Result<EventReader> EventReader::open(Ask ask) {
    const auto deadline = std::chrono::steady_clock::now() + ask.timeout;
    BALCAO_TRY(const Url url, url_of(ask));
    BALCAO_TRY(auto connection, Connection::open(url.host, url.port, ask.timeout));
    ask.headers.set("Accept", "text/event-stream");
    const std::string text = text_of_request(ask, url.target, authority_of(url.host, url.port));
    if (auto sent = connection.write(text, deadline); !sent) return sent.error();
    auto parser = std::make_unique<ResponseParser>(false, ask.body_bytes_max);
    while (parser->stage() == Stage::head) {
        BALCAO_TRY(const std::string bytes, connection.read(deadline));
        if (bytes.empty()) return unavailable("the line was closed before the answer");
        parser->feed(bytes);
    }
    const std::string_view type = parser->headers().text("Content-Type");
    if (parser->stage() == Stage::failed || parser->status() != 200 || !type.starts_with("text/event-stream"))
        return unavailable("the answer is no event stream, status " + std::to_string(parser->status()));
    EventReader reader{std::move(connection), std::move(parser)};
    reader.take_body();
    return reader;
}

EventReader::EventReader(Connection connection, std::unique_ptr<ResponseParser> answer)
    : connection_{std::move(connection)}, answer_{std::move(answer)} {}

EventReader::EventReader(EventReader&&) noexcept = default;
EventReader& EventReader::operator=(EventReader&&) noexcept = default;
EventReader::~EventReader() = default;

// A stream has no end, so its body is taken away as it comes.
void EventReader::take_body() {
    for (Event& event : parser_.feed(std::exchange(answer_->body(), {})))
        events_.push_back(std::move(event));
}

Result<std::optional<Event>> EventReader::next(std::chrono::milliseconds timeout) {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (events_.empty()) {
        if (answer_->stage() != Stage::body) return unavailable("the stream has ended");
        auto bytes = connection_.read(deadline);
        if (!bytes && std::chrono::steady_clock::now() >= deadline) return std::optional<Event>{};
        if (!bytes) return bytes.error();
        if (bytes->empty()) return unavailable("the stream has ended");
        answer_->feed(*bytes);
        take_body();
    }
    std::optional<Event> event = std::move(events_.front());
    events_.pop_front();
    return event;
}

}  // namespace balcao::http
