#include "main/pay_office.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t events_read_at_once = 4'096;
// How long who has nothing to ask of a provider waits before looking again.
constexpr std::chrono::milliseconds rest = 100ms;
// What is paid at no site has receipts of its own.
constexpr const char* receipts_of_no_site = "online";
constexpr const char* bank = "multibanco";
constexpr const char* terminal = "terminal";
// Made up: no institution has it.
constexpr const char* made_up_entity = "99999";

// The model was opened by the office, so its time zone is one.
pay::Settings settings_for(const model::Model& model) {
    return {*Zone::find(model.time_zone), model::SiteKey{receipts_of_no_site}};
}

Error unread() { return {Errc::unavailable, "the journal cannot be read or written now"}; }

pay::Notice notice_of(const pay::SettledLine& line) {
    return {line.key, line.reference, {line.transaction, line.amount, line.at}};
}

}  // namespace

PayOffice::PayOffice(journal::Store& store,
                     const Clock& clock,
                     const model::Model& model,
                     cases::Cases& cases,
                     bool is_demonstration)
    : clock_{clock},
      settings_{settings_for(model)},
      room_{store, clock, settings_, providers_},
      payments_{room_, stopwatch_},
      tills_{room_},
      fees_{cases, room_, payments_, tills_} {
    if (is_demonstration) {
        bank_ = std::make_unique<pay::StandInProvider>(pay::Means::reference, made_up_entity, clock);
        terminal_ = std::make_unique<pay::StandInProvider>(pay::Means::card, made_up_entity, clock);
        providers_.emplace(pay::ProviderKey{bank}, pay::JoinedProvider{*bank_, {}});
        providers_.emplace(pay::ProviderKey{terminal},
                           pay::JoinedProvider{*terminal_, {.means = pay::Means::card}});
    }
    cases.listen([this](const cases::CaseNumber& number) { look_again(number); });
    fees_.listen([this](const cases::CaseNumber& number) { look_again(number); });
}

PayOffice::~PayOffice() { stop(); }

void PayOffice::look_again(const cases::CaseNumber& number) {
    const std::lock_guard lock{mutex_};
    changed_.insert(number);
}

Result<void> PayOffice::catch_up() {
    for (;;) {
        BALCAO_TRY(const std::size_t taken, payments_.catch_up(events_read_at_once));
        if (taken == 0) return {};
    }
}

Result<void> PayOffice::step() {
    std::set<cases::CaseNumber> changed;
    {
        const std::lock_guard lock{mutex_};
        changed.swap(changed_);
    }
    Result<void> done{};
    for (const auto& number : changed) {
        const auto settled = fees_.settle(number);
        if (std::holds_alternative<pay::Done>(settled)) continue;
        const auto* by_cases = std::get_if<cases::Refusal>(&settled);
        if (by_cases != nullptr && by_cases->reason != cases::Reason::unavailable) continue;
        look_again(number);
        done = unread();
    }
    return done;
}

Result<void> PayOffice::reconcile() {
    const Date today = settings_.zone.at(clock_.now()).date;
    Result<void> done{};
    for (const auto& [key, joined] : providers_) {
        if (reconciled_[key] == today) continue;
        auto compared = reconcile_with(key, joined.provider, today - std::chrono::days{1});
        if (compared || compared.error().code != Errc::unavailable) reconciled_[key] = today;
        if (!compared) done = compared;
    }
    return done;
}

Result<void> PayOffice::reconcile_with(const pay::ProviderKey& key, pay::Provider& provider, Date date) {
    const pay::Period day{settings_.zone.midnight(date),
                          settings_.zone.midnight(date + std::chrono::days{1})};
    BALCAO_TRY(const auto lines, provider.settled(day.from, day.to));
    // What one side has by the last minute of its day, the other may have by the first of the next.
    std::vector<pay::Payment> payments;
    for (const int days : {-1, 0, 1}) {
        auto read = payments_.payments_of(date + std::chrono::days{days});
        auto* of_day = std::get_if<std::vector<pay::Payment>>(&read);
        if (of_day == nullptr) return unread();
        for (auto& payment : *of_day)
            if (std::ranges::find(payments, payment.number, &pay::Payment::number) == payments.end())
                payments.push_back(std::move(payment));
    }
    std::vector<pay::Difference> different;
    for (const auto& difference : pay::reconcile(key, payments, lines, day)) {
        const auto line = std::ranges::find(lines, difference.transaction, &pay::SettledLine::transaction);
        const bool is_unheard = difference.kind == pay::Difference::Kind::not_here &&
                                difference.way == pay::SettledLine::Kind::came_in && line != lines.end();
        if (!is_unheard) {
            different.push_back(difference);
            continue;
        }
        if (std::holds_alternative<pay::Refusal>(payments_.hear(key, notice_of(*line)))) return unread();
    }
    if (different.empty()) return {};
    const auto& first = different.front();
    return Error{
        Errc::conflict,
        fmt::format(
            "{} and the payments of {} differ in {} sums; the first: transaction {}{}, {} here, {} there",
            key.text(), format_date(date), different.size(), first.transaction,
            first.payment ? " of payment " + to_text(*first.payment) : "",
            format_money({first.ours, settings_.currency}),
            format_money({first.theirs, settings_.currency}))};
}

void PayOffice::put_into(web::Settings& pages) {
    pages.fees = &fees_;
    if (bank_)
        pages.pays_at_machine = [this](const std::string& reference, const Money& amount) {
            return pay_at_machine(reference, amount);
        };
}

bool PayOffice::pay_at_machine(const std::string& reference, const Money& amount) {
    if (!bank_ || !bank_->pay(reference, amount)) return false;
    for (const auto& notice : bank_->notices())
        (void)payments_.hear(pay::ProviderKey{bank}, notice);
    return true;
}

void PayOffice::start() {
    worker_ = std::jthread{[this](const std::stop_token& stop) { work(stop); }};
}

void PayOffice::stop() {
    worker_.request_stop();
    if (worker_.joinable()) worker_.join();
}

void PayOffice::work(const std::stop_token& stop) {
    while (!stop.stop_requested())
        if (!payments_.work()) std::this_thread::sleep_for(rest);
}

}  // namespace balcao::cli
