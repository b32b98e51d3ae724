#include "front/inbox.hpp"

#include <algorithm>
#include <array>

#include "front/case_words.hpp"

namespace balcao::front {
namespace {

constexpr std::array settlements{cases::Settlement::it_is_there,      cases::Settlement::send_again,
                                 cases::Settlement::give_up,          cases::Settlement::undone_by_hand,
                                 cases::Settlement::cannot_be_undone, cases::Settlement::noted};

const cases::Incident* open_incident_of(const cases::Case& whole, const cases::Step& step) {
    const auto found = std::ranges::find_if(whole.incidents, [&](const cases::Incident& incident) {
        return !incident.settled && incident.step == step.asked.step;
    });
    return found == whole.incidents.end() ? nullptr : &*found;
}

}  // namespace

std::optional<InboxEntry> inbox_entry(const cases::Case& whole,
                                      const cases::Step& step,
                                      const staff::Staff& staff,
                                      const text::Words& words) {
    InboxEntry entry{{whole.number, step.asked.step}, step.asked.service, step.asked.entity, {}};
    if (const auto* incident = open_incident_of(whole, step)) {
        entry.words = incident_text(incident->kind, words);
        entry.in_hand = incident->by;
        entry.due = incident->promised;
        return entry;
    }
    if (const auto* task = std::get_if<cases::WithPerson>(&step.state)) {
        entry.in_hand = task->claimed_by;
        entry.due = task->due;
        if (!task->claimed_by.empty())
            entry.words = words("In hand: {name}", {{"name", clerk_name(task->claimed_by, staff)}});
        else
            entry.words =
                task->vouched_by.empty() ? words("To be taken on") : words("Waits for a second person");
        return entry;
    }
    const bool is_taken_up_by_hand =
        std::holds_alternative<cases::Accepted>(step.state) && step.asked.kind == cases::ConnectorKind::human;
    if (!is_taken_up_by_hand) return std::nullopt;
    entry.words = words("Taken up, to be concluded");
    if (step.asked.term != Instant{}) entry.due = step.asked.term;
    return entry;
}

std::vector<InboxEntry> inbox_of(const cases::Cases& cases,
                                 const model::EntityKey& entity,
                                 const staff::Staff& staff,
                                 const text::Words& words) {
    std::vector<InboxEntry> entries;
    const auto open = cases.open_cases([](const cases::Case&) { return true; });
    for (const auto& whole : open)
        for (const auto& step : whole.steps)
            if (entity.empty() || step.asked.entity == entity)
                if (auto entry = inbox_entry(whole, step, staff, words)) entries.push_back(*std::move(entry));
    std::ranges::stable_sort(entries, {},
                             [](const InboxEntry& entry) { return entry.due.value_or(Instant::max()); });
    return entries;
}

std::string clerk_name(const cases::ClerkKey& clerk, const staff::Staff& staff) {
    const auto account = staff.account(staff::AccountKey{clerk.text()});
    return account && !account->names.name.empty() ? account->names.name : clerk.text();
}

std::optional<cases::Verdict::Word> verdict_of(std::string_view word) {
    using Word = cases::Verdict::Word;
    if (word == "done") return Word::done;
    if (word == "taken-up") return Word::taken_up;
    return word == "denied" ? std::optional{Word::denied} : std::nullopt;
}

std::optional<cases::Report::Word> report_of(std::string_view word) {
    using Word = cases::Report::Word;
    if (word == "concluded") return Word::concluded;
    if (word == "denied") return Word::denied;
    return word == "citizen-needed" ? std::optional{Word::citizen_needed} : std::nullopt;
}

std::optional<cases::Settlement> settlement_of(std::string_view word) {
    const auto* found =
        std::ranges::find_if(settlements, [&](const auto how) { return cases::name_of(how) == word; });
    return found == settlements.end() ? std::nullopt : std::optional{*found};
}

std::vector<std::string> settlement_names() {
    std::vector<std::string> names;
    for (const auto how : settlements)
        names.emplace_back(cases::name_of(how));
    return names;
}

}  // namespace balcao::front
