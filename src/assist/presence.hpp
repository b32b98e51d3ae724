#pragma once
// When each citizen's screen was last heard of, on this server, in memory. Internal to `assist`; any thread.
// Both screens of a session come to the same server: on another one a citizen counts as absent until the
// screen has been heard of there, which refuses too much and never too little.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assist/names.hpp"
#include "base/instant.hpp"

namespace balcao::assist {

class Presence {
public:
    void beat(const SessionKey& session, const std::string& screen, Instant now) {
        const std::lock_guard lock{mutex_};
        seen_[session][screen] = now;
    }

    // Nothing where it was never heard of.
    [[nodiscard]] std::optional<Instant> seen(const SessionKey& session, const std::string& screen) const {
        const std::lock_guard lock{mutex_};
        const auto found = seen_.find(session);
        if (found == seen_.end()) return std::nullopt;
        const auto at = found->second.find(screen);
        return at == found->second.end() ? std::nullopt : std::optional{at->second};
    }

    void forget(const SessionKey& session) {
        const std::lock_guard lock{mutex_};
        seen_.erase(session);
    }

    [[nodiscard]] std::vector<SessionKey> sessions() const {
        const std::lock_guard lock{mutex_};
        std::vector<SessionKey> all;
        for (const auto& [session, screens] : seen_)
            all.push_back(session);
        return all;
    }

private:
    mutable std::mutex mutex_;
    std::map<SessionKey, std::map<std::string, Instant>> seen_;  // by screen
};

// Whether a sign of life from then is one of now. A clock that was set back, or far ahead, makes nobody
// present: the next sign of life does.
inline bool is_fresh(std::optional<Instant> seen, Instant now, std::chrono::milliseconds absent_after) {
    return seen && *seen <= now && now - *seen <= absent_after;
}

}  // namespace balcao::assist
