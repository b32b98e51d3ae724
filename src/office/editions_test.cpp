// A model that changes in the middle of a day, and back again: what the halls of that day make of it, on one
// server and on several, also after a restart.
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "office/front_office.hpp"
#include "office/inspect.hpp"
#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;
using journal::MemoryStore;

namespace {

const Date today = *parse_date("2026-01-05");

// The shop's model with a change.
std::shared_ptr<const model::Model> changed(const std::function<void(model::Model&)>& change) {
    auto model = *shop_model();
    change(model);
    return std::make_shared<const model::Model>(std::move(model));
}

model::DeskGroup& desks_of(model::Model& model, std::string_view group) {
    for (auto& desk : model.sites.front().desks)
        if (desk.key.text() == group) return desk;
    FAIL("no such group");
    return model.sites.front().desks.front();
}

std::shared_ptr<const model::Model> with_one_desk_a() {
    return changed([](model::Model& model) { desks_of(model, "a").count = 1; });
}

std::shared_ptr<const model::Model> closing_morning() {
    return changed([](model::Model& model) {
        for (auto& [days, hours] : model.sites.front().open.weekly)
            hours = {{8 * 60, 9 * 60}};
    });
}

std::shared_ptr<const model::Model> without_taxes() {
    return changed([](model::Model& model) {
        std::erase_if(model.services, [](const auto& one) { return one.key.text() == "tax"; });
        std::erase_if(desks_of(model, "b").serves,
                      [](const auto& one) { return one.service.text() == "tax"; });
    });
}

// The editions that came into force in one city, for all its servers.
struct EditedTown {
    SetClock clock{morning()};
    MemoryStore store;
    std::map<Edition, std::shared_ptr<const model::Model>> editions{{1, shop_model()}};
    bool is_unreadable = false;

    std::unique_ptr<FrontOffice> open(Edition edition) {
        auto office =
            FrontOffice::open(store, clock, {editions.at(edition), edition},
                              [this](Edition wanted) -> Result<std::shared_ptr<const model::Model>> {
                                  if (is_unreadable) return Error{Errc::unavailable, "the disk is gone"};
                                  const auto found = editions.find(wanted);
                                  if (found == editions.end())
                                      return Error{Errc::not_found, "no such edition"};
                                  return found->second;
                              });
        REQUIRE(office.has_value());
        return *std::move(office);
    }

    Edition publish(FrontOffice& office, std::shared_ptr<const model::Model> model) {
        const Edition edition = editions.rbegin()->first + 1;
        editions[edition] = std::move(model);
        REQUIRE(office.adopt({editions[edition], edition}).has_value());
        return edition;
    }

    [[nodiscard]] std::vector<journal::Event> journal() const {
        const auto events = store.read(stream_of(shop, today), 0);
        REQUIRE(events.has_value());
        return *events;
    }
};

Reply ask_now(FrontOffice& office, Command command) {
    Reply reply;
    const auto handled = office.handle({.site = shop, .key = {}, .command = std::move(command)},
                                       [&](const Reply& answer) { reply = answer; });
    REQUIRE(handled.has_value());
    return reply;
}

void must(FrontOffice& office, Command command) {
    const auto reply = ask_now(office, std::move(command));
    if (const auto* refusal = std::get_if<Refusal>(&reply))
        FAIL("refused: " << std::string{name_of(refusal->reason)});
    REQUIRE(std::holds_alternative<Accepted>(reply));
}

Reason refused(FrontOffice& office, Command command) {
    const auto reply = ask_now(office, std::move(command));
    REQUIRE(std::holds_alternative<Refusal>(reply));
    return std::get<Refusal>(reply).reason;
}

Command ticket(std::string_view wanted) { return TakeTicket{.services = {service(wanted)}}; }

Hall hall_of(FrontOffice& office) {
    std::optional<Hall> found;
    REQUIRE(office.look(shop, today, [&](const Hall& hall) { found = hall; }).has_value());
    return *found;
}

std::string state_of(FrontOffice& office, std::uint32_t number) {
    const Hall hall = hall_of(office);
    const Visit* visit = hall.find(Number{number});
    REQUIRE(visit != nullptr);
    return std::string{name_of(visit->state)};
}

}  // namespace

TEST_CASE(
    "hours that change in the middle of a day hold at once, and so do the old ones when they are back") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, ticket("identity"));
    town.publish(*office, closing_morning());
    CHECK(refused(*office, ticket("identity")) == Reason::site_is_closed);
    CHECK(state_of(*office, 1) == "waiting");
    town.publish(*office, shop_model());
    must(*office, ticket("identity"));
    CHECK(hall_of(*office).visits().size() == 2);
    CHECK(hall_of(*office).visits().back().number.value == 2);
    CHECK(inspect(town.journal()).empty());
}

