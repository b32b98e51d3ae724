#include "http/loop.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <thread>
#include <utility>

namespace balcao::http {

namespace {

namespace asio = boost::asio;
using Fault = boost::system::error_code;
using Tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;  // concrete: no virtual call an operation
using TcpSocket = asio::basic_stream_socket<Tcp, Executor>;
using TcpAcceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

constexpr std::size_t scratch_bytes = 65536;
constexpr std::size_t parts_max = 16;
constexpr auto pause_without_descriptors = std::chrono::milliseconds{100};

Moved::State state_of(const Fault& fault) {
    if (!fault) return Moved::State::open;
    if (fault == asio::error::would_block || fault == asio::error::try_again ||
        fault == asio::error::interrupted)
        return Moved::State::blocked;
    return Moved::State::closed;
}

}  // namespace

struct Line::Socket {
    explicit Socket(TcpSocket its_socket) : tcp{std::move(its_socket)} {}

    TcpSocket tcp;
};

Line::Line(std::unique_ptr<Socket> socket) : socket_{std::move(socket)} {
    Fault ignored;
    socket_->tcp.non_blocking(true, ignored);
    socket_->tcp.set_option(Tcp::no_delay{true}, ignored);
}

Line::Line(Line&&) noexcept = default;
Line::~Line() = default;

Moved Line::read(std::span<char> into) {
    Fault fault;
    const std::size_t bytes = socket_->tcp.read_some(asio::buffer(into.data(), into.size()), fault);
    return {bytes, state_of(fault)};
}

Moved Line::write(std::span<const std::string_view> parts) {
    std::array<asio::const_buffer, parts_max> buffers;
    const std::size_t count = std::min(parts.size(), parts_max);
    for (std::size_t place = 0; place < count; ++place)
        buffers[place] = asio::buffer(parts[place].data(), parts[place].size());
    Fault fault;
    const std::size_t bytes =
        socket_->tcp.write_some(std::span<const asio::const_buffer>{buffers.data(), count}, fault);
    return {bytes, state_of(fault)};
}

void Line::wait_readable(std::shared_ptr<LineOwner> owner) {
    socket_->tcp.async_wait(TcpSocket::wait_read, [owner = std::move(owner)](const Fault& fault) {
        if (fault != asio::error::operation_aborted) owner->on_readable();
    });
}

void Line::wait_writable(std::shared_ptr<LineOwner> owner) {
    socket_->tcp.async_wait(TcpSocket::wait_write, [owner = std::move(owner)](const Fault& fault) {
        if (fault != asio::error::operation_aborted) owner->on_writable();
    });
}

void Line::end_writing() {
    Fault ignored;
    socket_->tcp.shutdown(TcpSocket::shutdown_send, ignored);
}

void Line::close() {
    Fault ignored;
    socket_->tcp.close(ignored);
}

void Line::bound_send_buffer(std::size_t bytes) {
    Fault ignored;
    socket_->tcp.set_option(asio::socket_base::send_buffer_size{static_cast<int>(bytes)}, ignored);
}

std::string Line::peer() const {
    Fault fault;
    const auto end = socket_->tcp.remote_endpoint(fault);
    if (fault) return {};
    const auto address = end.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

struct Loop::Context {
    asio::io_context io{1};
    asio::executor_work_guard<Executor> work = asio::make_work_guard(io);
    Timer timer{io};
    std::chrono::milliseconds period{};
    std::function<void()> task;
    bool is_finished = false;

    void wait() {
        timer.expires_after(period);
        timer.async_wait([this](const Fault& fault) {
            if (fault || is_finished) return;
            task();
            if (!is_finished) wait();
        });
    }
};

Loop::Loop() : context_{std::make_unique<Context>()}, scratch_(scratch_bytes) {}

Loop::~Loop() = default;

void Loop::run() { context_->io.run(); }

void Loop::finish() {
    asio::post(context_->io, [this] {
        context_->is_finished = true;
        context_->timer.cancel();
        context_->work.reset();
    });
}

void Loop::post(std::function<void()> task) { asio::post(context_->io, std::move(task)); }

bool Loop::is_here() const { return context_->io.get_executor().running_in_this_thread(); }

void Loop::every(std::chrono::milliseconds period, std::function<void()> task) {
    context_->period = period;
    context_->task = std::move(task);
    context_->wait();
}

struct Listener::Acceptor {
    std::vector<std::shared_ptr<Loop>> loops;
    TcpAcceptor tcp;
    Timer pause;
    std::uint16_t port = 0;
    std::size_t next = 0;
    Take take;

    explicit Acceptor(std::vector<std::shared_ptr<Loop>> those)
        : loops{std::move(those)}, tcp{loops[0]->context().io}, pause{loops[0]->context().io} {}

    void accept() {
        const std::size_t place = next++ % loops.size();
        tcp.async_accept(loops[place]->context().io, [this, place](const Fault& fault, TcpSocket socket) {
            if (fault == asio::error::operation_aborted || !tcp.is_open()) return;
            if (fault) return accept_later();
            hand_over(place, std::move(socket));
            accept();
        });
    }

    void hand_over(std::size_t place, TcpSocket socket) {
        Line line{std::make_unique<Line::Socket>(std::move(socket))};
        if (place == 0) return take(place, std::move(line));
        // std::function wants to copy what it holds.
        auto shared = std::make_shared<Line>(std::move(line));
        loops[place]->post([this, place, shared = std::move(shared)] { take(place, std::move(*shared)); });
    }

    // No descriptors left, most likely: some will be closed soon.
    void accept_later() {
        pause.expires_after(pause_without_descriptors);
        pause.async_wait([this](const Fault& fault) {
            if (!fault && tcp.is_open()) accept();
        });
    }
};

Listener::Listener(std::unique_ptr<Acceptor> acceptor) : acceptor_{std::move(acceptor)} {}

Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(const std::string& address,
                                                 std::uint16_t port,
                                                 std::vector<std::shared_ptr<Loop>> loops) {
    Fault fault;
    const auto parsed = asio::ip::make_address(address, fault);
    if (fault) return Error{Errc::invalid, '"' + address + "\" is not an address", "listen"};
    auto acceptor = std::make_unique<Acceptor>(std::move(loops));
    const Tcp::endpoint end{parsed, port};
    const auto step = [&](auto&& action) {
        if (!fault) action();
    };
    step([&] { acceptor->tcp.open(end.protocol(), fault); });
    step([&] { acceptor->tcp.set_option(asio::socket_base::reuse_address{true}, fault); });
    if (!fault && parsed.is_v6()) {
        Fault ignored;
        acceptor->tcp.set_option(asio::ip::v6_only{false}, ignored);
    }
    step([&] { acceptor->tcp.bind(end, fault); });
    step([&] { acceptor->tcp.listen(asio::socket_base::max_listen_connections, fault); });
    if (fault)
        return Error{Errc::unavailable,
                     "cannot listen on " + address + " port " + std::to_string(port) + ": " + fault.message(),
                     "listen"};
    acceptor->port = acceptor->tcp.local_endpoint().port();
    return std::make_unique<Listener>(std::move(acceptor));
}

std::uint16_t Listener::port() const { return acceptor_->port; }

void Listener::start(Take take) {
    acceptor_->take = std::move(take);
    acceptor_->accept();
}

void Listener::close() {
    Fault ignored;
    acceptor_->tcp.close(ignored);
    acceptor_->pause.cancel();
}

}  // namespace balcao::http
