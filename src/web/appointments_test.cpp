// The pages of appointments: booking one, its letter, coming in with it, moving and cancelling it.
#include "web/town_test.hpp"

namespace balcao::web {
namespace {

// Holds that time and returns the address of the appointment.
std::string hold(const Town& town, const std::string& start) {
    const auto held = post(town, "/en/sites/shop/book", "service=identity&start=" + start);
    REQUIRE(held.status == 303);
    return location_of(held);
}

std::string confirm_by_letter(const Town& town) {
    const auto letters = town.letters.all();
    REQUIRE(!letters.empty());
    const std::string& text = letters.front().letter.text;
    const auto from = text.find("/en/confirm/");
    REQUIRE(from != std::string::npos);
    const std::string address = text.substr(from, text.find('\n', from) - from);
    CHECK(has(town.get(address), "Confirm your appointment"));
    const auto confirmed = post(town, address);
    REQUIRE(confirmed.status == 303);
    return location_of(confirmed);
}

// From the page of the site to a confirmed appointment, as a person does it.
std::string book(const Town& town, const std::string& start) {
    const std::string held = hold(town, start);
    const auto given = post(town, held + "/contact", "name=In%C3%AAs&mail=ines%40example.org");
    REQUIRE(given.status == 303);
    return confirm_by_letter(town);
}

}  // namespace

TEST_CASE("an appointment is booked from the page of the site, and confirmed by the letter alone") {
    const Town town;
    CHECK(has(town.get("/en/sites/shop"), "/en/sites/shop/book"));
    const auto free = town.get("/en/sites/shop/book?service=identity");
    CHECK(has(free, "Tuesday, 6 January 2026"));
    CHECK(has(free, "value=\"" + start_at(6, 9) + "\""));
    CHECK_FALSE(has(free, "value=\"" + start_at(5, 9) + "\""));  // it is ten o'clock on that day
    const std::string held = hold(town, start_at(6, 9));
    CHECK(has(town.get(held), "The place is kept for you until 10:10."));
    const auto given = post(town, held + "/contact", "name=In%C3%AAs&mail=ines%40example.org");
    CHECK(given.status == 303);
    CHECK(has(town.get(location_of(given)), "We sent you a letter."));
    REQUIRE(town.letters.all().size() == 1);
    const auto letter = town.letters.all().front().letter;
    CHECK(letter.to == "ines@example.org");
    CHECK(letter.text.find("Identity card at Shop, Tuesday, 6 January 2026, 09:00") != std::string::npos);
    // Nothing on a page of hers says what stands in the letter.
    CHECK_FALSE(has(town.get(location_of(given)), "/confirm/"));
    const std::string mine = confirm_by_letter(town);
    CHECK(has(town.get(mine), "Your appointment is confirmed."));
    CHECK_FALSE(has(town.get("/en/sites/shop/book?service=identity"), "value=\"" + start_at(6, 9) + "\""));
}

TEST_CASE("a form that lacks something is shown again with what was typed and what to do") {
    const Town town;
    const std::string held = hold(town, start_at(6, 9));
    const auto without_mail = post(town, held + "/contact", "name=In%C3%AAs");
    CHECK(without_mail.status == 422);
    CHECK(has(without_mail, "Write your mail address"));
    CHECK(has(without_mail, "value=\"Inês\""));
    const auto wrong = post(town, held + "/contact", "name=In%C3%AAs&mail=ines");
    CHECK(wrong.status == 422);
    CHECK(has(wrong, "This is no mail address."));
    CHECK(has(wrong, "value=\"ines\""));
    CHECK(has(post(town, held + "/contact", "mail=ines%40example.org"), "Write your name."));
    CHECK(town.letters.all().empty());
}

TEST_CASE("who comes second for a place is told so, with the next that is free") {
    const Town town;
    hold(town, start_at(6, 9));
    const auto second = post(town, "/en/sites/shop/book", "service=identity&start=" + start_at(6, 9));
    CHECK(second.status == 409);
    CHECK(has(second, "Somebody else was faster"));
    CHECK(has(second, "Tuesday, 6 January 2026, 09:30"));
    CHECK(post(town, "/en/sites/shop/book", "service=identity&start=soon").status == 422);
    CHECK(post(town, "/en/sites/shop/book", "service=tax&start=" + start_at(6, 9)).status == 422);
}

TEST_CASE("S090 a place that is not confirmed in time is free again") {
    Town town;
    const std::string held = hold(town, start_at(6, 9));
    town.clock.pass(11min);
    CHECK(has(town.get(held), "the place was given back"));
    CHECK(hold(town, start_at(6, 9)) != held);
}

TEST_CASE("an appointment is moved and cancelled by its link, and the old link dies with it") {
    const Town town;
    const std::string mine = book(town, start_at(6, 9));
    CHECK(has(town.get(mine + "/move"), "value=\"" + start_at(6, 11) + "\""));
    const auto moved = post(town, mine + "/move", "start=" + start_at(6, 11));
    REQUIRE(moved.status == 303);
    const std::string there = location_of(moved);
    CHECK(has(town.get(there), "11:00"));
    CHECK(has(post(town, there + "/cancel"), "This appointment was cancelled."));
    CHECK_FALSE(has(town.get(there), "Inês"));
    CHECK(post(town, there + "/move", "start=" + start_at(6, 12)).status != 303);
    CHECK(town.get("/en/appointments/shop.2026-01-06.7K3M9QZT.k1.guess").status == 404);
}

TEST_CASE("S006 coming on another day is refused with the day and time; in time it gives a ticket") {
    Town town;
    const std::string mine = book(town, start_at(6, 9));
    const auto today = post(town, mine + "/check-in");
    CHECK(today.status == 409);
    CHECK(has(today, "Tuesday, 6 January 2026, 09:00"));
    town.clock.pass(22h);  // eight in the morning: an hour before
    const auto early = post(town, mine + "/check-in");
    CHECK(early.status == 409);
    CHECK(has(early, "from 08:30 on"));
    town.clock.pass(45min);
    const auto in = post(town, mine + "/check-in");
    CHECK(in.status == 303);
    CHECK(location_of(in).starts_with("/en/tickets/"));
    CHECK(has(town.get(location_of(in)), "Your ticket at Shop"));
    CHECK(has(town.get(mine), "You are here."));
}

TEST_CASE("S009 who has not confirmed cannot come in") {
    Town town;
    const std::string held = hold(town, start_at(5, 10, 30));
    CHECK(post(town, held + "/check-in").status == 409);
}

TEST_CASE(
    "S132 a ticket's page counts an appointment that is due among those ahead, until the visit is over") {
    Town town;
    const std::string mine = book(town, start_at(5, 10, 30));
    town.clock.pass(25min);
    const auto taken = town.take("service=identity");
    const std::string ticket = "/en" + location_of(taken).substr(3);
    CHECK(has(town.get(ticket), "You are next."));
    CHECK(post(town, mine + "/check-in").status == 303);
    CHECK(has(town.get(ticket), "You are next."));  // its time has not come
    town.clock.pass(6min);
    CHECK(town.take("service=tax").status == 303);  // something happens
    CHECK(has(town.get(ticket), "One person is ahead of you."));
    CHECK(post(town, ticket + "/leave").status == 303);
    CHECK(has(town.get(ticket), "You gave this ticket up."));
    CHECK_FALSE(has(town.get(ticket), "ahead of you"));
}

TEST_CASE("who gets no ticket has not come in either, and comes in when there is one") {
    Town town;
    const std::string mine = book(town, start_at(5, 10, 30));
    for (int number = 1; number <= 5; ++number)
        town.take("service=tax");
    const std::string key = "key=01J9ZK3M9QZT7K3M9QZT7K3M9Q";
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto refused = post(town, mine + "/check-in", key);
        CHECK(refused.status == 409);
        CHECK(has(refused, "All of today"));
        CHECK(has(town.get(mine), "Your appointment is confirmed."));
    }
}

