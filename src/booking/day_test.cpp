// The day of the appointment: who may come in, who is sent back, who was missed, who is reminded, who is
// forgotten.
#include <doctest/doctest.h>

#include "booking/town_test.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

TEST_CASE("who comes in time comes in with the link or the code, and the office hears what ticket to give") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.clock.set(town.time("2026-11-24 08:30"));
    const ByCode code{shop, slip.code};
    const auto arrival = good(town.bookings->check_in(code, "kiosk-1"));
    CHECK(arrival.booking == slip.booking);
    CHECK(arrival.site == shop);
    CHECK(arrival.start == town.time("2026-11-24 09:00"));
    CHECK(arrival.services == std::vector{identity});
    CHECK(good(town.bookings->check_in(code, "kiosk-1")) == arrival);
    const auto refusal = std::get<Refusal>(town.bookings->check_in(ByLink{slip.link}, ""));
    CHECK(refusal.reason == Reason::already_arrived);
    CHECK(refusal.when == town.time("2026-11-24 08:30"));
    CHECK(town.state(slip) == "arrived");
    CHECK(refused(town.bookings->cancel(ByLink{slip.link}, CancelReason::person_asked, "")) ==
          "already-arrived");
    CHECK(town.faults().empty());
}

TEST_CASE("a code may be typed in small letters and with hyphens") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.clock.set(town.time("2026-11-24 09:00"));
    std::string typed = slip.code;
    for (char& letter : typed)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    typed.insert(3, "-");
    CHECK(refused(town.bookings->check_in(ByCode{hall, slip.code}, "")) == "no-such-booking");
    good(town.bookings->check_in(ByCode{shop, typed}, ""));
}

TEST_CASE("who comes too early or too late is told from when and until when; a clerk lets in all day") {
    Town town;
    const auto early = town.booked("2026-11-24 11:00");
    const auto late = town.booked("2026-11-24 09:00", person("rui"));
    town.clock.set(town.time("2026-11-24 09:16"));
    const auto too_early = std::get<Refusal>(town.bookings->check_in(ByLink{early.link}, ""));
    CHECK(too_early.reason == Reason::too_early);
    CHECK(too_early.when == town.time("2026-11-24 10:30"));
    const auto too_late = std::get<Refusal>(town.bookings->check_in(ByLink{late.link}, ""));
    CHECK(too_late.reason == Reason::too_late);
    CHECK(too_late.when == town.time("2026-11-24 09:15"));
    good(town.bookings->check_in(ByClerk{early.booking, clerk}, ""));
    good(town.bookings->check_in(ByClerk{late.booking, clerk}, ""));
}

TEST_CASE("S006 tomorrow's appointment is refused with its date and time, whoever lets in") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.clock.set(town.time("2026-11-23 09:00"));
    for (const Hand& hand :
         {Hand{ByLink{slip.link}}, Hand{ByCode{shop, slip.code}}, Hand{ByClerk{slip.booking, clerk}}}) {
        const auto refusal = std::get<Refusal>(town.bookings->check_in(hand, ""));
        CHECK(refusal.reason == Reason::not_today);
        CHECK(refusal.start == town.time("2026-11-24 09:00"));
    }
    town.clock.set(town.time("2026-11-25 09:00"));
    CHECK(refused(town.bookings->check_in(ByClerk{slip.booking, clerk}, "")) == "not-today");
}

TEST_CASE("S009 what is held, or not yet confirmed by its person, lets nobody in") {
    Town town;
    town.clock.set(town.time("2026-11-24 08:50"));
    const auto held = good(town.hold("2026-11-24 09:00"));
    const auto named = good(town.name("2026-11-24 09:00", ana()));
    for (const auto& slip : {held, named}) {
        CHECK(refused(town.bookings->check_in(ByLink{slip.link}, "")) == "not-confirmed");
        CHECK(refused(town.bookings->check_in(ByCode{shop, slip.code}, "")) == "not-confirmed");
        CHECK(refused(town.bookings->check_in(ByClerk{slip.booking, clerk}, "")) == "not-confirmed");
    }
    CHECK(refused(town.bookings->check_in(ByLink{named.confirmation}, "")) == "no-such-booking");
    town.clock.pass(minutes{10});
    CHECK(refused(town.bookings->check_in(ByClerk{named.booking, clerk}, "")) == "hold-over");
    CHECK(town.faults().empty());
}

