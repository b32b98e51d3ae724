// Looking ahead in the halls: who is promised what, how often, and what pages may say.
#include "office/foresight.hpp"

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// Says the same of everybody, and keeps what it was asked.
struct Fortune final : Forecaster {
    rules::HallPast past;
    std::size_t waiting = 0;
    int asked = 0;
    int learnt = 0;
    double level = 0;
    rules::WaitAnswer answer = rules::WaitForecast{
        .mean = 600'000'000, .from = 480'000'000, .to = 720'000'000, .promise = 900'000'000};

    void learn(const Layout&, Date, const rules::HallPast& measured) override {
        past = measured;
        ++learnt;
    }

    rules::Outlook forecast(const Layout&,
                            const rules::HallNow& now,
                            const std::vector<rules::QueueIndex>& newcomers,
                            double sure) override {
        ++asked;
        waiting = now.waiting.size();
        level = sure;
        rules::Outlook outlook;
        outlook.at = now.at;
        for (const auto& waiter : now.waiting)
            outlook.tickets.emplace(waiter.ticket, answer);
        for (const auto queue : newcomers)
            outlook.newcomers.emplace(queue, answer);
        return outlook;
    }
};

struct ForeseenTown {
    journal::MemoryStore store;
    SetClock clock{morning()};
    Fortune fortune;
    std::unique_ptr<FrontOffice> office = *FrontOffice::open(store, clock, shop_model());
    Foresight foresight{*office, clock, fortune};

    void ask(Command command) {
        bool is_accepted = false;
        REQUIRE(office->handle({.site = shop, .command = std::move(command)}, [&](const Reply& reply) {
            is_accepted = std::holds_alternative<Accepted>(reply);
        }));
        REQUIRE(is_accepted);
    }

    void take() { ask(TakeTicket{.services = {service("identity")}}); }

    void look() { REQUIRE(foresight.look_ahead()); }

    std::optional<Promise> promise(std::uint32_t number) {
        std::optional<Promise> found;
        REQUIRE(office->look(shop, std::nullopt,
                             [&](const Hall& hall) { found = hall.find({number})->promise; }));
        return found;
    }
};

}  // namespace

TEST_CASE("a ticket is promised a time within a second, in whole minutes, the nearest that is to come") {
    ForeseenTown town;
    town.take();
    CHECK_FALSE(town.promise(1).has_value());
    town.clock.pass(seconds{1});
    town.look();
    const auto promise = town.promise(1);
    REQUIRE(promise.has_value());
    const Instant at = town.clock.now();
    CHECK(promise->at_latest == Instant{std::chrono::round<minutes>(at + minutes{15})});
    CHECK(promise->from == std::chrono::floor<minutes>(at + minutes{8}));
    CHECK(promise->to == std::chrono::ceil<minutes>(at + minutes{12}));
    CHECK(promise->basis == rules::WaitBasis::simulated);
}

TEST_CASE("a hall is looked at when it changed, at most once a second, and now and then without") {
    ForeseenTown town;
    town.look();
    CHECK(town.fortune.asked == 1);  // the doors are open: who would come now is told something
    town.take();
    town.look();
    CHECK(town.fortune.asked == 1);
    town.clock.pass(seconds{1});
    town.look();
    CHECK(town.fortune.asked == 2);
    CHECK(town.fortune.waiting == 1);
    town.clock.pass(seconds{5});
    town.look();  // its own promise is no change
    CHECK(town.fortune.asked == 2);
    town.clock.pass(seconds{20});
    town.look();
    CHECK(town.fortune.asked == 3);
    CHECK(town.foresight.counters().forecasts == 3);
    CHECK(town.foresight.counters().promises == 1);
}

