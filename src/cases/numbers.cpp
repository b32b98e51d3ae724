#include "cases/numbers.hpp"

#include <algorithm>

#include "journal/settle.hpp"

namespace balcao::cases {

Result<void> Numbers::take_run(int year, Instant now) {
    constexpr int tries_most = 100;
    const std::string stream = std::string{runs_prefix} + std::to_string(year);
    for (int tries = 0; tries < tries_most; ++tries) {
        BALCAO_TRY(const auto events, store_.read(stream, 0));
        std::uint32_t next = 1;
        for (const auto& event : events) {
            BALCAO_TRY(const auto taken, decode_numbers(event));
            next = std::max(next, taken.first + taken.count);
        }
        journal::StreamEnd end;
        if (!events.empty()) end = {events.back().version, events.back().salt};
        journal::Commit commit;
        journal::append(commit, stream, end, encode(NumbersTaken{next, settings_.numbers_at_once}), now);
        const auto outcome = journal::write_and_wait(store_, std::move(commit));
        if (outcome == journal::Outcome::unavailable) break;
        if (outcome != journal::Outcome::written) continue;
        year_ = year;
        first_ = next;
        left_ = settings_.numbers_at_once;
        return {};
    }
    return Error{Errc::unavailable, "no number can be given to a case now"};
}

Result<CaseNumber> Numbers::next(Instant now) {
    const auto date = settings_.zone.at(now).date;
    const int year = static_cast<int>(std::chrono::year_month_day{date}.year());
    const std::lock_guard lock{mutex_};
    if (left_ == 0 || year != year_)
        if (auto taken = take_run(year, now); !taken) return taken.error();
    --left_;
    return CaseNumber{year_, first_++};
}

}  // namespace balcao::cases