TEST_CASE("S118 staff let somebody in and take it back, without seeing a name") {
    Town town;
    book(town, start_at(5, 10, 30));
    const std::string cookie = sign_in(town);
    const std::string path = "/en/hall/shop/appointments";
    const auto list = town.get(path, {{"Cookie", cookie}});
    CHECK(has(list, "10:30"));
    CHECK(has(list, "expected"));
    CHECK_FALSE(has(list, "Inês"));
    CHECK_FALSE(has(list, "example.org"));
    const auto from = list.body.find("name=\"appointment\" value=\"") + 26;
    const std::string form = "appointment=" + list.body.substr(from, list.body.find('"', from) - from);
    const auto in = town.ask(http::Method::post, path + "/check-in", form, {{"Cookie", cookie}});
    CHECK(in.status == 303);
    CHECK(location_of(in) == path);
    CHECK(has(town.get(path, {{"Cookie", cookie}}), "here"));
    CHECK(has(town.get("/en/hall/shop", {{"Cookie", cookie}}), "<dt>Waiting now</dt><dd>1</dd>"));
    CHECK(town.ask(http::Method::post, path + "/undo", form, {{"Cookie", cookie}}).status == 303);
    CHECK(has(town.get("/en/hall/shop", {{"Cookie", cookie}}), "<dt>Waiting now</dt><dd>0</dd>"));
    CHECK(has(town.get("/en/hall/shop", {{"Cookie", cookie}}), "<dt>Gave up</dt><dd>1</dd>"));
    CHECK(has(town.get(path, {{"Cookie", cookie}}), "expected"));
    CHECK(location_of(town.get(path)).starts_with("/en/sign-in"));
    CHECK(location_of(town.ask(http::Method::post, path + "/check-in", form)).starts_with("/en/sign-in"));
}

}  // namespace balcao::web
