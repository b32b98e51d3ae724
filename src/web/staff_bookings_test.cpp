// The pages of staff about appointments: booking for somebody, moving, cancelling, notes, other days, codes;
// and looking at who it is, which the person can see.
#include "text/json.hpp"
#include "web/town_test.hpp"

namespace balcao::web {
namespace {

const std::string agenda = "/en/hall/shop/appointments";

struct BookingClerk : Clerk {
    // The page of an appointment that was booked for Ana.
    std::string booked(int day = 6, int hour = 9) const {
        const auto answer =
            post(agenda + "/new", "channel=counter&service=identity&start=" + start_at(day, hour) +
                                      "&name=Ana+S%C3%B3&mail=ana%40example.org&phone=912345678&language=en");
        REQUIRE(answer.status == 303);
        const auto to = location_of(answer);
        return to.substr(0, to.find('?'));
    }

    // The link of the person whose page that is.
    [[nodiscard]] std::string link_of(const std::string& page) const {
        const auto found = town.bookings->of_person("ana@example.org");
        for (const auto& one : std::get<0>(found))
            if (page.ends_with(one.booking.text())) return "/en/appointments/" + one.link;
        FAIL("no such booking");
        return {};
    }
};

// Somebody with that role at the shop, signed in.
std::string sign_in_as(const Town& town, staff::Role role) {
    const auto first = town.staff->accounts().front().key;
    const auto added = town.staff->add(first, {"rui", "Rui"}, {{role, model::SiteKey{"shop"}}}, "add");
    const auto invited = town.staff->invite(first, std::get<staff::AccountKey>(added), "invite");
    REQUIRE(std::holds_alternative<staff::Invitation>(invited));
    REQUIRE(std::holds_alternative<staff::AccountKey>(
        town.staff->accept(std::get<staff::Invitation>(invited).token, password, "accept")));
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=rui&password=quatro+casas+verdes+hoje");
    REQUIRE(in.status == 303);
    const std::string cookie{in.headers.text("set-cookie")};
    return cookie.substr(0, cookie.find(';'));
}

}  // namespace

TEST_CASE("staff book for somebody on the telephone: a service, a time, a name, and the code to say") {
    Town town;
    const BookingClerk clerk{town};
    CHECK(has(clerk.get(agenda), agenda + "/new"));
    const auto choice = clerk.get(agenda + "/new");
    CHECK(has(choice, "Identity card"));
    CHECK_FALSE(has(choice, "Tax"));  // is not given by appointment
    const auto times = clerk.get(agenda + "/new?channel=counter&service=identity");
    CHECK(has(times, "value=\"" + start_at(6, 9) + "\""));
    const auto who = clerk.get(agenda + "/new?channel=counter&service=identity&start=" + start_at(6, 9));
    CHECK(has(who, "Who is it for?"));
    CHECK(has(who, "Identity card, Tuesday, 6 January 2026, 09:00, At the counter"));
    const std::string page = clerk.booked();
    const auto done = clerk.get(page + "?done=booked");
    CHECK(has(done, "It is booked. Tell the person the day, the time and the code."));
    CHECK(has(done, "given by staff"));
    CHECK_FALSE(has(done, "Ana S"));
    CHECK(has(clerk.get(agenda + "?date=2026-01-06"), "09:00"));
}

TEST_CASE("a booking of staff that lacks something is asked for again with what was typed") {
    Town town;
    const BookingClerk clerk{town};
    const std::string form = "channel=counter&service=identity&start=" + start_at(6, 9) + "&phone=912345678";
    const auto nameless = clerk.post(agenda + "/new", form);
    CHECK(nameless.status == 422);
    CHECK(has(nameless, "Write your name."));
    CHECK(has(nameless, "value=\"912345678\""));
    const auto wrong = clerk.post(agenda + "/new", form + "&name=Ana&mail=ana");
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "This is no mail address."));
    CHECK(has(wrong, "value=\"Ana\""));
    clerk.booked();
    const auto taken = clerk.post(agenda + "/new", form + "&name=Rui");
    CHECK(taken.status == 409);
    CHECK(has(taken, "The next one that is free: Tuesday, 6 January 2026, 09:30"));
    CHECK(has(taken, "value=\"Rui\""));
}

TEST_CASE("the same booking form sent twice is one appointment") {
    Town town;
    const BookingClerk clerk{town};
    const std::string form =
        "key=ABCDEFGHIJKLMNOPQRSTUVWXYZ&channel=counter&service=identity&name=Ana&start=" + start_at(6, 9);
    const auto first = clerk.post(agenda + "/new", form);
    CHECK(first.status == 303);
    CHECK(location_of(clerk.post(agenda + "/new", form)) == location_of(first));
}

