// Making a booking: holding, naming, confirming; limits of one person; links, codes and keys.
#include <doctest/doctest.h>

#include "booking/town_test.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;
using Clocks = std::vector<std::string>;

TEST_CASE("a place is held, named, and confirmed by the link that was sent") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    CHECK(town.state(held) == "held");
    CHECK(held.until == town.clock.now() + minutes{10});
    CHECK(held.minutes == 20);
    CHECK(held.code.size() == 6);
    CHECK(held.confirmation.empty());
    CHECK(town.free_on("2026-11-24").front() == "09:00 1");

    town.clock.pass(minutes{9});
    const auto named = good(town.bookings->give_contact(ByLink{held.link}, ana(), ""));
    CHECK(town.state(named) == "preconfirmed");
    CHECK(named.until == town.clock.now() + minutes{10});

    const auto confirmed = good(town.bookings->confirm(ByLink{named.confirmation}, ""));
    CHECK(town.state(confirmed) == "confirmed");
    CHECK(confirmed.booking == held.booking);
    town.clock.pass(hours{10});
    CHECK(town.free_on("2026-11-24").front() == "09:00 1");
    const auto seen = good(town.bookings->see(confirmed.link));
    CHECK(seen.contact == ana());
    CHECK(seen.start == town.time("2026-11-24 09:00"));
    CHECK(seen.services == std::vector{identity});
    CHECK(town.faults().empty());
}

TEST_CASE("a hold that nobody confirms is as if it had never been") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    CHECK(good(town.hold("2026-11-24 09:00")).booking != held.booking);
    CHECK(refused(town.hold("2026-11-24 09:00")) == "full");
    town.clock.pass(minutes{10});
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    CHECK(town.state(held) == "lapsed");
    CHECK(refused(town.bookings->give_contact(ByLink{held.link}, ana(), "")) == "hold-over");
    const auto named = good(town.name("2026-11-24 09:00", ana()));
    town.clock.pass(minutes{10});
    CHECK(refused(town.bookings->confirm(ByLink{named.confirmation}, "")) == "hold-over");
    CHECK(refused(town.bookings->confirm(ByClerk{named.booking, clerk}, "")) == "hold-over");
    CHECK(town.faults().empty());
}

TEST_CASE("nobody keeps a hold for ever by naming it again and again") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    const auto named = good(town.bookings->give_contact(ByLink{held.link}, ana(), ""));
    town.clock.pass(minutes{9});
    const auto again = good(town.bookings->give_contact(ByLink{held.link}, ana(), ""));
    CHECK(again.until == named.until);
    // What was sent first proves nothing about the address that was given second.
    CHECK(refused(town.bookings->confirm(ByLink{named.confirmation}, "")) == "no-such-booking");
    CHECK(town.state(good(town.bookings->confirm(ByLink{again.confirmation}, ""))) == "confirmed");
}

TEST_CASE("a slot that is full is refused with the next one that is free, on whatever day") {
    Town town;
    site_of(town.model, shop).appointments.windows.front().hours = {TimeRange{540, 560}};
    REQUIRE(town.bookings->adopt(town.model));
    good(town.hold("2026-11-24 09:00"));
    good(town.hold("2026-11-24 09:00"));
    const auto refusal = std::get<Refusal>(town.hold("2026-11-24 09:00"));
    CHECK(name_of(refusal.reason) == "full");
    REQUIRE(refusal.next);
    CHECK(refusal.next->start == town.time("2026-11-25 09:00"));
    CHECK(refused(town.hold("2026-11-24 09:10")) == "no-such-slot");
    CHECK(refused(town.hold("2026-11-21 09:00")) == "past");
    CHECK(refused(town.hold("2027-06-01 09:00")) == "not-yet-released");
    CHECK(refused(town.hold("2026-11-24 09:00", model::SiteKey{"moon"})) == "no-such-site");
    auto wish = town.wish("2026-11-24 09:00");
    wish.window = model::WindowKey{"night"};
    CHECK(refused(town.bookings->hold(wish, "")) == "no-such-slot");
    wish = town.wish("2026-11-24 09:00");
    wish.services = {model::ServiceKey{"flying"}};
    CHECK(refused(town.bookings->hold(wish, "")) == "not-offered");
}

