// What is kept: what every server reads from the journal is the same, nothing personal is in it, and a store
// that fails leaves nothing half done.
#include <doctest/doctest.h>

#include "booking/town_test.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

namespace {

// A day of everything that can happen.
void live(const Town& town) {
    const auto moved = town.booked("2026-11-24 09:00");
    good(town.bookings->write_note(ByClerk{moved.booking, clerk}, "segredo da equipa", ""));
    good(town.bookings->move(ByLink{moved.link}, {hall, town.time("2026-11-25 10:00"), {}}, ""));
    auto changed = ana();
    changed.name = "Ana Outra";
    good(town.bookings->give_contact(ByLink{moved.link}, changed, ""));
    const auto cancelled = town.booked("2026-11-24 09:20", person("ruivaldo"));
    good(town.bookings->cancel(ByLink{cancelled.link}, CancelReason::site_closed, ""));
    const auto reminded = town.booked("2026-11-24 10:00", person("evangelina"));
    good(town.bookings->remind(reminded.booking, ""));
    good(town.bookings->renew_link(ByLink{reminded.link}, ""));
    good(town.hold("2026-11-24 11:00"));
    good(town.name("2026-11-24 11:00", person("zacarias")));
}

}  // namespace

TEST_CASE("what a server knows is what another reads from the journal") {
    Town town;
    live(town);
    const auto fresh = open(town.store, town.clock, town.model);
    for (const auto& site : {shop, hall})
        for (const char* date : {"2026-11-24", "2026-11-25"})
            CHECK(good(town.bookings->day(site, day_of(date))) == good(fresh->day(site, day_of(date))));
    const Search search{{},
                        {identity},
                        model::ChannelKey{"counter"},
                        rules::Who::citizen,
                        day_of("2026-11-22"),
                        day_of("2026-12-22")};
    const auto here = town.bookings->free_starts(search);
    const auto there = fresh->free_starts(search);
    REQUIRE(here);
    REQUIRE(there);
    REQUIRE(here->size() == there->size());
    for (std::size_t place = 0; place < here->size(); ++place)
        CHECK((*here)[place].starts == (*there)[place].starts);
    CHECK(town.faults().empty());
}

TEST_CASE("what another server wrote is free no more here once it was heard, and gone days are let go of") {
    Town town;
    const auto other = open(town.store, town.clock, town.model);
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    good(other->hold(town.wish("2026-11-24 09:00"), ""));
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    std::size_t seen = 0;
    for (;;) {
        const auto more = town.bookings->catch_up(1);
        REQUIRE(more);
        if (*more == 0) break;
        seen += *more;
    }
    CHECK(seen == 1);
    CHECK(town.free_on("2026-11-24").front() == "09:00 1");
    // Whatever it has not heard, it decides on what is true.
    good(other->hold(town.wish("2026-11-24 09:00"), ""));
    CHECK(refused(town.hold("2026-11-24 09:00")) == "full");
    const auto slip = town.booked("2026-11-24 09:20");
    town.clock.set(town.time("2026-11-30 09:00"));
    REQUIRE(town.bookings->catch_up(1000));
    CHECK(town.state(slip) == "confirmed");
}

TEST_CASE("a day that was let go of can be looked at and ended all the same, also just then") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.clock.set(town.time("2026-12-24 09:00"));
    std::atomic<bool> is_over{false};
    std::thread forgetting{[&] {
        while (!is_over)
            if (!town.bookings->catch_up(100)) return;
    }};
    for (int round = 0; round < 200; ++round) {
        CHECK(good(town.bookings->end_day(shop, day_of("2026-11-24"))) == (round == 0 ? 1 : 0));
        CHECK(town.state(slip) == "missed");
        CHECK(good(town.bookings->on_day(shop, day_of("2026-11-24"), People::left_out)).size() <= 1);
    }
    is_over = true;
    forgetting.join();
    CHECK(good(town.bookings->forget_people(shop, day_of("2026-11-24"))) == 1);
    CHECK(town.faults().empty());
}

TEST_CASE("nothing personal is in any event, answer or name of a command") {
    Town town;
    live(town);
    std::string all;
    for (const auto& event : town.events())
        all += entry_of(event) + "\n";
    // Words that no sealed text has by chance: long, or with what base 64 has not.
    for (const char* word : {"Ana ", "ana@", "ruivaldo", "evangelina", "zacarias", "example.org", "912 345",
                             "912345678", "segredo da", "mãe", "com a m"})
        CHECK_MESSAGE(all.find(word) == std::string::npos, word);
    CHECK(all.find("booking-held") != std::string::npos);
    const auto named = good(town.bookings->hold(town.wish("2026-11-26 09:00"), "k1"));
    good(town.bookings->give_contact(ByLink{named.link}, person("ruivaldo"), "k2"));
    const auto answer = town.store.answer_to("booking/give-contact/" + named.booking.text() + "/k2");
    REQUIRE(answer->has_value());
    CHECK((*answer)->find("ruivaldo") == std::string::npos);
    // Nor does an answer give away a link.
    CHECK((*answer)->find(named.link.substr(named.booking.text().size())) == std::string::npos);
}

