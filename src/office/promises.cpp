#include "office/promises.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "office/verbs.hpp"

namespace balcao::office {
namespace {

// So small that a bad day alone does not move it far, so large that three weeks of a site mend a forecast.
constexpr double step = 0.005;
constexpr double lowest = 0.5;
constexpr double highest = 0.98;

}  // namespace

PromiseFate fate_of(const Visit& visit, Instant now) {
    BALCAO_CHECK(visit.promise.has_value());
    const Instant at_latest = visit.promise->at_latest;
    if (now < at_latest && !std::holds_alternative<Missed>(visit.state)) return PromiseFate::open;
    if (visit.first_called) return *visit.first_called <= at_latest ? PromiseFate::kept : PromiseFate::broken;
    const auto* left = std::get_if<Left>(&visit.state);
    return left != nullptr && left->at <= at_latest ? PromiseFate::withdrawn : PromiseFate::broken;
}

void PromiseRecord::add(const PromiseRecord& other) {
    kept += other.kept;
    broken += other.broken;
    simulated += other.simulated;
    minutes += other.minutes;
}

PromiseRecord record_of(const Hall& hall, Instant now) {
    PromiseRecord record;
    for (const Visit& visit : hall.visits()) {
        if (!visit.promise) continue;
        const auto fate = fate_of(visit, now);
        if (fate != PromiseFate::kept && fate != PromiseFate::broken) continue;
        ++(fate == PromiseFate::kept ? record.kept : record.broken);
        record.simulated += visit.promise->basis == rules::WaitBasis::simulated ? 1 : 0;
        record.minutes +=
            std::chrono::floor<std::chrono::minutes>(visit.promise->at_latest - visit.promise->from).count();
    }
    return record;
}

void PromiseLevel::take(const Hall& hall, Instant now) {
    for (const Visit& visit : hall.visits()) {
        if (!visit.promise || visit.promise->basis != rules::WaitBasis::simulated) continue;
        const auto fate = fate_of(visit, now);
        if (fate == PromiseFate::kept) level_ -= step * (1 - target);
        if (fate == PromiseFate::broken) level_ += step * target;
        level_ = std::clamp(level_, lowest, highest);
    }
}

Decision decide_on(const Hall& hall, const MakePromises& command, const Now&) {
    std::vector<HallEvent> events;
    for (const PromiseMade& promise : command.promises) {
        const Visit* visit = hall.find(promise.number);
        if (visit == nullptr || visit->first_called || visit->leg > 0) continue;
        if (!std::holds_alternative<Waiting>(visit->state)) continue;
        if (promise.at_latest < promise.to || promise.to < promise.from) continue;
        const auto& made = visit->promise;
        if (made && (made->was_moved || promise.at_latest >= made->at_latest)) continue;
        events.emplace_back(promise);
    }
    return events;
}

}  // namespace balcao::office
