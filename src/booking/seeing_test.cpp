// Looks at who a booking is for: each is written before anything is shown, and the person can see it.
#include "booking/town_test.hpp"
#include "journal/persons.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

namespace {

const Onlooker at_desk{clerk, "attendant", shop, "desks-2"};

// Reads from a store, and refuses every commit: a disk that is full.
class Full final : public journal::Store {
public:
    explicit Full(journal::Store& store) : store_{store} {}

    void submit(journal::Commit commit, journal::Done done) override {
        if (is_full) return done(journal::Outcome::unavailable);
        store_.submit(std::move(commit), std::move(done));
    }

    Result<std::vector<journal::Event>> read(std::string_view stream, std::uint64_t after) const override {
        return store_.read(stream, after);
    }

    Result<journal::Followed> follow(const journal::Cursor& after, std::size_t limit) const override {
        return store_.follow(after, limit);
    }

    Result<std::optional<std::string>> key_of(std::string_view person) const override {
        ++keys_read;
        return store_.key_of(person);
    }

    Result<std::optional<std::string>> answer_to(std::string_view command) const override {
        return store_.answer_to(command);
    }

    std::atomic<bool> is_full{false};
    mutable std::atomic<int> keys_read{0};

private:
    journal::Store& store_;
};

}  // namespace

TEST_CASE("who opens a booking is told who it is for, and the person who did so, when, where and why") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    CHECK(good(town.bookings->story(slip.link)).looks.empty());
    town.clock.pass(minutes{5});
    const auto seen = good(town.bookings->look(slip.booking, at_desk, LookReason::to_tell, "k"));
    REQUIRE(seen.contact.has_value());
    CHECK(seen.contact->name == "Ana Só");
    const auto looks = good(town.bookings->story(slip.link)).looks;
    REQUIRE(looks.size() == 1);
    CHECK(looks.front().at == town.clock.now());
    CHECK(looks.front().what ==
          PersonSeen{slip.booking, LookReason::to_tell, "attendant", shop, "desks-2", false, clerk});
    CHECK(town.faults().empty());
}

TEST_CASE("the same look sent again is one look for two minutes, and must then be asked anew") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    good(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "k"));
    town.clock.pass(minutes{2});
    good(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "k"));
    CHECK(good(town.bookings->looks(slip.booking)).size() == 1);
    town.clock.pass(seconds{1});
    CHECK(refused(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "k")) == "look-over");
    good(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "l"));
    CHECK(good(town.bookings->looks(slip.booking)).size() == 2);
}

TEST_CASE("the key of one clerk's look opens nothing for another without a look of her own") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    good(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "k"));
    const Onlooker other{ClerkKey{"clerk-2"}, "manager", shop, ""};
    good(town.bookings->look(slip.booking, other, LookReason::to_serve, "k"));
    CHECK(good(town.bookings->looks(slip.booking)).back().what.by == ClerkKey{"clerk-2"});
}

TEST_CASE("where nothing can be written nothing is opened, not even read") {
    journal::MemoryStore memory;
    Full store{memory};
    SetClock clock;
    const Zone zone = zone_named("Europe/Lisbon");
    clock.set(at(zone, "2026-11-22 10:00"));
    const auto bookings = open(store, clock, city());
    const Wanted wanted{shop, {identity}, model::ChannelKey{"counter"}, at(zone, "2026-11-24 09:00"),
                        {},   clerk};
    const auto slip = good(bookings->book(wanted, ana(), "b"));
    store.is_full = true;
    const int before = store.keys_read;
    CHECK(refused(bookings->look(slip.booking, at_desk, LookReason::to_serve, "k")) == "unavailable");
    CHECK(refused(bookings->look_all(day_of("2026-11-24"), at_desk, LookReason::to_serve, "k")) ==
          "unavailable");
    CHECK(store.keys_read == before);
    store.is_full = false;
    CHECK(good(bookings->looks(slip.booking)).empty());
    CHECK(good(bookings->look(slip.booking, at_desk, LookReason::to_serve, "k")).contact.has_value());
}

TEST_CASE("a day's names are a look at each booking, and at no other") {
    Town town;
    const auto first = town.booked("2026-11-24 09:00");
    const auto second = town.booked("2026-11-24 09:20", person("rui"));
    const auto elsewhere = town.booked("2026-11-24 09:00", person("eva"), hall);
    good(town.hold("2026-11-24 10:00"));  // nobody's
    const auto all = good(town.bookings->look_all(day_of("2026-11-24"), at_desk, LookReason::to_serve, "k"));
    REQUIRE(all.size() == 2);
    CHECK(all.front().contact->name == "Ana Só");
    CHECK(all.back().contact->name == "rui");
    for (const auto& slip : {first, second}) {
        const auto looks = good(town.bookings->looks(slip.booking));
        REQUIRE(looks.size() == 1);
        CHECK(looks.front().what.is_of_list);
    }
    CHECK(good(town.bookings->looks(elsewhere.booking)).empty());
}

