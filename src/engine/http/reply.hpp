#pragma once
// The handles by which a handler answers: `Reply` once, `EventStream` again and again, `Topic` to many at
// once. All may be used from any thread; what they hand over is sent by the thread that owns the connection.
// They stay safe to use after the client has gone and after the server has stopped: then nothing happens.
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "http/event.hpp"
#include "http/message.hpp"

namespace balcao::http {

struct Exchange;
struct StreamCore;

// An open stream of server-sent events. Copies are the same stream; when the last copy is gone, and no topic
// holds one, the stream ends. A client too slow for what is sent, so that more waits than the server's limit,
// is cut off: it connects again with Last-Event-ID and is brought up to date.
class EventStream {
public:
    // False when the stream is known to be closed. Frames of one sender arrive in the order sent.
    bool send(Frame frame) const;

    bool send(const Event& event) const { return send(format_event(event)); }

    void close() const;
    [[nodiscard]] bool is_open() const;

    // Called once, on a thread of the server, when the stream has closed for whatever reason; at once when it
    // has already. It must not throw. A second call adds a second notice.
    void on_close(std::function<void()> notice) const;

private:
    friend class Reply;
    friend class Topic;
    explicit EventStream(std::shared_ptr<StreamCore> core);

    std::shared_ptr<StreamCore> core_;
};

// What a handler gets to answer with: exactly once. One that is destroyed without an answer answers 500.
class Reply {
public:
    explicit Reply(std::shared_ptr<Exchange> exchange);
    Reply(Reply&&) noexcept = default;
    Reply& operator=(Reply&& other) noexcept;
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;
    ~Reply();

    // A second answer is a broken promise (BALCAO_CHECK).
    void send(Response response);

    // Answers with 200 and text/event-stream and keeps the line open. `headers` go out beside the usual ones.
    EventStream stream(Headers headers = {});

    // The request that is answered; valid until the Reply is destroyed.
    [[nodiscard]] const Request& request() const;

    // Whether the client is known to have gone: work for it may stop. The answer is still due.
    [[nodiscard]] bool is_gone() const;

private:
    std::shared_ptr<Exchange> exchange_;
};

// Streams that all get the same frames. Frames of one topic reach each stream in the order published, also
// when threads publish at the same time; a frame sent to one of them alone may overtake one published just
// before. Copies are the same topic.
class Topic {
public:
    Topic();

    // From now on the stream gets what is published. A stream that closes leaves by itself.
    void join(const EventStream& stream) const;

    // Returns at once. The bytes are shared, not copied. Between every few hundred streams, others are
    // served.
    void publish(const Frame& frame) const;

    // Streams that are open, as last seen, and those that have just joined.
    [[nodiscard]] std::size_t size() const;

private:
    struct Core;
    std::shared_ptr<Core> core_;
};

}  // namespace balcao::http
