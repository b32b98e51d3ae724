// What people outside are written, and what calendars of theirs follow.
#include "web/town_test.hpp"

namespace balcao::web {
namespace {

// The path of the first address of ours in a letter that goes there.
std::string path_in(const std::string& letter, const std::string& room) {
    const auto from = letter.find("http://town.example/en/" + room);
    REQUIRE(from != std::string::npos);
    const auto path = from + std::string{"http://town.example"}.size();
    return letter.substr(path, letter.find_first_of(" \n", path) - path);
}

std::string book_by_letter(const Town& town, const std::string& contact) {
    const auto held = post(town, "/en/sites/shop/book", "service=identity&start=" + start_at(6, 9));
    REQUIRE(held.status == 303);
    REQUIRE(post(town, location_of(held) + "/contact", "name=In%C3%AAs&" + contact).status == 303);
    const auto confirmed = post(town, path_in(town.letters.all().front().letter.text, "confirm/"));
    REQUIRE(confirmed.status == 303);
    return location_of(confirmed);
}

}  // namespace

TEST_CASE("who confirmed gets the link, and is told of the move, the end and the day before") {
    const Town town;
    const std::string mine = book_by_letter(town, "mail=ines%40example.org");
    const auto confirmed = town.letters.all();
    REQUIRE(confirmed.size() == 2);
    CHECK(confirmed.front().letter.subject == "Your appointment is confirmed");
    CHECK(path_in(confirmed.front().letter.text, "appointments/") == mine);
    const auto moved = post(town, mine + "/move", "start=" + start_at(6, 11));
    REQUIRE(moved.status == 303);
    CHECK(town.letters.all().front().letter.subject == "Your appointment was moved");
    CHECK(town.letters.all().front().letter.text.find("11:00") != std::string::npos);
    CHECK(has(post(town, location_of(moved) + "/cancel"), "This appointment was cancelled."));
    const auto last = town.letters.all().front().letter;
    CHECK(last.subject == "Your appointment was cancelled");
    CHECK(last.to == "ines@example.org");
    CHECK(town.letters.all().size() == 4);
}

TEST_CASE("an appointment is a file for calendars, the same event before and after a move; feeds follow") {
    const Town town;
    const std::string mine = book_by_letter(town, "mail=ines%40example.org");
    CHECK(has(town.get(mine), mine + "/calendar.ics"));
    const auto file = town.get(mine + "/calendar.ics");
    CHECK(file.headers.text("content-type") == "text/calendar; charset=utf-8");
    CHECK(has(file, "DTSTART;TZID=Europe/Lisbon:20260106T090000"));
    CHECK(has(file, "SEQUENCE:0"));
    const auto uid = [](const http::Answer& answer) {
        const auto from = answer.body.find("UID:");
        REQUIRE(from != std::string::npos);
        return answer.body.substr(from, answer.body.find('\r', from) - from);
    };
    const std::string feed = path_in(town.letters.all().front().letter.text, "calendars/");
    CHECK(uid(town.get(feed)) == uid(file));
    // Whoever sees the calendar may read it, not move or cancel what stands in it, nor come in with it.
    CHECK(has(file, "/appointments/"));
    CHECK_FALSE(has(town.get(feed), "/appointments/"));
    CHECK_FALSE(has(town.get(feed), "code"));
    const auto moved = post(town, mine + "/move", "start=" + start_at(6, 11));
    const auto later = town.get(location_of(moved) + "/calendar.ics");
    CHECK(uid(later) == uid(file));
    CHECK(has(later, "SEQUENCE:1"));
    CHECK(has(later, "T110000"));
    CHECK(has(town.get(feed), "T110000"));
    (void)post(town, location_of(moved) + "/cancel");
    CHECK_FALSE(has(town.get(feed), "BEGIN:VEVENT"));
    CHECK(town.get("/en/calendars/guess.guess/appointments.ics").status == 404);
    CHECK(town.get("/en/sites/shop/calendars/guess/appointments.ics").status == 404);
}

TEST_CASE("staff follow the appointments of a site in their calendars, without any name") {
    const Town town;
    book_by_letter(town, "mail=ines%40example.org");
    const std::string cookie = sign_in(town);
    const auto agenda = town.get("/en/hall/shop/appointments?date=2026-01-06", {{"Cookie", cookie}});
    const auto from = agenda.body.find("/en/sites/shop/calendars/");
    REQUIRE(from != std::string::npos);
    const auto feed = town.get(agenda.body.substr(from, agenda.body.find('"', from) - from));
    CHECK(feed.status == 200);
    CHECK(has(feed, "DTSTART;TZID=Europe/Lisbon:20260106T090000"));
    CHECK_FALSE(has(feed, "Inês"));
    CHECK_FALSE(has(feed, "/appointments/"));
}

TEST_CASE("who has no mail address gets short messages on the phone") {
    const Town town;
    book_by_letter(town, "phone=912+345+678");
    const auto all = town.letters.all();
    REQUIRE(all.size() == 2);
    CHECK(all.front().letter.to == "+351912345678");
    CHECK(all.front().letter.text.find("Town: Your appointment is confirmed.") == 0);
}

TEST_CASE("a lost link is sent again to the address of the booking; who asks learns nothing") {
    const Town town;
    const std::string mine = book_by_letter(town, "mail=ines%40example.org");
    const auto known = post(town, "/en/appointments", "reach=ines%40example.org");
    const auto unknown = post(town, "/en/appointments", "reach=rui%40example.org");
    CHECK(known.status == 200);
    CHECK(known.body.size() == unknown.body.size());
    const auto all = town.letters.all();
    REQUIRE(all.size() == 3);
    CHECK(all.front().letter.to == "ines@example.org");
    CHECK(path_in(all.front().letter.text, "appointments/") == mine);
    const auto like_hers = post(town, "/en/appointments", "reach=ines%2Beve%40example.org");
    CHECK(like_hers.body.size() == known.body.size());
    CHECK(town.letters.all().size() == 3);
    const auto wrong = post(town, "/en/appointments", "reach=ines%40");
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "This is no mail address."));
    CHECK(has(wrong, "value=\"ines@\""));
}

