#pragma once
// A server's line to the journal that all servers share, with what can go wrong on it: commits that wait, are
// refused, or are written without a word; reads that fail; a process that dies with commits under way.
#include <deque>
#include <utility>

#include "dice.hpp"
#include "journal/memory_store.hpp"

namespace balcao::rehearsal {

class Line final : public journal::Store {
public:
    Line(journal::MemoryStore& disk, Dice& dice, Tally& tally) : disk_{disk}, dice_{dice}, tally_{tally} {}

    void submit(journal::Commit commit, journal::Done done) override;
    [[nodiscard]] Result<std::vector<journal::Event>> read(std::string_view stream,
                                                           std::uint64_t after) const override;
    [[nodiscard]] Result<journal::Followed> follow(const journal::Cursor& after,
                                                   std::size_t limit) const override;
    [[nodiscard]] Result<std::optional<std::string>> key_of(std::string_view person) const override;
    [[nodiscard]] Result<std::optional<std::string>> answer_to(std::string_view command) const override;

    // No fault any more, but for what is under way.
    void mend() { is_mended_ = true; }

    // Somebody's thread waits for an answer and nothing else goes on meanwhile: what is under way is tried,
    // and what comes is tried at once.
    void hurry() {
        write(waiting_.size());
        is_hurried_ = true;
    }

    void take_time() { is_hurried_ = false; }

    // Tries the oldest commits under way.
    void write(std::size_t count);

    // The process dies: of what is under way the first few are written, and nobody hears of any.
    void die();

    [[nodiscard]] bool is_empty() const { return waiting_.empty(); }

private:
    void write(journal::Commit commit, const journal::Done& done);
    [[nodiscard]] bool strikes(Fault fault, std::size_t once_in) const;

    journal::MemoryStore& disk_;
    Dice& dice_;
    Tally& tally_;
    bool is_mended_ = false;
    bool is_hurried_ = false;
    std::deque<std::pair<journal::Commit, journal::Done>> waiting_;
};

}  // namespace balcao::rehearsal
