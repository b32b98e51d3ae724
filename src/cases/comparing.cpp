// The daily comparison, made and kept.
#include <algorithm>
#include <set>

#include "cases/cases.hpp"
#include "journal/settle.hpp"

namespace balcao::cases {
namespace {

constexpr std::size_t events_at_once = 4'096;

}  // namespace

Answer<std::vector<SentHere>> Cases::sent_to(const model::EntityKey& entity, Instant since) {
    // What is there was begun before: its event stands in the journal, whoever sent it.
    for (;;) {
        const auto taken = ledger_.catch_up(events_at_once);
        if (!taken) return Refusal{Reason::unavailable};
        if (*taken == 0) break;
    }
    std::vector<SentHere> sent;
    for (const auto& number : ledger_.touched_since(since)) {
        const auto found = ledger_.find(number);
        if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
        std::ranges::move(cases::sent_to(entity, std::get<Case>(found), since), std::back_inserter(sent));
    }
    return sent;
}

Answer<EntityCompared> Cases::compare(const Listed& listed, const std::string& key) {
    if (key.empty()) return Refusal{Reason::key_missing};
    const auto after = sent_to(listed.entity, listed.since);
    if (const auto* refusal = std::get_if<Refusal>(&after)) return *refusal;
    const auto& now = std::get<std::vector<SentHere>>(after);
    const auto before = differences_of(listed.before, listed.there);
    const auto still = differences_of(now, listed.there);
    EntityCompared compared{listed.since, static_cast<std::uint32_t>(now.size()),
                            static_cast<std::uint32_t>(listed.there.size()), 0};
    std::ranges::set_intersection(before, still, std::back_inserter(compared.differences));
    compared.differing = static_cast<std::uint32_t>(compared.differences.size());
    if (compared.differences.size() > differences_kept) compared.differences.resize(differences_kept);
    constexpr int tries_most = 100;
    for (int tries = 0; tries < tries_most; ++tries) {
        const auto events = store_.read(comparisons_of(listed.entity), 0);
        if (!events) return Refusal{Reason::unavailable};
        journal::StreamEnd end;
        if (!events->empty()) end = {events->back().version, events->back().salt};
        journal::Commit commit;
        commit.command = key;
        journal::append(commit, comparisons_of(listed.entity), end, encode(compared), clock_.now());
        const auto outcome = journal::write_and_wait(store_, std::move(commit));
        if (outcome == journal::Outcome::unavailable) break;
        if (outcome == journal::Outcome::conflict) continue;
        if (outcome == journal::Outcome::written) return compared;
        const auto last = last_comparison(listed.entity);  // another server made it
        if (const auto* refusal = std::get_if<Refusal>(&last)) return *refusal;
        const auto& made = std::get<std::optional<ComparedAt>>(last);
        return made ? made->compared : compared;
    }
    return Refusal{Reason::unavailable};
}

Answer<std::optional<ComparedAt>> Cases::last_comparison(const model::EntityKey& entity) const {
    const auto events = store_.read(comparisons_of(entity), 0);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return std::optional<ComparedAt>{};
    const auto compared = decode_comparison(events->back());
    if (!compared) return Refusal{Reason::unavailable};
    return std::optional{ComparedAt{*compared, events->back().at}};
}

}  // namespace balcao::cases
