#include "stand_in/books.hpp"

#include <array>

namespace balcao::stand_in {
namespace {

constexpr std::array<std::string_view, 4> state_names{"accepted", "concluded", "denied", "undone"};

}  // namespace

std::string_view name_of(State state) { return state_names.at(static_cast<std::size_t>(state)); }

const Effect* Books::find(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &effects_[found->second.front()];
}

std::size_t Books::times(const std::string& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? 0 : found->second.size();
}

// What was undone once stays so.
std::optional<No> Books::undo(const std::string& reference) {
    if (!habits_.takes_back) return No::not_taken_back;
    const auto found = deliveries_.find(reference);
    if (found == deliveries_.end()) return No::not_here;
    effects_[found->second].state = State::undone;
    return std::nullopt;
}

std::variant<Effect, No> Books::take(const Asked& asked, Instant now, bool concludes) {
    const Effect* before = asked.key.empty() ? nullptr : find(asked.key);
    if (before != nullptr && habits_.knows_keys) {
        if (before->content != asked.content || before->errand != asked.errand) return No::other_content;
        return *before;
    }
    const bool is_undo = asked.errand == Errand::undo;
    if (is_undo)
        if (const auto no = undo(asked.undoes)) return *no;
    const std::size_t place = effects_.size();
    effects_.push_back({asked.key, std::string{name_of(kind_)} + "-" + std::to_string(place + 1),
                        asked.errand, concludes || is_undo ? State::concluded : State::accepted,
                        asked.content, asked.entity, asked.number, asked.step, asked.service, now});
    if (!asked.key.empty()) places_[asked.key].push_back(place);
    if (!is_undo) deliveries_[effects_.back().reference] = place;
    return effects_.back();
}

Books::Page Books::list(Instant since, std::size_t from, std::size_t most) const {
    Page page;
    for (std::size_t place = from; place < effects_.size(); ++place) {
        const Effect& effect = effects_[place];
        if (effect.errand == Errand::undo || effect.at < since) continue;
        if (page.effects.size() == most) {
            page.next = place;
            return page;
        }
        page.effects.push_back(effect);
    }
    return page;
}

std::optional<Effect> Books::conclude(const std::string& reference) {
    const auto found = deliveries_.find(reference);
    if (found == deliveries_.end() || effects_[found->second].state != State::accepted) return std::nullopt;
    effects_[found->second].state = State::concluded;
    return effects_[found->second];
}

}  // namespace balcao::stand_in
