#pragma once
// The connections that read a journal's file while its writer writes: each is lent to one thread at a time.
// Used by the store in this folder.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sqlite/connection.hpp"
#include "sqlite/schema.hpp"
#include "sqlite/store.hpp"

namespace balcao::sqlite {

// The event of a row of stream, version, time, type, body and salt.
inline journal::Event event_of(const Statement& row) {
    journal::Event event;
    event.stream = row.text(0);
    event.version = static_cast<std::uint64_t>(row.number(1));
    event.at = journal::Instant{std::chrono::milliseconds{row.number(2)}};
    event.type = row.text(3);
    event.body = row.text(4);
    event.salt = row.text(5);
    return event;
}

// One reading connection with what is asked of it.
struct Reader {
    explicit Reader(const Options& options)
        : connection{options.path, Access::read_only, options.vfs},
          of_stream{connection.prepare(
              "SELECT s.name, e.version, e.at, e.type, e.body, e.salt FROM events e "
              "JOIN streams s ON s.id = e.stream WHERE s.name = ?1 AND e.version > ?2 ORDER BY e.version")},
          after_position{connection.prepare(
              "SELECT s.name, e.version, e.at, e.type, e.body, e.salt FROM events e "
              "JOIN streams s ON s.id = e.stream WHERE e.position > ?1 ORDER BY e.position LIMIT ?2")},
          of_command{connection.prepare("SELECT answer FROM commands WHERE key = ?1")},
          of_person{connection.prepare("SELECT wrapped FROM person_keys WHERE person = ?1")},
          of_node{connection.prepare("SELECT hash FROM nodes WHERE level = ?1 AND number = ?2")},
          of_event{connection.prepare("SELECT e.position FROM events e JOIN streams s ON s.id = e.stream "
                                      "WHERE s.name = ?1 AND e.version = ?2 AND e.position <= (SELECT "
                                      "coalesce(max(size), 0) FROM checkpoints)")},
          last_checkpoint{
              connection.prepare("SELECT size, text FROM checkpoints ORDER BY size DESC LIMIT 1")},
          heads_after{connection.prepare(
              "SELECT size, text FROM checkpoints WHERE size > ?1 ORDER BY size LIMIT ?2")},
          nodes_from{connection.prepare("SELECT number, hash FROM nodes WHERE level = ?1 AND number >= ?2 "
                                        "ORDER BY number LIMIT ?3")} {
        prepare_for_reading(connection);
    }

    Connection connection;
    Statement of_stream;
    Statement after_position;
    Statement of_command;
    Statement of_person;
    Statement of_node;
    Statement of_event;
    Statement last_checkpoint;
    Statement heads_after;
    Statement nodes_from;
};

// Readers that nobody uses now. Whoever needs one waits for it.
class Readers {
public:
    explicit Readers(const Options& options) {
        for (std::size_t count = 0; count < options.readers; ++count)
            idle_.push_back(std::make_unique<Reader>(options));
    }

    template <class Use>
    auto with(Use&& use) {
        const auto back = [this](Reader* reader) { give_back(std::unique_ptr<Reader>{reader}); };
        const std::unique_ptr<Reader, decltype(back)> reader{take().release(), back};
        return use(*reader);
    }

private:
    std::unique_ptr<Reader> take() {
        std::unique_lock lock{mutex_};
        returned_.wait(lock, [this] { return !idle_.empty(); });
        auto reader = std::move(idle_.back());
        idle_.pop_back();
        return reader;
    }

    void give_back(std::unique_ptr<Reader> reader) {
        {
            const std::lock_guard lock{mutex_};
            idle_.push_back(std::move(reader));
        }
        returned_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Reader>> idle_;
};

// Steps a statement to its end, or to a failure, and leaves it ready for the next use.
template <class Row>
void for_each_row(Statement& statement, const Row& row) {
    try {
        while (statement.step())
            row(statement);
    } catch (const Failure&) {
        statement.reset();
        throw;
    }
    statement.reset();
}

}  // namespace balcao::sqlite
