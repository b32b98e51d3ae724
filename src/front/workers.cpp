#include "front/workers.hpp"

namespace balcao::front {

Workers::Workers(std::size_t threads, std::size_t waiting_max) : waiting_max_{waiting_max} {
    threads_.reserve(threads);
    for (std::size_t thread = 0; thread < threads; ++thread)
        threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

Workers::~Workers() = default;

bool Workers::give(std::function<void()> work) {
    if (threads_.empty()) {
        work();
        return true;
    }
    {
        const std::lock_guard lock{mutex_};
        if (waiting_.size() >= waiting_max_) return false;
        waiting_.push_back(std::move(work));
    }
    changed_.notify_one();
    return true;
}

void Workers::run(const std::stop_token& stop) {
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, stop, [this] { return !waiting_.empty(); });
            if (waiting_.empty()) return;  // told to stop, and nothing waits
            work = std::move(waiting_.front());
            waiting_.pop_front();
        }
        work();
    }
}

}  // namespace balcao::front
