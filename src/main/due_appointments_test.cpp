// Waits where people have appointments: who is still to come is counted on, as likely as people there come.
#include "main/due_appointments.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "main/forecaster.hpp"
#include "model/read.hpp"
#include "office/promises.hpp"

using namespace balcao;
using namespace balcao::cli;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr const char* town_text = R"(balcao: 1
name: A made-up town
languages: [en]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  card: {duration: {lognormal: {mean: 8 min, cv: 0.5}}, source: demonstration}
sites:
  shop:
    open: {mon-fri: "09:00-17:00"}
    queue: [booked_due, arrival]
    appointments:
      windows:
        every: {days: mon-fri, hours: "09-17", slot: 20 min, places: 5, services: [card]}
    desks:
      all: {count: 3, serves: [card]}
    source: demonstration
demand:
  - {service: card, site: shop, arrivals: {poisson: 11 per hour}, source: demonstration}
  - {id: booked, service: card, site: shop, bookings: {per_day: 72, slot: 20 min, no_show: 0.2}, source: demonstration}
)";

const model::SiteKey shop{"shop"};
const booking::ClerkKey clerk{"clerk"};
const model::ServiceKey card{"card"};

std::shared_ptr<const model::Model> town_model() {
    const model::MemoryFiles files{{{"town.yaml", town_text}}};
    auto read = model::read_model("town.yaml", files, {});
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*std::move(read.value));
}

enum class Counted : std::uint8_t { with_appointments, without };

struct Town {
    explicit Town(Counted counted = Counted::with_appointments, int paths = 200)
        : forecaster{WithoutHistory::trust_the_model, paths},
          foresight{*office, clock, forecaster, counted == Counted::with_appointments ? &due : nullptr} {}

    std::shared_ptr<const model::Model> model = town_model();
    Zone zone = *Zone::find("Europe/Lisbon");
    Instant midnight = zone.midnight(model->first_day);
    SetClock clock;
    journal::MemoryStore store;
    std::unique_ptr<office::FrontOffice> office = *office::FrontOffice::open(store, clock, model);
    std::unique_ptr<booking::Bookings> bookings =
        *booking::Bookings::open(store, clock, *crypto::SecretKey::from(std::string(32, 'i')), *model);
    DueAppointments due{*bookings, *office};
    SimulatingForecaster forecaster;
    office::Foresight foresight;

    void set(std::chrono::minutes time) { clock.set(midnight + time); }

    bool ask(office::Command command) const {
        bool is_accepted = false;
        REQUIRE(
            office->handle({.site = shop, .command = std::move(command)}, [&](const office::Reply& reply) {
                is_accepted = std::holds_alternative<office::Accepted>(reply);
            }));
        return is_accepted;
    }

    [[nodiscard]] booking::BookingKey book(Instant start) const {
        const booking::Wanted wanted{shop, {card}, model::ChannelKey{"counter"}, start, {}, clerk};
        const auto booked = bookings->book(wanted, {"Ana", {}, {}, {}, "en"}, "");
        REQUIRE(std::holds_alternative<booking::Slip>(booked));
        return std::get<booking::Slip>(booked).booking;
    }

    void open_desks() const {
        for (int place = 1; place <= 3; ++place)
            REQUIRE(ask(office::OpenDesk{{office::DeskKey{"all"}, place},
                                         office::StaffKey{"a" + std::to_string(place)}}));
    }

    // The wait that somebody who came now would be told, in minutes.
    [[nodiscard]] double newcomer() {
        REQUIRE(foresight.look_ahead());
        const auto outlook = foresight.of(shop);
        REQUIRE(outlook != nullptr);
        const auto* answer = outlook->of_newcomer(card);
        REQUIRE(answer != nullptr);
        const auto* forecast = std::get_if<rules::WaitForecast>(answer);
        REQUIRE(forecast != nullptr);
        return static_cast<double>(forecast->mean) / 60e6;
    }
};

// Draws of a day, always the same.
class Luck {
public:
    explicit Luck(std::uint64_t seed) : engine_{seed} {}

    double uniform() { return static_cast<double>(engine_() >> 11U) * 0x1.0p-53; }

    milliseconds exponential(double mean_minutes) { return of(-mean_minutes * std::log(1 - uniform())); }

    // Of mean 8 minutes and a coefficient of variation of a half, as the model says.
    milliseconds service() {
        const double variance = std::log(1.25);
        const double normal =
            std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * 3.14159265358979 * uniform());
        return of(std::exp(std::log(8.0) - variance / 2 + std::sqrt(variance) * normal));
    }

    milliseconds between(double least_minutes, double most_minutes) {
        return of(least_minutes + (most_minutes - least_minutes) * uniform());
    }