TEST_CASE("staff move an appointment, and the person's link stays the same") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const std::string mine = clerk.link_of(page);
    CHECK(has(clerk.get(page + "/move"), "value=\"" + start_at(7, 11) + "\""));
    const auto moved = clerk.post(page + "/move", "start=" + start_at(7, 11));
    CHECK(location_of(moved) == page + "?done=moved");
    CHECK(has(clerk.get(page), "Wednesday, 7 January 2026, 11:00"));
    CHECK(has(town.get(mine), "Wednesday, 7 January 2026, 11:00"));
    CHECK(clerk.post(page + "/move", "start=soon").status == 422);
}

TEST_CASE("staff cancel with a reason, and who it was for is gone") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    CHECK(clerk.post(page + "/cancel", "reason=whim").status == 422);
    CHECK(location_of(clerk.post(page + "/cancel", "reason=too-few-staff")) == page + "?done=cancelled");
    CHECK(has(clerk.get(page), "cancelled"));
    const auto look = clerk.post(page + "/look", "why=to-serve");
    CHECK(look.status == 409);
    CHECK_FALSE(has(look, "Ana S"));
}

TEST_CASE("other days are a step away, and an appointment is found by its code") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const auto list = clerk.get(agenda);
    CHECK(has(list, "date=2026-01-04"));
    CHECK(has(list, "date=2026-01-06"));
    CHECK(has(list, "There is no appointment on that day."));
    CHECK(clerk.get(agenda + "?date=9999-99-99").status == 200);
    const auto found =
        town.bookings->on_day(model::SiteKey{"shop"}, *parse_date("2026-01-06"), booking::People::left_out);
    const std::string code = std::get<0>(found).front().code;
    CHECK(location_of(clerk.get(agenda + "?code=" + code)) == page);
    const auto none = clerk.get(agenda + "?code=AAAAAA");
    CHECK(none.status == 404);
    CHECK(has(none, "No appointment from today on has the code AAAAAA here."));
}

TEST_CASE("a look at who it is needs a reason, and the person reads by whom, when and why") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const std::string mine = clerk.link_of(page);
    CHECK(has(town.get(mine), "Nobody who works for the city has opened your name or contact up to now."));
    const auto without = clerk.post(page + "/look");
    CHECK(without.status == 422);
    CHECK(has(without, "Choose why you need to know"));
    CHECK_FALSE(has(without, "Ana S"));
    town.command(office::OpenDesk{{office::DeskKey{"both"}, 2},
                                  office::StaffKey{town.staff->accounts().front().key.text()}});
    const auto seen = clerk.post(page + "/look", "why=to-tell");
    CHECK(seen.status == 200);
    CHECK(has(seen, "Ana Só"));
    CHECK(has(seen, "912345678"));
    CHECK(has(town.get(mine),
              "Monday, 5 January 2026, 10:00 · Administrator, Shop, Counter 2 · "
              "To tell the person of a change"));
    CHECK_FALSE(has(town.get(mine), ">Ana<"));
}

TEST_CASE("where nothing can be written nobody is shown, and the same form later shows who it is") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const std::string form = "key=ABCDEFGHIJKLMNOPQRSTUVWXYZ&why=to-serve";
    town.store.set_broken(true);
    for (const auto& refused :
         {clerk.post(page + "/look", form), clerk.post(agenda + "/names", "date=2026-01-06&why=to-serve")}) {
        CHECK(refused.status == 503);
        CHECK_FALSE(has(refused, "Ana S"));
        CHECK_FALSE(has(refused, "912345678"));
    }
    CHECK(has(clerk.get(page), "expected"));  // what names nobody goes on
    town.store.set_broken(false);
    CHECK(has(clerk.post(page + "/look", form), "Ana Só"));
    town.clock.pass(3min);
    const auto late = clerk.post(page + "/look", form);
    CHECK(late.status == 409);
    CHECK(has(late, "This look is over."));
    CHECK_FALSE(has(late, "Ana S"));
}

TEST_CASE("all names of a day are a look at each of its people") {
    Town town;
    const BookingClerk clerk{town};
    const std::string mine = clerk.link_of(clerk.booked());
    CHECK_FALSE(has(clerk.get(agenda + "?date=2026-01-06"), "Ana S"));
    const auto names = clerk.post(agenda + "/names", "date=2026-01-06&why=to-serve");
    CHECK(names.status == 200);
    CHECK(has(names, "Ana Só"));
    CHECK(has(town.get(mine), "To call or serve the person"));
    const auto looks = clerk.get(agenda + "/looks?date=2026-01-06");
    CHECK(has(looks, "<td>Ana</td>"));  // the account of who looked, who is called so too
    CHECK(has(looks, "with all of the day"));
    CHECK(clerk.post(agenda + "/names", "date=2026-01-06").status == 422);
}