TEST_CASE("a desk that the model has no longer finishes with whom it has, and calls nobody any more") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, OpenDesk{at("a-2"), StaffKey{"rui"}});
    for (int person = 0; person < 2; ++person)
        must(*office, ticket("identity"));
    must(*office, CallNext{at("a-2")});
    town.publish(*office, with_one_desk_a());
    CHECK(state_of(*office, 1) == "called");
    must(*office, Start{at("a-2")});
    must(*office, Finish{.desk = at("a-2")});
    CHECK(state_of(*office, 1) == "done");
    CHECK(refused(*office, CallNext{at("a-2")}) == Reason::no_such_desk);
    must(*office, CloseDesk{at("a-2")});
    CHECK(refused(*office, OpenDesk{at("a-2"), StaffKey{"rui"}}) == Reason::no_such_desk);
    must(*office, OpenDesk{at("a-1"), StaffKey{"rui"}});
    must(*office, CallNext{at("a-1")});
    CHECK(state_of(*office, 2) == "called");
}

TEST_CASE("a range of lower numbers, too, leaves the day its own numbers, as many as the range has") {
    EditedTown town;
    const auto office = town.open(1);
    town.publish(*office, changed([](model::Model& model) { model.sites.front().tickets = {500, 999}; }));
    must(*office, ticket("identity"));
    town.publish(*office, changed([](model::Model& model) { model.sites.front().tickets = {1, 3}; }));
    must(*office, ticket("identity"));
    must(*office, ticket("identity"));
    CHECK(hall_of(*office).visits().back().number.value == 502);
    CHECK(refused(*office, ticket("identity")) == Reason::numbers_given_out);
}

TEST_CASE("the numbers of a day go on from where they were, whatever range another edition has") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, ticket("identity"));
    town.publish(*office, changed([](model::Model& model) { model.sites.front().tickets.first = 500; }));
    must(*office, ticket("identity"));
    CHECK(hall_of(*office).visits().back().number.value == 2);
    CHECK(state_of(*office, 1) == "waiting");
}

TEST_CASE(
    "who waits for what the model lost in that very moment is not lost: every desk may call the number") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, OpenDesk{at("a-1"), StaffKey{"ana"}});
    must(*office, ticket("tax"));
    must(*office, ticket("identity"));
    town.publish(*office, without_taxes());
    CHECK(refused(*office, ticket("tax")) == Reason::service_not_offered);
    const Hall hall = hall_of(*office);
    CHECK(hall.is_stranded(hall.visits().front()));
    CHECK_FALSE(hall.is_stranded(hall.visits().back()));
    must(*office, CallNumber{at("a-1"), Number{1}});
    must(*office, Start{at("a-1")});
    must(*office, Finish{.desk = at("a-1")});
    CHECK(state_of(*office, 1) == "done");
    must(*office, CallNext{at("a-1")});
    CHECK(state_of(*office, 2) == "called");
}

TEST_CASE("another server's hall follows the edition that the stream names, before that server adopts it") {
    EditedTown town;
    const auto here = town.open(1);
    const auto there = town.open(1);
    must(*here, ticket("identity"));
    REQUIRE(there->catch_up().has_value());
    const Edition edition = town.publish(*here, closing_morning());
    CHECK(refused(*there, ticket("identity")) == Reason::site_is_closed);
    CHECK(hall_of(*there).edition() == edition);
    REQUIRE(there->adopt({town.editions.at(edition), edition}).has_value());
    CHECK(hall_of(*there) == hall_of(*here));
    // Said once, whoever adopted it first.
    int said = 0;
    for (const auto& event : town.journal())
        said += event.type == "model-followed" ? 1 : 0;
    CHECK(said == 1);
}

TEST_CASE("a hall that was begun under a later edition says so first, and is read by it after a restart") {
    EditedTown town;
    {
        const auto office = town.open(1);
        town.publish(*office, with_one_desk_a());
        must(*office, ticket("identity"));
        town.publish(*office, shop_model());
    }
    const auto events = town.journal();
    REQUIRE(events.size() == 3);
    CHECK(events.front().type == "model-followed");
    CHECK(events.back().type == "model-followed");
    const auto again = town.open(3);
    const Hall hall = hall_of(*again);
    CHECK(hall.edition() == 3);
    CHECK(hall.layout().desks_in(DeskKey{"a"}) == 2);
    const auto history = again->history(shop, today);
    REQUIRE(history.has_value());
    Hall fold{again->layout(shop), today};
    for (const auto& [event, at_time] : *history)
        fold.apply(event, at_time);
    CHECK(fold == hall);
}