TEST_CASE("S010 at midnight the site's own date decides who may come in") {
    for (const char* name : {"Europe/Lisbon", "Atlantic/Azores"}) {
        CAPTURE(name);
        auto model = city(name);
        for (auto& site : model.sites) {
            auto& window = site.appointments.windows.front();
            window.hours = {TimeRange{0, 1440}};
            window.slot = minutes{1};
            window.services = {{identity, minutes{1}}};
        }
        Town town{model};
        // In summer Lisbon is an hour ahead of UTC, and the Azores are at UTC.
        const auto before = town.booked("2026-11-24 23:59");
        const auto after = town.booked("2026-11-25 00:01", person("rui"));
        town.clock.set(town.time("2026-11-24 23:59") + seconds{30});
        CHECK(refused(town.bookings->check_in(ByLink{after.link}, "")) == "not-today");
        good(town.bookings->check_in(ByLink{before.link}, ""));
        good(town.bookings->undo_check_in(ByClerk{before.booking, clerk}, ""));
        town.clock.set(town.time("2026-11-25 00:00"));
        CHECK(refused(town.bookings->check_in(ByLink{before.link}, "")) == "not-today");
        good(town.bookings->check_in(ByLink{after.link}, ""));
        CHECK(town.faults().empty());
    }
}

TEST_CASE(
    "S118 who was checked in by mistake is back in the agenda and can come in again, with a new ticket") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.clock.set(town.time("2026-11-24 09:00"));
    CHECK(refused(town.bookings->undo_check_in(ByClerk{slip.booking, clerk}, "")) == "not-arrived");
    const auto first = good(town.bookings->check_in(ByClerk{slip.booking, clerk}, "a"));
    const auto back = good(town.bookings->undo_check_in(ByClerk{slip.booking, clerk}, "b"));
    CHECK(back.ticket == first.ticket);  // the one to be given up
    CHECK(town.state(slip) == "confirmed");
    CHECK(good(town.bookings->see(slip.link)).state == State{Confirmed{}});
    const auto agenda = good(town.bookings->on_day(shop, day_of("2026-11-24"), People::opened));
    REQUIRE(agenda.size() == 1);
    CHECK(agenda.front().contact == ana());
    const auto second = good(town.bookings->check_in(ByLink{slip.link}, "c"));
    CHECK(second.ticket != first.ticket);
    CHECK(town.faults().empty());
}

TEST_CASE("who has not come when it is too late is missed, once; a clerk may still let in on that day") {
    Town town;
    const auto came = town.booked("2026-11-24 09:00");
    const auto missed = town.booked("2026-11-24 09:20", person("rui"));
    const auto later = town.booked("2026-11-24 11:40", person("eva"));
    good(town.name("2026-11-24 10:00", person("ze")));
    town.clock.set(town.time("2026-11-24 09:00"));
    good(town.bookings->check_in(ByLink{came.link}, ""));
    town.clock.set(town.time("2026-11-24 11:30"));
    CHECK(good(town.bookings->end_day(shop, day_of("2026-11-24"))) == 1);
    CHECK(good(town.bookings->end_day(shop, day_of("2026-11-24"))) == 0);
    CHECK(town.state(came) == "arrived");
    CHECK(town.state(missed) == "missed");
    CHECK(town.state(later) == "confirmed");
    CHECK(refused(town.bookings->check_in(ByLink{missed.link}, "")) == "too-late");
    good(town.bookings->check_in(ByClerk{missed.booking, clerk}, ""));
    town.clock.set(town.time("2026-11-25 00:00"));
    CHECK(good(town.bookings->end_day(shop, day_of("2026-11-24"))) == 1);
    CHECK(town.state(later) == "missed");
    CHECK(refused(town.bookings->cancel(ByClerk{later.booking, clerk}, CancelReason::other, "")) ==
          "is-over");
    CHECK(refused(town.bookings->end_day(model::SiteKey{"moon"}, day_of("2026-11-24"))) == "no-such-site");
    CHECK(town.faults().empty());
}

