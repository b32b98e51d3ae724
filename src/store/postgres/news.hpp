#pragma once
// A thread that listens for other servers on the same database, and for this one: somebody wrote, it is time
// to follow. Used by the store. It may call without need; it carries no events.
#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace balcao::postgres {

class News {
public:
    // `tell` is called from the thread: after a commit of any server, and each time the connection was made,
    // for what was missed while there was none.
    News(std::string url, std::chrono::milliseconds patience, std::function<void()> tell);

private:
    void listen(const std::stop_token& stop) const;

    std::string url_;
    std::chrono::milliseconds patience_;
    std::function<void()> tell_;
    std::jthread thread_;  // last: it uses all the others
};

}  // namespace balcao::postgres
