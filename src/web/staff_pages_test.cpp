// The pages of who works here: signing in, the desk, one's own account, the people of a site.
#include "staff/totp.hpp"
#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;

TEST_CASE("the first account is made once, by who has the link that the server told") {
    const Town town;
    const std::string link = "/en/found/" + web::founding_secret_of(town.key);
    CHECK(town.get("/en/found/guess").status == 404);
    CHECK(town.get(link).status == 200);
    const auto weak = town.ask(http::Method::post, link, "name=Ana&sign-in-name=ana&password=short");
    CHECK(weak.status == 422);
    CHECK(has(weak, "twelve letters or more"));
    CHECK(has(weak, "value=\"Ana\""));
    const auto made =
        town.ask(http::Method::post, link, "name=Ana&sign-in-name=ana&password=quatro+casas+verdes+hoje");
    CHECK(made.status == 303);
    CHECK(has(town.get(location_of(made)), "The account is made."));
    CHECK(town.get(link).status == 404);
}

TEST_CASE("nobody comes to a desk without signing in, and signing out ends it") {
    const Town town;
    CHECK(location_of(town.get("/en/desk/shop/both-2")) == "/en/sign-in?to=%2Fen%2Fdesk%2Fshop%2Fboth-2");
    CHECK(location_of(press(town, "session=guess", "open")).starts_with("/en/sign-in"));
    const std::string cookie = sign_in(town);
    CHECK(town.get("/en/desk", {{"Cookie", cookie}}).status == 200);
    CHECK(town.get("/en/live/desk/shop/nowhere-1", {{"Cookie", cookie}}).status == 404);
    const auto left = town.ask(http::Method::post, "/en/sign-out", "", {{"Cookie", cookie}});
    CHECK(left.status == 303);
    CHECK(has(town.get(location_of(left)), "You are signed out."));
    CHECK(town.get("/en/desk", {{"Cookie", cookie}}).status == 303);
    CHECK(town.get("/en/live/desk/shop/both-2", {{"Cookie", cookie}}).status == 303);
}

TEST_CASE("a desk's open page hears no more once its session has ended") {
    const Town town;
    const std::string cookie = sign_in(town);
    const std::string address = "http://127.0.0.1:" + std::to_string(town.server->port());
    auto stream = http::EventReader::open(
        {.url = address + "/en/live/desk/shop/both-2", .headers = {{"Cookie", cookie}}});
    REQUIRE(stream.has_value());
    CHECK(stream->next(5s).has_value());
    CHECK(town.ask(http::Method::post, "/en/sign-out", "", {{"Cookie", cookie}}).status == 303);
    bool is_open = true;
    for (int time = 0; is_open && time < 100; ++time)
        is_open = stream->next(100ms).has_value();
    CHECK(!is_open);
}

TEST_CASE("a wrong password says no more than that, and keeps the name that was typed") {
    const Town town;
    sign_in(town);
    const auto wrong = town.ask(http::Method::post, "/en/sign-in", "sign-in-name=ana&password=wrong");
    const auto unknown = town.ask(http::Method::post, "/en/sign-in", "sign-in-name=eva&password=wrong");
    CHECK(wrong.status == 403);
    CHECK(unknown.status == 403);
    CHECK(has(wrong, "Name or password is not right."));
    CHECK(has(unknown, "Name or password is not right."));
    CHECK(has(wrong, "value=\"ana\""));
    CHECK(!has(wrong, "value=\"wrong\""));
    CHECK(!wrong.headers.has("set-cookie"));
    CHECK(location_of(town.ask(
              http::Method::post, "/en/sign-in",
              "sign-in-name=ana&password=quatro+casas+verdes+hoje&to=https%3A%2F%2Felsewhere.example")) ==
          "/en/desk");
}

