#include "http/server.hpp"

#include <future>
#include <thread>
#include <utility>

#include "base/check.hpp"
#include "http/loop.hpp"
#include "http/session.hpp"
#include "http/shard.hpp"

namespace balcao::http {

namespace {

constexpr auto default_grace = std::chrono::seconds{5};
constexpr auto look_again = std::chrono::milliseconds{5};

// Runs something on a loop's thread and waits for what it says.
template <class Task>
bool ask(Loop& loop, const Task& task) {
    std::promise<bool> promise;
    auto said = promise.get_future();
    loop.post([&] { promise.set_value(task()); });
    return said.get();
}

}  // namespace

struct Server::Core {
    Site site;
    std::vector<std::shared_ptr<Loop>> loops;
    std::vector<std::unique_ptr<Shard>> shards;
    std::unique_ptr<Listener> listener;
    std::vector<std::thread> threads;

    void run() {
        for (const auto& loop : loops)
            shards.push_back(std::make_unique<Shard>(site, loop));
        for (const auto& shard : shards)
            shard->loop()->every(site.settings.limits.tick, [&shard = *shard] { shard.sweep(); });
        listener->start([this](std::size_t place, Line line) { shards[place]->take(std::move(line)); });
        for (const auto& loop : loops)
            threads.emplace_back([loop] { loop->run(); });
    }

    bool is_empty() {
        bool is_empty = true;
        for (const auto& shard : shards) {
            const auto look = [&] {
                shard->sweep();
                return shard->is_empty();
            };
            is_empty = ask(*shard->loop(), look) && is_empty;
        }
        return is_empty;
    }

    void stop(std::chrono::milliseconds grace) {
        if (threads.empty()) return;
        const auto end = Clock::now() + grace;
        ask(*loops[0], [&] {
            listener->close();
            return true;
        });
        for (const auto& shard : shards)
            ask(*shard->loop(), [&] {
                shard->drain();
                return true;
            });
        while (!is_empty() && Clock::now() < end)
            std::this_thread::sleep_for(look_again);
        for (const auto& shard : shards)
            ask(*shard->loop(), [&] {
                shard->cut_all();
                return true;
            });
        BALCAO_CHECK(is_empty());
        for (const auto& loop : loops)
            loop->finish();
        for (auto& thread : threads)
            thread.join();
        threads.clear();
    }
};

Server::Server(std::unique_ptr<Core> core) : core_{std::move(core)} {}

Server::~Server() { stop(default_grace); }

Result<std::unique_ptr<Server>> Server::start(Settings settings, Router router) {
    BALCAO_CHECK(settings.threads >= 1);
    auto core = std::make_unique<Core>();
    for (const std::string& text : settings.proxies) {
        const auto network = parse_network(text);
        if (!network) return Error{Errc::invalid, '"' + text + "\" is no network", "proxies"};
        core->site.proxies.push_back(*network);
    }
    for (int place = 0; place < settings.threads; ++place)
        core->loops.push_back(std::make_shared<Loop>());
    BALCAO_TRY(core->listener, Listener::open(settings.address, settings.port, core->loops));
    core->site.allow_all = router.allow_all();
    core->site.settings = std::move(settings);
    core->site.router = std::move(router);
    core->run();
    return std::unique_ptr<Server>{new Server{std::move(core)}};
}

std::uint16_t Server::port() const { return core_->listener->port(); }

Counters Server::counters() const {
    const Site& site = core_->site;
    return {site.connections, site.streams, site.accepted, site.requests, site.refused, site.slow_streams};
}

void Server::stop(std::chrono::milliseconds grace) { core_->stop(grace); }

}  // namespace balcao::http
