#include "cases/agenda.hpp"

#include <algorithm>

namespace balcao::cases {

Agenda::Agenda(const Settings& settings) : settings_{settings} {}

// A case may know an entity that is agreed with no more: it still has a lane.
Agenda::Lane& Agenda::lane_of(const model::EntityKey& entity) {
    const auto found = lanes_.find(entity);
    if (found != lanes_.end()) return found->second;
    return lanes_.emplace(entity, Lane{Gate{settings_.entities.of(entity).gate}, {}}).first->second;
}

void Agenda::agree() {
    const std::lock_guard lock{mutex_};
    for (auto& [entity, lane] : lanes_)
        lane.gate.agree(settings_.entities.of(entity).gate);
}

void Agenda::strike_out(const CaseNumber& number, const Listed& listed) {
    for (const auto& effect : listed.effects)
        lane_of(effect.entity).places.erase({effect.due, number, effect.step});
    if (listed.time) times_.erase({*listed.time, number});
}

void Agenda::set(const CaseNumber& number, std::vector<Effect> effects, std::optional<Elapsed> time) {
    const std::lock_guard lock{mutex_};
    const auto before = listed_.find(number);
    if (before != listed_.end()) strike_out(number, before->second);
    if (effects.empty() && !time) {
        if (before != listed_.end()) listed_.erase(before);
        return;
    }
    for (const auto& effect : effects)
        if (!in_hand_.contains({number, effect.step}))
            lane_of(effect.entity).places.insert({effect.due, number, effect.step});
    if (time) times_.insert({*time, number});
    listed_[number] = {std::move(effects), time};
}

std::optional<Agenda::Work> Agenda::pick_from(Lane& lane, Elapsed now) {
    if (lane.places.empty() || lane.gate.is_full() || lane.gate.opens_at(now) > now) return std::nullopt;
    const auto [due, number, step] = *lane.places.begin();
    if (due > now) return std::nullopt;
    lane.places.erase(lane.places.begin());
    for (const auto& effect : listed_.at(number).effects) {
        if (effect.step != step) continue;
        lane.gate.enter(now);
        in_hand_.insert({number, effect.step});
        return Work{number, effect};
    }
    return std::nullopt;
}

std::optional<Agenda::Work> Agenda::pick(Elapsed now) {
    const std::lock_guard lock{mutex_};
    if (!times_.empty() && times_.begin()->first <= now) {
        const CaseNumber number = times_.begin()->second;
        times_.erase(times_.begin());
        listed_.at(number).time.reset();
        return Work{number, std::nullopt};
    }
    auto lane = lanes_.upper_bound(last_);
    for (std::size_t tried = 0; tried < lanes_.size(); ++tried, ++lane) {
        if (lane == lanes_.end()) lane = lanes_.begin();
        if (auto work = pick_from(lane->second, now)) {
            last_ = lane->first;
            return work;
        }
    }
    return std::nullopt;
}

void Agenda::end(const Work& work, Elapsed now, Ended ended) {
    if (!work.effect) return;
    const std::lock_guard lock{mutex_};
    Lane& lane = lane_of(work.effect->entity);
    if (ended == Ended::not_sent)
        lane.gate.turn_back();
    else
        lane.gate.leave(now, ended == Ended::answered);
    in_hand_.erase({work.number, work.effect->step});
    const auto listed = listed_.find(work.number);
    if (listed == listed_.end()) return;
    for (const auto& effect : listed->second.effects)
        if (effect.step == work.effect->step)
            lane_of(effect.entity).places.insert({effect.due, work.number, effect.step});
}

std::optional<Agenda::Elapsed> Agenda::next(Elapsed now) const {
    const std::lock_guard lock{mutex_};
    std::optional<Elapsed> next;
    const auto consider = [&](Elapsed when) { next = next ? std::min(*next, when) : when; };
    if (!times_.empty()) consider(times_.begin()->first);
    for (const auto& [entity, lane] : lanes_)
        if (!lane.places.empty() && !lane.gate.is_full())
            consider(std::max(std::get<0>(*lane.places.begin()), lane.gate.opens_at(now)));
    return next;
}

std::size_t Agenda::waiting() const {
    const std::lock_guard lock{mutex_};
    std::size_t count = in_hand_.size();
    for (const auto& [entity, lane] : lanes_)
        count += lane.places.size();
    return count;
}

bool Agenda::is_broken(const model::EntityKey& entity) const {
    const std::lock_guard lock{mutex_};
    const auto lane = lanes_.find(entity);
    return lane != lanes_.end() && lane->second.gate.is_broken();
}

}  // namespace balcao::cases