TEST_CASE("while the journal cannot be written every command is refused, and what is known can be read") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    const auto slip = town.booked("2026-11-25 09:00");
    town.clock.set(town.time("2026-11-24 09:00") - hours{1});
    const auto fresh = good(town.hold("2026-11-24 10:00"));
    const auto before = town.events().size();
    town.store.set_broken(true);
    auto& bookings = *town.bookings;
    auto wish = town.wish("2026-11-24 11:00");
    CHECK(refused(bookings.hold(wish, "a")) == "unavailable");
    wish.by = clerk;
    CHECK(refused(bookings.book(wish, ana(), "b")) == "unavailable");
    CHECK(refused(bookings.give_contact(ByLink{fresh.link}, person("ruivaldo"), "c")) == "unavailable");
    CHECK(refused(bookings.move(ByLink{slip.link}, {hall, town.time("2026-11-26 09:00"), {}}, "d")) ==
          "unavailable");
    CHECK(refused(bookings.cancel(ByLink{slip.link}, CancelReason::person_asked, "e")) == "unavailable");
    CHECK(refused(bookings.renew_link(ByLink{slip.link}, "f")) == "unavailable");
    CHECK(refused(bookings.remind(slip.booking, "g")) == "unavailable");
    CHECK(good(bookings.see(slip.link)).contact == ana());
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    CHECK(town.events().size() == before);
    town.store.set_broken(false);
    CHECK(town.state(slip) == "confirmed");
    CHECK(town.state(held) == "lapsed");
    const auto moved = good(bookings.move(ByLink{slip.link}, {hall, town.time("2026-11-26 09:00"), {}}, "d"));
    CHECK(moved.site == hall);
    CHECK(town.faults().empty());
}

TEST_CASE("a journal that cannot be read is told, and nothing is decided on what may be old") {
    class Deaf final : public journal::Store {
    public:
        explicit Deaf(journal::MemoryStore& store) : store_{store} {}

        void submit(journal::Commit commit, journal::Done done) override {
            store_.submit(std::move(commit), std::move(done));
        }

        Result<std::vector<journal::Event>> read(std::string_view stream,
                                                 std::uint64_t after) const override {
            if (is_deaf) return Error{Errc::unavailable, "deaf"};
            return store_.read(stream, after);
        }

        Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override {
            if (is_deaf) return Error{Errc::unavailable, "deaf"};
            return store_.follow(after, limit);
        }

        Result<std::optional<std::string>> key_of(std::string_view person) const override {
            if (is_deaf) return Error{Errc::unavailable, "deaf"};
            return store_.key_of(person);
        }

        Result<std::optional<std::string>> answer_to(std::string_view command) const override {
            return store_.answer_to(command);
        }

        bool is_deaf = false;

    private:
        journal::MemoryStore& store_;
    };

    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    Deaf deaf{town.store};
    const auto bookings = open(deaf, town.clock, town.model);
    const Search search{{shop},
                        {identity},
                        model::ChannelKey{"counter"},
                        rules::Who::citizen,
                        day_of("2026-11-24"),
                        day_of("2026-11-24")};
    REQUIRE(bookings->free_starts(search));
    deaf.is_deaf = true;
    CHECK(refused(bookings->hold(town.wish("2026-11-24 09:00"), "")) == "unavailable");
    CHECK(refused(bookings->cancel(ByLink{slip.link}, CancelReason::person_asked, "")) == "unavailable");
    CHECK(refused(bookings->see(slip.link)) == "unavailable");
    CHECK(refused(bookings->on_day(shop, day_of("2026-11-24"), People::opened)) == "unavailable");
    CHECK(refused(bookings->clashes(hall, 1)) == "unavailable");
    CHECK_FALSE(bookings->catch_up(10));
    CHECK(bookings->free_starts(search));  // from memory
    Search other = search;
    other.sites = {hall};
    CHECK_FALSE(bookings->free_starts(other));
}

TEST_CASE("what one server saw lapse has lapsed for another whose clock is behind") {
    Town town;
    const auto named = good(town.name("2026-11-24 09:00", ana()));
    good(town.hold("2026-11-24 09:00"));
    SetClock behind;
    behind.set(town.clock.now() + minutes{1});
    const auto other = open(town.store, behind, town.model);
    town.clock.pass(minutes{10});
    good(town.hold("2026-11-24 09:00"));
    good(town.hold("2026-11-24 09:00"));
    CHECK(refused(other->confirm(ByLink{named.confirmation}, "")) == "hold-over");
    CHECK(town.faults().empty());
}

TEST_CASE("the inspector finds what no command does") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    auto plan = *rules::make_slot_plan(town.model, town.model.sites.front());
    const auto faults_of = [&](const std::vector<journal::Event>& events) {
        return inspect(events, town.zone, [&](const model::SiteKey&, Instant) { return &plan; });
    };
    const auto events = town.events();
    CHECK(faults_of(events).empty());
    SUBCASE("more people than places") {
        plan.windows.front().places.fill({{TimeRange{0, 1440}, 0}});
        CHECK(faults_of(events).size() == 20);  // minutes
    }
    SUBCASE("an event that is missing") {
        for (std::size_t place = 0; place < events.size(); ++place) {
            auto fewer = events;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(place));
            CHECK_FALSE(faults_of(fewer).empty());
        }
    }
    SUBCASE("a person's list that has another time") {
        auto other = events;
        for (auto& event : other) {
            if (!event.stream.starts_with("booker/")) continue;
            const auto taken = std::get<BookingTaken>(*decode_booker(event));
            event.body = encode(BookerEvent{BookingTaken{taken.booking, taken.site, taken.start + hours{1},
                                                         taken.until}})
                             .body;
        }
        CHECK(faults_of(other).size() == 2);  // by mail and by phone
    }
    SUBCASE("one booking on two days") {
        auto more = events;
        for (const auto& event : events) {
            if (!event.stream.starts_with("book/")) continue;
            auto copy = event;
            copy.stream = "book/hall/2026-11-24";
            more.push_back(copy);
        }
        CHECK(faults_of(more) == std::vector{"book/shop/2026-11-24: " + slip.booking.text() +
                                             " stands in book/hall/2026-11-24 too"});
    }
}