TEST_CASE("a hall is not folded by a wrong model while the one that it followed cannot be read") {
    EditedTown town;
    {
        const auto office = town.open(1);
        town.publish(*office, closing_morning());
        must(*office, OpenDesk{at("a-1"), StaffKey{"ana"}});
        town.publish(*office, shop_model());
    }
    const auto again = town.open(3);
    town.is_unreadable = true;
    CHECK_FALSE(again->look(shop, today, [](const Hall&) {}).has_value());
    CHECK_FALSE(again->history(shop, today).has_value());
    CHECK(std::holds_alternative<Unavailable>(ask_now(*again, ticket("identity"))));
    town.is_unreadable = false;
    must(*again, ticket("identity"));
    CHECK(hall_of(*again).edition() == 3);
}

TEST_CASE("a day that is over stays with the edition that it went by") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, ticket("tax"));
    town.clock.pass(std::chrono::hours{24});
    town.publish(*office, without_taxes());
    REQUIRE(office->catch_up().has_value());
    CHECK(hall_of(*office).edition() == 1);
    REQUIRE(office->handle({.site = shop, .date = today, .key = {}, .command = EndDay{}}, [](const Reply&) {})
                .has_value());
    CHECK(state_of(*office, 1) == "missed");
    CHECK(town.journal().back().type == "day-ended");
    CHECK(town.journal().size() == 2);
}

TEST_CASE("a site that was taken out of the model gives no tickets, and serves who is there") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, OpenDesk{at("a-1"), StaffKey{"ana"}});
    must(*office, ticket("identity"));
    town.publish(*office, changed([](model::Model& model) {
        model.sites.front().key = model::SiteKey{"other"};
        for (auto& demand : model.demand)
            demand.site = model::SiteKey{"other"};
    }));
    CHECK_FALSE(office->handle({.site = shop, .key = {}, .command = ticket("identity")}, [](const Reply&) {})
                    .has_value());
    must(*office, CallNext{at("a-1")});
    CHECK(state_of(*office, 1) == "called");
}

TEST_CASE(
    "S102 what people wait for or are served at stands in the way of a model without it, with how many") {
    EditedTown town;
    const auto office = town.open(1);
    must(*office, OpenDesk{at("b-1"), StaffKey{"eva"}});
    for (const auto* wanted : {"tax", "tax", "deeds", "identity"})
        must(*office, ticket(wanted));
    must(*office, CallNext{at("b-1")});
    must(*office, Start{at("b-1")});
    const auto ways = [&](const std::shared_ptr<const model::Model>& model) {
        const auto found = office->in_the_way(model);
        REQUIRE(found.has_value());
        return *found;
    };
    CHECK(ways(without_taxes()) == std::vector<InTheWay>{{.what = Lost::service,
                                                          .site = shop,
                                                          .service = service("tax"),
                                                          .desks = DeskKey{},
                                                          .waiting = 1,
                                                          .served = 1}});
    const auto elsewhere = changed([](model::Model& model) {
        model.sites.front().key = model::SiteKey{"other"};
        for (auto& demand : model.demand)
            demand.site = model::SiteKey{"other"};
    });
    REQUIRE(ways(elsewhere).size() == 1);
    CHECK(ways(elsewhere).front().what == Lost::site);
    CHECK(ways(elsewhere).front().waiting == 3);
    CHECK(ways(elsewhere).front().served == 1);
    const auto renamed_desks = changed([](model::Model& model) { desks_of(model, "b").key = DeskKey{"c"}; });
    REQUIRE(ways(renamed_desks).size() == 1);
    CHECK(ways(renamed_desks).front().what == Lost::desks);
    CHECK(ways(renamed_desks).front().served == 1);
    CHECK(ways(with_one_desk_a()).empty());
    CHECK(ways(closing_morning()).empty());
    // Once nobody is there any more, nothing stands in the way.
    must(*office, EndDay{});
    CHECK(ways(elsewhere).empty());
}

TEST_CASE("a city whose office is open keeps its time zone") {
    EditedTown town;
    const auto office = town.open(1);
    const auto adopted =
        office->adopt({changed([](model::Model& model) { model.time_zone = "Atlantic/Azores"; }), 2});
    REQUIRE_FALSE(adopted.has_value());
    CHECK(adopted.error().code == Errc::invalid);
    CHECK(office->in_force().edition == 1);
}

