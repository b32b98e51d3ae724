#include "postgres/news.hpp"

#include <utility>

#include "postgres/connection.hpp"

namespace balcao::postgres {

namespace {

constexpr Sql listen_to_news{"listen", "LISTEN balcao_journal"};
constexpr std::chrono::milliseconds between_looks{100};  // whether to stop
constexpr std::chrono::milliseconds pause{300};

}  // namespace

News::News(std::string url, std::chrono::milliseconds patience, std::function<void()> tell)
    : url_{std::move(url)}, patience_{patience}, tell_{std::move(tell)} {
    thread_ = std::jthread{[this](const std::stop_token& stop) {
        while (!stop.stop_requested())
            listen(stop);
    }};
}

void News::listen(const std::stop_token& stop) const {
    try {
        Connection connection{url_, patience_};
        connection.run(listen_to_news);
        tell_();
        while (!stop.stop_requested())
            if (connection.is_notified(between_looks)) tell_();
    } catch (const Failure&) {
        std::this_thread::sleep_for(pause);
    }
}

}  // namespace balcao::postgres
