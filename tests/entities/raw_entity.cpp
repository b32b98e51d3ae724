#include "raw_entity.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace balcao::entities {
namespace {

constexpr int tick_ms = 5;

bool can_read(int line, int ms) {
    pollfd one{line, POLLIN, 0};
    return ::poll(&one, 1, ms) == 1;
}

bool say(int line, std::string_view bytes) {
    return ::send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

// Until the head and what Content-Length says are there, or the other end has gone.
void read_request(int line, const std::atomic<bool>& stops) {
    std::string request;
    std::array<char, 4096> buffer{};
    while (!stops) {
        const auto head = request.find("\r\n\r\n");
        if (head != std::string::npos) {
            const auto length = request.find("Content-Length: ");
            const std::size_t body = length < head ? std::stoul(request.substr(length + 16)) : 0;
            if (request.size() >= head + 4 + body) return;
        }
        if (!can_read(line, tick_ms)) continue;
        const auto count = ::recv(line, buffer.data(), buffer.size(), 0);
        if (count <= 0) return;
        request.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

// Until what is heard ends so, or the other end has gone.
bool hear(int line, std::string_view end, const std::atomic<bool>& stops) {
    std::string heard;
    std::array<char, 4096> buffer{};
    while (!stops && !heard.ends_with(end)) {
        if (!can_read(line, tick_ms)) continue;
        const auto count = ::recv(line, buffer.data(), buffer.size(), 0);
        if (count <= 0) return false;
        heard.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return !stops;
}

void wait_for_end(int line, const std::atomic<bool>& stops) {
    std::array<char, 4096> buffer{};
    while (!stops)
        if (can_read(line, tick_ms) && ::recv(line, buffer.data(), buffer.size(), 0) <= 0) return;
}

void take_mail(int line, std::string_view replies, const std::atomic<bool>& stops) {
    while (!replies.empty()) {
        const auto end = std::min(replies.find('\n'), replies.size());
        const auto reply = replies.substr(0, end);
        replies.remove_prefix(std::min(replies.size(), end + 1));
        if (reply.empty()) return wait_for_end(line, stops);
        if (!say(line, std::string{reply} + "\r\n")) return;
        if (!hear(line, reply.starts_with("354") ? "\r\n.\r\n" : "\r\n", stops)) return;
    }
}

}  // namespace

RawEntity::RawEntity() {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    auto* const address = reinterpret_cast<sockaddr*>(&place);
    if (listening_ < 0 || ::bind(listening_, address, size) != 0 || ::listen(listening_, 16) != 0 ||
        ::getsockname(listening_, address, &size) != 0)
        throw std::runtime_error{"no line can be listened on"};
    port_ = ntohs(place.sin_port);
    thread_ = std::thread{[this] { serve(); }};
}

RawEntity::~RawEntity() {
    stops_ = true;
    thread_.join();
    ::close(listening_);
}

void RawEntity::behave(Manner manner, std::string bytes) {
    const std::lock_guard lock{mutex_};
    manner_ = manner;
    bytes_ = std::move(bytes);
}

void RawEntity::serve() {
    while (!stops_) {
        if (!can_read(listening_, tick_ms)) continue;
        const int line = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (line < 0) continue;
        talk(line);
        ::close(line);
    }
}

void RawEntity::talk(int line) {
    Manner manner{};
    std::string bytes;
    {
        const std::lock_guard lock{mutex_};
        manner = manner_;
        bytes = bytes_;
    }
    if (manner == Manner::says_nothing) return wait_for_end(line, stops_);
    if (manner == Manner::interrupts) return void(say(line, bytes));
    if (manner == Manner::mails) return take_mail(line, bytes, stops_);
    read_request(line, stops_);
    switch (manner) {
        case Manner::hangs:
            if (say(line, bytes)) wait_for_end(line, stops_);
            return;
        case Manner::drips:
            for (const char one : bytes) {
                if (stops_ || !say(line, {&one, 1})) return;
                std::this_thread::sleep_for(std::chrono::milliseconds{1});
            }
            return;
        case Manner::resets: {
            const linger at_once{1, 0};
            ::setsockopt(line, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            return;
        }
        case Manner::never_ends:
            while (!stops_ && say(line, bytes.empty() ? "x" : bytes)) {
            }
            return;
        default:
            say(line, bytes);
            ::shutdown(line, SHUT_WR);
            return;
    }
}

}  // namespace balcao::entities
