#pragma once
// The one thread that writes: it takes every commit that waits, tries each in turn within one transaction,
// and calls back when the disk has it. Used by the store; it knows nothing of what an event means.
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "journal/store.hpp"
#include "sqlite/connection.hpp"

namespace balcao::sqlite {

class Writer {
public:
    // `connection` was prepared for writing. Throws Failure.
    explicit Writer(Connection connection);
    ~Writer();  // writes what waits, then stops

    // Tries a commit, or whatever else writes, in the order in which it was handed over; `done` is called
    // once the transaction that it shares with others is durable.
    void submit(journal::Commit commit, journal::Done done);
    void submit(std::function<journal::Outcome(Connection&)> attempt, journal::Done done);

    [[nodiscard]] std::uint64_t transactions() const;

    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    Writer(Writer&&) = delete;
    Writer& operator=(Writer&&) = delete;

private:
    struct Waiting {
        std::function<journal::Outcome(Connection&)> attempt;
        journal::Done done;
    };

    struct Stream {
        std::int64_t id = 0;  // 0: not yet in the file
        std::uint64_t version = 0;
        std::string salt{};  // of its last event, when it was written here
    };

    void work(const std::stop_token& stop);
    void write_group(std::vector<Waiting>& group);
    journal::Outcome try_commit(const journal::Commit& commit);
    bool is_repeated(const journal::Commit& commit);
    bool fits(const journal::Commit& commit);
    bool is_found(Statement& statement, std::string_view key);
    void write(const journal::Commit& commit);
    void write_events(const journal::Commit& commit);
    void write_keys(const journal::Commit& commit);
    void forget_destroyed_keys();
    Stream& stream_of(const std::string& name);
    std::string salt_of(const Stream& stream);
    void roll_back();
    void look_for_others();

    Connection connection_;
    Statement find_stream_;
    Statement find_salt_;
    Statement add_stream_;
    Statement move_stream_;
    Statement add_event_;
    Statement find_command_;
    Statement add_command_;
    Statement find_claim_;
    Statement add_claim_;
    Statement drop_claim_;
    Statement find_key_;
    Statement add_key_;
    Statement drop_key_;
    Statement find_end_;
    Statement find_data_version_;
    std::int64_t data_version_ = 0;  // SQLite's mark of what other connections wrote
    std::uint64_t position_ = 0;     // of the last event
    bool has_destroyed_keys_ = false;
    std::unordered_map<std::string, Stream> streams_;

    mutable std::mutex mutex_;
    std::condition_variable_any wakes_;
    std::vector<Waiting> waiting_;
    std::uint64_t transactions_ = 0;
    std::jthread thread_;  // last: it uses all the others
};

}  // namespace balcao::sqlite
