#pragma once
// A race for appointments: many people on several servers of one journal want the same few places at the same
// time, cancel, move and come back. What stands afterwards is checked from the journal alone. Run on each
// kind of store.
#include <random>
#include <string>
#include <vector>

#include "booking/town_test.hpp"

namespace balcao::booking::town {

struct Race {
    int threads = 8;
    int rounds = 40;
};

// Everything that a store has.
inline std::vector<journal::Event> all_of(const journal::Store& store) {
    std::vector<journal::Event> events;
    journal::Cursor cursor;
    for (;;) {
        auto followed = store.follow(cursor, 10'000);
        REQUIRE(followed);
        if (followed->events.empty()) return events;
        cursor = followed->next;
        for (auto& event : followed->events)
            events.push_back(std::move(event));
    }
}

// What one person does: books where all want to be, and then keeps, cancels or moves.
class Racer {
public:
    Racer(Bookings& server, const Zone& zone, unsigned number)
        : server_{server}, zone_{zone}, number_{number}, dice_{number} {}

    void run(int rounds) {
        for (int round = 0; round < rounds; ++round)
            go(round);
    }

    // What must stand when all is over.
    std::vector<Slip> kept;
    std::vector<Slip> cancelled;

private:
    void go(int round) {
        const std::string who = "p" + std::to_string(number_) + "r" + std::to_string(round);
        const Wanted wish{
            dice_() % 2 == 0 ? shop : hall, {identity}, model::ChannelKey{"counter"}, start(), {}, {}};
        const auto held = server_.hold(wish, who);
        if (std::holds_alternative<Refusal>(held)) return expect(held, {"full"});
        // Sent twice, as by somebody who is in a hurry.
        CHECK(good(server_.hold(wish, who)) == good(held));
        // A few addresses are shared, and run into their limits at the same time.
        const auto contact = person(dice_() % 4 == 0 ? "shared" + std::to_string(dice_() % 3) : who);
        const auto named = server_.give_contact(ByLink{good(held).link}, contact, who);
        if (std::holds_alternative<Refusal>(named)) {
            expect(named, {"too-many-open", "too-many-that-day"});
            good(server_.cancel(ByLink{good(held).link}, CancelReason::person_asked, who));
            cancelled.push_back(good(held));
            return;
        }
        Slip slip = good(server_.confirm(ByLink{good(named).confirmation}, who));
        if (dice_() % 3 == 0) {
            const auto moved =
                server_.move(ByLink{slip.link}, {dice_() % 2 == 0 ? shop : hall, start(), {}}, who);
            if (std::holds_alternative<Refusal>(moved)) expect(moved, {"full", "too-many-that-day"});
        }
        if (dice_() % 3 == 0) {
            good(server_.cancel(ByLink{slip.link}, CancelReason::person_asked, who));
            cancelled.push_back(std::move(slip));
        } else {
            kept.push_back(std::move(slip));
        }
    }

    template <class T>
    static void expect(const Answer<T>& answer, const std::vector<std::string>& reasons) {
        const auto reason = refused(answer);
        CHECK_MESSAGE(std::find(reasons.begin(), reasons.end(), reason) != reasons.end(), reason);
    }

    // One of nine slots on each of two days.
    Instant start() {
        return at(zone_, dice_() % 2 == 0 ? "2026-11-24 09:00" : "2026-11-25 09:00") +
               minutes{20 * (dice_() % 9)};
    }

    Bookings& server_;
    const Zone& zone_;
    unsigned number_;
    std::minstd_rand dice_;
};

// Never two on one place, none lost, nobody with more than one may have. One server for each of the stores,
// which are ways to one journal.
inline void check_race(const std::vector<journal::Store*>& stores, const Race& size) {
    auto model = city();
    for (auto& site : model.sites) {
        site.appointments.windows.front().places = 5;
        site.appointments.hold = minutes{60};
        site.appointments.blocked_after_cancel = {};
    }
    const Zone zone = zone_named(model.time_zone);
    SetClock clock;
    clock.set(at(zone, "2026-11-22 10:00"));
    std::vector<std::unique_ptr<Bookings>> servers;
    servers.reserve(stores.size());
    for (journal::Store* store : stores)
        servers.push_back(open(*store, clock, model));
    std::vector<Racer> racers;
    racers.reserve(static_cast<std::size_t>(size.threads));
    for (int number = 0; number < size.threads; ++number)
        racers.emplace_back(*servers[static_cast<std::size_t>(number) % servers.size()], zone,
                            static_cast<unsigned>(number) + 1);
    race(size.threads, [&](int number) {
        racers[static_cast<std::size_t>(number)].run(size.rounds);
        return true;
    });

    std::map<model::SiteKey, rules::SlotPlan> plans;
    for (const auto& site : model.sites)
        plans[site.key] = *rules::make_slot_plan(model, site);
    const auto faults = inspect(all_of(*stores.front()), zone,
                                [&](const model::SiteKey& site, Instant) { return &plans.at(site); });
    for (const auto& fault : faults)
        FAIL_CHECK(fault);
    std::size_t kept = 0;
    std::size_t cancelled = 0;
    const auto fresh = open(*stores.front(), clock, model);
    for (const auto& racer : racers) {
        kept += racer.kept.size();
        cancelled += racer.cancelled.size();
        for (const auto& slip : racer.kept)
            CHECK(name_of(good(fresh->see(slip.link)).state, clock.now()) == "confirmed");
        for (const auto& slip : racer.cancelled)
            CHECK(refused(fresh->see(slip.link)) == "no-such-booking");
    }
    std::size_t standing = 0;
    for (const auto& site : {shop, hall})
        for (const char* date : {"2026-11-24", "2026-11-25"}) {
            const Day day = good(fresh->day(site, day_of(date)));
            for (const auto& server : servers)
                CHECK(good(server->day(site, day_of(date))) == day);
            for (const auto& [booking, record] : day.records)
                standing += stands(record, clock.now()) ? 1 : 0;
        }
    CHECK(standing == kept);
    CHECK(kept > 0);
    CHECK(cancelled > 0);
}

}  // namespace balcao::booking::town
