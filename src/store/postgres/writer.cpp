#include "postgres/writer.hpp"

#include <algorithm>
#include <utility>

namespace balcao::postgres {

using journal::Outcome;

namespace {

// How often two transactions may be in each other's way before their commits are given up.
constexpr int collisions_max = 8;
constexpr std::chrono::milliseconds first_pause{20};
constexpr std::chrono::milliseconds longest_pause{500};

// In a transaction of its own, which need not be flushed: NOTIFY keeps one lock for the whole server until
// its transaction ends, and with the flush in it every commit of every writer would wait for all others.
constexpr Sql tell{"tell_news",
                   "SELECT set_config('synchronous_commit', 'off', true), pg_notify('balcao_journal', '')"};

}  // namespace

Writer::Writer(Queue& queue, std::string url, std::chrono::milliseconds patience)
    : queue_{queue}, url_{std::move(url)}, patience_{patience} {
    thread_ = std::jthread{[this](const std::stop_token& stop) { work(stop); }};
}

void Writer::work(const std::stop_token& stop) {
    for (;;) {
        const auto group = queue_.take(stop);
        if (group.empty()) return;
        doubt_ = Doubt::none;
        const auto outcomes = write(group);
        for (std::size_t place = 0; place < group.size(); ++place)
            group[place].done(outcomes[place]);
        queue_.give_back(group);
        if (std::find(outcomes.begin(), outcomes.end(), Outcome::written) != outcomes.end()) tell_news();
    }
}

Writer::Outcomes Writer::write(std::span<const Waiting> group) {
    const auto deadline = cut_off_since_.value_or(Clock::now()) + patience_;
    auto pause = first_pause;
    for (int collisions = 0;;) {
        Trouble trouble = Trouble::refused;
        try {
            return try_once(group);
        } catch (const Failure& failure) {
            trouble = recover(failure);
        }
        if (trouble == Trouble::content && group.size() > 1) return write_halves(group);
        const bool is_worth_it =
            trouble == Trouble::lost || (trouble == Trouble::passing && ++collisions < collisions_max);
        if (!is_worth_it || Clock::now() + pause > deadline)
            return Outcomes(group.size(), Outcome::unavailable);
        std::this_thread::sleep_for(pause);
        pause = std::min(2 * pause, longest_pause);
    }
}

// One commit that cannot be kept must not take the others of its group with it.
Writer::Outcomes Writer::write_halves(std::span<const Waiting> group) {
    auto outcomes = write(group.first(group.size() / 2));
    const auto rest = write(group.subspan(group.size() / 2));
    outcomes.insert(outcomes.end(), rest.begin(), rest.end());
    return outcomes;
}

Writer::Outcomes Writer::try_once(std::span<const Waiting> group) {
    if (!connection_) {
        connection_ = std::make_unique<Connection>(url_, patience_);
        cut_off_since_.reset();
    }
    Transaction transaction{*connection_};
    try {
        auto outcomes = transaction.write(group, doubt_);
        ++transactions_;
        return outcomes;
    } catch (const Failure& failure) {
        // Any other failure says that the transaction was not committed.
        if (transaction.is_committing() && failure.trouble() == Trouble::lost) doubt_ = Doubt::may_be_there;
        throw;
    }
}

Trouble Writer::recover(const Failure& failure) {
    auto trouble = failure.trouble();
    try {
        if (trouble != Trouble::lost && connection_) connection_->roll_back();
    } catch (const Failure&) {
        trouble = Trouble::lost;
    }
    if (trouble == Trouble::lost) {
        connection_.reset();
        if (!cut_off_since_) cut_off_since_ = Clock::now();
    }
    return trouble;
}

// When it fails, the followers look by themselves a little later, and the next group finds the connection
// lost.
void Writer::tell_news() {
    try {
        if (connection_) connection_->run(tell);
    } catch (const Failure& failure) {
        recover(failure);
    }
}

}  // namespace balcao::postgres
