#pragma once
// A session as a screen draws it, and as paper keeps it. Used by the pages; for programs, in words that pages
// put into sentences. Secrets are in none of it.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assist/handover.hpp"
#include "assist/session.hpp"
#include "assist/sheet.hpp"
#include "journal/event.hpp"

namespace balcao::assist {

// What anybody of the city's staff may know: nothing of it is personal.
struct Outline {
    SessionKey session;
    State state = State::under_way;
    MediatorKey mediator;
    model::SiteKey site;
    Subject subject;
    std::string edition;
    Purpose purpose = Purpose::real;
    Lesson lesson;
    Instant opened{};
    Instant last{};
    Instant until{};
    bool has_screen = false;
    std::optional<Desk> asking{};
    std::optional<DisputeReason> dispute{};
    bool is_supervisor_called = false;
    MediatorKey supervisor{};
    std::uint64_t version = 0;
    friend bool operator==(const Outline&, const Outline&) = default;
};

Outline outline_of(const Session& session);

enum class Progress : std::uint8_t { to_do, shown, confirmed, left_out };

struct StepSeen {
    StepKey step;
    Progress progress = Progress::to_do;
    std::string hash{};  // of what was shown of it last
    std::optional<SheetSeen>
        sheet;  // that; of steps that are not on the screen only where all were asked for
    Instant confirmed{};
    std::uint64_t version = 0;  // of the event that says that it was confirmed
    std::vector<Consent> given{};
    std::optional<Proxy> proxy{};  // who confirmed in the citizen's place
    Doer doer = Doer::mediator;
    friend bool operator==(const StepSeen&, const StepSeen&) = default;
};

struct DisputeSeen {
    DisputeReason why = DisputeReason::other;
    std::string words{};  // the citizen's own
    Instant since{};
    bool is_supervisor_called = false;
    MediatorKey supervisor{};
    std::optional<Instant> lifted{};
    friend bool operator==(const DisputeSeen&, const DisputeSeen&) = default;
};

struct View {
    Outline outline;
    std::optional<OnScreen> now;  // what stands on the citizen's screen, and would be confirmed
    std::vector<StepSeen> steps;
    std::vector<DisputeSeen> disputes;
    std::optional<Proxy> proxy;      // in force
    std::vector<BrokenGlass> glass;  // who opened it without the citizen
    bool is_citizen_here = false;    // as far as this server knows
    friend bool operator==(const View&, const View&) = default;
};

// Of which steps the sheets are opened.
enum class Depth : std::uint8_t { on_screen, all };

// For paper: what was confirmed by whom and when, and the events of the session's stream as the journal has
// them, so that the receipt of each (keeping/receipt.hpp) proves that it is in the log.
struct Summary {
    View view;
    std::vector<Screen> screens;  // that were the citizen's
    std::string stream;
    std::vector<journal::Event> events;
};

}  // namespace balcao::assist