private:
    static milliseconds of(double minutes) { return milliseconds{std::llround(minutes * 60'000)}; }

    std::mt19937_64 engine_;
};

// One day of the town as it happens: people come by chance and by appointment, and three desks serve them.
class Day {
public:
    Day(Town& town, std::uint64_t seed) : town_{town}, luck_{seed} {}

    office::PromiseRecord run() {
        town_.set(8h);
        make_bookings();
        for (Instant at = town_.midnight + 9h + luck_.exponential(60.0 / 11);
             at < town_.midnight + 16h + 30min; at += luck_.exponential(60.0 / 11))
            coming_.emplace(at, std::nullopt);
        town_.set(9h);
        town_.open_desks();
        for (Instant now = town_.midnight + 9h; now < town_.midnight + 19h; now += 10s) {
            town_.clock.set(now);
            step(now);
            REQUIRE(town_.foresight.look_ahead());
        }
        office::PromiseRecord record;
        REQUIRE(town_.office->look(shop, std::nullopt, [&](const office::Hall& hall) {
            record = office::record_of(hall, town_.clock.now());
        }));
        return record;
    }

private:
    void make_bookings() {
        for (auto start = town_.midnight + 9h; start < town_.midnight + 16h; start += 20min)
            for (int place = 0; place < 4; ++place) {
                if (luck_.uniform() < 0.15) continue;  // free
                const auto booking = town_.book(start);
                if (luck_.uniform() < 0.2) continue;  // does not come
                coming_.emplace(std::max(town_.midnight + 9h, start + luck_.between(-10, 5)), booking);
            }
    }

    void step(Instant now) {
        for (; !coming_.empty() && coming_.begin()->first <= now; coming_.erase(coming_.begin()))
            come(coming_.begin()->second);
        for (int place = 1; place <= 3; ++place) {
            const office::DeskId desk{office::DeskKey{"all"}, place};
            auto& until = busy_until_.at(static_cast<std::size_t>(place - 1));
            if (until && *until > now) continue;
            if (until) REQUIRE(town_.ask(office::Finish{.desk = desk}));
            until.reset();
            if (!town_.ask(office::CallNext{desk})) continue;
            REQUIRE(town_.ask(office::Start{desk}));
            until = now + luck_.service();
        }
    }

    void come(const std::optional<booking::BookingKey>& booking) {
        office::TakeTicket take{.services = {card}};
        if (booking) {
            const auto in = town_.bookings->check_in(booking::ByClerk{*booking, clerk}, "");
            REQUIRE(std::holds_alternative<booking::Arrival>(in));
            take.appointment = std::get<booking::Arrival>(in).start;
        }
        REQUIRE(town_.ask(take));
    }

    Town& town_;
    Luck luck_;
    std::multimap<Instant, std::optional<booking::BookingKey>> coming_;
    std::array<std::optional<Instant>, 3> busy_until_;
};

office::PromiseRecord days(Counted counted) {
    office::PromiseRecord sum;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
        Town town{counted, 60};
        sum.add(Day{town, seed}.run());
    }
    return sum;
}

}  // namespace

TEST_CASE("with ten people due in the next half hour a walk-in's wait is longer") {
    Town town;
    town.set(9h + 55min);
    town.open_desks();
    for (int people = 0; people < 6; ++people)
        REQUIRE(town.ask(office::TakeTicket{.services = {card}}));
    const double alone = town.newcomer();
    for (const auto start : {10h + 0min, 10h + 20min})
        for (int people = 0; people < 5; ++people)
            (void)town.book(town.midnight + start);
    town.set(9h + 56min);
    const double among_booked = town.newcomer();
    MESSAGE(alone << " min, with ten due " << among_booked << " min");
    CHECK(among_booked > alone + 5);
}

TEST_CASE("who has come, or cancelled, is expected no longer, and who is late less and less") {
    Town town;
    town.set(9h + 30min);
    const auto first = town.book(town.midnight + 10h);
    const auto second = town.book(town.midnight + 10h);
    (void)town.book(town.midnight + 10h + 20min);
    const Date today = town.model->first_day;
    const auto due = [&] { return *town.due.due(shop, today, town.clock.now()); };
    REQUIRE(due().size() == 3);
    CHECK(due().front().comes == doctest::Approx(0.8));
    REQUIRE(std::holds_alternative<booking::Slip>(
        town.bookings->cancel(booking::ByClerk{second, clerk}, booking::CancelReason::other, "")));
    town.set(9h + 50min);
    REQUIRE(std::holds_alternative<booking::Arrival>(
        town.bookings->check_in(booking::ByClerk{first, clerk}, "")));
    REQUIRE(due().size() == 1);
    town.set(10h + 25min);
    CHECK(due().front().at == town.clock.now());
    CHECK(due().front().comes < 0.8);
    CHECK(due().front().comes > 0.5);
    town.set(10h + 36min);
    CHECK(due().empty());
}

TEST_CASE("how likely somebody comes is learnt from who came, how late, and who did not") {
    booking::Attendance went;
    for (int people = 0; people < 60; ++people)
        went.came.emplace_back(people < 30 ? -5min : 5min);
    went.missed = 30;
    CHECK(chance_to_come(went, 0, -20min) == doctest::Approx(70.0 / 100));  // ten of them by the model
    CHECK(chance_to_come(went, 0, 0min) == doctest::Approx(40.0 / 70));
    CHECK(chance_to_come(went, 0, 15min) == 0);
    CHECK(chance_to_come({}, 0.25, -1min) == doctest::Approx(0.75));
    CHECK(chance_to_come({}, 0, 20min) == 0);
}

TEST_CASE("promises are kept on days with appointments, and are not where nobody counts on them") {
    const auto counted = days(Counted::with_appointments);
    const auto blind = days(Counted::without);
    MESSAGE("kept " << counted.share_kept() << " of " << counted.made() << ", width " << counted.mean_width()
                    << "; without " << blind.share_kept());
    CHECK(counted.made() > 150);
    CHECK(counted.share_kept() > 0.70);
    CHECK(counted.share_kept() < 0.90);
    CHECK(counted.share_kept() > blind.share_kept() + 0.05);
}
