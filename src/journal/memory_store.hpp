#pragma once
// A journal in memory, for tests and for the rehearsal of whole days: it keeps every promise of a store but
// to survive its process. It can hold back what was submitted until it is told to write, and it can be made
// to fail, so that a test sees what a slow or broken disk does to its callers.
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "journal/archive.hpp"
#include "journal/log.hpp"
#include "journal/store.hpp"

namespace balcao::journal {

class MemoryStore final : public Store, public LogStore, public Archive {
public:
    enum class Writing : std::uint8_t { at_once, when_told };

    explicit MemoryStore(Writing writing = Writing::at_once) : writing_{writing} {}

    // `at_once`: `done` is called before submit returns.
    void submit(Commit commit, Done done) override;
    Result<std::vector<Event>> read(std::string_view stream, std::uint64_t after) const override;
    Result<Followed> follow(const Cursor& after, std::size_t limit) const override;
    Result<std::optional<std::string>> key_of(std::string_view person) const override;
    Result<std::optional<std::string>> answer_to(std::string_view command) const override;

    [[nodiscard]] merkle::Hash at(merkle::NodeId id) const override;
    [[nodiscard]] Result<std::string> last_checkpoint() const override;
    [[nodiscard]] Result<std::vector<Event>> not_logged(std::size_t limit) const override;
    Result<void> grow(const Growth& growth) override;
    [[nodiscard]] Result<std::optional<std::uint64_t>> leaf_of(std::string_view stream,
                                                               std::uint64_t version) const override;
    [[nodiscard]] Result<std::vector<Event>> leaves(std::uint64_t first, std::size_t limit) const override;
    [[nodiscard]] Result<std::vector<std::string>> heads_after(std::uint64_t size,
                                                               std::size_t limit) const override;
    [[nodiscard]] Result<std::vector<merkle::Node>> nodes_from(merkle::NodeId first,
                                                               std::size_t limit) const override;
    Result<void> mend(const std::vector<merkle::Node>& nodes) override;
    [[nodiscard]] Result<void> write_out(const TakeKept& take) const override;
    Result<void> take_in(const Next& next) override;

    // Writes the oldest `count` commits that are held back, and calls them back.
    void write(std::size_t count);

    [[nodiscard]] std::size_t held_back() const;

    // While it is broken every commit is refused as unavailable; reading goes on.
    void set_broken(bool is_broken);

private:
    [[nodiscard]] bool is_in_conflict(const Commit& commit) const;
    Outcome try_commit(const Commit& commit);
    void record(const Commit& commit);
    void put(const Kept& kept);

    const Writing writing_;
    mutable std::mutex mutex_;
    bool is_broken_ = false;
    std::deque<std::pair<Commit, Done>> waiting_;
    std::vector<Event> events_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> streams_;  // places of their events
    std::map<std::string, std::string, std::less<>> answers_;
    std::map<std::string, std::string, std::less<>> claims_;
    std::map<std::string, std::string, std::less<>> keys_;
    std::map<merkle::NodeId, merkle::Hash> nodes_;
    std::map<std::uint64_t, std::string> heads_;  // by their sizes
    std::uint64_t logged_ = 0;                    // a leaf's number is its event's place
};

}  // namespace balcao::journal