TEST_CASE("an attendant opens a desk, calls the next by the rule, serves her and sends her on") {
    const Town town;
    const std::string cookie = sign_in(town);
    const auto ticket = location_of(town.take("service=identity"));
    CHECK(press(town, cookie, "open").status == 303);
    CHECK(press(town, cookie, "next").status == 303);
    CHECK(has(town.get(ticket), "É a sua vez: Balcão 2"));
    CHECK(press(town, cookie, "start").status == 303);
    CHECK(press(town, cookie, "transfer", "service=tax").status == 303);
    const auto page = town.get("/en/desk/shop/both-2", {{"Cookie", cookie}});
    CHECK(has(page, "Waiting: 1"));
    CHECK(press(town, cookie, "call", "number=1").status == 303);
    CHECK(press(town, cookie, "start").status == 303);
    CHECK(press(town, cookie, "park").status == 303);
    CHECK(press(town, cookie, "resume", "number=1").status == 303);
    CHECK(press(town, cookie, "finish").status == 303);
    CHECK(has(town.get(ticket), "A sua visita terminou."));
    const auto nobody = press(town, cookie, "next");
    CHECK(nobody.status == 409);
    CHECK(has(nobody, "Nobody waits for this desk."));
    CHECK(press(town, cookie, "dance").status == 404);
    CHECK(press(town, cookie, "call", "number=0x1").status == 404);
}

TEST_CASE("a button pressed twice, or on two machines, does once; an old one does nothing new") {
    const Town town;
    const std::string cookie = sign_in(town);
    town.take("service=identity");
    town.take("service=identity");
    press(town, cookie, "open");
    const auto free = town.get("/en/desk/shop/both-2", {{"Cookie", cookie}});
    const std::string call = "key=" + key_in(free, "next");
    CHECK(press(town, cookie, "next", call).status == 303);
    CHECK(press(town, cookie, "next", call).status == 303);
    press(town, cookie, "start");
    const auto served = town.get("/en/desk/shop/both-2", {{"Cookie", cookie}});
    const std::string finish = "key=" + key_in(served, "finish");
    CHECK(press(town, cookie, "finish", finish).status == 303);
    CHECK(press(town, cookie, "next").status == 303);
    press(town, cookie, "start");
    CHECK(press(town, cookie, "finish", finish).status == 303);
    CHECK(has(town.get("/en/desk/shop/both-2", {{"Cookie", cookie}}), "data-state=\"served\">2<"));
}

TEST_CASE("a desk that was closed is opened again by its button") {
    Town town;
    const std::string cookie = sign_in(town);
    const auto page = [&] { return town.get("/en/desk/shop/both-2", {{"Cookie", cookie}}); };
    for (int time = 0; time < 2; ++time) {
        town.clock.pass(1s);
        CHECK(press(town, cookie, "open", "key=" + key_in(page(), "open")).status == 303);
        CHECK(has(page(), "/both-2/next"));
        CHECK(press(town, cookie, "close", "key=" + key_in(page(), "close")).status == 303);
        CHECK(!has(page(), "/both-2/next"));
    }
}

TEST_CASE("nobody works at a desk where somebody else sits, but who manages the hall") {
    const Town town;
    const std::string cookie = sign_in(town);
    const auto boss = town.staff->accounts().front().key;
    const auto added =
        town.staff->add(boss, {"rui", "Rui"}, {{staff::Role::attendant, model::SiteKey{"shop"}}}, "rui");
    REQUIRE(std::holds_alternative<staff::AccountKey>(added));
    const auto invited = town.staff->invite(boss, std::get<staff::AccountKey>(added), "invite");
    REQUIRE(std::holds_alternative<staff::Invitation>(invited));
    REQUIRE(std::holds_alternative<staff::AccountKey>(
        town.staff->accept(std::get<staff::Invitation>(invited).token, password, "accept")));
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=rui&password=quatro+casas+verdes+hoje");
    REQUIRE(in.status == 303);
    const std::string set{in.headers.text("set-cookie")};
    const std::string ruis = set.substr(0, set.find(';'));
    town.take("service=identity");
    press(town, cookie, "open");
    const auto refused = press(town, ruis, "next");
    CHECK(refused.status == 409);
    CHECK(has(refused, "Somebody else is signed in at this desk."));
    CHECK(town.ask(http::Method::post, "/en/desk/shop/both-1/open", "", {{"Cookie", ruis}}).status == 303);
    CHECK(town.ask(http::Method::post, "/en/desk/shop/both-1/next", "", {{"Cookie", cookie}}).status == 303);
}

