#pragma once
// Does things at their time, one after the other on a thread of its own: answers that are slow, answers that
// are never given while their asker still waits, reports that are made after a while. Internal to the
// stand-in.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace balcao::stand_in {

class Later {
public:
    using Time = std::chrono::steady_clock::time_point;

    // What is due; it says after how long it is due again, or nothing when it is done.
    using Task = std::function<std::optional<std::chrono::milliseconds>()>;

    Later();

    // What is not due yet is not done.
    ~Later() { stop(); }

    Later(const Later&) = delete;
    Later& operator=(const Later&) = delete;
    Later(Later&&) = delete;
    Later& operator=(Later&&) = delete;

    void in(std::chrono::milliseconds wait, Task task);
    void stop();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<Time, Task> due_;
    bool stops_ = false;
    std::thread thread_;
};

}  // namespace balcao::stand_in
