// Sessions: found by their token, kept alive by use, ended by their owner, a manager or time.
#include <algorithm>

#include "crypto/hash.hpp"
#include "staff/staff.hpp"

namespace balcao::staff {

SessionKey Staff::session_key_of(std::string_view token) {
    return SessionKey{crypto::to_base64url(crypto::bytes_of(crypto::sha256({token})))};
}

Instant Staff::last_use(const SessionKey& key, const SessionState& session) const {
    const auto used = used_.find(key);
    return used == used_.end() ? session.seen : std::max(session.seen, used->second);
}

bool Staff::is_alive(const SessionKey& key, const SessionState& session, Instant now) const {
    return roll_.is_honoured(session) && now < session.begun + settings_.absolute_end &&
           now < last_use(key, session) + settings_.idle_end;
}

Session Staff::show(const SessionKey& key, const SessionState& state) const {
    Session session{key, state.account,           {},    state.begun, last_use(key, state),
                    {},  state.has_second_factor, false, {}};
    if (const auto names = names_.find(state.account); names != names_.end()) session.names = names->second;
    session.ends = std::min(state.begun + settings_.absolute_end, session.seen + settings_.idle_end);
    session.issuer = state.issuer;
    session.is_second_factor_due = is_second_factor_due(roll_.accounts.at(state.account));
    return session;
}

// A token that is not known here may have begun on another server a moment ago: the journal is read once.
std::optional<Session> Staff::session(std::string_view token) {
    const SessionKey key = session_key_of(token);
    bool is_known = false;
    {
        const std::lock_guard lock{mutex_};
        is_known = roll_.sessions.contains(key);
    }
    if (!is_known && !refresh()) return std::nullopt;
    const std::lock_guard lock{mutex_};
    const auto found = roll_.sessions.find(key);
    const Instant now = clock_.now();
    if (found == roll_.sessions.end() || !is_alive(key, found->second, now)) return std::nullopt;
    auto& used = used_[key];
    used = std::max(used, now);
    return show(key, found->second);
}

Answer<Done> Staff::sign_out(std::string_view token) {
    const SessionKey key = session_key_of(token);
    return done(run({}, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const auto found = roll_.sessions.find(key);
        if (found != roll_.sessions.end())
            draft.events.emplace_back(SessionEnded{key, found->second.account});
        return std::nullopt;
    }));
}

Answer<Done> Staff::end_session(const Actor& by, const SessionKey& session) {
    return done(run({}, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const auto found = roll_.sessions.find(session);
        if (found == roll_.sessions.end()) return Refusal{Reason::no_such_session};
        const AccountState* owner = roll_.find(found->second.account);
        const bool is_own = !by.is_installation() && by.account() == found->second.account;
        if (!is_own && (owner == nullptr || !may_rule(by, *owner))) return Refusal{Reason::not_allowed};
        draft.events.emplace_back(SessionEnded{session, by.account()});
        return std::nullopt;
    }));
}

std::vector<Session> Staff::sessions_of(const AccountKey& account) const {
    std::vector<Session> sessions;
    {
        const std::lock_guard lock{mutex_};
        const Instant now = clock_.now();
        for (const auto& [key, state] : roll_.sessions)
            if (state.account == account && is_alive(key, state, now)) sessions.push_back(show(key, state));
    }
    std::sort(sessions.begin(), sessions.end(), [](const Session& a, const Session& b) {
        return std::tie(a.begun, a.key) < std::tie(b.begun, b.key);
    });
    return sessions;
}

Result<void> Staff::catch_up() {
    const auto made = run({}, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const std::lock_guard lock{mutex_};
        for (const auto& [key, used] : used_) {
            const auto found = roll_.sessions.find(key);
            if (found != roll_.sessions.end() && used >= found->second.seen + settings_.seen_every)
                draft.events.emplace_back(SessionSeen{key, used});
        }
        return std::nullopt;
    });
    if (std::holds_alternative<Refusal>(made))
        return Error{Errc::unavailable, "The journal of staff cannot be read or written."};
    return {};
}

}  // namespace balcao::staff
