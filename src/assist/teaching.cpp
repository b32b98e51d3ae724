#include "assist/teaching.hpp"

namespace balcao::assist {

Tally tally_of(const Session& session) {
    Tally tally;
    tally.sessions = 1;
    for (const auto& step : session.steps) {
        const auto* confirmed = std::get_if<Confirmed>(&step.state);
        if (confirmed == nullptr) continue;
        if (confirmed->doer == Doer::citizen_alone) ++tally.alone;
        if (confirmed->doer == Doer::citizen_with_help) ++tally.with_help;
        if (confirmed->doer == Doer::mediator) ++tally.by_mediator;
    }
    return tally;
}

Result<void> TeachingFold::take(const journal::Event& event) {
    const auto key = session_of_stream(event.stream);
    if (!key) return {};
    auto found = under_way_.find(*key);
    if (found == under_way_.end()) {
        if (event.version != 1) return {};  // it was over before
        found = under_way_.emplace(*key, Session{}).first;
        found->second.key = *key;
    }
    Session& session = found->second;
    if (auto applied = apply(session, event); !applied) return applied.error();
    if (!is_over(session)) return {};
    if (std::holds_alternative<HandedOver>(session.stage)) {
        const Tally one = tally_of(session);
        Tally& all = so_far_[{session.site, session.subject}];
        all.sessions += one.sessions;
        all.alone += one.alone;
        all.with_help += one.with_help;
        all.by_mediator += one.by_mediator;
    }
    under_way_.erase(found);
    return {};
}

}  // namespace balcao::assist
