#pragma once
// A few threads for what takes long (a password is hashed for tenths of a second), so that the server's own
// threads serve everybody else meanwhile. What does not fit in the queue is refused at once.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace balcao::front {

class Workers {
public:
    Workers(std::size_t threads, std::size_t waiting_max);
    // What waits is still done.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    Workers(Workers&&) = delete;
    Workers& operator=(Workers&&) = delete;

    // False when too much waits already; then `work` is not done. It must not throw.
    [[nodiscard]] bool give(std::function<void()> work);

private:
    void run(const std::stop_token& stop);

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::function<void()>> waiting_;
    std::vector<std::jthread> threads_;  // last: they use all the others
};

}  // namespace balcao::front
