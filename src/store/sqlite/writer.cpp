#include "sqlite/writer.hpp"

#include <algorithm>
#include <utility>

namespace balcao::sqlite {

using journal::Outcome;

namespace {

// Streams whose versions are remembered; more than are written to in one day.
constexpr std::size_t streams_remembered = 100'000;

}  // namespace

Writer::Writer(Connection connection)
    : connection_{std::move(connection)},
      find_stream_{connection_.prepare("SELECT id, version FROM streams WHERE name = ?1")},
      find_salt_{connection_.prepare("SELECT salt FROM events WHERE stream = ?1 AND version = ?2")},
      add_stream_{connection_.prepare("INSERT INTO streams(name, version) VALUES(?1, ?2) RETURNING id")},
      move_stream_{connection_.prepare("UPDATE streams SET version = ?2 WHERE id = ?1")},
      add_event_{connection_.prepare("INSERT INTO events(position, stream, version, at, type, body, salt) "
                                     "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")},
      find_command_{connection_.prepare("SELECT 1 FROM commands WHERE key = ?1")},
      add_command_{connection_.prepare("INSERT INTO commands(key, answer) VALUES(?1, ?2)")},
      find_claim_{connection_.prepare("SELECT holder FROM claims WHERE key = ?1")},
      add_claim_{connection_.prepare("INSERT INTO claims(key, holder) VALUES(?1, ?2)")},
      drop_claim_{connection_.prepare("DELETE FROM claims WHERE key = ?1 AND holder = ?2")},
      find_key_{connection_.prepare("SELECT 1 FROM person_keys WHERE person = ?1")},
      add_key_{connection_.prepare("INSERT INTO person_keys(person, wrapped) VALUES(?1, ?2)")},
      drop_key_{connection_.prepare("DELETE FROM person_keys WHERE person = ?1")},
      find_end_{connection_.prepare("SELECT coalesce(max(position), 0) FROM events")},
      find_data_version_{connection_.prepare("PRAGMA data_version")} {
    look_for_others();
    thread_ = std::jthread{[this](const std::stop_token& stop) { work(stop); }};
}

Writer::~Writer() {
    thread_.request_stop();
    wakes_.notify_all();
    thread_.join();
    forget_destroyed_keys();  // a reader may have been in the way of the last attempt
}

void Writer::submit(journal::Commit commit, journal::Done done) {
    submit([this, commit = std::move(commit)](Connection&) { return try_commit(commit); }, std::move(done));
}

void Writer::submit(std::function<Outcome(Connection&)> attempt, journal::Done done) {
    {
        const std::lock_guard lock{mutex_};
        waiting_.push_back({std::move(attempt), std::move(done)});
    }
    wakes_.notify_one();
}

std::uint64_t Writer::transactions() const {
    const std::lock_guard lock{mutex_};
    return transactions_;
}

void Writer::work(const std::stop_token& stop) {
    for (;;) {
        std::vector<Waiting> group;
        {
            std::unique_lock lock{mutex_};
            wakes_.wait(lock, stop, [this] { return !waiting_.empty(); });
            if (waiting_.empty()) return;  // told to stop, and nothing waits
            group.swap(waiting_);
        }
        write_group(group);
    }
}

void Writer::write_group(std::vector<Waiting>& group) {
    std::vector<Outcome> outcomes(group.size(), Outcome::unavailable);
    std::uint64_t position_before = position_;
    try {
        connection_.run("BEGIN IMMEDIATE");
        look_for_others();
        position_before = position_;
        std::transform(group.begin(), group.end(), outcomes.begin(),
                       [this](const Waiting& waiting) { return waiting.attempt(connection_); });
        connection_.run("COMMIT");
        forget_destroyed_keys();
        const std::lock_guard lock{mutex_};
        ++transactions_;
    } catch (const Failure&) {
        roll_back();
        position_ = position_before;
        std::fill(outcomes.begin(), outcomes.end(), Outcome::unavailable);
    }
    for (std::size_t place = 0; place < group.size(); ++place)
        group[place].done(outcomes[place]);
}

// A second process may have written to the file since: a command line that erases or restores while a server
// runs. What is remembered of streams and of the end is then read anew.
void Writer::look_for_others() {
    const std::int64_t data_version = find_data_version_.step() ? find_data_version_.number(0) : 0;
    find_data_version_.reset();
    if (data_version == data_version_) return;
    streams_.clear();
    position_ = find_end_.step() ? static_cast<std::uint64_t>(find_end_.number(0)) : 0;
    find_end_.reset();
    data_version_ = data_version;
}

// What was remembered may never have reached the file.
void Writer::roll_back() {
    streams_.clear();
    try {
        if (connection_.is_in_transaction()) connection_.run("ROLLBACK");
    } catch (const Failure&) {
        // The next BEGIN fails in its turn, and its commits are refused: nothing more can be done here.
        return;
    }
}

Outcome Writer::try_commit(const journal::Commit& commit) {
    if (is_repeated(commit)) return Outcome::repeated;
    if (!fits(commit)) return Outcome::conflict;
    write(commit);
    return Outcome::written;
}

bool Writer::is_found(Statement& statement, std::string_view key) {
    const bool found = statement.bind(1, key).step();
    statement.reset();
    return found;
}

bool Writer::is_repeated(const journal::Commit& commit) {
    return !commit.command.empty() && is_found(find_command_, commit.command);
}

bool Writer::fits(const journal::Commit& commit) {
    for (const auto& writing : commit.writings) {
        const auto& stream = stream_of(writing.stream);
        if (stream.version != writing.expected) return false;
        if (!writing.after.empty() && salt_of(stream) != writing.after) return false;
    }
    for (const auto& claim : commit.claims) {
        if (claim.is_released) continue;
        const bool is_held = find_claim_.bind(1, claim.key).step() && find_claim_.text(0) != claim.holder;
        find_claim_.reset();
        if (is_held) return false;
    }
    return std::none_of(commit.keys.begin(), commit.keys.end(), [this](const journal::PersonKey& key) {
        return !key.wrapped.empty() && is_found(find_key_, key.person);
    });
}

Writer::Stream& Writer::stream_of(const std::string& name) {
    if (streams_.size() > streams_remembered) streams_.clear();
    const auto [found, is_new] = streams_.try_emplace(name);
    if (is_new && find_stream_.bind(1, name).step())
        found->second = {find_stream_.number(0), static_cast<std::uint64_t>(find_stream_.number(1)), {}};
    if (is_new) find_stream_.reset();
    return found->second;
}

// Of the last event; empty when there is none.
std::string Writer::salt_of(const Stream& stream) {
    if (!stream.salt.empty()) return stream.salt;
    find_salt_.bind(1, stream.id).bind(2, static_cast<std::int64_t>(stream.version));
    std::string salt = find_salt_.step() ? std::string{find_salt_.text(0)} : std::string{};
    find_salt_.reset();
    return salt;
}

void Writer::write(const journal::Commit& commit) {
    write_events(commit);
    write_keys(commit);
    if (!commit.command.empty()) add_command_.bind(1, commit.command).bind(2, commit.answer).run();
    for (const auto& claim : commit.claims) {
        if (claim.is_released) {
            drop_claim_.bind(1, claim.key).bind(2, claim.holder).run();
            continue;
        }
        if (!is_found(find_claim_, claim.key)) add_claim_.bind(1, claim.key).bind(2, claim.holder).run();
    }
}

void Writer::write_keys(const journal::Commit& commit) {
    for (const auto& key : commit.keys) {
        if (key.wrapped.empty()) {
            drop_key_.bind(1, key.person).run();
            has_destroyed_keys_ = true;
        } else {
            add_key_.bind(1, key.person).bind_bytes(2, key.wrapped).run();
        }
    }
}

// A destroyed key must not be found in older pages of the write-ahead log either: all of it goes into the
// file, where deleted bytes are overwritten, and the log is cut off.
void Writer::forget_destroyed_keys() {
    if (!has_destroyed_keys_) return;
    try {
        auto checkpoint = connection_.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
        const bool is_whole = checkpoint.step() && checkpoint.number(0) == 0;
        has_destroyed_keys_ = !is_whole;  // a reader was in the way: again after the next group
    } catch (const Failure&) {
        return;  // what was committed stays committed; again after the next group
    }
}

void Writer::write_events(const journal::Commit& commit) {
    for (const auto& writing : commit.writings) {
        auto& stream = stream_of(writing.stream);
        stream.version += writing.events.size();
        const auto version = static_cast<std::int64_t>(stream.version);
        if (stream.id == 0) {
            add_stream_.bind(1, writing.stream).bind(2, version).step();
            stream.id = add_stream_.number(0);
            add_stream_.reset();
        } else {
            move_stream_.bind(1, stream.id).bind(2, version).run();
        }
        for (const auto& event : writing.events) {
            add_event_.bind(1, static_cast<std::int64_t>(++position_))
                .bind(2, stream.id)
                .bind(3, static_cast<std::int64_t>(event.version))
                .bind(4, std::int64_t{event.at.time_since_epoch().count()})
                .bind(5, event.type)
                .bind(6, event.body)
                .bind_bytes(7, event.salt)
                .run();
            stream.salt = event.salt;
        }
    }
}

}  // namespace balcao::sqlite
