// Versions of a model: from a file, from the pages, back again; on one server and on two.
#include "edition/editions.hpp"

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "edition/inspect.hpp"
#include "journal/memory_store.hpp"
#include "model/print.hpp"

using namespace balcao;
using namespace balcao::edition;

namespace {

constexpr std::string_view town = R"(balcao: 1
name: Town
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  card: {name: Card, duration: 6 min}
sites:
  shop:
    open: {mon-fri: "09:00-17:00"}
    desks:
      all: {count: 2, serves: [card]}
demand:
  - {site: shop, service: card, arrivals: {poisson: 10 per hour}}
)";

std::string with(std::string_view from, std::string_view to) {
    std::string text{town};
    text.replace(text.find(from), from.size(), to);
    return text;
}

model::Model model_of(const std::string& text) {
    auto read = model::read_model("town.yaml", model::MemoryFiles{{{"town.yaml", text}}}, {});
    REQUIRE(read.value.has_value());
    return *std::move(read.value);
}

struct City {
    journal::MemoryStore store;
    SetClock clock{Instant{std::chrono::days{20'000}}};

    std::unique_ptr<Editions> open() {
        auto editions = Editions::open(store, clock);
        REQUIRE(editions.has_value());
        return *std::move(editions);
    }
};

InForce started(Editions& editions, const std::string& file) {
    const auto begun = editions.start_with(model_of(file));
    REQUIRE(std::holds_alternative<InForce>(begun));
    return std::get<InForce>(begun);
}

Entry good(const Answer<Entry>& answer) {
    REQUIRE(std::holds_alternative<Entry>(answer));
    return std::get<Entry>(answer);
}

template <class T>
Reason refused(const Answer<T>& answer) {
    REQUIRE(std::holds_alternative<Refusal>(answer));
    return std::get<Refusal>(answer).reason;
}

const std::string three_desks = with("count: 2", "count: 3");
const std::string four_desks = with("count: 2", "count: 4");

}  // namespace

TEST_CASE("the file of the first start is version 1, and the same file later changes nothing") {
    City city;
    const auto first = started(*city.open(), std::string{town});
    CHECK(first.entry.number == 1);
    CHECK(first.entry.origin == Origin::file);
    CHECK(first.entry.name == "town");
    const auto again = city.open();
    CHECK(started(*again, std::string{town}).entry == first.entry);
    CHECK(again->text_of(1).has_value());
    CHECK(*again->text_of(1) == model::print_canonical(model_of(std::string{town})));
    // A file without a first day has another one every week.
    CHECK(started(*again, with("2026-01-05", "2026-01-12")).entry.number == 1);
}

TEST_CASE("a file that says something else than the last one is the next version") {
    City city;
    started(*city.open(), std::string{town});
    const auto editions = city.open();
    CHECK(started(*editions, three_desks).entry.number == 2);
    CHECK(std::get<int>(editions->in_force()->model->sites[0].desks[0].count) == 3);
    CHECK(started(*city.open(), three_desks).entry.number == 2);
}

TEST_CASE("what was changed on the pages stands as long as the file is as it was") {
    City city;
    const auto editions = city.open();
    started(*editions, std::string{town});
    const auto second = good(editions->publish(three_desks, {1, "ana", "more people"}, "a"));
    CHECK(second.number == 2);
    CHECK(second.by == "ana");
    CHECK(second.note == "more people");
    CHECK(second.origin == Origin::page);
    const auto later = city.open();
    CHECK(started(*later, std::string{town}).entry == second);
    CHECK(started(*later, four_desks).entry.number == 3);
}

TEST_CASE("going back is a version of its own with the text of before") {
    City city;
    const auto editions = city.open();
    started(*editions, std::string{town});
    good(editions->publish(three_desks, {1, "ana", "more people"}, "a"));
    const auto back = good(editions->go_back(1, {2, "rui", "they left"}, "b"));
    CHECK(back.number == 3);
    CHECK(back.back_to == 1);
    CHECK(back.origin == Origin::going_back);
    CHECK(*editions->text_of(3) == *editions->text_of(1));
    CHECK(std::get<int>(editions->in_force()->model->sites[0].desks[0].count) == 2);
    CHECK(std::get<int>((*editions->model_of(2))->sites[0].desks[0].count) == 3);
    CHECK(refused(editions->go_back(9, {3, "rui", "why"}, "c")) == Reason::no_such_version);
    CHECK(refused(editions->go_back(1, {3, "rui", "why"}, "d")) == Reason::same_as_now);
}

TEST_CASE("what nobody should publish is refused with why, and nothing is written") {
    City city;
    const auto editions = city.open();
    started(*editions, std::string{town});
    CHECK(refused(editions->publish(three_desks, {1, "ana", "  "}, "")) == Reason::note_missing);
    CHECK(refused(editions->publish(std::string{town}, {1, "ana", "x"}, "")) == Reason::same_as_now);
    CHECK(refused(editions->publish(with("Lisbon", "Madrid"), {1, "ana", "x"}, "")) ==
          Reason::other_time_zone);
    const auto wrong = editions->publish(with("[card]", "[crad]"), {1, "ana", "x"}, "");
    CHECK(refused(wrong) == Reason::wrong_model);
    REQUIRE_FALSE(std::get<Refusal>(wrong).remarks.empty());
    CHECK(std::get<Refusal>(wrong).remarks.front().line == 11);
    CHECK(editions->entries().size() == 1);
}

TEST_CASE("of two people who change the same version the second is told that it changed meanwhile") {
    City city;
    const auto here = city.open();
    const auto there = city.open();
    started(*here, std::string{town});
    REQUIRE(there->catch_up().has_value());
    good(here->publish(three_desks, {1, "ana", "more"}, "a"));
    CHECK(there->in_force()->entry.number == 1);
    CHECK(refused(there->publish(four_desks, {1, "rui", "even more"}, "b")) == Reason::changed_meanwhile);
    CHECK(there->in_force()->entry.number == 2);
    CHECK(good(there->publish(four_desks, {2, "rui", "even more"}, "b")).number == 3);
    REQUIRE(here->catch_up().has_value());
    CHECK(here->entries() == there->entries());
}

TEST_CASE("a form that is sent twice publishes once and gets the same answer") {
    City city;
    const auto editions = city.open();
    started(*editions, std::string{town});
    const auto first = good(editions->publish(three_desks, {1, "ana", "more"}, "one form"));
    CHECK(good(editions->publish(three_desks, {1, "ana", "more"}, "one form")) == first);
    CHECK(editions->entries().size() == 2);
}

TEST_CASE("while the journal cannot be written nothing is published, and what is in force is shown") {
    City city;
    const auto editions = city.open();
    started(*editions, std::string{town});
    city.store.set_broken(true);
    CHECK(refused(editions->publish(three_desks, {1, "ana", "more"}, "a")) == Reason::unavailable);
    CHECK(editions->in_force()->entry.number == 1);
    city.store.set_broken(false);
    CHECK(good(editions->publish(three_desks, {1, "ana", "more"}, "a")).number == 2);
}

TEST_CASE("an inspector finds a version whose text is not what its hash says, and one that is no model") {
    City city;
    const auto editions = city.open();
    started(*editions, std::string{town});
    good(editions->publish(three_desks, {1, "ana", "more"}, "a"));
    auto events = *city.store.read(stream, 0);
    CHECK(inspect(events).empty());
    auto& body = events[1].body;
    body.replace(body.find("count: 3"), 8, "count: 9");
    CHECK(inspect(events).size() == 1);
    body.replace(body.find("[card]"), 6, "[crad]");
    CHECK(inspect(events).size() == 2);
}
