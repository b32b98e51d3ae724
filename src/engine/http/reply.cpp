#include "http/reply.hpp"

#include <utility>

#include "base/check.hpp"
#include "http/exchange.hpp"
#include "http/session.hpp"

namespace balcao::http {

namespace {

constexpr int no_answer = 0;

// What is posted holds the session weakly: a loop that has ended drops it, and nothing keeps the loop alive
// from inside.
void hand_over(const Exchange& exchange, Response response) {
    if (exchange.here) return exchange.here(std::move(response));
    if (exchange.loop->is_here()) {
        const auto session = exchange.session.lock();
        if (session && session->answer_within(exchange.number, response)) return;
    }
    exchange.loop->post(
        [weak = exchange.session, number = exchange.number, response = std::move(response)]() mutable {
            if (const auto session = weak.lock()) session->answer(number, std::move(response));
        });
}

}  // namespace

Reply::Reply(std::shared_ptr<Exchange> exchange) : exchange_{std::move(exchange)} {}

Reply& Reply::operator=(Reply&& other) noexcept {
    std::swap(exchange_, other.exchange_);
    return *this;
}

Reply::~Reply() {
    if (exchange_) hand_over(*exchange_, Response{.status = no_answer});
}

void Reply::send(Response response) {
    BALCAO_CHECK(exchange_ != nullptr);
    const auto exchange = std::move(exchange_);
    exchange_.reset();
    hand_over(*exchange, std::move(response));
}

EventStream Reply::stream(Headers headers) {
    BALCAO_CHECK(exchange_ != nullptr);
    const auto exchange = std::move(exchange_);
    exchange_.reset();
    auto core = std::make_shared<StreamCore>(exchange->loop, exchange->session);
    if (exchange->here) {
        core->mark_closed();
        exchange->here(Response{.status = no_answer});
        return EventStream{std::move(core)};
    }
    exchange->loop->post([weak = exchange->session, number = exchange->number, core = std::weak_ptr{core},
                          headers = std::move(headers)]() mutable {
        if (const auto session = weak.lock()) {
            session->open_stream(number, core, std::move(headers));
        } else if (const auto handle = core.lock()) {
            handle->mark_closed();
        }
    });
    return EventStream{std::move(core)};
}

const Request& Reply::request() const {
    BALCAO_CHECK(exchange_ != nullptr);
    return exchange_->request;
}

bool Reply::is_gone() const { return exchange_ && exchange_->is_gone; }

StreamCore::StreamCore(std::shared_ptr<Loop> its_loop, std::weak_ptr<Session> its_session)
    : loop{std::move(its_loop)}, session{std::move(its_session)} {}

StreamCore::~StreamCore() {
    if (!is_open) return;
    loop->post([weak = session] {
        if (const auto open = weak.lock()) open->end_stream();
    });
}

void StreamCore::mark_closed() {
    if (!is_open.exchange(false)) return;
    std::vector<std::function<void()>> notices;
    {
        const std::lock_guard lock{mutex_};
        notices.swap(notices_);
    }
    for (const auto& notice : notices)
        notice();
}

void StreamCore::on_close(std::function<void()> notice) {
    {
        const std::lock_guard lock{mutex_};
        if (is_open) return notices_.push_back(std::move(notice));
    }
    notice();
}

EventStream::EventStream(std::shared_ptr<StreamCore> core) : core_{std::move(core)} {}

bool EventStream::send(Frame frame) const {
    if (!core_->is_open) return false;
    core_->loop->post([weak = core_->session, frame = std::move(frame)] {
        if (const auto session = weak.lock()) session->push(frame);
    });
    return true;
}

void EventStream::close() const {
    if (!core_->is_open) return;
    core_->loop->post([weak = core_->session] {
        if (const auto session = weak.lock()) session->end_stream();
    });
}

bool EventStream::is_open() const { return core_->is_open; }

void EventStream::on_close(std::function<void()> notice) const { core_->on_close(std::move(notice)); }

}  // namespace balcao::http