TEST_CASE("two services, or a long one, take their length, and what overlaps counts where it overlaps") {
    Town town;
    auto wish = town.wish("2026-11-24 09:20");
    wish.services = {works};
    CHECK(good(town.bookings->hold(wish, "")).minutes == 40);
    wish.services = {works, identity};
    CHECK(good(town.bookings->hold(wish, "")).minutes == 60);
    CHECK(town.free_on("2026-11-24") ==
          Clocks{"09:00 2", "10:00 1", "10:20 2", "10:40 2", "11:00 2", "11:20 2", "11:40 2"});
    wish.start = town.time("2026-11-24 09:00");
    wish.services = {works};
    CHECK(refused(town.bookings->hold(wish, "")) == "following-full");
    wish.start = town.time("2026-11-24 11:40");
    CHECK(refused(town.bookings->hold(wish, "")) == "does-not-fit");
}

TEST_CASE("the same key is the same booking, however often it is sent") {
    Town town;
    const auto wish = town.wish("2026-11-24 09:00");
    const auto held = good(town.bookings->hold(wish, "key-1"));
    CHECK(good(town.bookings->hold(wish, "key-1")) == held);
    CHECK(town.free_on("2026-11-24").front() == "09:00 1");
    const auto named = good(town.bookings->give_contact(ByLink{held.link}, ana(), "key-2"));
    CHECK(good(town.bookings->give_contact(ByLink{held.link}, ana(), "key-2")) == named);
    const auto confirmed = good(town.bookings->confirm(ByLink{named.confirmation}, "key-3"));
    CHECK(good(town.bookings->confirm(ByLink{named.confirmation}, "key-3")) == confirmed);
    CHECK(good(town.bookings->confirm(ByLink{named.confirmation}, "key-4")) == confirmed);
    const ByLink hand{confirmed.link};
    const auto cancelled = good(town.bookings->cancel(hand, CancelReason::person_asked, "key-5"));
    CHECK(good(town.bookings->cancel(hand, CancelReason::person_asked, "key-5")) == cancelled);
    CHECK(cancelled.link.empty());
    CHECK(good(town.bookings->hold(wish, "key-1")) == held);
    CHECK(town.faults().empty());
}

TEST_CASE("S092 who cancels is gone from the booking, and the old link is dead") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    good(town.bookings->write_note(ByClerk{slip.booking, clerk}, "fala com a Ana", ""));
    CHECK(good(town.bookings->find(slip.booking, People::opened)).contact == ana());
    CHECK(good(town.bookings->find(slip.booking, People::opened)).note == "fala com a Ana");
    const auto person_before = good(town.bookings->day(shop, day_of("2026-11-24"))).records.begin()->second;
    good(town.bookings->cancel(ByLink{slip.link}, CancelReason::person_asked, ""));
    CHECK(town.state(slip) == "cancelled");
    const auto found = good(town.bookings->find(slip.booking, People::opened));
    CHECK_FALSE(found.contact);
    CHECK(found.note.empty());
    CHECK(refused(town.bookings->see(slip.link)) == "no-such-booking");
    CHECK(refused(town.bookings->cancel(ByLink{slip.link}, CancelReason::person_asked, "")) ==
          "no-such-booking");
    CHECK(refused(town.bookings->move(ByLink{slip.link}, {shop, town.time("2026-11-25 09:00"), {}}, "")) ==
          "no-such-booking");
    CHECK(good(town.bookings->of_person("ana@example.org")).empty());
    // Not only out of sight: the keys are destroyed.
    REQUIRE_FALSE(person_before.what.person.empty());
    CHECK(town.store.key_of(person_before.what.person.text())->value_or("gone") == "gone");
    CHECK(town.store.key_of(person_before.note_person.text())->value_or("gone") == "gone");
    CHECK(town.faults().empty());
}

