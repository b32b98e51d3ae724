#include "postgres/decision.hpp"

#include <algorithm>

namespace balcao::postgres {

using journal::Outcome;

Placed first_event_of(const journal::Commit& commit) {
    for (const auto& writing : commit.writings)
        if (!writing.events.empty()) return {&writing.events.front(), &writing.stream, writing.expected + 1};
    return {};
}

bool Decision::fits(const journal::Commit& commit) const {
    const bool are_streams_there =
        std::all_of(commit.writings.begin(), commit.writings.end(), [this](const journal::Writing& writing) {
            const auto found = known_.tips.find(writing.stream);
            const Tip tip = found != known_.tips.end() ? found->second : Tip{};
            return writing.expected == tip.version && (writing.after.empty() || writing.after == tip.salt);
        });
    const bool is_held =
        std::any_of(commit.claims.begin(), commit.claims.end(), [this](const journal::Claim& claim) {
            const auto found = known_.holders.find(claim.key);
            return !claim.is_released && found != known_.holders.end() && found->second != claim.holder;
        });
    const bool has_key =
        std::any_of(commit.keys.begin(), commit.keys.end(), [this](const journal::PersonKey& key) {
            return !key.wrapped.empty() && known_.keys.contains(key.person);
        });
    return are_streams_there && !is_held && !has_key;
}

Outcome Decision::attempt(const journal::Commit& commit) {
    if (!commit.command.empty() && known_.answers.contains(commit.command)) return Outcome::repeated;
    if (!fits(commit)) return Outcome::conflict;
    for (const auto& writing : commit.writings) {
        auto& tip = known_.tips[writing.stream];
        for (const auto& event : writing.events) {
            changes_.events.push_back({&event, &writing.stream, ++tip.version});
            tip.salt = event.salt;
        }
    }
    if (!commit.command.empty()) {
        known_.answers[commit.command] = commit.answer;
        changes_.commands.push_back(&commit);
    }
    for (const auto& key : commit.keys) {
        changes_.persons.try_emplace(key.person, known_.keys.contains(key.person));
        if (key.wrapped.empty())
            known_.keys.erase(key.person);
        else
            known_.keys[key.person] = key.wrapped;
    }
    write_claims(commit);
    return Outcome::written;
}

void Decision::write_claims(const journal::Commit& commit) {
    for (const auto& claim : commit.claims) {
        const auto held = known_.holders.find(claim.key);
        const bool is_his = held != known_.holders.end() && held->second == claim.holder;
        if (claim.is_released == !is_his) continue;  // nothing to let go of, or his already
        changes_.claims.try_emplace(claim.key, held != known_.holders.end());
        if (claim.is_released)
            known_.holders.erase(held);
        else
            known_.holders[claim.key] = claim.holder;
    }
}

bool Decision::is_there(const journal::Commit& commit) const {
    if (const auto first = first_event_of(commit); first.event != nullptr) {
        return std::any_of(known_.events.begin(), known_.events.end(), [&](const journal::Event& event) {
            return event.stream == *first.stream && event.version == first.version &&
                   event.salt == first.event->salt && event.at == first.event->at &&
                   event.type == first.event->type && event.body == first.event->body;
        });
    }
    if (!commit.command.empty()) {
        const auto found = known_.answers.find(commit.command);
        return found != known_.answers.end() && found->second == commit.answer;
    }
    return std::any_of(commit.keys.begin(), commit.keys.end(), [this](const journal::PersonKey& key) {
        const auto found = known_.keys.find(key.person);
        return !key.wrapped.empty() && found != known_.keys.end() && found->second == key.wrapped;
    });
}

}  // namespace balcao::postgres
