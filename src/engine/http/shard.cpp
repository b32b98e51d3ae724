#include "http/shard.hpp"

#include <ctime>
#include <utility>

#include "http/date.hpp"
#include "http/session.hpp"

namespace balcao::http {

bool Site::enter(const std::string& peer) {
    const Limits& limits = settings.limits;
    const bool has_room = ++connections <= limits.connections_max;
    if (limits.connections_per_peer == 0) return has_room;
    const std::lock_guard lock{mutex_};
    return ++of_peer_[peer] <= limits.connections_per_peer && has_room;
}

void Site::leave(const std::string& peer) {
    --connections;
    if (settings.limits.connections_per_peer == 0) return;
    const std::lock_guard lock{mutex_};
    const auto found = of_peer_.find(peer);
    if (found != of_peer_.end() && --found->second == 0) of_peer_.erase(found);
}

std::optional<Response> Site::admit(const Request& request) const {
    return settings.hooks.admit ? settings.hooks.admit(request) : std::nullopt;
}

void Site::report_fault(std::string_view what) const {
    if (settings.hooks.fault) settings.hooks.fault(what);
}

Shard::Shard(Site& site, std::shared_ptr<Loop> loop) : site_{&site}, loop_{std::move(loop)} {}

Shard::~Shard() = default;

void Shard::take(Line line) {
    if (is_draining_) return;
    const std::uint64_t number = ++site_->accepted;
    sessions_.push_back(std::make_shared<Session>(*this, std::move(line), number));
    sessions_.back()->start();
}

void Shard::sweep() {
    const auto now = Clock::now();
    for (std::size_t place = 0; place < sessions_.size();) {
        auto& session = sessions_[place];
        session->sweep(now);
        if (!session->is_closed()) {
            ++place;
            continue;
        }
        session = std::move(sessions_.back());
        sessions_.pop_back();
    }
}

void Shard::drain() {
    is_draining_ = true;
    for (const auto& session : sessions_)
        session->drain();
}

void Shard::cut_all() {
    for (const auto& session : sessions_)
        session->close();
}

std::string_view Shard::date() {
    const std::chrono::sys_seconds now{std::chrono::seconds{std::time(nullptr)}};
    if (now != second_ || date_.empty()) {
        second_ = now;
        date_ = format_http_date(now);
    }
    return date_;
}

}  // namespace balcao::http