TEST_CASE("a cancelled place comes back to the public after a while that differs from place to place") {
    Town town;
    site_of(town.model, shop).appointments.windows.front().places = 8;
    REQUIRE(town.bookings->adopt(town.model));
    std::vector<Slip> slips;
    slips.reserve(8);
    for (int number = 0; number < 8; ++number)
        slips.push_back(town.booked("2026-11-24 09:00", person("p" + std::to_string(number))));
    for (const auto& slip : slips)
        good(town.bookings->cancel(ByLink{slip.link}, CancelReason::person_asked, ""));
    CHECK(town.free_on("2026-11-24").front() == "09:20 8");
    CHECK(town.free_on("2026-11-24", rules::Who::staff).front() == "09:00 8");
    std::vector<int> steps;
    for (int minute = 1; minute <= 60; ++minute) {
        town.clock.pass(minutes{1});
        const auto first = town.free_on("2026-11-24").front();
        const int left = first.starts_with("09:00") ? std::stoi(first.substr(6)) : 0;
        if (minute < 10) CHECK(left == 0);
        if (steps.empty() || steps.back() != left) steps.push_back(left);
    }
    CHECK(steps.back() == 8);
    CHECK(steps.size() >= 4);
}

TEST_CASE("who lets go of a hold gives its place back at once") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    good(town.bookings->cancel(ByLink{held.link}, CancelReason::person_asked, ""));
    CHECK(town.free_on("2026-11-24").front() == "09:00 2");
    CHECK(town.faults().empty());
}

TEST_CASE("S094 one mail address has so many bookings over all sites and no more, in however it is written") {
    Town town;
    const auto first = town.booked("2026-11-24 09:00");
    CHECK(refused(town.name("2026-11-24 10:00", ana())) == "too-many-that-day");
    const auto second = town.booked("2026-11-25 09:00", ana(), hall);
    CHECK(refused(town.name("2026-11-26 09:00", ana())) == "too-many-open");
    CHECK(refused(town.name("2026-11-26 09:00", {"Outra", " ANA+shop@Example.org", "", "", ""})) ==
          "too-many-open");
    CHECK(refused(town.name("2026-11-26 09:00", {"Outra", "", "+351 912-345-678", "", ""})) ==
          "too-many-open");
    CHECK(refused(town.name("2026-11-26 09:00", {"Outra", "", "00351912345678", "", ""})) == "too-many-open");
    CHECK(refused(town.name("2026-11-26 09:00", {"Outra", "", "913 345 678", "", ""})) == "nothing");

    SUBCASE("the same booking may be changed") {
        auto changed = ana();
        changed.name = "Ana Só Silva";
        good(town.bookings->give_contact(ByLink{second.link}, changed, ""));
        CHECK(good(town.bookings->see(second.link)).contact == changed);
        good(town.bookings->move(ByLink{first.link}, {shop, town.time("2026-11-27 09:00"), {}}, ""));
        CHECK(good(town.bookings->of_person("ana@example.org")).size() == 2);
    }
    SUBCASE("who cancels may book again") {
        good(town.bookings->cancel(ByLink{second.link}, CancelReason::person_asked, ""));
        CHECK(refused(town.name("2026-11-26 09:00", ana())) == "nothing");
    }
    SUBCASE("who has been there may book again") {
        town.clock.set(town.time("2026-11-24 09:00") + minutes{1});
        CHECK(refused(town.name("2026-11-26 09:00", ana())) == "nothing");
    }
    SUBCASE("a hold counts until it lapses") {
        good(town.bookings->cancel(ByLink{second.link}, CancelReason::person_asked, ""));
        good(town.name("2026-11-26 09:00", ana()));
        CHECK(refused(town.name("2026-11-27 09:00", ana())) == "too-many-open");
        town.clock.pass(minutes{10});
        CHECK(refused(town.name("2026-11-27 09:00", ana())) == "nothing");
    }
    SUBCASE("staff are not bound") {
        auto wish = town.wish("2026-11-26 09:00");
        wish.by = clerk;
        CHECK(refused(town.bookings->book(wish, ana(), "")) == "nothing");
    }
    SUBCASE("nor is a move refused for more bookings on a day than there may be") {
        CHECK(refused(town.bookings->move(ByLink{second.link}, {shop, town.time("2026-11-24 11:00"), {}},
                                          "")) == "too-many-that-day");
    }
    CHECK(town.faults().empty());
}

TEST_CASE("S094 an address or a domain that the city exempts has no limit") {
    Settings settings;
    settings.exempt = {"@school.example", "Marta@example.org"};
    Town town{city(), settings};
    for (int day = 23; day < 30; ++day) {
        const std::string start = "2026-11-" + std::to_string(day) + " 09:00";
        CHECK(town.state(town.booked(start, {"Escola", "a@school.example", "", "", ""})) == "confirmed");
        CHECK(town.state(town.booked(start, {"Marta", "marta@example.org", "", "", ""}, hall)) ==
              "confirmed");
    }
    CHECK(good(town.bookings->of_person("marta@example.org")).size() == 7);
    CHECK(town.faults().empty());
}

