#pragma once
// The open cases as this server knows them, and how a decision on one becomes durable. Decisions on one case
// are made one after the other, each on what will be true once those before it are durable, so that several
// effects of a case are recorded at once; when a commit fails, what was built on it fails too and is decided
// again on what the journal says. It follows the journal, so that any server takes over where another ended.
// Internal to `cases`; from any thread.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/stopwatch.hpp"
#include "cases/agenda.hpp"
#include "cases/draft.hpp"
#include "cases/refusal.hpp"
#include "journal/settle.hpp"
#include "journal/store.hpp"

namespace balcao::cases {

class Ledger {
public:
    static constexpr std::chrono::days touched_kept{8};

    using Decide = std::function<std::optional<Refusal>(Draft&)>;

    Ledger(journal::Store& store, const Clock& clock, const Stopwatch& stopwatch, const Settings& settings);

    // Told of each case to which something happened, here or elsewhere. Before the first case; it must return
    // at once and call nothing of this.
    void listen(std::function<void(const CaseNumber&)> told) { listeners_.push_back(std::move(told)); }

    // Decides on a case, and waits until it is durable. `command` is the idempotency key; empty: none.
    Answer<journal::Made> run(const CaseNumber& number, const std::string& command, const Decide& decide);

    // What the journal says of a case now.
    [[nodiscard]] Answer<Case> find(const CaseNumber& number) const;

    // A case that this server has just written.
    void add(Case whole);

    // Takes what is new in the journal, at most `limit` events; how many there were. Error: unavailable,
    // invalid.
    Result<std::size_t> catch_up(std::size_t limit);

    // Those to which something happened since then, as far as the journal was read; `touched_kept` back at
    // most.
    [[nodiscard]] std::vector<CaseNumber> touched_since(Instant since);

    // Copies of the open cases for which it holds, by number.
    [[nodiscard]] std::vector<Case> open_cases(const std::function<bool(const Case&)>& holds) const;
    [[nodiscard]] std::size_t open() const;

    [[nodiscard]] Agenda& agenda() { return agenda_; }

    [[nodiscard]] const Agenda& agenda() const { return agenda_; }

private:
    // When this server learned of the state that a step is in.
    struct Heard {
        std::string changed_by;
        Agenda::Elapsed at{};
    };

    struct Cell {
        std::mutex mutex;
        Case now;                 // with what is in flight
        bool is_current = true;   // else the journal knows better
        bool is_ours = false;     // written here last, so carried here first
        bool is_dropped = false;  // no longer in the ledger
        int in_flight = 0;
        std::uint64_t told = 0;  // the last version that the journal told of
        std::vector<Heard> heard;
    };

    using Held = std::shared_ptr<Cell>;

    void tell(const CaseNumber& number) const;
    void touch(const CaseNumber& number, Instant at);

    Held cell_of(const CaseNumber& number);
    Answer<journal::Made> attempt(Cell& cell, const std::string& command, const Decide& decide, bool& again);
    std::optional<Refusal> make_current(Cell& cell) const;
    Result<void> hear(const CaseNumber& number, const journal::Event& event);
    bool is_told_of_closed(const CaseNumber& number, std::uint64_t version);
    void schedule(Cell& cell);
    [[nodiscard]] std::vector<Agenda::Effect> effects_of(const Cell& cell) const;
    [[nodiscard]] Agenda::Elapsed patience_with(const CaseNumber& number) const;
    void drop_if_over(Cell& cell);

    journal::Store& store_;
    const Clock& clock_;
    const Stopwatch& stopwatch_;
    const Settings& settings_;
    const std::uint64_t spread_;  // so that two servers do not take over the same cases at the same moment
    std::vector<std::function<void(const CaseNumber&)>> listeners_;
    Agenda agenda_;
    std::mutex following_;
    journal::Cursor cursor_;
    mutable std::mutex mutex_;  // of what follows; taken after a cell's own
    std::map<CaseNumber, Held> cells_;
    std::map<CaseNumber, Instant> touched_;       // lately, and when last
    std::map<CaseNumber, std::uint64_t> closed_;  // of which the journal has not told the end yet
};

}  // namespace balcao::cases