TEST_CASE("who may not see personal data opens nobody, and who does not work there no list") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const std::string auditor = sign_in_as(town, staff::Role::auditor);
    const http::Headers headers{{"Cookie", auditor}};
    for (const std::string& path : {agenda, page, page + "/move", agenda + "/new"})
        CHECK(town.ask(http::Method::get, path, {}, headers).status == 403);
    CHECK(town.ask(http::Method::post, page + "/look", "why=to-serve", headers).status == 403);
    CHECK(town.ask(http::Method::post, agenda + "/names", "date=2026-01-06&why=to-serve", headers).status ==
          403);
    CHECK(location_of(town.get(page)).starts_with("/en/sign-in"));
    CHECK(has(town.get(clerk.link_of(page)), "Nobody who works for the city"));
}

TEST_CASE("an attendant sees who it is, and no list of who looked") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const std::string cookie = sign_in_as(town, staff::Role::attendant);
    const auto seen = town.ask(http::Method::post, page + "/look", "why=to-serve", {{"Cookie", cookie}});
    CHECK(has(seen, "Ana Só"));
    CHECK(has(town.get(clerk.link_of(page)), "Attendant, Shop · To call or serve the person"));
    CHECK(town.get(agenda + "/looks?date=2026-01-06", {{"Cookie", cookie}}).status == 403);
}

TEST_CASE("a note for colleagues is shown with a look and to the person in the own file, and on no list") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    CHECK(location_of(clerk.post(page + "/note", "note=fala+devagar")) == page + "?done=noted");
    CHECK_FALSE(has(clerk.get(page), "fala devagar"));
    CHECK(has(clerk.post(page + "/look", "why=to-serve"), "fala devagar"));
    const std::string mine = clerk.link_of(page);
    CHECK_FALSE(has(town.get(mine), "fala devagar"));
    CHECK(has(town.get(mine + "/data.json"), "fala devagar"));
}

TEST_CASE("a person has all that is kept of an appointment as a file: own data, each event, each look") {
    Town town;
    const BookingClerk clerk{town};
    const std::string page = clerk.booked();
    const std::string mine = clerk.link_of(page);
    REQUIRE(clerk.post(page + "/move", "start=" + start_at(7, 11)).status == 303);
    REQUIRE(clerk.post(page + "/look", "why=person-asked").status == 200);
    const auto file = town.get(mine + "/data.json");
    CHECK(file.status == 200);
    CHECK(file.headers.text("content-type").starts_with("application/json"));
    CHECK(file.headers.text("content-disposition").starts_with("attachment; filename=\"appointment-"));
    const auto json = text::Json::parse(file.body, "file");
    REQUIRE(json);
    const auto root = json->root();
    CHECK(root["person"]["name"].as_text() == "Ana Só");
    CHECK(root["person"]["mail"].as_text() == "ana@example.org");
    REQUIRE(root["events"].size() == 3);
    CHECK(root["events"].at(0)["words"].as_text() == "The appointment was booked.");
    CHECK(root["events"].at(0)["by"].as_text() == "staff");
    CHECK(root["events"].at(0)["start"].as_text() == "2026-01-06T09:00:00+00:00");
    REQUIRE(root["looks"].size() == 1);
    CHECK(root["looks"].at(0)["words"].as_text() == "Administrator, Shop: The person asked for it");
    // By role, not by name or account.
    CHECK(file.body.find(town.staff->accounts().front().key.text()) == std::string::npos);
    CHECK(town.get("/en/appointments/shop.2026-01-06.7K3M9QZT.k1.guess/data.json").status == 404);
}

TEST_CASE("a ticket's holder has all that is kept of it as a file, and nothing of others") {
    Town town;
    const auto first = "/en" + location_of(town.take("service=identity")).substr(3);
    town.take("service=tax");
    const auto file = town.get(first + "/data.json");
    CHECK(file.status == 200);
    const auto json = text::Json::parse(file.body, "file");
    REQUIRE(json);
    REQUIRE(json->root()["events"].size() == 1);
    CHECK(json->root()["events"].at(0)["words"].as_text() == "The ticket was taken.");
    CHECK(json->root()["events"].at(0)["services"].at(0).as_text() == "identity");
    CHECK(has(town.get(first), "/data.json"));
    CHECK(town.get("/en/tickets/shop.2026-01-05.1.guess/data.json").status == 404);
}

}  // namespace balcao::web
