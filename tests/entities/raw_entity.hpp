#pragma once
// A server that speaks no HTTP: to whoever comes it sends the bytes that a test wants, and does with the line
// what a test wants. For the tests of what entities can do to who asks them.
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace balcao::entities {

enum class Manner : std::uint8_t {
    answers,       // when it has the whole request, then closes the line
    interrupts,    // sends and closes without reading
    hangs,         // sends when it has the whole request, then waits
    drips,         // a byte now and then
    resets,        // breaks the line off when it has the request
    never_ends,    // sends its bytes again and again
    says_nothing,  // takes the line, and that is all
    // A line of the bytes, then one for each that it hears (a letter, after 354); then it is gone, or says
    // nothing any more where a line is empty.
    mails,
};

class RawEntity {
public:
    RawEntity();
    ~RawEntity();
    RawEntity(const RawEntity&) = delete;
    RawEntity& operator=(const RawEntity&) = delete;
    RawEntity(RawEntity&&) = delete;
    RawEntity& operator=(RawEntity&&) = delete;

    // From the next line on.
    void behave(Manner manner, std::string bytes);

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    void serve();
    void talk(int line);

    int listening_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    Manner manner_ = Manner::answers;
    std::string bytes_;
    std::atomic<bool> stops_{false};
    std::thread thread_;
};

}  // namespace balcao::entities