TEST_CASE("a clerk books at once, with staff's places and beyond the public's days, and needs a name only") {
    auto model = city();
    auto& window = site_of(model, shop).appointments.windows.front();
    window.for_public = 1;
    window.first_day_ahead = 2;
    Town town{model};
    CHECK(refused(town.hold("2026-11-23 09:00")) == "too-soon");
    auto wish = town.wish("2026-11-23 09:00");
    wish.by = clerk;
    const auto slip = good(town.bookings->book(wish, {"João", "", "", "", ""}, "key"));
    CHECK(good(town.bookings->book(wish, {"João", "", "", "", ""}, "key")) == slip);
    CHECK(town.state(slip) == "confirmed");
    CHECK(good(town.bookings->see(slip.link)).contact->name == "João");
    good(town.hold("2026-11-25 09:00"));
    CHECK(refused(town.hold("2026-11-25 09:00")) == "full");
    wish.start = town.time("2026-11-25 09:00");
    CHECK(refused(town.bookings->book(wish, {"", "", "", "", ""}, "")) == "name-missing");
    good(town.bookings->book(wish, ana(), ""));
    CHECK(refused(town.bookings->book(wish, ana(), "")) == "full");
    CHECK(town.faults().empty());
}

TEST_CASE("what was typed wrong is named, and nothing happens") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    const auto give = [&](const Contact& contact) {
        return refused(town.bookings->give_contact(ByLink{held.link}, contact, ""));
    };
    CHECK(give({"  ", "a@b.pt", "", "", ""}) == "name-missing");
    CHECK(give({std::string(101, 'a'), "a@b.pt", "", "", ""}) == "name-unfit");
    CHECK(give({"A\nB", "a@b.pt", "", "", ""}) == "name-unfit");
    CHECK(give({"A\xFF", "a@b.pt", "", "", ""}) == "name-unfit");
    CHECK(give({"Ana", "", "", "", ""}) == "contact-missing");
    for (const char* mail : {"ana", "in\xC3\xAAs@c.pt", "a(b@c.pt", "@b.pt", "a@b", "a@.pt", "a@b.pt.",
                             "a@b..pt", "a b@c.pt", "a@b@c.pt", "a@b.pt\r\nBcc: x@y.pt", "a@b.pt,c@d.pt"})
        CHECK_MESSAGE(give({"Ana", mail, "", "", ""}) == "mail-unfit", mail);
    for (const char* phone : {"12345", "1234567890123456", "912x45678"})
        CHECK_MESSAGE(give({"Ana", "", phone, "", ""}) == "phone-unfit", phone);
    CHECK(give({"Ana", "a@b.pt", "", std::string(501, 'n'), ""}) == "note-unfit");
    CHECK(town.state(held) == "held");
    CHECK(give({"Ana", "a@b.pt", "", std::string(500, 'n'), ""}) == "nothing");
}

TEST_CASE("a link opens one booking and nothing else, and nobody finds one by trying") {
    Town town;
    const auto one = town.booked("2026-11-24 09:00");
    const auto other = town.booked("2026-11-24 09:20", person("rui"));
    CHECK(refused(town.bookings->see(one.booking.text())) == "no-such-booking");
    for (std::size_t place = 0; place < one.link.size(); ++place) {
        std::string forged = one.link;
        forged[place] = forged[place] == 'x' ? 'y' : 'x';
        CHECK(refused(town.bookings->see(forged)) == "no-such-booking");
    }
    CHECK(refused(town.bookings->see(one.link.substr(0, one.link.size() - 1))) == "no-such-booking");
    CHECK(refused(town.bookings->see(other.booking.text() + one.link.substr(one.booking.text().size()))) ==
          "no-such-booking");
    for (const char* nothing : {"", ".", "....", "a.b.c.k1.d", "shop.2026-11-24.AAAAAAAA.k99999999999.x"})
        CHECK(refused(town.bookings->see(nothing)) == "no-such-booking");
}