namespace {

// What stands between `before` and the next `until` of a page.
std::string between(const http::Answer& page, const std::string& before, const std::string& until) {
    const auto begin = page.body.find(before);
    REQUIRE(begin != std::string::npos);
    const auto from = begin + before.size();
    return page.body.substr(from, page.body.find(until, from) - from);
}

// RFC 4648, 6, backwards.
std::string from_base32(std::string_view text) {
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char letter : text) {
        bits = (bits << 5U) | static_cast<unsigned>(letter >= 'A' ? letter - 'A' : letter - '2' + 26);
        count += 5;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
    return bytes;
}

http::Answer post(const Town& town,
                  const std::string& cookie,
                  const std::string& path,
                  const std::string& form) {
    return town.ask(http::Method::post, path, form, {{"Cookie", cookie}});
}

}  // namespace

TEST_CASE("somebody new is added and invited, sets a password, and comes to the desks of her site") {
    const Town town;
    const std::string cookie = sign_in(town);
    const std::string form =
        "name=Rui&sign-in-name=rui&role=attendant&site=shop&key=0123456789ABCDEFGHJKMNPQRS";
    const auto added = post(town, cookie, "/en/people/add", form);
    REQUIRE(added.status == 200);
    const std::string link =
        between(added, "<code class=\"secret\">http://127.0.0.1:" + std::to_string(town.server->port()), "<");
    CHECK(link.starts_with("/en/invitation/"));
    CHECK(has(town.get("/en/people", {{"Cookie", cookie}}), "Rui (rui)"));
    CHECK(has(post(town, cookie, "/en/people/add", form), link));  // pressed twice: one person, one link
    CHECK(post(town, cookie, "/en/people/add", "name=Rui&sign-in-name=rui&role=attendant&site=shop").status ==
          422);
    const auto weak = town.ask(http::Method::post, link, "password=short");
    CHECK(weak.status == 422);
    CHECK(has(weak, "twelve letters or more"));
    const auto chosen = town.ask(http::Method::post, link, "password=cinco+barcos+azuis+amanha");
    CHECK(chosen.status == 303);
    CHECK(has(town.get(location_of(chosen)), "The password is set."));
    CHECK(town.ask(http::Method::post, link, "password=seis+barcos+azuis+amanha").status == 422);
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=rui&password=cinco+barcos+azuis+amanha");
    REQUIRE(in.status == 303);
    const std::string set{in.headers.text("set-cookie")};
    const std::string ruis = set.substr(0, set.find(';'));
    CHECK(has(town.get("/en/desk", {{"Cookie", ruis}}), "Counter 2"));
    CHECK(post(town, ruis, "/en/people/add", "name=Eva&sign-in-name=eva&role=attendant&site=shop").status ==
          403);
    CHECK(!has(town.get("/en/people", {{"Cookie", ruis}}), "Ana (ana)"));
}

TEST_CASE("who is shut out is out at once, and may be let in again") {
    const Town town;
    const std::string cookie = sign_in(town);
    REQUIRE(post(town, cookie, "/en/people/add", "name=Rui&sign-in-name=rui&role=manager&site=shop").status ==
            200);
    const auto people = town.get("/en/people", {{"Cookie", cookie}});
    const std::string order = between(people, "action=\"", "disable\"");
    const std::string at = order.substr(order.rfind("/en/people/"));
    CHECK(post(town, cookie, at + "disable", "").status == 303);
    CHECK(has(town.get("/en/people", {{"Cookie", cookie}}), "shut out"));
    CHECK(post(town, cookie, at + "enable", "").status == 303);
    CHECK(!has(town.get("/en/people", {{"Cookie", cookie}}), "shut out"));
    CHECK(post(town, cookie, at + "promote", "").status == 404);
}

