#include "assist/ledger.hpp"

#include <algorithm>

namespace balcao::assist {
namespace {

// Nothing happens with it any more that this server would have to know.
bool is_done(const Session& session) { return is_over(session) && !has_values(session); }

}  // namespace

Ledger::Held Ledger::cell_of(const SessionKey& session) {
    const std::lock_guard lock{mutex_};
    auto& cell = cells_[session];
    if (cell == nullptr) {
        cell = std::make_shared<Cell>();
        cell->now.key = session;
    }
    return cell;
}

std::vector<Ledger::Held> Ledger::cells() const {
    const std::lock_guard lock{mutex_};
    std::vector<Held> all;
    for (const auto& [session, cell] : cells_)
        all.push_back(cell);
    return all;
}

// Takes what the journal has more of a session than is known here. False when it cannot be read.
bool Ledger::read_on(Cell& cell) {
    std::uint64_t known = 0;
    std::string stream;
    {
        const std::lock_guard lock{cell.mutex};
        known = cell.now.end.version;
        stream = stream_of(cell.now.key);
    }
    const auto events = store_.read(stream, known);
    if (!events) return false;
    const std::lock_guard lock{cell.mutex};
    for (const auto& event : *events) {
        if (event.version <= cell.now.end.version) continue;  // heard meanwhile
        if (!apply(cell.now, event)) return false;
    }
    return true;
}

void Ledger::drop_if_done(const Held& cell) {
    SessionKey session;
    {
        const std::lock_guard lock{cell->mutex};
        if (cell->now.end.version > 0 && !is_done(cell->now)) return;
        session = cell->now.key;
    }
    const std::lock_guard lock{mutex_};
    const auto found = cells_.find(session);
    if (found != cells_.end() && found->second == cell) cells_.erase(found);
}

void Ledger::tell(const SessionKey& session) const {
    if (listener_) listener_(session);
}

Answer<journal::Made> Ledger::run(const SessionKey& session,
                                  const std::string& command,
                                  const Decide& decide) {
    const Held cell = cell_of(session);
    auto made = [&] {
        const std::lock_guard turn{cell->turn};
        Answer<journal::Made> found = journal::settle(store_, command, Refusal{Reason::unavailable},
                                                      [&]() -> std::variant<journal::Commit, Refusal> {
                                                          if (!read_on(*cell))
                                                              return Refusal{Reason::unavailable};
                                                          Session now;
                                                          {
                                                              const std::lock_guard lock{cell->mutex};
                                                              now = cell->now;
                                                          }
                                                          if (now.end.version == 0)
                                                              return Refusal{Reason::no_such_session};
                                                          Draft draft{std::move(now), clock_.now()};
                                                          if (auto refusal = decide(draft)) return *refusal;
                                                          return std::move(draft.commit);
                                                      });
        // Nobody is refused for what this very command has done elsewhere meanwhile.
        if (std::holds_alternative<Refusal>(found)) {
            auto before = journal::made_before(store_, command);
            if (!before) return Answer<journal::Made>{Refusal{Reason::unavailable}};
            if (*before) found = **std::move(before);
        }
        // It is durable in any case; what cannot be read back now is read before the next decision.
        if (std::holds_alternative<journal::Made>(found)) static_cast<void>(read_on(*cell));
        return found;
    }();
    drop_if_done(cell);
    if (std::holds_alternative<journal::Made>(made)) tell(session);
    return made;
}

Answer<Session> Ledger::find(const SessionKey& session) {
    const Held cell = cell_of(session);
    const bool is_read = read_on(*cell);
    Session now;
    {
        const std::lock_guard lock{cell->mutex};
        now = cell->now;
    }
    drop_if_done(cell);
    if (!is_read) return Refusal{Reason::unavailable};
    if (now.end.version == 0) return Refusal{Reason::no_such_session};
    return now;
}

// What cannot be read now is read before the next decision, or heard of.
void Ledger::add(const SessionKey& session) {
    static_cast<void>(find(session));
    tell(session);
}

Answer<Session> Ledger::known(const SessionKey& session) {
    Held cell;
    {
        const std::lock_guard lock{mutex_};
        const auto found = cells_.find(session);
        if (found != cells_.end()) cell = found->second;
    }
    if (cell != nullptr) {
        const std::lock_guard lock{cell->mutex};
        if (cell->now.end.version > 0) return cell->now;
    }
    return find(session);
}

std::vector<Session> Ledger::open_sessions(const std::function<bool(const Session&)>& holds) const {
    std::vector<Session> found;
    for (const auto& cell : cells()) {
        const std::lock_guard lock{cell->mutex};
        if (cell->now.end.version > 0 && !is_over(cell->now) && holds(cell->now)) found.push_back(cell->now);
    }
    return found;
}

std::vector<Session> Ledger::with_values() const {
    std::vector<Session> found;
    for (const auto& cell : cells()) {
        const std::lock_guard lock{cell->mutex};
        if (cell->now.end.version > 0 && has_values(cell->now)) found.push_back(cell->now);
    }
    return found;
}

// An event of a session that is over, and was let go of, is passed by.
Result<void> Ledger::hear(const SessionKey& session, const journal::Event& event) {
    {
        const std::lock_guard lock{mutex_};
        if (auto taken = taught_.take(event); !taken) return taken.error();
        if (event.version != 1 && !cells_.contains(session)) return {};
    }
    const Held cell = cell_of(session);
    bool is_news = false;
    {
        const std::lock_guard lock{cell->mutex};
        if (event.version == cell->now.end.version + 1) {
            if (auto applied = apply(cell->now, event); !applied) return applied.error();
            is_news = true;
        }
    }
    if (is_news) tell(session);
    drop_if_done(cell);
    return {};
}

Result<std::size_t> Ledger::catch_up(std::size_t limit) {
    const std::lock_guard following{following_};
    BALCAO_TRY(const auto followed, store_.follow(cursor_, limit));
    for (const auto& event : followed.events)
        if (const auto session = session_of_stream(event.stream))
            if (auto heard = hear(*session, event); !heard) return heard.error();
    cursor_ = followed.next;
    return followed.events.size();
}

Teaching Ledger::teaching() const {
    const std::lock_guard lock{mutex_};
    return taught_.so_far();
}

}  // namespace balcao::assist