TEST_CASE("who asks for the links of an address like another's does not keep the other from asking") {
    const Town town;
    const std::string mine = book_by_letter(town, "mail=ines%40example.org");
    REQUIRE(post(town, "/en/appointments", "reach=ines%2Beve%40example.org").status == 200);
    REQUIRE(post(town, "/en/appointments", "reach=Ines%40example.org%09").status == 200);
    const auto all = town.letters.all();
    REQUIRE(all.size() == 3);
    CHECK(path_in(all.front().letter.text, "appointments/") == mine);
}

TEST_CASE("programs are told when lost links cannot be sent") {
    Town town;
    const auto asked = [&](const std::string& mail) {
        return town.pages.send_lost_links(
            {.name = "-", .mail = mail, .phone = {}, .note = {}, .language = "en"});
    };
    CHECK(asked("ines@example.org").has_value());
    CHECK(asked("ines@").error().code == Errc::invalid);
    CHECK(asked("in\xC3\xAAs@example.org").error().code == Errc::invalid);
    town.store.set_broken(true);
    CHECK(asked("rui@example.org").error().code == Errc::unavailable);
    town.store.set_broken(false);
}

TEST_CASE("S147 who waits leaves a phone number at the ticket and gets one message when so many are before") {
    Town town;
    for (int people = 0; people < 3; ++people)
        REQUIRE(town.take("service=tax").status == 303);
    const std::string mine = "/en" + location_of(town.take("service=tax")).substr(3);
    CHECK(has(town.get(mine), mine + "/notice"));
    const auto wrong = post(town, mine + "/notice", "before=2&reach=12");
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "This is no phone number."));
    CHECK(post(town, mine + "/notice", "before=4&reach=912345678").status == 422);
    CHECK(post(town, mine + "/notice", "before=2&reach=912345678").status == 303);
    CHECK(has(town.get(mine), "at most 2 are before you"));
    const auto ring = [&] {
        auto& outbox = town.outbox;
        REQUIRE(outbox.ring([&](const letters::TicketName& ticket) { return town.pages.ahead_of(ticket); })
                    .has_value());
        return town.letters.all();
    };
    CHECK(ring().empty());
    town.command(office::Leave{{1}});
    const auto rung = ring();
    REQUIRE(rung.size() == 1);
    CHECK(rung.front().letter.to == "+351912345678");
    CHECK(rung.front().letter.text.find("2 people are ahead of you.") != std::string::npos);
    CHECK(path_in(rung.front().letter.text, "tickets/") == mine);
    CHECK(ring().size() == 1);
}

