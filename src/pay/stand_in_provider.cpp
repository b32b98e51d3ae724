#include "pay/stand_in_provider.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/check.hpp"

namespace balcao::pay {

StandInProvider::StandInProvider(Means means, std::string entity, const Clock& clock, StandInHabits habits)
    : means_{means}, entity_{std::move(entity)}, clock_{clock}, habits_{habits}, dice_{habits.seed} {
    BALCAO_CHECK(make_multibanco(entity_, 0, 1).has_value());
}

bool StandInProvider::strikes(unsigned once_in) { return once_in > 0 && dice_() % once_in == 0; }

CameIn StandInProvider::take(Charge& charge, const Money& amount) {
    CameIn came{"stand-in-" + std::to_string(++transactions_), amount, clock_.now()};
    charge.came.push_back(came);
    lines_.push_back({SettledLine::Kind::came_in, came.transaction, charge.reference, came.amount, came.at,
                      charge.ask.key});
    return came;
}

Standing StandInProvider::standing_of(const Charge& charge) const {
    return {means_ == Means::card ? std::string{} : entity_, charge.reference, charge.came};
}

CollectionAnswer StandInProvider::collect(const CollectionAsk& ask) {
    const std::lock_guard lock{mutex_};
    if (strikes(habits_.loses_request)) return NotKnown{"stand-in-lost-it"};
    auto known = charges_.find(ask.key);
    sent_again_ += known == charges_.end() ? 0 : 1;
    if (known == charges_.end()) {
        if (strikes(habits_.puts_off)) return NotNow{"stand-in-is-busy"};
        known = charges_.emplace(ask.key, Charge{ask, {}, {}, strikes(habits_.declines)}).first;
        auto& charge = known->second;
        if (means_ == Means::card) {
            if (!charge.is_declined) take(charge, ask.amount);
        } else if (!charge.is_declined) {
            constexpr std::uint32_t references_most = 10'000'000;
            references_ = (references_ + 1) % references_most;
            charge.reference = make_multibanco(entity_, references_, ask.amount.cents).value().reference;
        }
    }
    if (strikes(habits_.loses_answer)) return NotKnown{"stand-in-lost-its-answer"};
    if (known->second.is_declined) return NotWanted{"stand-in-declined"};
    return standing_of(known->second);
}

CollectionFound StandInProvider::look_up(const std::string& key) {
    const std::lock_guard lock{mutex_};
    if (strikes(habits_.loses_answer)) return NotKnown{"stand-in-lost-its-answer"};
    const auto known = charges_.find(key);
    if (known == charges_.end()) return NotThere{};
    if (known->second.is_declined) return NotWanted{"stand-in-declined"};
    return standing_of(known->second);
}

std::int64_t StandInProvider::left_of(const std::string& transaction) const {
    std::int64_t left = 0;
    for (const auto& line : lines_)
        if (line.kind == SettledLine::Kind::came_in && line.transaction == transaction)
            left += line.amount.cents;
    for (const auto& [key, one] : returns_)
        if (one.ask.transaction == transaction && !one.is_declined) left -= one.ask.amount.cents;
    return left;
}

RefundAnswer StandInProvider::refund(const RefundAsk& ask) {
    const std::lock_guard lock{mutex_};
    if (strikes(habits_.loses_request)) return NotKnown{"stand-in-lost-it"};
    auto known = returns_.find(ask.key);
    sent_again_ += known == returns_.end() ? 0 : 1;
    if (known == returns_.end()) {
        if (strikes(habits_.puts_off)) return NotNow{"stand-in-is-busy"};
        const bool is_declined = strikes(habits_.declines) || left_of(ask.transaction) < ask.amount.cents;
        known = returns_.emplace(ask.key, Return{ask, {}, is_declined}).first;
        if (!is_declined) {
            known->second.out = {"stand-in-" + std::to_string(++transactions_), clock_.now()};
            lines_.push_back({SettledLine::Kind::went_out,
                              known->second.out.transaction,
                              {},
                              ask.amount,
                              known->second.out.at,
                              ask.key});
        }
    }
    if (strikes(habits_.loses_answer)) return NotKnown{"stand-in-lost-its-answer"};
    if (known->second.is_declined) return NotWanted{"stand-in-declined"};
    return known->second.out;
}

RefundFound StandInProvider::look_up_refund(const std::string& key) {
    const std::lock_guard lock{mutex_};
    if (strikes(habits_.loses_answer)) return NotKnown{"stand-in-lost-its-answer"};
    const auto known = returns_.find(key);
    if (known == returns_.end()) return NotThere{};
    if (known->second.is_declined) return NotWanted{"stand-in-declined"};
    return known->second.out;
}

Result<std::vector<SettledLine>> StandInProvider::settled(Instant from, Instant to) {
    const std::lock_guard lock{mutex_};
    std::vector<SettledLine> found;
    std::ranges::copy_if(lines_, std::back_inserter(found),
                         [&](const SettledLine& line) { return from <= line.at && line.at < to; });
    return found;
}

bool StandInProvider::pay(const std::string& reference, const Money& amount, Machine machine) {
    const std::lock_guard lock{mutex_};
    const auto found = std::ranges::find_if(
        charges_, [&](const auto& one) { return one.second.reference == reference && !reference.empty(); });
    if (found == charges_.end()) return false;
    auto& [key, charge] = *found;
    if (machine == Machine::looks &&
        (!is_multibanco(entity_, reference, amount.cents) || charge.ask.until <= clock_.now()))
        return false;
    const CameIn came = take(charge, amount);
    const Notice notice{strikes(habits_.hides_key) ? std::string{} : key, reference, came};
    to_tell_.push_back(notice);
    if (strikes(habits_.tells_twice)) to_tell_.push_back(notice);
    return true;
}

std::vector<Notice> StandInProvider::notices() {
    const std::lock_guard lock{mutex_};
    std::vector<Notice> told{to_tell_.begin(), to_tell_.end()};
    to_tell_.clear();
    return told;
}

void StandInProvider::set_habits(const StandInHabits& habits) {
    const std::lock_guard lock{mutex_};
    habits_ = habits;
}

std::int64_t StandInProvider::balance_cents() const {
    const std::lock_guard lock{mutex_};
    std::int64_t balance = 0;
    for (const auto& line : lines_)
        balance += line.kind == SettledLine::Kind::came_in ? line.amount.cents : -line.amount.cents;
    return balance;
}

std::size_t StandInProvider::charges() const {
    const std::lock_guard lock{mutex_};
    return static_cast<std::size_t>(
        std::ranges::count(lines_, SettledLine::Kind::came_in, &SettledLine::kind));
}

std::size_t StandInProvider::refunds() const {
    const std::lock_guard lock{mutex_};
    return static_cast<std::size_t>(
        std::ranges::count(lines_, SettledLine::Kind::went_out, &SettledLine::kind));
}

std::size_t StandInProvider::sent_again() const {
    const std::lock_guard lock{mutex_};
    return sent_again_;
}

}  // namespace balcao::pay
