#include "main/forgetting.hpp"

#include <chrono>
#include <string>
#include <vector>

#include "main/kept_journal.hpp"

namespace balcao::cli {

namespace {

// Halls are streams "site/SITE/DATE", bookings "book/SITE/DATE", cases "case/NUMBER".
std::vector<keeping::Period> periods_of(const model::Retention& retention) {
    const auto length = [](Duration duration) {
        return std::chrono::floor<std::chrono::milliseconds>(duration);
    };
    std::vector<keeping::Period> periods;
    if (retention.visits) periods.push_back({"site", length(*retention.visits)});
    if (retention.appointments) periods.push_back({"book", length(*retention.appointments)});
    if (retention.cases) periods.push_back({"case", length(*retention.cases)});
    return periods;
}

}  // namespace

Result<std::unique_ptr<Forgetting>> Forgetting::open(const Installation& installation,
                                                     const office::FrontOffice& office,
                                                     const staff::Staff& staff,
                                                     const Where& where) {
    BALCAO_TRY(auto ledger, ledger_of(where));
    if (auto made = ledger.make(); !made) return made.error();
    return std::unique_ptr<Forgetting>{new Forgetting{installation, office, staff, std::move(ledger)}};
}

Forgetting::Forgetting(const Installation& installation,
                       const office::FrontOffice& office,
                       const staff::Staff& staff,
                       keeping::Ledger ledger)
    : installation_{installation}, office_{office}, staff_{staff}, ledger_{std::move(ledger)} {
    go_by(office.model().retention);
}

// Under other periods the journal is walked through anew.
void Forgetting::go_by(const model::Retention& periods) {
    periods_ = periods;
    retention_.emplace(*installation_.journal.store, periods_of(periods),
                       [this](Date date) { return office_.zone().midnight(date + std::chrono::days{1}); });
}

Result<void> Forgetting::step(Instant now) {
    if (auto kept = keep_ledger(now); !kept) return kept;
    if (now - last_ < std::chrono::hours{1}) return {};
    BALCAO_TRY(const bool is_notary, installation_.journal.is_notary());
    if (!is_notary) return {};
    if (auto forgot = forget_due(now); !forgot) return forgot;
    last_ = now;
    return {};
}

// What other servers and the pages erased stands in the journal; it belongs into the ledger here, too.
Result<void> Forgetting::keep_ledger(Instant now) {
    BALCAO_TRY(read_to_, keeping::follow_erasures(*installation_.journal.store, ledger_, read_to_, now));
    std::vector<std::string> marks;
    const auto roll = staff_.roll();
    for (const auto& [account, state] : roll.accounts)
        if (state.is_erased) marks.push_back(keeping::mark_of(installation_.key, account.text()));
    return ledger_.add(marks, now);
}

Result<void> Forgetting::forget_due(Instant now) {
    const auto& periods = office_.model().retention;
    if (!(periods == periods_)) go_by(periods);
    if (auto read = retention_->read_on(); !read) return read;
    BALCAO_TRY(const auto due, retention_->due(now));
    const auto erased = keeping::erase(*installation_.journal.store, installation_.key, ledger_,
                                       {due.persons, keeping::Why::retention_over, now, due.cases});
    if (!erased) return erased.error();
    retention_->forget(due);
    return {};
}

}  // namespace balcao::cli