TEST_CASE(
    "S147 who left or was called before the message could be sent gets none; who waits is told what is so") {
    Town town;
    for (int people = 0; people < 4; ++people)
        REQUIRE(town.take("service=tax").status == 303);
    const std::string fifth = "/en" + location_of(town.take("service=tax")).substr(3);
    REQUIRE(post(town, fifth + "/notice", "before=5&reach=912345678").status == 303);
    const auto ring = [&] {
        auto& outbox = town.outbox;
        REQUIRE(outbox.ring([&](const letters::TicketName& ticket) { return town.pages.ahead_of(ticket); })
                    .has_value());
    };
    ring();
    town.command(office::Leave{{1}});
    const auto told = town.letters.all();
    REQUIRE(told.size() == 1);
    CHECK(told.front().letter.text.find("3 people are ahead of you.") != std::string::npos);
    REQUIRE(post(town, fifth + "/notice", "before=5&reach=912345678").status == 303);
    ring();
    town.command(office::Leave{{5}});
    CHECK(town.letters.all().size() == 1);
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE("nobody is told of an appointment that has begun") {
    Town town;
    const auto held = post(town, "/en/sites/shop/book", "service=identity&start=" + start_at(5, 11));
    REQUIRE(held.status == 303);
    REQUIRE(post(town, location_of(held) + "/contact", "name=In%C3%AAs&mail=ines%40example.org").status ==
            303);
    const auto confirm = path_in(town.letters.all().front().letter.text, "confirm/");
    REQUIRE(post(town, confirm).status == 303);
    town.clock.pass(61min);
    CHECK(town.letters.all().size() == 1);
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE(
    "a letter that did not arrive stands in a list for staff, with the appointment and without a name") {
    Town town;
    const auto held = post(town, "/en/sites/shop/book", "service=identity&start=" + start_at(6, 9));
    REQUIRE(post(town, location_of(held) + "/contact", "name=In%C3%AAs&mail=ines%40example.org").status ==
            303);

    class Refusing final : public letters::Carrier {
    public:
        letters::Delivery carry(const letters::Message&) override {
            return {letters::Outcome::refused, "550"};
        }
    } refusing;

    auto& outbox = town.outbox;
    REQUIRE(outbox.catch_up(1000).has_value());
    const auto write = [&](const letters::Owed& owed, const std::optional<booking::Contact>& contact) {
        return town.pages.write(owed, contact);
    };
    REQUIRE(outbox.carry_due(write, refusing, [] { return false; }).has_value());
    CHECK(town.get("/en/hall/shop/letters").status == 303);
    const http::Headers cookie{{"Cookie", sign_in(town)}};
    const auto list = town.get("/en/hall/shop/letters", cookie);
    CHECK(has(list, "Refused there (550)."));
    CHECK(has(list, "Tuesday, 6 January 2026, 09:00"));
    CHECK_FALSE(has(list, "ines@"));
    const std::string letter = outbox.undelivered().front().owed.id.text();
    CHECK(town.ask(http::Method::post, "/en/hall/shop/letters/again", "letter=" + letter, cookie).status ==
          303);
    CHECK(town.letters.all().size() == 1);
    CHECK(has(town.get("/en/hall/shop/letters", cookie), "All letters arrived"));
}

// The letters as they are carried, with their calendars.
struct Carried final : letters::Carrier {
    std::vector<letters::Message> all;

    letters::Delivery carry(const letters::Message& message) override {
        all.push_back(message);
        return {};
    }

    // Those that are owed and were not carried yet.
    static std::vector<letters::Message> of(Town& town) {
        Carried carried;
        REQUIRE(town.outbox.catch_up(100'000).has_value());
        const auto write = [&](const letters::Owed& owed, const std::optional<booking::Contact>& contact) {
            return town.pages.write(owed, contact);
        };
        REQUIRE(town.outbox.carry_due(write, carried, [] { return false; }).has_value());
        return carried.all;
    }
};

bool says(const letters::Message& letter, std::string_view words) {
    return letter.text.find(words) != std::string::npos;
}

// An appointment that staff booked for somebody, on 6 January at nine, and its page for staff.
std::string booked_by_staff(const Town& town, const std::string& cookie, const std::string& language) {
    const auto booked =
        town.ask(http::Method::post, "/en/hall/shop/appointments/new",
                 "channel=counter&service=identity&name=Rui&mail=rui%40example.org&language=" + language +
                     "&start=" + start_at(6, 9),
                 {{"Cookie", cookie}});
    REQUIRE(booked.status == 303);
    const auto to = location_of(booked);
    return to.substr(0, to.find('?'));
}

TEST_CASE(
    "whose appointment staff move is written to: the time before, the new one, the link, the calendar") {
    struct Said {
        const char* language;
        const char* moved;
        const char* before;
        const char* now;
        const char* otherwise;
    };

    for (const auto& [language, moved, before, now, otherwise] :
         {Said{"en", "We moved your appointment to another time.",
               "It was to be on Tuesday, 6 January 2026, 09:00.", "Wednesday, 7 January 2026, 11:00",
               "If the new time does not suit you"},
          Said{"pt", "Mudámos a sua marcação para outra hora.",
               "Era em terça-feira, 6 de janeiro de 2026, 09:00.",
               "quarta-feira, 7 de janeiro de 2026, 11:00", "Se a nova hora não lhe servir"},
          Said{"es", "Hemos cambiado la hora de su cita.", "Era el martes, 6 de enero de 2026, 09:00.",
               "miércoles, 7 de enero de 2026, 11:00", "Si la nueva hora no le conviene"}}) {
        Town town;
        const std::string cookie = sign_in(town);
        const std::string page = booked_by_staff(town, cookie, language);
        const auto first = Carried::of(town);
        REQUIRE(first.size() == 1);
        const auto uid = first.front().calendar.substr(first.front().calendar.find("UID:"), 40);
        CHECK(first.front().calendar.find("SEQUENCE:0") != std::string::npos);
        REQUIRE(town.ask(http::Method::post, page + "/move", "start=" + start_at(7, 11), {{"Cookie", cookie}})
                    .status == 303);
        const auto second = Carried::of(town);
        REQUIRE(second.size() == 1);
        const auto& letter = second.front();
        CHECK(letter.mail == "rui@example.org");
        for (const char* words : {moved, before, now, otherwise})
            CHECK_MESSAGE(says(letter, words), (std::string{words} + " in " + letter.text));
        CHECK(says(letter, std::string{"http://town.example/"} + language + "/appointments/"));
        CHECK(letter.method == "PUBLISH");
        CHECK(letter.calendar.find(uid) != std::string::npos);
        CHECK(letter.calendar.find("SEQUENCE:1") != std::string::npos);
        CHECK(letter.calendar.find("20260107T110000") != std::string::npos);
    }
}

TEST_CASE(
    "whose appointment staff cancel is told why, where to book another, and to take it off the calendar") {
    Town town;
    const std::string cookie = sign_in(town);
    const std::string page = booked_by_staff(town, cookie, "en");
    const auto first = Carried::of(town);
    REQUIRE(first.size() == 1);
    REQUIRE(
        town.ask(http::Method::post, page + "/cancel", "reason=site-closed", {{"Cookie", cookie}}).status ==
        303);
    const auto second = Carried::of(town);
    REQUIRE(second.size() == 1);
    CHECK(second.front().subject == "Your appointment was cancelled");
    CHECK(says(second.front(), "Why: The site is closed then."));
    CHECK(says(second.front(), "http://town.example/en/sites/shop/book"));
    CHECK(second.front().method == "CANCEL");
    CHECK(second.front().calendar.find(
              first.front().calendar.substr(first.front().calendar.find("UID:"), 40)) != std::string::npos);
    CHECK(second.front().calendar.find("SEQUENCE:1") != std::string::npos);
}

TEST_CASE("who cancels the own appointment is not told to book another") {
    Town town;
    const std::string mine = book_by_letter(town, "mail=ines%40example.org");
    (void)post(town, mine + "/cancel");
    const auto last = town.letters.all().front().letter;
    CHECK(last.text.find("Why:") == std::string::npos);
    CHECK(last.text.find("/book") == std::string::npos);
}

TEST_CASE("who had no place after hours changed is written to when an administrator moves the appointment") {
    Town town;
    const std::string cookie = sign_in(town);
    const std::string page = booked_by_staff(town, cookie, "en");
    (void)Carried::of(town);
    const std::string booking = page.substr(page.rfind('/') + 1);
    const auto moved =
        town.ask(http::Method::post, "/en/administration/clashes",
                 "appointment=" + booking + "&site=shop&at=" + start_at(8, 10), {{"Cookie", cookie}});
    REQUIRE(moved.status == 303);
    const auto letters = Carried::of(town);
    REQUIRE(letters.size() == 1);
    CHECK(says(letters.front(), "We moved your appointment to another time."));
    CHECK(says(letters.front(), "Thursday, 8 January 2026, 10:00"));
}

}  // namespace balcao::web
