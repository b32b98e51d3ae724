#include "web/live.hpp"

#include <chrono>

namespace balcao::web {
namespace {

// Hours begin and end without any event: so everything is looked at now and then.
constexpr std::chrono::seconds all_anew{15};
// A rush of commands is drawn once; far below what an eye or a display notices.
constexpr std::chrono::milliseconds rest{20};

// What shows several sites changes with each of them.
const model::SiteKey whole_city{};

http::Frame frame_of(const std::string& fragment) { return http::format_event({.data = fragment}); }

}  // namespace

Live::Live() : thread_{[this](const std::stop_token& stop) { work(stop); }} {}

Live::~Live() = default;

void Live::follow(const model::SiteKey& site,
                  const std::string& name,
                  const http::EventStream& stream,
                  const Draw& draw) {
    std::shared_ptr<Fragment> fragment;
    {
        const std::lock_guard lock{mutex_};
        auto& known = sites_[site][name];
        if (known == nullptr) {
            known = std::make_shared<Fragment>();
            known->draw = draw;
        }
        fragment = known;
    }
    const std::lock_guard lock{fragment->mutex};
    if (auto drawn = fragment->draw()) fragment->sent = *std::move(drawn);
    stream.send(frame_of(fragment->sent));
    fragment->topic.join(stream);
}

void Live::changed(const model::SiteKey& site) {
    const std::lock_guard lock{mutex_};
    changed_.insert(site);
    changed_.insert(whole_city);
    woken_.notify_one();
}

void Live::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::set<model::SiteKey> sites;
        {
            std::unique_lock lock{mutex_};
            woken_.wait_for(lock, stop, all_anew, [this] { return !changed_.empty(); });
            sites.swap(changed_);
            if (sites.empty())
                for (const auto& [site, fragments] : sites_)
                    sites.insert(site);
        }
        for (const auto& site : sites)
            for (const auto& fragment : followed_at(site))
                draw_anew(*fragment);
        std::unique_lock lock{mutex_};
        woken_.wait_for(lock, stop, rest, [] { return false; });
    }
}

// Those of the site that somebody follows; the others are forgotten.
std::vector<std::shared_ptr<Live::Fragment>> Live::followed_at(const model::SiteKey& site) {
    const std::lock_guard lock{mutex_};
    std::vector<std::shared_ptr<Fragment>> followed;
    auto& fragments = sites_[site];
    for (auto at = fragments.begin(); at != fragments.end();) {
        // Held by nobody else: no one is about to join.
        if (at->second.use_count() == 1 && at->second->topic.size() == 0) {
            at = fragments.erase(at);
        } else {
            followed.push_back(at->second);
            ++at;
        }
    }
    return followed;
}

void Live::draw_anew(Fragment& fragment) {
    const std::lock_guard lock{fragment.mutex};
    auto drawn = fragment.draw();
    if (!drawn || *drawn == fragment.sent) return;
    fragment.sent = *std::move(drawn);
    fragment.topic.publish(frame_of(fragment.sent));
}

}  // namespace balcao::web
