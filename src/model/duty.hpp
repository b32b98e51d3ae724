#pragma once
// What the law, or the city itself, asks of the sites, each with the text that says so. Part of a `Model`:
// another country writes its own. The live office's record reports on each day by day (record/law.hpp); the
// simulator does not look at them.
#include <string>
#include <vector>

#include "base/localized.hpp"
#include "model/keys.hpp"

namespace balcao::model {

using DutyKey = Key<struct DutyTag>;

enum class DutyKind : unsigned char {
    walk_in_hours,     // who comes without an appointment gets a ticket, in all opening hours
    wait_shown,        // the wait is told in real time
    priority,          // those who may claim it go before others, and nobody asks why
    walk_in_capacity,  // a share of the desks' time is left to who comes without an appointment
    drop_off,          // a document can be handed in without an appointment, and there is a receipt
    screen_languages,  // screens are complete in these languages
};

// What was read of the text that asks for it.
enum class KnownFrom : unsigned char {
    text,     // all of it
    excerpt,  // parts
    summary,  // what others write of it
    report,   // that somebody reports it
};

struct Duty {
    DutyKey key;
    DutyKind kind{};
    LocalText name;
    std::string source;  // a key of the model's sources
    KnownFrom known_from = KnownFrom::text;
    std::vector<SiteKey> sites;          // bound by it; none: all
    LocalText who;                       // priority: who may claim it
    double at_least = 0.5;               // walk_in_capacity: share of the desks' time, 0..1
    std::vector<ServiceKey> services;    // drop_off: where a document is handed in
    std::vector<std::string> languages;  // screen_languages: codes
    friend bool operator==(const Duty&, const Duty&) = default;

    [[nodiscard]] bool binds(const SiteKey& site) const;
};

// "walk_in_hours", "wait_shown" …; "text", "excerpt" …: as a model says them.
std::string name_of(DutyKind kind);
std::string name_of(KnownFrom known_from);

}  // namespace balcao::model
