#include "stand_in/later.hpp"

namespace balcao::stand_in {

Later::Later() : thread_{[this] { run(); }} {}

void Later::in(std::chrono::milliseconds wait, Task task) {
    const std::lock_guard lock{mutex_};
    if (stops_) return;
    due_.emplace(std::chrono::steady_clock::now() + wait, std::move(task));
    changed_.notify_one();
}

void Later::stop() {
    std::multimap<Time, Task> left;  // let go of without the lock: what it holds may ask for it
    {
        const std::lock_guard lock{mutex_};
        stops_ = true;
        left.swap(due_);
        changed_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Later::run() {
    std::unique_lock lock{mutex_};
    while (!stops_) {
        if (due_.empty()) {
            changed_.wait(lock);
            continue;
        }
        if (const Time first = due_.begin()->first; std::chrono::steady_clock::now() < first) {
            changed_.wait_until(lock, first);
            continue;
        }
        auto next = due_.extract(due_.begin());
        lock.unlock();
        const auto again = next.mapped()();
        lock.lock();
        if (again && !stops_)
            due_.emplace(std::chrono::steady_clock::now() + *again, std::move(next.mapped()));
    }
}

}  // namespace balcao::stand_in
