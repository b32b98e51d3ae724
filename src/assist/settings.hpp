#pragma once
// What a city decides about its double screens: plain values that whoever joins the rooms fills in. Used by
// all of `assist`; who may assist with what is asked of others, by a question that stands here.
#include <array>
#include <chrono>
#include <functional>

#include "assist/names.hpp"
#include "base/zone.hpp"

namespace balcao::assist {

// Whether that mediator may assist with that service or life event now. Asked when a session is opened and
// when another desk goes on with it, from any thread; not for practice, by which one learns it.
using MayAssist = std::function<bool(const MediatorKey&, const Subject&)>;

// Whether what was agreed with the host of the site covers it on that day; asked at the same moments.
using IsAgreed = std::function<bool(const model::SiteKey&, const Subject&, Date)>;

// What is asked of somebody who confirms in the citizen's place.
struct ProxyTerms {
    bool needs_document = false;  // that the mediator has seen
    bool needs_witness = false;   // a second mediator
};

struct Settings {
    // By the clocks of the zone a day ends; what is not finished then expires.
    Settings(const Zone& city, MayAssist asked) : zone{city}, may_assist{std::move(asked)} {}

    Zone zone;
    MayAssist may_assist;
    IsAgreed is_agreed{};  // empty: everything is
    // Without a sign of life of its screen for so long a citizen is not there.
    std::chrono::milliseconds absent_after = std::chrono::seconds{60};
    std::chrono::milliseconds code_lasts = std::chrono::minutes{10};  // of one for a screen
    std::uint32_t misses_most = 5;                                    // of wrong codes, for each code
    std::chrono::milliseconds glass_lasts = std::chrono::minutes{10};
    std::chrono::milliseconds home_lasts = std::chrono::hours{24 * 30};
    // For so long after another room has taken a handover, its values can be printed again.
    std::chrono::milliseconds values_last = std::chrono::hours{24};
    // By the kind of proxy, in its order: legal guardian, power of attorney, companion.
    std::array<ProxyTerms, 3> proxies{{{true, false}, {true, true}, {false, true}}};
};

}  // namespace balcao::assist
