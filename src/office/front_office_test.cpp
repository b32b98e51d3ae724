// The front office and its journal: answers that wait for the disk, keys that are asked twice, stores that
// fail, and several offices on one journal.
#include "office/front_office.hpp"

#include <atomic>
#include <map>
#include <random>
#include <thread>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "office/inspect.hpp"
#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;
using journal::MemoryStore;

namespace {

const std::string stream = "site/shop/2026-01-05";

std::unique_ptr<FrontOffice> open(MemoryStore& store, const Clock& clock) {
    auto office = FrontOffice::open(store, clock, shop_model());
    REQUIRE(office.has_value());
    return *std::move(office);
}

// The reply of a command, or nothing while there is none.
std::shared_ptr<std::optional<Reply>> ask(FrontOffice& office, Command command, std::string key = {}) {
    auto reply = std::make_shared<std::optional<Reply>>();
    const auto handled = office.handle({.site = shop, .key = std::move(key), .command = std::move(command)},
                                       [reply](const Reply& answer) { *reply = answer; });
    REQUIRE(handled.has_value());
    return reply;
}

std::string json_of(const std::optional<Reply>& reply) {
    REQUIRE(reply.has_value());
    REQUIRE(std::holds_alternative<Accepted>(*reply));
    return std::get<Accepted>(*reply).json;
}

Command ticket() { return TakeTicket{.services = {service("identity")}}; }

std::vector<journal::Event> journal_of(const MemoryStore& store) {
    const auto events = store.read(stream, 0);
    REQUIRE(events.has_value());
    return *events;
}

std::vector<std::string> inspected(const MemoryStore& store) { return inspect(journal_of(store)); }

}  // namespace

TEST_CASE("nobody hears of a ticket before it is durable, and a refusal waits for what it rests on") {
    MemoryStore store{MemoryStore::Writing::when_told};
    const SetClock clock{morning()};
    const auto office = open(store, clock);
    const auto opened = ask(*office, OpenDesk{at("a-1"), StaffKey{"ana"}});
    const auto taken = ask(*office, ticket());
    const auto refused = ask(*office, OpenDesk{at("a-1"), StaffKey{"rui"}});
    CHECK_FALSE(taken->has_value());
    CHECK_FALSE(refused->has_value());
    store.write(1);
    CHECK(opened->has_value());
    CHECK_FALSE(taken->has_value());
    CHECK_FALSE(refused->has_value());
    store.write(1);
    CHECK(
        json_of(*taken) ==
        R"({"site": "shop", "date": "2026-01-05", "number": 1, "state": "waiting", "service": "identity", "calls": 0})");
    CHECK(std::get<Refusal>(refused->value()).staff == StaffKey{"ana"});
}

TEST_CASE(
    "S051 one press is one ticket: the same key gets the same answer in flight, afterwards and after a "
    "restart") {
    MemoryStore store{MemoryStore::Writing::when_told};
    const SetClock clock{morning()};
    auto office = open(store, clock);
    const auto first = ask(*office, ticket(), "press-1");
    const auto again = ask(*office, ticket(), "press-1");
    CHECK(store.held_back() == 1);
    store.write(1);
    CHECK(json_of(*first) == json_of(*again));
    CHECK(json_of(*ask(*office, ticket(), "press-1")) == json_of(*first));
    office = open(store, clock);
    const auto after = ask(*office, ticket(), "press-1");
    store.write(1);
    CHECK(json_of(*after) == json_of(*first));
    const auto other = ask(*office, ticket(), "press-2");
    store.write(1);
    CHECK(json_of(*other).find("\"number\": 2") != std::string::npos);
    CHECK(inspected(store).empty());
}

TEST_CASE("a press whose answer was lost finds its ticket, though nobody could take one any more") {
    MemoryStore store;
    SetClock clock{morning()};
    auto office = open(store, clock);
    const auto first = ask(*office, ticket(), "press-1");
    office = open(store, clock);
    clock.pass(std::chrono::hours{9});
    CHECK(std::get<Refusal>(ask(*office, ticket(), "press-2")->value()).reason == Reason::site_is_closed);
    CHECK(json_of(*ask(*office, ticket(), "press-1")) == json_of(*first));
    clock.pass(std::chrono::hours{10});  // on another day
    CHECK(json_of(*ask(*office, ticket(), "press-1")) == json_of(*first));
    CHECK(inspected(store).empty());
}