TEST_CASE("a promise is moved when the forecast is much earlier, once") {
    ForeseenTown town;
    town.take();
    town.clock.pass(seconds{1});
    town.look();
    const auto first = town.promise(1);
    const auto say = [&](int later) {
        town.fortune.answer = rules::WaitForecast{.promise = minutes{later} / std::chrono::microseconds{1}};
        town.clock.pass(seconds{30});
        town.look();
        return *town.promise(1);
    };
    CHECK(say(20) == *first);  // later: never
    CHECK(say(12) == *first);  // earlier, by too little
    const auto moved = say(5);
    CHECK(moved.at_latest < first->at_latest);
    CHECK(moved.was_moved);
    CHECK(say(0) == moved);
}

TEST_CASE("S153 who looks at an open site sees the wait until service for every service, as it is now") {
    ForeseenTown town;
    CHECK(town.foresight.of(shop) == nullptr);
    int told = 0;
    town.foresight.listen([&](const model::SiteKey&) { ++told; });
    town.take();
    town.look();
    auto outlook = town.foresight.of(shop);
    REQUIRE(outlook != nullptr);
    CHECK(told == 1);
    for (const auto& key : outlook->layout->services())
        CHECK(outlook->of_newcomer(key) != nullptr);
    REQUIRE(outlook->of(Number{1}) != nullptr);
    CHECK(outlook->of(Number{2}) == nullptr);
    town.fortune.answer = rules::NoWait::no_average;
    town.clock.pass(seconds{21});
    town.look();
    outlook = town.foresight.of(shop);
    CHECK(std::get<rules::NoWait>(*outlook->of(Number{1})) == rules::NoWait::no_average);
    town.ask(Leave{{1}});
    town.clock.pass(std::chrono::hours{9});  // 18:00
    town.look();
    CHECK(town.foresight.of(shop) == nullptr);
    CHECK(told == 3);
}

TEST_CASE("S038 where nobody knows a service's time, nobody is promised anything") {
    ForeseenTown town;
    town.fortune.answer = rules::NoWait::no_average;
    town.take();
    town.clock.pass(seconds{1});
    town.look();
    CHECK_FALSE(town.promise(1).has_value());
    CHECK(town.foresight.counters().promises == 0);
}

TEST_CASE("what was measured and promised on the days before is learnt from, and told as the site's record") {
    ForeseenTown town;
    town.ask(OpenDesk{at("a-1"), StaffKey{"ana"}});
    for (int person = 0; person < 5; ++person)
        town.take();
    town.clock.pass(seconds{1});
    town.look();
    town.clock.pass(minutes{10});
    for (int person = 0; person < 4; ++person) {
        town.ask(CallNext{at("a-1")});
        town.ask(Start{at("a-1")});
        town.clock.pass(minutes{1});
        town.ask(Finish{at("a-1")});
    }
    town.clock.pass(minutes{10});
    town.look();
    auto outlook = town.foresight.of(shop);
    REQUIRE(outlook != nullptr);
    CHECK(outlook->today.kept == 4);
    CHECK(outlook->today.broken == 1);
    CHECK(outlook->week == outlook->today);
    CHECK(town.fortune.past.served.at({service("identity"), {}}).size() == 4);  // of today

    town.clock.pass(std::chrono::hours{24});
    town.take();
    town.look();
    outlook = town.foresight.of(shop);
    REQUIRE(outlook != nullptr);
    CHECK(outlook->today.made() == 0);
    CHECK(outlook->week.made() == 5);
    CHECK(outlook->week.share_kept() == doctest::Approx(0.8));
    CHECK(town.fortune.past.days == 1);
    CHECK(town.fortune.past.arrivals.size() == 1);
    CHECK(town.fortune.level == doctest::Approx(0.8));
}

TEST_CASE("what the journal could not keep was not promised, and is promised when it can") {
    ForeseenTown town;
    town.take();
    town.store.set_broken(true);
    town.clock.pass(seconds{1});
    town.look();
    CHECK_FALSE(town.promise(1).has_value());
    town.store.set_broken(false);
    town.clock.pass(seconds{1});
    town.look();
    CHECK(town.promise(1).has_value());
}
