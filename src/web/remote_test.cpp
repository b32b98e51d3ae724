// Appointments by telephone and by video: chosen, booked, told in letters and calendars, and held from a
// desk.
#include "web/town_test.hpp"

namespace balcao::web {
namespace {

// The town with calls for both services and meetings by video for one.
const char* remote_city() {
    static const std::string text = [] {
        std::string of{city};
        const auto put = [&](std::string_view after, std::string_view what) {
            const auto found = of.find(after);
            REQUIRE(found != std::string::npos);
            of.insert(found + after.size(), what);
        };
        put("services: [identity]}\n",
            "        calls: {days: mon-fri, hours: \"10-12\", slot: 20 min, places: 1, services: [identity, "
            "tax], "
            "channels: [phone]}\n"
            "        rooms: {days: mon-fri, hours: \"10-16\", slot: 30 min, places: 1, services: [identity], "
            "channels: [video]}\n");
        put("serves: [identity, tax]", ", channels: [counter, phone, video]");
        return of;
    }();
    return text.c_str();
}

// From the choice to a confirmed appointment, that way.
std::string book(const Town& town, const std::string& way, const std::string& start) {
    const auto held =
        post(town, "/en/sites/shop/book", "service=identity&channel=" + way + "&start=" + start);
    REQUIRE(held.status == 303);
    const auto given = post(town, location_of(held) + "/contact",
                            "name=In%C3%AAs&mail=ines%40example.org&phone=912+345+678");
    REQUIRE(given.status == 303);
    const auto letters = town.letters.all();
    REQUIRE(!letters.empty());
    const std::string& text = letters.front().letter.text;
    const auto from = text.find("/en/confirm/");
    REQUIRE(from != std::string::npos);
    const auto confirmed = post(town, text.substr(from, text.find('\n', from) - from));
    REQUIRE(confirmed.status == 303);
    return location_of(confirmed);
}

struct DeskClerk : Clerk {
    // The page on which the only call or meeting of a desk is opened.
    [[nodiscard]] std::string call_at(const std::string& desk) const {
        const auto page = get("/en/desk/shop/" + desk);
        const auto end = page.body.find("/call\"");
        REQUIRE(end != std::string::npos);
        const auto begin = page.body.rfind("href=\"", end) + 6;
        return page.body.substr(begin, end + 5 - begin);
    }
};

}  // namespace

TEST_CASE(
    "a citizen chooses to come, to be called or to meet by video, and sees the free times of that way") {
    const Town town{remote_city()};
    const auto choice = town.get("/en/sites/shop/book");
    for (const char* way : {"In person, at the site", "By telephone", "By video"})
        CHECK_MESSAGE(has(choice, way), way);
    CHECK(has(choice, "Tax (By telephone)"));  // it is not had otherwise
    const auto calls = town.get("/en/sites/shop/book?service=identity&channel=phone");
    CHECK(has(calls, "value=\"" + start_at(6, 10, 20) + "\""));
    CHECK_FALSE(has(calls, "value=\"" + start_at(6, 9) + "\""));
    const auto rooms = town.get("/en/sites/shop/book?service=identity&channel=video");
    CHECK(has(rooms, "value=\"" + start_at(6, 15, 30) + "\""));
    CHECK_FALSE(has(rooms, "value=\"" + start_at(6, 10, 20) + "\""));
    const auto tax = town.get("/en/sites/shop/book?service=tax&channel=video");
    CHECK(has(tax, "Tax cannot be had that way (By video). Choose another way."));
    CHECK_FALSE(has(tax, "name=\"start\""));
    // Who did not say how gets the way on which it can be had.
    CHECK(has(town.get("/en/sites/shop/book?service=tax"), "value=\"" + start_at(6, 10, 20) + "\""));
}

TEST_CASE("who is to be called must leave a number, and is told when and at which number the call comes") {
    const Town town{remote_city()};
    const auto held =
        post(town, "/en/sites/shop/book", "service=identity&channel=phone&start=" + start_at(6, 10, 20));
    REQUIRE(held.status == 303);
    CHECK(has(town.get(location_of(held)), "Your telephone: we call you there"));
    const auto without = post(town, location_of(held) + "/contact", "name=In%C3%AAs&mail=ines%40example.org");
    CHECK(without.status == 422);
    CHECK(has(without, "Write your telephone number: we call you there."));
    CHECK(has(without, "value=\"ines@example.org\""));

    const std::string mine = book(town, "phone", start_at(6, 11));
    const auto page = town.get(mine);
    CHECK(has(page, "Identity card by telephone, Shop, Tuesday, 6 January 2026, 11:00"));
    CHECK(has(page, "we call you at 11:00, at the number 912 345 678."));
    CHECK_FALSE(has(page, "I am here"));
    const auto letter = town.letters.all().front().letter;
    CHECK(letter.subject == "Your appointment is confirmed");
    CHECK(letter.text.find("we call you at 11:00, at the number 912 345 678.") != std::string::npos);
    const auto calendar = town.get(mine + "/calendar.ics");
    CHECK(has(calendar, "LOCATION:By telephone"));
    // The free times for another time are those of calls.
    CHECK(has(town.get(mine + "/move"), "value=\"" + start_at(6, 11, 40) + "\""));
    CHECK_FALSE(has(town.get(mine + "/move"), "value=\"" + start_at(6, 9) + "\""));
}

TEST_CASE("a meeting by video is told on the page, in the letter and in the calendar, and when it opens") {
    const Town town{remote_city()};
    const std::string mine = book(town, "video", start_at(6, 10));
    const auto page = town.get(mine);
    CHECK(has(page, "The meeting opens at 09:50."));
    const auto from = page.body.find("https://meet.example/balcao-");
    REQUIRE(from != std::string::npos);
    const std::string room = page.body.substr(from, page.body.find('"', from) - from);
    const auto letter = town.letters.all().front().letter;
    CHECK(letter.text.find(room) != std::string::npos);
    CHECK(letter.text.find("The meeting opens at 09:50.") != std::string::npos);
    CHECK(has(town.get(mine + "/calendar.ics"), room.substr(0, 40)));
    // Nobody comes in for it, neither by the link nor with the code.
    const auto here = post(town, mine + "/check-in");
    CHECK(here.status == 409);
    CHECK(has(here, "This appointment is by telephone or video, on Tuesday, 6 January 2026, 10:00."));
}

TEST_CASE("an attendant sees a call at the desk, and its number once the look is written") {
    Town town{remote_city()};
    const std::string mine = book(town, "phone", start_at(6, 10, 20));
    town.clock.pass(24h);
    const DeskClerk clerk{town};
    const auto desk = clerk.get("/en/desk/shop/both-2");
    CHECK(has(desk, "Calls and meetings today"));
    CHECK(has(desk, "By telephone"));
    CHECK_FALSE(has(desk, "912"));
    const std::string page = clerk.call_at("both-2");
    CHECK_FALSE(has(clerk.get(page), "912"));
    const auto called = clerk.post(page);
    CHECK(has(called, "href=\"tel:+351912345678\""));
    CHECK(has(called, "Inês"));
    CHECK(has(town.get(mine), "We are calling you."));
    CHECK(has(town.get(mine), "To call or serve the person"));
    // Nobody answers: it is expected again, and called once more later.
    const auto again = clerk.post(page.substr(0, page.size() - 4) + "no-answer");
    REQUIRE(again.status == 303);
    CHECK(has(clerk.get(location_of(again)), "It is expected again."));
    CHECK(has(town.get(mine), "Your appointment is confirmed."));
    CHECK(has(clerk.post(page), "tel:+351912345678"));
    // No ticket was given for it.
    CHECK(has(town.get("/en/sites/shop"), "<strong>0</strong>"));
}

TEST_CASE(
    "an attendant opens a meeting by video from the list of the day, and the person sees that it is open") {
    Town town{remote_city()};
    const std::string mine = book(town, "video", start_at(6, 10, 30));
    town.clock.pass(24h);
    const DeskClerk clerk{town};
    CHECK(has(clerk.get("/en/desk/shop/both-1"), "Calls and meetings today"));
    const auto agenda = clerk.get("/en/hall/shop/appointments");
    CHECK(has(agenda, "Open the meeting"));
    CHECK_FALSE(has(agenda, "Is here"));
    const std::string page = clerk.call_at("both-1");
    CHECK_FALSE(has(clerk.get(page), "https://meet.example/"));
    const auto opened = clerk.post(page);
    REQUIRE(opened.status == 303);
    CHECK(has(clerk.get(location_of(opened)), "https://meet.example/balcao-"));
    CHECK(has(town.get(mine), "The meeting is open. Come in."));
}

TEST_CASE("a call that is of another day is not begun, and what never took place is said so") {
    Town town{remote_city()};
    const std::string mine = book(town, "phone", start_at(6, 10, 20));
    const DeskClerk clerk{town};
    const auto agenda = clerk.get("/en/hall/shop/appointments?date=2026-01-06");
    const auto end = agenda.body.find("/call\"");
    REQUIRE(end != std::string::npos);
    const auto begin = agenda.body.rfind("href=\"", end) + 6;
    const auto early = clerk.post(agenda.body.substr(begin, end + 5 - begin));
    CHECK(early.status == 409);
    CHECK(has(early, "This appointment is not today but on Tuesday, 6 January 2026, 10:20."));
    CHECK_FALSE(has(early, "912"));
    town.clock.pass(48h);
    REQUIRE(std::get<int>(town.bookings->end_day(model::SiteKey{"shop"}, *parse_date("2026-01-06"))) == 1);
    CHECK(has(town.get(mine), "This appointment did not take place."));
}

TEST_CASE("staff book a call for somebody only with the number at which to call") {
    Town town{remote_city()};
    const DeskClerk clerk{town};
    const std::string form = "channel=phone&service=tax&name=Ana&start=" + start_at(6, 10);
    const auto without = clerk.post("/en/hall/shop/appointments/new", form);
    CHECK(without.status == 422);
    CHECK(has(without, "Telephone: the person is called there"));
    const auto booked = clerk.post("/en/hall/shop/appointments/new", form + "&phone=912345678");
    REQUIRE(booked.status == 303);
    const auto page = clerk.get(location_of(booked));
    CHECK(has(page, "Tax by telephone, Shop, Tuesday, 6 January 2026, 10:00"));
    CHECK(has(page, "/call\""));
    CHECK_FALSE(has(page, "Is here"));
}

}  // namespace balcao::web