TEST_CASE("a disk that cannot write refuses commands and loses none; what is known goes on being shown") {
    MemoryStore store;
    const SetClock clock{morning()};
    const auto office = open(store, clock);
    ask(*office, ticket());
    store.set_broken(true);
    const auto refused = ask(*office, ticket());
    REQUIRE(refused->has_value());
    CHECK(std::holds_alternative<Unavailable>(refused->value()));
    std::size_t visits = 0;
    CHECK(office->look(shop, std::nullopt, [&](const Hall& hall) { visits = hall.visits().size(); })
              .has_value());
    CHECK(visits == 1);
    store.set_broken(false);
    CHECK(json_of(*ask(*office, ticket())).find("\"number\": 2") != std::string::npos);
    CHECK(inspected(store).empty());
}

TEST_CASE("an office that settles has answered everything that it was asked") {
    MemoryStore store{MemoryStore::Writing::when_told};
    const SetClock clock{morning()};
    const auto office = open(store, clock);
    const auto reply = ask(*office, ticket());
    CHECK(!reply->has_value());
    const std::jthread disk{[&store] { store.write(1); }};
    office->settle();
    CHECK(reply->has_value());
}

TEST_CASE("what was decided on a commit that failed is decided again") {
    MemoryStore store{MemoryStore::Writing::when_told};
    const SetClock clock{morning()};
    const auto office = open(store, clock);
    const auto first = ask(*office, ticket());
    const auto second = ask(*office, ticket());
    const auto third = ask(*office, ticket());
    store.set_broken(true);
    store.write(1);
    store.set_broken(false);
    CHECK(std::holds_alternative<Unavailable>(first->value()));
    store.write(2);  // refused: they expected the first
    CHECK_FALSE(second->has_value());
    store.write(2);
    CHECK(json_of(*second).find("\"number\": 1") != std::string::npos);
    CHECK(json_of(*third).find("\"number\": 2") != std::string::npos);
    CHECK(inspected(store).empty());
}

TEST_CASE("S111 two offices on one journal call different people, and each sees what the other did") {
    MemoryStore store;
    const SetClock clock{morning()};
    const auto here = open(store, clock);
    const auto there = open(store, clock);
    ask(*here, OpenDesk{at("a-1"), StaffKey{"ana"}});
    ask(*there, OpenDesk{at("a-2"), StaffKey{"rui"}});
    ask(*here, ticket());
    ask(*there, ticket());
    const auto one = ask(*here, CallNext{at("a-1")});
    const auto two = ask(*there, CallNext{at("a-2")});
    CHECK(json_of(*one).find("\"number\": 1") != std::string::npos);
    CHECK(json_of(*two).find("\"number\": 2") != std::string::npos);
    CHECK(inspected(store).empty());
    CHECK(here->catch_up().has_value());
    CHECK(here->look(shop, std::nullopt,
                     [&](const Hall& hall) { CHECK(hall.visit_at(at("a-2"))->number == Number{2}); })
              .has_value());
}

TEST_CASE("who listens hears every durable event once, in order, whichever office wrote it") {
    MemoryStore store;
    const SetClock clock{morning()};
    const auto here = open(store, clock);
    const auto there = open(store, clock);
    std::vector<std::string> heard;
    here->listen([&](const Happened& happened) {
        for (const auto& [event, instant] : happened.events)
            heard.push_back(encode(event).type);
    });
    ask(*here, ticket());
    ask(*there, OpenDesk{at("a-1"), StaffKey{"ana"}});
    ask(*there, CallNext{at("a-1")});
    CHECK(here->catch_up().has_value());
    ask(*here, Start{at("a-1")});
    CHECK(heard == std::vector<std::string>{"visit-begun", "desk-opened", "visit-called", "service-started"});
}