namespace {

Command any_command_of_editions(std::mt19937_64& random) {
    const auto pick = [&](std::size_t count) { return random() % count; };
    static const DeskId desks[] = {at("a-1"), at("a-2"), at("b-1"), at("photo-1")};
    static const char* const services[] = {"identity", "transport", "tax", "deeds", "passport"};
    const DeskId& desk = desks[pick(4)];
    const Number number{static_cast<std::uint32_t>(1 + pick(60))};
    switch (pick(14)) {
        case 0:
        case 1:
        case 2:
            return TakeTicket{.services = {service(services[pick(5)])}};
        case 3:
            return OpenDesk{desk, StaffKey{std::string{"staff-"} + static_cast<char>('a' + pick(5))}};
        case 4:
        case 5:
            return CallNext{desk};
        case 6:
            return CallNumber{desk, number};
        case 7:
        case 8:
            return Start{desk};
        case 9:
            return Finish{.desk = desk};
        case 10:
            return NotCome{desk, static_cast<Requeue>(pick(3))};
        case 11:
            return pick(2) == 0 ? Command{Park{desk}} : Command{Resume{desk, number}};
        case 12:
            return Transfer{.desk = desk, .service = service(services[pick(5)])};
        default:
            return pick(3) == 0 ? Command{CloseDesk{desk}} : Command{Leave{number}};
    }
}

}  // namespace

TEST_CASE(
    "whatever is asked while the model changes and changes back, on two servers with a failing store, "
    "nobody is lost and the fold is the hall") {
    const std::shared_ptr<const model::Model> models[] = {shop_model(), with_one_desk_a(), without_taxes(),
                                                          closing_morning()};
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random{seed};
        EditedTown town;
        MemoryStore store{MemoryStore::Writing::when_told};
        const auto find = [&](Edition wanted) -> Result<std::shared_ptr<const model::Model>> {
            return town.editions.at(wanted);
        };
        std::unique_ptr<FrontOffice> offices[2];
        for (auto& office : offices)
            office = *FrontOffice::open(store, town.clock, {town.editions.at(1), 1}, find);
        std::vector<std::shared_ptr<std::optional<Reply>>> replies;
        for (int step = 0; step < 500; ++step) {
            auto& office = *offices[random() % 2];
            if (random() % 25 == 0) {
                const Edition edition = town.editions.rbegin()->first + 1;
                town.editions[edition] = models[random() % 4];
            }
            // A server hears of the last edition sooner or later.
            if (random() % 10 == 0) {
                const auto& [edition, model] = *town.editions.rbegin();
                REQUIRE(office.adopt({model, edition}).has_value());
            }
            auto reply = std::make_shared<std::optional<Reply>>();
            replies.push_back(reply);
            REQUIRE(office
                        .handle({.site = shop, .key = {}, .command = any_command_of_editions(random)},
                                [reply](const Reply& answer) { *reply = answer; })
                        .has_value());
            if (random() % 30 == 0) store.set_broken(random() % 3 == 0);
            if (random() % 2 == 0) store.write(random() % 6);
            town.clock.pass(std::chrono::milliseconds{random() % 40'000});
        }
        store.set_broken(false);
        const auto settle = [&] {
            while (store.held_back() > 0)
                store.write(100);
        };
        settle();
        std::size_t accepted = 0;
        for (const auto& reply : replies) {
            REQUIRE(reply->has_value());
            accepted += std::holds_alternative<Accepted>(reply->value()) ? 1U : 0U;
        }
        CHECK(accepted > 30);
        for (const auto& office : offices) {
            const auto& [edition, model] = *town.editions.rbegin();
            REQUIRE(office->adopt({model, edition}).has_value());
            settle();
            REQUIRE(office->catch_up().has_value());
            settle();
        }
        REQUIRE(offices[0]->catch_up().has_value());
        const auto events = store.read(stream_of(shop, today), 0);
        REQUIRE(events.has_value());
        CHECK(inspect(*events) == std::vector<std::string>{});
        Hall fold{offices[0]->layout(shop), today};
        for (const auto& event : *events)
            fold.apply(*decode(event), event.at);
        fold.rest_until(town.clock.now());
        for (const auto& office : offices)
            CHECK(hall_of(*office) == fold);
        // Who waits stands in a queue, waits for one desk or pauses, or is known to be stranded.
        for (const auto& visit : fold.visits()) {
            const auto* waits = std::get_if<Waiting>(&visit.state);
            if (waits == nullptr || waits->paused_until || visit.legs[visit.leg].only) continue;
            const auto place = static_cast<rules::PersonIndex>(&visit - fold.visits().data());
            const auto queue = fold.layout().queue_of(visit.legs[visit.leg], visit);
            CHECK(queue.has_value() != fold.is_stranded(visit));
            if (queue) {
                auto waiting = fold.waiting();
                const auto before = waiting.waiting();
                waiting.leave(*queue, place);
                CHECK(waiting.waiting() + 1 == before);
            }
        }
    }
}