TEST_CASE("when a day is over its people can be forgotten, and what was booked stays") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.clock.set(town.time("2026-11-24 23:59"));
    CHECK(refused(town.bookings->forget_people(shop, day_of("2026-11-24"))) == "too-early");
    town.clock.set(town.time("2026-11-25 00:00"));
    CHECK(good(town.bookings->end_day(shop, day_of("2026-11-24"))) == 1);
    CHECK(good(town.bookings->forget_people(shop, day_of("2026-11-24"))) == 1);
    CHECK(good(town.bookings->forget_people(shop, day_of("2026-11-24"))) == 0);
    const auto found = good(town.bookings->find(slip.booking, People::opened));
    CHECK_FALSE(found.contact);
    CHECK(name_of(found.state, town.clock.now()) == "missed");
    CHECK(town.faults().empty());
}

TEST_CASE("a day's bookings stand in order of time, without what lapsed or moved away") {
    Town town;
    const auto late = town.booked("2026-11-24 11:00");
    const auto early = town.booked("2026-11-24 09:00", person("rui"));
    const auto moved = town.booked("2026-11-24 10:00", person("eva"));
    good(town.bookings->move(ByLink{moved.link}, {shop, town.time("2026-11-25 10:00"), {}}, ""));
    good(town.name("2026-11-24 09:20", person("ze")));
    auto agenda = good(town.bookings->on_day(shop, day_of("2026-11-24"), People::left_out));
    CHECK(agenda.size() == 3);
    town.clock.pass(minutes{10});
    agenda = good(town.bookings->on_day(shop, day_of("2026-11-24"), People::left_out));
    REQUIRE(agenda.size() == 2);
    CHECK(agenda[0].booking == early.booking);
    CHECK(agenda[1].booking == late.booking);
    CHECK_FALSE(agenda[0].contact);
    CHECK(refused(town.bookings->on_day(model::SiteKey{"moon"}, day_of("2026-11-24"), People::left_out)) ==
          "no-such-site");
}

TEST_CASE("a reminder is handed out once for each time that was booked") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    town.booked("2026-11-24 11:00", person("rui"), hall);
    town.booked("2026-11-25 09:00", person("eva"));
    good(town.name("2026-11-24 09:00", person("ze")));
    const auto from = town.time("2026-11-24 00:00");
    const auto due = good(town.bookings->due_reminders(from, from + hours{24}));
    REQUIRE(due.size() == 2);
    CHECK(due[0].contact->name == "rui");  // by site, then by time
    CHECK(due[1].contact == ana());
    CHECK(due[1].link == slip.link);
    const auto told = good(town.bookings->remind(slip.booking, "key"));
    CHECK(good(town.bookings->remind(slip.booking, "key")) == told);
    CHECK(refused(town.bookings->remind(slip.booking, "")) == "already-reminded");
    CHECK(good(town.bookings->due_reminders(from, from + hours{24})).size() == 1);
    CHECK(good(town.bookings->due_reminders(from, from)).empty());
    // The new time deserves one of its own.
    good(town.bookings->move(ByLink{slip.link}, {shop, town.time("2026-11-24 10:00"), {}}, ""));
    CHECK(good(town.bookings->due_reminders(from, from + hours{24})).size() == 2);
    CHECK(town.faults().empty());
}

TEST_CASE("a note of staff is for staff, and the last one counts") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    const ByClerk by{slip.booking, clerk};
    good(town.bookings->write_note(by, "traz procuração", ""));
    good(town.bookings->write_note(by, "traz duas", ""));
    CHECK(good(town.bookings->find(slip.booking, People::opened)).note == "traz duas");
    CHECK(good(town.bookings->see(slip.link)).note.empty());
    good(town.bookings->move(ByLink{slip.link}, {hall, town.time("2026-11-25 09:00"), {}}, ""));
    CHECK(good(town.bookings->find(slip.booking, People::opened)).note == "traz duas");
    good(town.bookings->write_note(by, "", ""));
    CHECK(good(town.bookings->find(slip.booking, People::opened)).note.empty());
    CHECK(refused(town.bookings->write_note(by, std::string(501, 'x'), "")) == "note-unfit");
}