TEST_CASE("each link opens what it is for: a hold's names and lets go, a message's confirms, no code does") {
    Town town;
    const auto held = good(town.hold("2026-11-24 09:00"));
    CHECK(refused(town.bookings->confirm(ByLink{held.link}, "")) == "no-such-booking");
    const auto named = good(town.bookings->give_contact(ByLink{held.link}, ana(), ""));
    const ByLink sent{named.confirmation};
    CHECK(refused(town.bookings->cancel(sent, CancelReason::person_asked, "")) == "no-such-booking");
    CHECK(refused(town.bookings->give_contact(sent, ana(), "")) == "no-such-booking");
    CHECK(refused(town.bookings->see(named.confirmation)) == "no-such-booking");
    const ByCode code{shop, named.code};
    CHECK(refused(town.bookings->cancel(code, CancelReason::person_asked, "")) == "no-such-booking");
    CHECK(refused(town.bookings->move(code, {shop, town.time("2026-11-25 09:00"), {}}, "")) ==
          "no-such-booking");
    const auto confirmed = good(town.bookings->confirm(sent, ""));
    // The page that held the place sees that it is confirmed, and no more: it may be anybody's by now.
    const auto seen = good(town.bookings->see(held.link));
    CHECK(name_of(seen.state, town.clock.now()) == "confirmed");
    CHECK_FALSE(seen.contact);
    CHECK(refused(town.bookings->cancel(ByLink{held.link}, CancelReason::person_asked, "")) ==
          "no-such-booking");
    const auto renewed = good(town.bookings->renew_link(ByLink{confirmed.link}, ""));
    CHECK(refused(town.bookings->see(confirmed.link)) == "no-such-booking");
    CHECK(good(town.bookings->see(renewed.link)).booking == held.booking);
}

TEST_CASE("a person may say five times that it is for somebody else; then only staff may") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    const auto name = [&](const Hand& hand, int number) {
        Contact contact = ana();
        contact.mail = "ana" + std::to_string(number) + "@example.org";
        return town.bookings->give_contact(hand, contact, "");
    };
    for (int number = 1; number <= 4; ++number)
        (void)good(name(ByLink{slip.link}, number));
    const auto moved =
        good(town.bookings->move(ByLink{slip.link}, {shop, town.time("2026-11-24 10:00"), {}}, ""));
    (void)good(name(ByLink{moved.link}, 5));
    CHECK(refused(name(ByLink{moved.link}, 6)) == "too-many-changes");
    (void)good(name(ByClerk{slip.booking, ClerkKey{"rosa"}}, 7));
    CHECK(good(town.bookings->of_person("ana7@example.org")).size() == 1);
}

TEST_CASE("a lost link goes to the address of the booking, for whoever asks with whatever spelling") {
    Town town;
    const auto slip = town.booked("2026-11-24 09:00");
    const auto by_mail = good(town.bookings->of_person("Ana@Example.org"));
    REQUIRE(by_mail.size() == 1);
    CHECK(by_mail.front().link == slip.link);
    REQUIRE(by_mail.front().contact);
    CHECK(by_mail.front().contact->mail == "ana@example.org");
    CHECK(good(town.bookings->of_person("+351912345678")).size() == 1);
    CHECK(good(town.bookings->of_person("rui@example.org")).empty());
    CHECK(good(town.bookings->of_person("")).empty());
    // Limits count these as hers; what is sent there would reach somebody else.
    CHECK(town.bookings->mark_of("ana+eve@example.org") == town.bookings->mark_of("ana@example.org"));
    CHECK(good(town.bookings->of_person("ana+eve@example.org")).empty());
    CHECK(town.bookings->address_mark_of("ana+eve@example.org") !=
          town.bookings->address_mark_of("ana@example.org"));
    CHECK(town.bookings->address_mark_of(" Ana@Example.org") ==
          town.bookings->address_mark_of("ana@example.org"));
    CHECK(good(town.bookings->of_calendar(town.bookings->calendar_link("ana@example.org"))).size() == 1);
    CHECK(good(town.bookings->of_calendar(town.bookings->calendar_link("ana+eve@example.org"))).empty());
    town.clock.set(town.time("2026-11-24 12:00"));
    CHECK(good(town.bookings->of_person("ana@example.org")).empty());
}
