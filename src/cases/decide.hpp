#pragma once
// What follows from what: the decisions on one case as pure functions of the case, the settings and the time.
// Internal to `cases`: commands and the carrier hand them a draft. They know no store, connector or random
// source.
#include <optional>
#include <variant>

#include "cases/connector.hpp"
#include "cases/draft.hpp"
#include "cases/refusal.hpp"
#include "cases/settings.hpp"

namespace balcao::cases {

// The longest texts that are kept of what an entity says.
inline constexpr std::size_t reference_bytes_most = 128;
inline constexpr std::size_t why_bytes_most = 200;

// What is to be done next with a step by whoever carries effects.
enum class Doing : std::uint8_t {
    send,
    look_up,     // it may be there
    ask_person,  // it may be there, and cannot be looked up nor sent again
};

// Nothing when it is not for a carrier now: not its turn, held by somebody, a task.
std::optional<Doing> doing_of(const Case& whole, const Step& step);

// What came of one attempt.
struct Came {
    StepKey step;
    std::string effect;  // its key
    int attempt = 1;
    std::variant<Outcome, Looked> what;
    std::chrono::milliseconds pause{};    // before the next one
    std::chrono::milliseconds settles{};  // so long an absence may still turn out otherwise; 0: it will not
    bool is_person_erased = false;  // nothing was sent, since nobody can read any more what was handed in
};

void take_outcome(Draft& draft, const Settings& settings, Came came);

// Somebody carried it and was not heard of again, and it can neither be looked up nor sent again.
void give_to_person(Draft& draft, const Settings& settings, const StepKey& step);

// The same of what was lost once too often: its budget is spent.
void give_up(Draft& draft, const Settings& settings, const StepKey& step);

// What time alone brings about: tasks that are to be made, budgets that are spent, terms and promises that
// have passed.
void let_time_pass(Draft& draft, const Settings& settings);

// Its person is erased. What was not sent will not be; what may be at an entity is still found out, and what
// is there stays there.
void erase_person(Draft& draft);

// When let_time_pass has something to do next; nothing: never, unless something else happens.
std::optional<Instant> next_time(const Case& whole);

// What follows from the rest, until nothing more does: what depends on what failed is stopped, what was
// cancelled is undone or stands, incidents whose matter has come right are settled. The end of every
// decision.
void draw_consequences(Draft& draft, const Settings& settings);

void open_incident(Draft& draft, const Settings& settings, IncidentOpened incident);

// "A text of at most so many bytes", cut where a character begins.
std::string cut(std::string_view text, std::size_t bytes_most);
bool is_fit_reference(std::string_view reference);

}  // namespace balcao::cases