TEST_CASE("a second factor is set up with the code that it shows, and then asked for") {
    Town town;
    const std::string cookie = sign_in(town);
    const auto proposed = post(town, cookie, "/en/account/propose", "");
    REQUIRE(proposed.status == 200);
    const std::string secret = between(proposed, "<code class=\"secret\">", "<");
    const std::string ticket = between(proposed, "name=\"ticket\" value=\"", "\"");
    const auto code = [&] {
        const auto step =
            std::chrono::duration_cast<std::chrono::seconds>(town.clock.now().time_since_epoch()).count() /
            30;
        return staff::totp_code(from_base32(secret), step);
    };
    CHECK(post(town, cookie, "/en/account/enrol", "ticket=" + ticket + "&code=000000").status == 403);
    CHECK(post(town, cookie, "/en/account/enrol", "ticket=" + ticket + "&code=" + code()).status == 303);
    CHECK(has(town.get("/en/account", {{"Cookie", cookie}}), "It is in use."));
    const std::string who = "sign-in-name=ana&password=quatro+casas+verdes+hoje";
    const auto without = town.ask(http::Method::post, "/en/sign-in", who);
    CHECK(without.status == 403);
    CHECK(has(without, "Type the code of your second factor as well."));
    CHECK(town.ask(http::Method::post, "/en/sign-in", who + "&code=" + code()).status ==
          403);  // used already
    town.clock.pass(30s);
    CHECK(town.ask(http::Method::post, "/en/sign-in", who + "&code=" + code()).status == 303);
    const auto codes = post(town, cookie, "/en/account/codes", "");
    CHECK(has(codes, "They are shown only now"));
    const std::string recovery = between(codes, "<ul class=\"codes\"><li><code>", "<");
    CHECK(town.ask(http::Method::post, "/en/sign-in", who + "&code=" + recovery).status == 303);
    CHECK(town.ask(http::Method::post, "/en/sign-in", who + "&code=" + recovery).status == 403);
}

TEST_CASE("another password ends every session; a wrong old one changes nothing") {
    const Town town;
    const std::string cookie = sign_in(town);
    CHECK(post(town, cookie, "/en/account/password", "old=wrong&password=sete+nuvens+brancas+ontem").status ==
          422);
    CHECK(post(town, cookie, "/en/account/password",
               "old=quatro+casas+verdes+hoje&password=sete+nuvens+brancas+ontem")
              .status == 303);
    CHECK(town.get("/en/account", {{"Cookie", cookie}}).status == 303);
    CHECK(town.ask(http::Method::post, "/en/sign-in", "sign-in-name=ana&password=sete+nuvens+brancas+ontem")
              .status == 303);
}

TEST_CASE("whoever is signed in elsewhere too sees since when, and signs out there from here") {
    const Town town;
    const std::string here = sign_in(town);
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=ana&password=quatro+casas+verdes+hoje");
    const std::string set{in.headers.text("set-cookie")};
    const std::string there = set.substr(0, set.find(';'));
    const auto account = town.get("/en/account", {{"Cookie", here}});
    CHECK(has(account, "Since Monday, 5 January 2026, 10:00. Last used: Monday, 5 January 2026, 10:00"));
    CHECK(has(account, "<strong>Here</strong>"));
    const std::string other = "session=" + between(account, "name=\"session\" value=\"", "\"");
    CHECK(post(town, here, "/en/account/sessions", "session=nothing").status == 303);
    CHECK(town.get("/en/account", {{"Cookie", there}}).status == 200);
    CHECK(post(town, here, "/en/account/sessions", other).status == 303);
    CHECK(post(town, here, "/en/account/sessions", other).status == 303);  // pressed twice
    CHECK(town.get("/en/account", {{"Cookie", there}}).status == 303);
    CHECK(town.get("/en/account", {{"Cookie", here}}).status == 200);
    CHECK_FALSE(has(town.get("/en/account", {{"Cookie", here}}), "Sign out there"));
}
