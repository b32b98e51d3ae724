#pragma once
// The journal in one SQLite file: write-ahead log, full synchronisation, one writing thread that takes all
// commits that wait into one transaction, so that a flush of the disk is shared by all of them. The default
// store of a single server. It never tells that a commit is written before it would survive a power cut.
#include <memory>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "journal/archive.hpp"
#include "journal/log.hpp"
#include "journal/store.hpp"
#include "merkle/tree.hpp"

namespace balcao::sqlite {

struct Reader;

struct Options {
    std::string path{};       // of the database file; made when it is not there
    std::string vfs{};        // a file system layer registered with SQLite; empty: the system's own
    std::size_t readers = 2;  // connections for reading, each for one thread at a time
};

class Store final : public journal::Store, public journal::LogStore, public journal::Archive {
public:
    // Error: unavailable with the file and what is wrong with it; conflict when it is the file of something
    // else or of a newer Balcão.
    static Result<std::unique_ptr<Store>> open(const Options& options);

    // Writes what was submitted, then stops.
    ~Store() override;

    void submit(journal::Commit commit, journal::Done done) override;
    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override;
    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override;
    Result<std::optional<std::string>> key_of(std::string_view person) const override;
    Result<std::optional<std::string>> answer_to(std::string_view command) const override;

    // Throws journal::StoreFailure.
    [[nodiscard]] merkle::Hash at(merkle::NodeId id) const override;
    [[nodiscard]] Result<std::string> last_checkpoint() const override;
    [[nodiscard]] Result<std::vector<journal::Event>> not_logged(std::size_t limit) const override;
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

    // Reads one moment's state by a connection of its own: who writes is not held up.
    [[nodiscard]] Result<void> write_out(const journal::TakeKept& take) const override;
    Result<void> take_in(const journal::Next& next) override;

    // How many transactions have been made, for who measures how well they are shared.
    [[nodiscard]] std::uint64_t transactions() const;

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    Store(Store&&) = delete;
    Store& operator=(Store&&) = delete;

private:
    struct Parts;
    template <class Ask>
    auto ask(const Ask& ask) const -> Result<decltype(ask(std::declval<Reader&>()))>;
    explicit Store(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace balcao::sqlite
