#pragma once
// The journal in a PostgreSQL database, for any number of equal server processes: streams are guarded by
// their versions, claims by unique keys, and all commits that wait in a process share a flush. The store for
// when one machine is not enough. It never tells that a commit is written before the server has flushed it;
// it needs named statements, session locks and LISTEN, so no connection pooler may stand between.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "journal/archive.hpp"
#include "journal/log.hpp"
#include "journal/store.hpp"
#include "merkle/tree.hpp"

namespace balcao::postgres {

class Connection;

struct Options {
    std::string url{};        // as libpq takes it: postgres://user@host/database, or key=value pairs
    std::size_t writers = 2;  // connections that write side by side, each with a thread; at least 1
    std::size_t readers = 4;  // connections for reading, each for one thread at a time; at least 1
    // How long a commit is tried again while the server cannot be reached, and how long any one answer is
    // waited for. A commit that waits is refused after at most about three times this; when there has been no
    // connection for this long, at the first attempt.
    std::chrono::milliseconds patience{5000};
    // Called from a thread of the store when there may be new events, of whichever process: it is time to
    // follow. May be called without need; a message can be lost, so look now and then without it, too.
    std::function<void()> on_news{};
    // Whether a database without a journal gets one; else it is refused (not_found).
    bool makes_tables = true;
};

// What is particular here. A commit that another server may have written is looked for once the connection is
// back, under the locks of its streams, and only then written anew: `unavailable` is left for servers that
// stay away. A destroyed key is gone for every reader at once, but its bytes, still wrapped, stay in the
// server's files until it cleans the table (within minutes), and in its write-ahead log as long as that is
// kept.
class Store final : public journal::Store, public journal::LogStore, public journal::Archive {
public:
    // Makes the tables at first use, one process at a time, where the options let it. Error: unavailable when
    // the server cannot be reached; not_found for a database without a journal that is to get none; conflict
    // when the database is something else or of a newer Balcão, is not in UTF-8, or its server is older than
    // PostgreSQL 15 or does not flush.
    static Result<std::unique_ptr<Store>> open(const Options& options);

    // Writes what was submitted, as long as patience goes, then stops.
    ~Store() override;

    void submit(journal::Commit commit, journal::Done done) override;
    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override;

    // Holds for events of all processes: none ever comes to stand before a cursor that was handed out. It
    // does not wait for transactions that are not a store's own. A cursor stays good in a restored copy.
    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override;
    Result<std::optional<std::string>> key_of(std::string_view person) const override;
    Result<std::optional<std::string>> answer_to(std::string_view command) const override;

    // Throws journal::StoreFailure.
    [[nodiscard]] merkle::Hash at(merkle::NodeId id) const override;
    [[nodiscard]] Result<std::string> last_checkpoint() const override;
    [[nodiscard]] Result<std::vector<journal::Event>> not_logged(std::size_t limit) const override;

    // Of several processes at once one grows the log, the others get `conflict`.
    Result<void> grow(const journal::Growth& growth) override;
    [[nodiscard]] Result<std::optional<std::uint64_t>> leaf_of(std::string_view stream,
                                                               std::uint64_t version) const override;
    [[nodiscard]] Result<std::vector<journal::Event>> leaves(std::uint64_t first,
                                                             std::size_t limit) const override;

    [[nodiscard]] Result<std::vector<std::string>> heads_after(std::uint64_t size,
                                                               std::size_t limit) const override;
    [[nodiscard]] Result<std::vector<merkle::Node>> nodes_from(merkle::NodeId first,
                                                               std::size_t limit) const override;
    Result<void> mend(const std::vector<merkle::Node>& nodes) override;

    // Each by a connection of its own, in one transaction.
    [[nodiscard]] Result<void> write_out(const journal::TakeKept& take) const override;
    Result<void> take_in(const journal::Next& next) override;

    // Whether this process is the notary, the one that should call journal::Log::take. Asking is standing for
    // it: who has it keeps it until the process ends or loses its connection, then whoever asks next gets it.
    // It saves work; the log is safe also when two take it at once. Error: unavailable.
    Result<bool> is_notary();

    // How many transactions have been made, for who measures how well they are shared.
    [[nodiscard]] std::uint64_t transactions() const;

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    Store(Store&&) = delete;
    Store& operator=(Store&&) = delete;

private:
    struct Parts;
    template <class Ask>
    auto ask(const Ask& ask) const -> Result<decltype(ask(std::declval<Connection&>()))>;
    explicit Store(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace balcao::postgres