namespace {

// One person's or desk's next wish, by chance.
Command any_command(std::mt19937_64& random) {
    const auto pick = [&](std::size_t count) { return random() % count; };
    static const DeskId desks[] = {at("a-1"), at("a-2"), at("b-1"), at("photo-1")};
    static const char* const services[] = {"identity", "transport", "tax", "deeds", "passport"};
    const DeskId& desk = desks[pick(4)];
    const Number number{static_cast<std::uint32_t>(1 + pick(60))};
    switch (pick(20)) {
        case 0:
        case 1:
        case 2:
            return TakeTicket{.services = {service(services[pick(5)])},
                              .standing = pick(8) == 0 ? Standing::priority : Standing::ordinary};
        case 3:
            return OpenDesk{desk, StaffKey{std::string{"staff-"} + static_cast<char>('a' + pick(5))}};
        case 4:
        case 5:
        case 6:
            return CallNext{desk};
        case 7:
        case 8:
        case 9:
            return Start{desk};
        case 10:
        case 11:
            return Finish{.desk = desk, .must_collect = pick(10) == 0};
        case 12:
            return NotCome{desk, static_cast<Requeue>(pick(3))};
        case 13:
            return Park{desk};
        case 14:
            return Resume{desk, number};
        case 15:
            return Transfer{.desk = desk, .service = service(services[pick(5)])};
        case 16:
            return UndoTransfer{desk, number, "wrong"};
        case 17:
            return pick(2) == 0 ? Command{ComeBack{number}} : Command{Leave{number}};
        case 18:
            return pick(2) == 0 ? Command{UndoCall{desk}} : Command{CallNumber{desk, number}};
        default:
            return pick(3) == 0 ? Command{CloseDesk{desk}}
                                : Command{AddService{number, service(services[pick(5)])}};
    }
}

}  // namespace

TEST_CASE("whatever is asked in whatever order, the stream stays in order and its fold is the hall") {
    std::size_t all_accepted =
        0;  // which chance asks what first is the compiler's to say: not the same everywhere
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random{seed};
        MemoryStore store{MemoryStore::Writing::when_told};
        SetClock clock{morning()};
        const auto here = open(store, clock);
        const auto there = open(store, clock);
        std::vector<std::shared_ptr<std::optional<Reply>>> replies;
        for (int step = 0; step < 600; ++step) {
            replies.push_back(
                ask(random() % 2 == 0 ? *here : *there, any_command(random),
                    random() % 5 == 0 ? "key-" + std::to_string(random() % 40) : std::string{}));
            if (random() % 30 == 0) store.set_broken(random() % 3 == 0);
            if (random() % 2 == 0) store.write(random() % 6);
            clock.pass(std::chrono::milliseconds{random() % 40'000});
        }
        store.set_broken(false);
        while (store.held_back() > 0)
            store.write(100);
        std::size_t accepted = 0;
        for (const auto& reply : replies) {
            REQUIRE(reply->has_value());
            accepted += std::holds_alternative<Accepted>(reply->value()) ? 1U : 0U;
        }
        all_accepted += accepted;
        CHECK(accepted > 0);
        CHECK(inspected(store) == std::vector<std::string>{});
        Hall fold{here->layout(shop), *parse_date("2026-01-05")};
        for (const auto& event : journal_of(store))
            fold.apply(*decode(event), event.at);
        for (const auto& office : {here.get(), there.get()}) {
            REQUIRE(office->catch_up().has_value());
            fold.rest_until(clock.now());
            REQUIRE(
                office->look(shop, std::nullopt, [&](const Hall& hall) { CHECK(hall == fold); }).has_value());
        }
    }
    CHECK(all_accepted > 40 * 50);
}

TEST_CASE("S045 many hands at once: no number twice, none left out, nobody at two desks") {
    MemoryStore store;
    const SetClock clock{morning()};
    const auto here = open(store, clock);
    const auto there = open(store, clock);
    std::atomic<int> taken = 0;
    std::vector<std::thread> hands;
    for (std::uint64_t hand = 0; hand < 8; ++hand)
        hands.emplace_back([&, hand] {
            std::mt19937_64 random{hand};
            for (int step = 0; step < 400; ++step) {
                const auto command = any_command(random);
                const bool is_ticket = std::holds_alternative<TakeTicket>(command);
                static_cast<void>((hand % 2 == 0 ? *here : *there)
                                      .handle({.site = shop, .key = {}, .command = command},
                                              [&, is_ticket](const Reply& reply) {
                                                  if (is_ticket && std::holds_alternative<Accepted>(reply))
                                                      ++taken;
                                              }));
            }
        });
    for (auto& hand : hands)
        hand.join();
    CHECK(inspected(store) == std::vector<std::string>{});
    int begun = 0;
    for (const auto& event : journal_of(store))
        begun += event.type == "visit-begun" ? 1 : 0;
    CHECK(begun == taken);
    CHECK(begun > 100);
}
