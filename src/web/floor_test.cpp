// The manager's page of a hall, and help that is asked for at a desk.
#include "web/town_test.hpp"

namespace balcao::web {
namespace {

http::Answer manage(const Town& town,
                    const std::string& cookie,
                    const std::string& verb,
                    const std::string& form) {
    return town.ask(http::Method::post, "/en/hall/shop/" + verb, form, {{"Cookie", cookie}});
}

http::Answer look(const Town& town, const std::string& cookie, const std::string& path) {
    return town.get(path, {{"Cookie", cookie}});
}

}  // namespace

TEST_CASE("a manager sees who waits for what, what each desk does and what became of every ticket") {
    const Town town;
    const std::string cookie = sign_in(town);
    CHECK(town.take("service=identity").status == 303);
    CHECK(town.take("service=tax&priority=yes").status == 303);
    CHECK(press(town, cookie, "open").status == 303);
    CHECK(press(town, cookie, "next").status == 303);
    const auto page = look(town, cookie, "/en/hall/shop");
    CHECK(page.status == 200);
    CHECK(has(page, "The hall of Shop"));
    CHECK(has(page, "with 2"));  // who has priority is called first
    CHECK(has(page, "Identity card"));
    CHECK(has(page, "Tax · Priority by law"));
    CHECK(has(page, "Ana"));
    CHECK(has(page, "<dt>Waiting now</dt><dd>1</dd>"));
    CHECK(has(page, "<dt>Tickets today</dt><dd>2</dd>"));
}

TEST_CASE("an attendant sees the hall and cannot manage it; who is not signed in sees neither") {
    const Town town;
    sign_in(town);
    const std::string bia = colleague(town, "bia", staff::Role::attendant);
    CHECK(press(town, bia, "open").status == 303);
    const auto page = look(town, bia, "/en/hall/shop");
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "close-desk"));
    CHECK_FALSE(has(page, "End the day"));
    CHECK(manage(town, bia, "close-desk", "what=both-2").status == 403);
    CHECK(manage(town, bia, "end-day", "x=y").status == 403);
    CHECK(location_of(town.get("/en/hall/shop")).starts_with("/en/sign-in"));
    CHECK(location_of(town.get("/en/live/hall/shop")).starts_with("/en/sign-in"));
}

TEST_CASE("a manager closes a desk that was left open, lets who was missed wait again, and ends the day") {
    const Town town;
    const std::string cookie = sign_in(town);
    CHECK(town.take("service=identity").status == 303);
    CHECK(press(town, cookie, "open").status == 303);
    const auto name = office::DeskId{office::DeskKey{"both"}, 2};
    CHECK(std::holds_alternative<office::Accepted>(town.command(office::CallNext{name})));
    const auto refused = manage(town, cookie, "close-desk", "what=both-2");
    CHECK(refused.status == 409);  // somebody was called to it
    CHECK(has(refused, "role=\"alert\""));
    for (int call = 0; call < 3; ++call) {
        if (call > 0) town.command(office::CallNumber{name, {1}});
        town.command(office::NotCome{name});
    }
    auto page = look(town, cookie, "/en/hall/shop");
    CHECK(has(page, "<dt>No-shows</dt><dd>1</dd>"));
    CHECK(has(page, "Is here again"));
    CHECK(manage(town, cookie, "come-back", "what=1").status == 303);
    CHECK(manage(town, cookie, "close-desk", "what=both-2").status == 303);
    page = look(town, cookie, "/en/hall/shop");
    CHECK(has(page, "<dt>Desks open</dt><dd>0</dd>"));
    CHECK(has(page, "<dt>Waiting now</dt><dd>1</dd>"));
    CHECK(manage(town, cookie, "end-day", "key=").status == 303);
    CHECK(has(look(town, cookie, "/en/hall/shop"), "The day has ended."));
    CHECK(manage(town, cookie, "what-is-not", "what=1").status == 404);
    CHECK(manage(town, cookie, "close-desk", "what=1").status == 404);
    CHECK(look(town, cookie, "/en/hall/nowhere").status == 404);
}

TEST_CASE("a call for help is seen at every desk of the site, taken by a colleague, and ended") {
    const Town town;
    const std::string ana = sign_in(town);
    const std::string bia = colleague(town, "bia", staff::Role::attendant);
    CHECK(press(town, bia, "open").status == 303);
    CHECK(press(town, bia, "raise-emergency").status == 303);
    CHECK(has(look(town, bia, "/en/desk/shop/both-2"), "You asked for help."));
    CHECK(has(look(town, ana, "/en/desk/shop/both-1"), "needs help."));
    CHECK(has(look(town, ana, "/en/hall/shop"), "needs help."));
    const auto own = press(town, bia, "accept-emergency", "desk=both-2");
    CHECK(own.status == 409);
    const auto taken = town.ask(http::Method::post, "/en/desk/shop/both-1/accept-emergency", "desk=both-2",
                                {{"Cookie", ana}});
    CHECK(taken.status == 303);
    CHECK(has(look(town, bia, "/en/desk/shop/both-2"), "Somebody is on the way."));
    CHECK(has(look(town, ana, "/en/hall/shop"), "Ana is on the way."));
    CHECK(press(town, bia, "clear-emergency", "desk=both-2").status == 303);
    CHECK_FALSE(has(look(town, ana, "/en/hall/shop"), "needs help."));
}

TEST_CASE("a desk adds a service to the visit, sends it on and takes it back") {
    const Town town;
    const std::string cookie = sign_in(town);
    CHECK(town.take("service=identity").status == 303);
    CHECK(press(town, cookie, "open").status == 303);
    CHECK(press(town, cookie, "add", "service=tax").status == 404);  // nobody is served
    CHECK(press(town, cookie, "next").status == 303);
    CHECK(press(town, cookie, "start").status == 303);
    CHECK(press(town, cookie, "add", "service=tax").status == 303);
    CHECK(has(look(town, cookie, "/en/desk/shop/both-2"), "another desk does the rest"));
    CHECK(press(town, cookie, "transfer", "service=identity").status == 303);
    const auto sent = look(town, cookie, "/en/desk/shop/both-2");
    CHECK(has(sent, "Take 1 back"));
    CHECK(press(town, cookie, "undo-transfer", "number=1").status == 303);
    CHECK(has(look(town, cookie, "/en/desk/shop/both-2"), "Being served"));
    CHECK(press(town, cookie, "finish-here").status == 303);
    CHECK(has(look(town, cookie, "/en/desk/shop/both-2"), "Waiting: 1"));
}

TEST_CASE("who must collect something later is on the hall's page until it was collected") {
    const Town town;
    const std::string cookie = sign_in(town);
    CHECK(town.take("service=identity").status == 303);
    CHECK(press(town, cookie, "open").status == 303);
    CHECK(press(town, cookie, "next").status == 303);
    CHECK(press(town, cookie, "start").status == 303);
    CHECK(press(town, cookie, "finish-collect").status == 303);
    CHECK(has(look(town, cookie, "/en/hall/shop"), "Has collected"));
    CHECK(manage(town, cookie, "collect", "what=1").status == 303);
    CHECK(has(look(town, cookie, "/en/hall/shop"), "<dt>Complete</dt><dd>1</dd>"));
}

}  // namespace balcao::web