TEST_CASE("who came to a day's list after it was opened is not in it when it is sent again") {
    Town town;
    town.booked("2026-11-24 09:00");
    good(town.bookings->look_all(day_of("2026-11-24"), at_desk, LookReason::to_serve, "k"));
    const auto later = town.booked("2026-11-24 09:20", person("rui"));
    CHECK(good(town.bookings->look_all(day_of("2026-11-24"), at_desk, LookReason::to_serve, "k")).size() ==
          1);
    CHECK(good(town.bookings->looks(later.booking)).empty());
}

TEST_CASE("a site's right to look ends at its bookings") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00", ana(), hall);
    CHECK(refused(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "k")) ==
          "no-such-booking");
    CHECK(good(town.bookings->looks(slip.booking)).empty());
}

TEST_CASE("looks outlive a move, a cancelled booking and its erased person, and never say who it was") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    good(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "k"));
    const auto moved =
        good(town.bookings->move(ByLink{slip.link}, {shop, town.time("2026-11-25 09:00"), {}}, ""));
    CHECK(good(town.bookings->story(moved.link)).looks.size() == 1);
    good(town.bookings->look(slip.booking, at_desk, LookReason::to_tell, "l"));
    good(town.bookings->cancel(ByLink{moved.link}, CancelReason::person_asked, ""));
    CHECK(refused(town.bookings->look(slip.booking, at_desk, LookReason::to_serve, "m")) == "nobody-named");
    CHECK(good(town.bookings->looks(slip.booking)).size() == 2);
    for (const auto& event : town.events())
        if (is_stream_of_looks(event.stream)) {
            CHECK(event.body.find("Ana Só") == std::string::npos);
            CHECK(event.body.find("example.org") == std::string::npos);
        }
    CHECK(town.faults().empty());
}

TEST_CASE("two servers that look at the same booking at once write a look each") {
    Town town;
    const auto other = open(town.store, town.clock, town.model);
    const auto slip = town.booked("2026-11-24 09:00");
    const int seen = race(8, [&](int number) {
        Bookings& server = number % 2 == 0 ? *town.bookings : *other;
        return std::holds_alternative<Appointment>(
            server.look(slip.booking, at_desk, LookReason::to_serve, "k" + std::to_string(number)));
    });
    CHECK(seen == 8);
    CHECK(good(town.bookings->looks(slip.booking)).size() == 8);
    const auto events = town.store.read(stream_of_looks(slip.booking), 0);
    REQUIRE(events);
    CHECK(inspect_looks(*events).empty());
}

TEST_CASE(
    "a person's story has each thing that happened, on every day on which the booking was, and the note") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    good(town.bookings->write_note(ByClerk{slip.booking, clerk}, "fala devagar", ""));
    const auto moved =
        good(town.bookings->move(ByLink{slip.link}, {hall, town.time("2026-11-25 09:00"), {}}, ""));
    const auto back =
        good(town.bookings->move(ByLink{moved.link}, {shop, town.time("2026-11-24 10:00"), {}}, ""));
    const auto story = good(town.bookings->story(back.link));
    CHECK(story.appointment.note == "fala devagar");
    CHECK(story.appointment.contact == ana());
    REQUIRE(story.happenings.size() == 8);
    CHECK(std::holds_alternative<BookingHeld>(story.happenings.front().event));
    CHECK(std::holds_alternative<NoteWritten>(story.happenings[3].event));
    int moves = 0;
    for (const auto& one : story.happenings)
        moves += std::holds_alternative<BookingMovedHere>(one.event) ? 1 : 0;
    CHECK(moves == 2);
    CHECK(refused(town.bookings->story("shop.2026-11-24.7K3M9QZT.k1.guess")) == "no-such-booking");
}

TEST_CASE("how bookings went on the days gone by is told with how late people were") {
    Town town;
    const auto early = town.booked("2026-11-24 09:00");
    const auto late = town.booked("2026-11-24 09:20", person("rui"));
    town.booked("2026-11-24 09:40", person("eva"));
    town.clock.set(town.time("2026-11-24 08:50"));
    good(town.bookings->check_in(ByLink{early.link}, ""));
    town.clock.set(town.time("2026-11-24 09:27"));
    good(town.bookings->check_in(ByLink{late.link}, ""));
    const Date day = day_of("2026-11-24");
    CHECK(good(town.bookings->attendance(shop, day, day)).came.empty());  // the day is not over
    town.clock.set(town.time("2026-11-25 08:00"));
    good(town.bookings->end_day(shop, day));
    const auto went = good(town.bookings->attendance(shop, day - std::chrono::days{27}, day));
    REQUIRE(went.came.size() == 2);
    CHECK(went.came.front() == -minutes{10});
    CHECK(went.came.back() == minutes{7});
    CHECK(went.missed == 1);
}
