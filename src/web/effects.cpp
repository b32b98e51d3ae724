#include "web/effects.hpp"

#include <algorithm>

namespace balcao::web {

Effects::Effects(Simulator& simulator, std::function<void()> ready)
    : simulator_{simulator}, ready_{std::move(ready)}, thread_{[this](const std::stop_token& stop) {
          work(stop);
      }} {}

void Effects::end() {
    stops_ = true;
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

Effects::~Effects() { end(); }

Effects::Finding Effects::ask(const std::string& name, const Pair& now_and_after) {
    const std::lock_guard lock{mutex_};
    const auto found = std::ranges::find_if(known_, [&](const auto& one) { return one->name == name; });
    if (found != known_.end()) return (*found)->finding;
    // Whoever types on wants to know of the last change: those that wait are forgotten.
    while (known_.size() >= kept_most)
        known_.pop_front();
    known_.push_back(std::make_shared<Known>(Known{name, now_and_after}));
    asked_.notify_one();
    return {};
}

std::optional<Effects::Finding> Effects::find(const std::string& name) const {
    const std::lock_guard lock{mutex_};
    const auto found = std::ranges::find_if(known_, [&](const auto& one) { return one->name == name; });
    return found == known_.end() ? std::nullopt : std::optional{(*found)->finding};
}

// The one that was asked for last goes first. With the mutex held.
std::shared_ptr<Effects::Known> Effects::next() {
    const auto found =
        std::find_if(known_.rbegin(), known_.rend(), [](const auto& one) { return !one->finding.is_ready; });
    return found == known_.rend() ? nullptr : *found;
}

void Effects::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::shared_ptr<Known> one;
        {
            std::unique_lock lock{mutex_};
            if (!asked_.wait(lock, stop, [this] { return next() != nullptr; })) return;
            one = next();
        }
        auto effect = simulator_.effect_of(*one->models.first, *one->models.second, stops_);
        {
            const std::lock_guard lock{mutex_};
            one->finding.is_ready = true;
            if (effect)
                one->finding.effect = *std::move(effect);
            else
                one->finding.trouble = effect.error().what;
            one->models = {};
        }
        if (!stops_) ready_();
    }
}

}  // namespace balcao::web
