#pragma once
// What waits for people who work on requests: tasks, what was taken up by hand and is to be concluded, what
// went wrong. The same list for pages and API; it names nobody who asked for anything.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cases/cases.hpp"
#include "staff/staff.hpp"
#include "text/words.hpp"

namespace balcao::front {

// What one step of a case needs of people.
struct InboxEntry {
    cases::StepName step;
    model::ServiceKey service;
    model::EntityKey entity;
    std::string words;             // "To be taken on"
    cases::ClerkKey in_hand{};     // of whom; empty: nobody's
    std::optional<Instant> due{};  // as promised, or the legal term
};

// Nothing for a step that needs nobody.
std::optional<InboxEntry> inbox_entry(const cases::Case& whole,
                                      const cases::Step& step,
                                      const staff::Staff& staff,
                                      const text::Words& words);

// All of them, or of one entity; what is due first comes first. Walks over the open cases.
std::vector<InboxEntry> inbox_of(const cases::Cases& cases,
                                 const model::EntityKey& entity,
                                 const staff::Staff& staff,
                                 const text::Words& words);

// The name of who works there, or the key of who does no more.
std::string clerk_name(const cases::ClerkKey& clerk, const staff::Staff& staff);

// "done", "taken-up", "denied"; "concluded", "denied", "citizen-needed"; as cases::name_of(Settlement) says.
std::optional<cases::Verdict::Word> verdict_of(std::string_view word);
std::optional<cases::Report::Word> report_of(std::string_view word);
std::optional<cases::Settlement> settlement_of(std::string_view word);
// Those by which somebody settles an incident, by name.
std::vector<std::string> settlement_names();

}  // namespace balcao::front
