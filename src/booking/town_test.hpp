#pragma once
// A town of two sites with appointments, a clock that is set and a journal in memory, for the tests of
// `booking`.
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "booking/bookings.hpp"
#include "booking/inspect.hpp"
#include "journal/memory_store.hpp"

namespace balcao::booking::town {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline const model::SiteKey shop{"shop"};
inline const model::SiteKey hall{"hall"};
inline const model::ServiceKey identity{"identity"};
inline const model::ServiceKey works{"works"};
inline const ClerkKey clerk{"clerk-1"};

inline Zone zone_named(const std::string& name) {
    auto zone = Zone::find(name);
    REQUIRE(zone);
    return *zone;
}

// "2026-11-24 09:00" by the clocks of a place; the first of two.
inline Instant at(const Zone& zone, const std::string& text) {
    const auto date = parse_date(text.substr(0, 10));
    const auto minute = parse_time_of_day(text.substr(11));
    REQUIRE(date);
    REQUIRE(minute);
    const auto instants = zone.instants_of({*date, minutes{*minute}});
    REQUIRE_FALSE(instants.empty());
    return instants.front();
}

inline Date day_of(const std::string& text) {
    const auto date = parse_date(text);
    REQUIRE(date);
    return *date;
}

// Two sites, each with one window every day from 9 to 12 in slots of 20 minutes for two people, that can be
// booked sixty days ahead; "works" takes 40 minutes. Holds of ten minutes; what was cancelled is blocked for
// ten minutes to an hour; two bookings a person, one a day at a site.
inline model::Model city(const std::string& time_zone = "Europe/Lisbon") {
    model::Model model;
    model.time_zone = time_zone;
    for (const auto& key : {identity, works}) {
        model::Service service;
        service.key = key;
        model.services.push_back(service);
    }
    for (const auto& key : {shop, hall}) {
        model::Site site;
        site.key = key;
        site.open.weekly = {{WeekdaySet::every_day(), {TimeRange{0, 1440}}}};
        model::DeskGroup desks;
        desks.key = model::DeskKey{"desks"};
        desks.count = 3;
        desks.serves = {{identity}, {works}};
        site.desks.push_back(desks);
        auto& window = site.appointments.windows.emplace_back();
        window.key = model::WindowKey{"day"};
        window.hours = {TimeRange{540, 720}};
        window.slot = minutes{20};
        window.places = 2;
        window.services = {{identity, minutes{20}}, {works, minutes{40}}};
        site.appointments.hold = minutes{10};
        site.appointments.blocked_after_cancel = {minutes{10}, minutes{60}};
        site.appointments.open_per_person = 2;
        site.appointments.per_person_and_day = 1;
        model.sites.push_back(site);
    }
    return model;
}

inline model::Site& site_of(model::Model& model, const model::SiteKey& key) {
    for (auto& site : model.sites)
        if (site.key == key) return site;
    FAIL("no such site");
    return model.sites.front();
}

inline std::unique_ptr<Bookings> open(journal::Store& store,
                                      const Clock& clock,
                                      const model::Model& model,
                                      const Settings& settings = {}) {
    auto bookings =
        Bookings::open(store, clock, *crypto::SecretKey::from(std::string(32, 'i')), model, settings);
    REQUIRE(bookings.has_value());
    return *std::move(bookings);
}

template <class T>
T good(const Answer<T>& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(name_of(refusal->reason));
    return std::get<0>(answer);
}

template <class T>
std::string refused(const Answer<T>& answer) {
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal == nullptr ? "nothing" : std::string{name_of(refusal->reason)};
}

inline Contact ana() { return {"Ana Só", "ana@example.org", "912 345 678", "venho com a mãe", "pt"}; }

inline Contact person(const std::string& name) { return {name, name + "@example.org", "", "", "pt"}; }

struct Town {
    explicit Town(model::Model offered = city(), Settings wished = {})
        : model{std::move(offered)}, settings{std::move(wished)}, zone{zone_named(model.time_zone)} {
        clock.set(time("2026-11-22 10:00"));
        bookings = open(store, clock, model, settings);
    }

    journal::MemoryStore store;
    SetClock clock;
    model::Model model;
    Settings settings;
    Zone zone;
    std::unique_ptr<Bookings> bookings;

    [[nodiscard]] Instant time(const std::string& text) const { return at(zone, text); }

    [[nodiscard]] Wanted wish(const std::string& start, const model::SiteKey& site = shop) const {
        return {site, {identity}, model::ChannelKey{"counter"}, time(start), {}, {}};
    }

    [[nodiscard]] Answer<Slip> hold(const std::string& start, const model::SiteKey& site = shop) const {
        return bookings->hold(wish(start, site), "");
    }

    // Held and named, not confirmed; let go again when the name is refused.
    [[nodiscard]] Answer<Slip> name(const std::string& start,
                                    const Contact& contact,
                                    const model::SiteKey& site = shop) const {
        auto held = hold(start, site);
        if (std::holds_alternative<Refusal>(held)) return held;
        const ByLink hand{std::get<Slip>(held).link};
        auto named = bookings->give_contact(hand, contact, "");
        if (std::holds_alternative<Refusal>(named))
            good(bookings->cancel(hand, CancelReason::person_asked, ""));
        return named;
    }

    // As a person does it, up to the link in the message.
    Slip booked(const std::string& start,
                const Contact& contact = ana(),
                const model::SiteKey& site = shop) const {
        return good(bookings->confirm(ByLink{good(name(start, contact, site)).confirmation}, ""));
    }

    [[nodiscard]] std::string state(const Slip& slip) const {
        const auto found = good(bookings->find(slip.booking, People::left_out));
        return std::string{name_of(found.state, clock.now())};
    }

    // The clocks of what is free on a day, and how many places: "09:00 2".
    [[nodiscard]] std::vector<std::string> free_on(const std::string& date,
                                                   rules::Who who = rules::Who::citizen) const {
        const auto found = bookings->free_starts(
            {{shop}, {identity}, model::ChannelKey{"counter"}, who, day_of(date), day_of(date)});
        REQUIRE(found);
        std::vector<std::string> clocks;
        clocks.reserve(found->front().starts.size());
        for (const auto& start : found->front().starts)
            clocks.push_back(
                format_time_of_day(static_cast<int>(zone.at(start.start).since_midnight / minutes{1})) + " " +
                std::to_string(start.left));
        return clocks;
    }

    [[nodiscard]] std::vector<journal::Event> events() const { return store.follow({}, 10'000'000)->events; }

    // What is wrong with the journal.
    [[nodiscard]] std::vector<std::string> faults() const {
        std::map<model::SiteKey, rules::SlotPlan> plans;
        for (const auto& site : model.sites)
            plans[site.key] = *rules::make_slot_plan(model, site);
        return inspect(events(), zone, [&](const model::SiteKey& site, Instant) { return &plans.at(site); });
    }
};

// What they do at the same time; how many of them were not refused.
template <class Do>
int race(int threads, const Do& one) {
    std::atomic<int> done{0};
    std::atomic<bool> may_go{false};
    std::vector<std::thread> running;
    running.reserve(static_cast<std::size_t>(threads));
    for (int number = 0; number < threads; ++number)
        running.emplace_back([&, number] {
            while (!may_go)
                std::this_thread::yield();
            if (one(number)) ++done;
        });
    may_go = true;
    for (auto& thread : running)
        thread.join();
    return done;
}

}  // namespace balcao::booking::town
