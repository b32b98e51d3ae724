#include "cases/ledger.hpp"

#include <algorithm>
#include <future>

#include "cases/decide.hpp"
#include "random/stream.hpp"

namespace balcao::cases {
namespace {

using Elapsed = Agenda::Elapsed;

// What could not be read is looked at again after so long.
constexpr Elapsed look_again = std::chrono::seconds{1};
// The clock of the wall may be set right meanwhile: what is far away is looked at again before.
constexpr Elapsed look_ahead = std::chrono::hours{1};

}  // namespace

Ledger::Ledger(journal::Store& store,
               const Clock& clock,
               const Stopwatch& stopwatch,
               const Settings& settings)
    : store_{store},
      clock_{clock},
      stopwatch_{stopwatch},
      settings_{settings},
      spread_{random::hash_text(settings.server)},
      agenda_{settings} {}

Elapsed Ledger::patience_with(const CaseNumber& number) const {
    const std::uint64_t word = random::mix(spread_ ^ random::hash_text(to_text(number)));
    const auto patience = static_cast<std::uint64_t>(settings_.patience.count());
    return settings_.patience + Elapsed{static_cast<Elapsed::rep>(word % (patience + 1))};
}

Ledger::Held Ledger::cell_of(const CaseNumber& number) {
    const std::lock_guard lock{mutex_};
    auto& cell = cells_[number];
    if (cell == nullptr) {
        cell = std::make_shared<Cell>();
        cell->now.number = number;
        cell->is_current = false;
    }
    return cell;
}

std::optional<Refusal> Ledger::make_current(Cell& cell) const {
    if (cell.is_current) return std::nullopt;
    auto found = find(cell.now.number);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    cell.now = std::get<Case>(std::move(found));
    cell.is_current = true;
    return std::nullopt;
}

Answer<Case> Ledger::find(const CaseNumber& number) const {
    const auto events = store_.read(stream_of(number), 0);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return Refusal{Reason::no_such_case};
    auto whole = fold(number, *events);
    if (!whole) return Refusal{Reason::unavailable};
    return *std::move(whole);
}

Answer<journal::Made> Ledger::run(const CaseNumber& number,
                                  const std::string& command,
                                  const Decide& decide) {
    constexpr int tries_most = 100;
    for (int tries = 0; tries < tries_most; ++tries) {
        const auto before = journal::made_before(store_, command);
        if (!before) return Refusal{Reason::unavailable};
        if (*before) return **before;
        bool again = false;
        auto made = attempt(*cell_of(number), command, decide, again);
        if (again) continue;
        if (std::holds_alternative<journal::Made>(made)) tell(number);
        return made;
    }
    return Refusal{Reason::unavailable};
}

Answer<journal::Made> Ledger::attempt(Cell& cell,
                                      const std::string& command,
                                      const Decide& decide,
                                      bool& again) {
    std::unique_lock lock{cell.mutex};
    again = cell.is_dropped;
    if (again) return Refusal{Reason::unavailable};
    const bool is_read = !cell.is_current;
    if (auto refusal = make_current(cell)) {
        schedule(cell);
        return *refusal;
    }
    Draft draft{cell.now, clock_.now()};
    auto refusal = decide(draft);
    // Nobody is refused for what another server has changed meanwhile.
    if (refusal && !is_read && cell.in_flight == 0) {
        cell.is_current = false;
        if (auto unread = make_current(cell)) {
            schedule(cell);
            return *unread;
        }
        draft = Draft{cell.now, clock_.now()};
        refusal = decide(draft);
    }
    if (refusal) {
        schedule(cell);
        return *refusal;
    }
    if (draft.is_empty()) {
        schedule(cell);
        return journal::Made{draft.commit.answer, false};
    }
    draft.commit.command = command;
    const std::string answer = draft.commit.answer;
    cell.now = draft.take();
    ++cell.in_flight;
    std::promise<journal::Outcome> promise;
    auto future = promise.get_future();
    // Handed over in turn, so that the journal sees each after what it was built on.
    store_.submit(std::move(draft.commit), [&promise](journal::Outcome found) { promise.set_value(found); });
    lock.unlock();
    const auto outcome = future.get();
    lock.lock();
    --cell.in_flight;
    if (outcome == journal::Outcome::written)
        cell.is_ours = true;
    else
        cell.is_current = false;
    schedule(cell);
    again = outcome == journal::Outcome::conflict || outcome == journal::Outcome::repeated;
    if (outcome == journal::Outcome::written) return journal::Made{answer, false};
    return Refusal{Reason::unavailable};
}

void Ledger::tell(const CaseNumber& number) const {
    for (const auto& told : listeners_)
        told(number);
}

void Ledger::add(Case whole) {
    const Held cell = cell_of(whole.number);
    const std::lock_guard lock{cell->mutex};
    if (cell->now.end.version < whole.end.version) {
        cell->now = std::move(whole);
        cell->is_current = true;
    }
    cell->is_ours = true;
    schedule(*cell);
}

std::vector<Agenda::Effect> Ledger::effects_of(const Cell& cell) const {
    const Instant now = clock_.now();
    const Elapsed elapsed = stopwatch_.elapsed();
    std::vector<Agenda::Effect> effects;
    for (std::size_t place = 0; place < cell.now.steps.size(); ++place) {
        const Step& step = cell.now.steps[place];
        if (!doing_of(cell.now, step)) continue;
        const Heard& heard = cell.heard[place];
        Elapsed due = heard.at;
        if (const auto* owed = std::get_if<Owed>(&step.state)) {
            // A clock that is behind does not make it longer than it was meant to be.
            const Elapsed meant = heard.at + std::max(Elapsed{}, Elapsed{owed->not_before - step.changed});
            due = std::min(meant, elapsed + std::max(Elapsed{}, Elapsed{owed->not_before - now}));
            if (!cell.is_ours) due += patience_with(cell.now.number);
        } else {
            // Another's lease ends by this stopwatch alone: a clock that jumps must not end it.
            due += lease_of(settings_.entities.of(step.asked.entity));
        }
        effects.push_back({due, heard.at, step.asked.step, step.asked.entity, step.changed_by});
    }
    return effects;
}

// Says anew when what of a case is due; its cell is held.
void Ledger::schedule(Cell& cell) {
    if (!cell.is_current) {
        if (cell.now.end.version == 0 && cell.told == 0) return drop_if_over(cell);
        return agenda_.set(cell.now.number, {}, stopwatch_.elapsed() + look_again);
    }
    const Elapsed now = stopwatch_.elapsed();
    cell.heard.resize(cell.now.steps.size());
    for (std::size_t place = 0; place < cell.heard.size(); ++place)
        if (cell.heard[place].changed_by != cell.now.steps[place].changed_by)
            cell.heard[place] = {cell.now.steps[place].changed_by, now};
    std::optional<Elapsed> time;
    if (const auto next = next_time(cell.now)) {
        time = now + std::clamp(Elapsed{*next - clock_.now()}, Elapsed{}, look_ahead);
        if (!cell.is_ours) *time += patience_with(cell.now.number);
    }
    agenda_.set(cell.now.number, effects_of(cell), time);
    drop_if_over(cell);
}

void Ledger::drop_if_over(Cell& cell) {
    if (cell.in_flight > 0 || !is_over(cell.now)) return;
    agenda_.set(cell.now.number, {}, std::nullopt);
    cell.is_dropped = true;
    const std::lock_guard lock{mutex_};
    const auto found = cells_.find(cell.now.number);
    if (found == cells_.end() || found->second.get() != &cell) return;
    if (cell.is_ours && cell.told < cell.now.end.version) closed_[cell.now.number] = cell.now.end.version;
    cells_.erase(found);
}

// Whether the journal tells of what this server has closed.
bool Ledger::is_told_of_closed(const CaseNumber& number, std::uint64_t version) {
    const std::lock_guard lock{mutex_};
    const auto closed = closed_.find(number);
    if (closed == closed_.end() || version > closed->second) return false;
    if (version == closed->second) closed_.erase(closed);
    return true;
}

Result<void> Ledger::hear(const CaseNumber& number, const journal::Event& event) {
    if (is_told_of_closed(number, event.version)) return {};
    const Held cell = cell_of(number);
    const std::lock_guard lock{cell->mutex};
    if (cell->is_dropped) return {};
    cell->told = std::max(cell->told, event.version);
    const auto& end = cell->now.end;
    if (event.version < end.version || (event.version == end.version && event.salt == end.salt)) return {};
    cell->is_ours = false;
    const bool is_next = event.version == end.version + 1 && (cell->is_current || end.version == 0);
    if (is_next && cell->in_flight == 0) {
        if (auto applied = apply(cell->now, event); !applied) return applied.error();
        cell->is_current = true;
    } else {
        cell->is_current = false;
        if (cell->in_flight == 0)
            if (make_current(*cell)) return Error{Errc::unavailable, "a case cannot be read now"};
    }
    schedule(*cell);
    return {};
}

void Ledger::touch(const CaseNumber& number, Instant at) {
    if (at < clock_.now() - touched_kept) return;
    const std::lock_guard lock{mutex_};
    auto& last = touched_[number];
    last = std::max(last, at);
}

std::vector<CaseNumber> Ledger::touched_since(Instant since) {
    const Instant oldest = clock_.now() - touched_kept;
    const std::lock_guard lock{mutex_};
    std::erase_if(touched_, [&](const auto& one) { return one.second < oldest; });
    std::vector<CaseNumber> numbers;
    for (const auto& [number, at] : touched_)
        if (at >= since) numbers.push_back(number);
    return numbers;
}

Result<std::size_t> Ledger::catch_up(std::size_t limit) {
    const std::lock_guard following{following_};
    BALCAO_TRY(const auto followed, store_.follow(cursor_, limit));
    for (const auto& event : followed.events)
        if (const auto number = case_of_stream(event.stream)) {
            if (auto heard = hear(*number, event); !heard) return heard.error();
            touch(*number, event.at);
            tell(*number);
        }
    cursor_ = followed.next;
    return followed.events.size();
}

std::vector<Case> Ledger::open_cases(const std::function<bool(const Case&)>& holds) const {
    std::vector<Held> cells;
    {
        const std::lock_guard lock{mutex_};
        for (const auto& [number, cell] : cells_)
            cells.push_back(cell);
    }
    std::vector<Case> found;
    for (const auto& cell : cells) {
        const std::lock_guard lock{cell->mutex};
        if (cell->now.end.version > 0 && holds(cell->now)) found.push_back(cell->now);
    }
    return found;
}

std::size_t Ledger::open() const {
    const std::lock_guard lock{mutex_};
    return cells_.size();
}

}  // namespace balcao::cases
