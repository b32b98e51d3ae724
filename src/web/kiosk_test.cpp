// Kiosks and displays as machines meet them: not enabled, enabled, pressed, pressed twice, without paper.
#include <array>

#include <doctest/doctest.h>

#include "web/town_test.hpp"

namespace balcao::web {
namespace {

const std::string bad_paper = "/again";

// A machine with its cookie.
struct Visitor {
    const Town& town;
    std::string cookie{};

    [[nodiscard]] http::Answer get(const std::string& path) {
        return kept(town.get(path, {{"Cookie", cookie}}));
    }

    [[nodiscard]] http::Answer post(const std::string& path, const std::string& form) {
        return kept(town.ask(http::Method::post, path, form, {{"Cookie", cookie}}));
    }

    http::Answer kept(http::Answer answer) {
        const std::string set{answer.headers.text("set-cookie")};
        if (set.starts_with("device=")) cookie = set.substr(0, set.find(';'));
        return answer;
    }
};

std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const auto from = text.find(before);
    REQUIRE(from != std::string::npos);
    const auto begin = from + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

std::string code_on(const http::Answer& page) { return between(page.body, "number code\">", "<"); }

std::string key_on(const http::Answer& page) { return between(page.body, "name=\"key\" value=\"", "\""); }

// Enabled on the page of the hall by somebody who manages it.
http::Answer enable(const Town& town,
                    const std::string& cookie,
                    const std::string& code,
                    const std::string& what = "kiosk",
                    const std::string& more = "&name=East+door&prints=yes") {
    return town.ask(http::Method::post, "/en/hall/shop/devices/enable",
                    "code=" + code + "&what=" + what + more, {{"Cookie", cookie}});
}

struct KioskTown : Town {
    std::string manager = sign_in(*this);
    Visitor kiosk{*this};

    KioskTown() {
        const auto page = kiosk.get("/en/kiosk");
        REQUIRE(enable(*this, manager, code_on(page)).status == 303);
        REQUIRE(kiosk.get("/en/kiosk").status == 200);
    }

    // The ticket's page on the kiosk, after one press.
    [[nodiscard]] std::string press(const std::string& form) {
        const auto taken = kiosk.post("/en/kiosk/tickets", form);
        REQUIRE(taken.status == 303);
        return location_of(taken);
    }
};

TEST_CASE("S049 a machine that is not enabled gives no ticket and says so, in three languages") {
    const Town town;
    Visitor machine{town};
    const std::array<std::pair<std::string, std::string>, 3> told{{{"pt", "Esta máquina não está ativada"},
                                                                   {"en", "This machine is not enabled"},
                                                                   {"es", "Esta máquina no está activada"}}};
    for (const auto& [language, words] : told) {
        const auto page = machine.get("/" + language + "/kiosk");
        CHECK(page.status == 403);
        CHECK(has(page, words));
        CHECK_FALSE(has(page, "Cartão de cidadão"));
        const auto refused = machine.post("/" + language + "/kiosk/tickets", "service=identity");
        CHECK(refused.status == 403);
        CHECK(has(refused, words));
    }
    CHECK(town.get("/en/sites/shop").body.find("<strong>0</strong> people are waiting") != std::string::npos);
}

TEST_CASE(
    "S049 a machine gives tickets once a manager has typed its code, and none when it is taken out of use") {
    KioskTown town;
    CHECK(has(town.kiosk.get("/en/kiosk"), "Identity card"));
    const auto list = town.get("/en/hall/shop/devices", {{"Cookie", town.manager}});
    CHECK(has(list, "East door"));
    CHECK(has(list, "In use; last seen 10:00"));
    const auto device = between(list.body, "name=\"device\" value=\"", "\"");
    CHECK(town.ask(http::Method::post, "/en/hall/shop/devices/disable", "device=" + device,
                   {{"Cookie", town.manager}})
              .status == 303);
    const auto off = town.kiosk.get("/en/kiosk");
    CHECK(off.status == 403);
    CHECK(has(off, "Somebody took it out of use."));
    CHECK(town.kiosk.post("/en/kiosk/tickets", "service=identity").status == 403);
    CHECK(enable(town, town.manager, code_on(off)).status == 303);
    CHECK(town.kiosk.get("/en/kiosk").status == 200);
}

TEST_CASE("the secret of a machine is kept by it alone, for long, and sent to no other site") {
    const Town town;
    const auto page = town.get("/pt/kiosk");
    const std::string cookie{page.headers.text("set-cookie")};
    CHECK(cookie.starts_with("device="));
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);
    CHECK(cookie.find("Max-Age=34560000") != std::string::npos);
    CHECK_FALSE(has(page, between(cookie, "device=", ";")));
}

TEST_CASE(
    "only who manages the hall enables machines, and a slip of the finger is told with what was typed") {
    KioskTown town;
    CHECK(town.get("/en/hall/shop/devices").status == 303);  // to sign in
    Visitor other{town};
    const std::string code = code_on(other.get("/en/kiosk"));
    CHECK(enable(town, "", code).status == 303);
    CHECK(other.get("/en/kiosk").status == 403);
    std::string wrong = code;
    wrong[0] = wrong[0] == '7' ? '8' : '7';
    const auto slip = enable(town, town.manager, wrong);
    CHECK(slip.status == 422);
    CHECK(has(slip, "This is no code of a machine."));
    CHECK(has(slip, wrong));
    CHECK(has(slip, "East door"));
    CHECK(has(enable(town, town.manager, code, "kiosk", "&name="), "Give the machine a name"));
}

TEST_CASE("S051 one press is one ticket, however often it is sent") {
    KioskTown town;
    const auto page = town.kiosk.get("/en/kiosk");
    const std::string form = "service=identity&key=" + key_on(page);
    const auto first = town.press(form);
    CHECK(town.press(form) == first);
    CHECK(town.press("service=tax&key=" + key_on(page)) == first);  // two buttons by one hand
    CHECK(has(town.get("/en/sites/shop"), "<strong>1</strong> person is waiting"));
    CHECK(town.press("service=identity&key=" + key_on(town.kiosk.get("/en/kiosk"))) != first);
}

TEST_CASE("two kiosks of one site never share a press") {
    KioskTown town;
    CHECK(key_on(town.kiosk.get("/en/kiosk")) != key_on(town.kiosk.get("/en/kiosk")));
    const auto page = town.kiosk.get("/en/kiosk");
    const auto live = page.body.find("data-live=\"/en/live/kiosk\"");
    REQUIRE(live != std::string::npos);
    // What is sent to all of them at once holds no form.
    CHECK(page.body.substr(live, page.body.find("</div>", live) - live).find("<form") == std::string::npos);
}

TEST_CASE("a ticket on the kiosk is large, says where to wait, and goes along on the phone") {
    KioskTown town;
    const auto at = town.press("service=identity");
    const auto page = town.kiosk.get(at);
    CHECK(page.status == 200);
    CHECK(has(page, "<p class=\"number\" data-state=\"waiting\">1</p>"));
    CHECK(has(page, "Wait in the room until your number is shown"));
    CHECK(has(page, "<svg class=\"qr\""));
    CHECK(has(page, "data-print=\""));
    CHECK(has(page, "data-back=\"40\" data-to=\"/pt/kiosk\""));
    CHECK(has(page, "<noscript><meta http-equiv=\"refresh\" content=\"40;url=/pt/kiosk\"></noscript>"));
    const auto text = town.kiosk.get(at + "/ticket.txt");
    CHECK(text.headers.text("content-type").starts_with("text/plain"));
    CHECK(has(text, "Ticket 1\n"));
    CHECK(has(text, "Identity card\n"));
    const auto link = between(text.body, "http://", "\n");
    CHECK(link.starts_with("town.example/en/tickets/"));  // the name that the installation was given
    const auto on_phone = town.get(link.substr(link.find('/')));
    CHECK(on_phone.status == 200);
    CHECK(has(on_phone, ">1</p>"));
}

TEST_CASE("a printer without paper does not lose a ticket: the number is shown again, no new one is given") {
    KioskTown town;
    const auto at = town.press("service=tax");
    CHECK(has(town.kiosk.get(at), "It did not print"));
    const auto again = town.kiosk.get(at + bad_paper);
    CHECK(has(again, ">1</p>"));
    CHECK(has(again, "<svg class=\"qr\""));
    CHECK(has(again, "data-print-now"));
    CHECK(has(again, "No new ticket is given when you print again."));
    CHECK(has(town.get("/en/sites/shop"), "<strong>1</strong> person is waiting"));
    Visitor screen_only{town};
    CHECK(enable(town, town.manager, code_on(screen_only.get("/en/kiosk")), "kiosk", "&name=West").status ==
          303);
    CHECK_FALSE(has(screen_only.get(at), "data-print=\""));
}

TEST_CASE("priority is claimed without a reason, and several matters are one ticket") {
    KioskTown town;
    const auto start = town.kiosk.get("/en/kiosk?priority=yes");
    CHECK(has(start, "You have priority"));
    CHECK(has(start, "name=\"priority\" value=\"yes\""));
    const auto at = town.press("service=identity&service=tax&priority=yes");
    const auto page = town.kiosk.get(at);
    CHECK(has(page, "Priority by law"));
    CHECK(has(page, "Identity card"));
    CHECK(has(page, "Tax"));
    const auto empty = town.kiosk.post("/en/kiosk/tickets", "several=yes");
    CHECK(empty.status == 422);
    CHECK(has(empty, "Choose at least one service."));
    CHECK(has(empty, "type=\"checkbox\""));
}

TEST_CASE("S050 a kiosk says before anybody presses that the site is closed or its numbers are used up") {
    KioskTown town;
    for (int number = 1; number <= 5; ++number)
        (void)town.press("service=identity");
    const auto none = town.kiosk.get("/pt/kiosk");
    CHECK(has(none, "As senhas de hoje esgotaram."));
    CHECK(has(none, "disabled"));
    CHECK_FALSE(has(none, "data-press"));
    const auto refused = town.kiosk.post("/pt/kiosk/tickets", "service=identity");
    CHECK(refused.status == 409);
    CHECK(has(refused, "role=\"alert\""));
    town.clock.pass(8h);
    const auto closed = town.kiosk.get("/en/kiosk");
    CHECK(has(closed, "The site is closed now"));
    CHECK_FALSE(has(closed, "data-press"));
}

TEST_CASE("who has an appointment comes in with the six letters of its code, pressed one by one") {
    KioskTown town;
    const auto slots = town.get("/en/sites/shop/book?service=identity");
    CHECK(slots.status == 200);
    booking::Wanted wanted;
    wanted.site = model::SiteKey{"shop"};
    wanted.start = town.clock.now() + 30min;
    wanted.services = {model::ServiceKey{"identity"}};
    wanted.by = booking::ClerkKey{"ana"};
    const auto booked = town.bookings->book(wanted, {"Rui", "", "912345678", "", "en"}, "book");
    REQUIRE(std::holds_alternative<booking::Slip>(booked));
    const auto found =
        town.bookings->find(std::get<booking::Slip>(booked).booking, booking::People::left_out);
    const auto code = std::get<booking::Appointment>(found).code;
    REQUIRE(code.size() == 6);
    std::string pressed;
    for (const char letter : code) {
        const auto page = town.kiosk.get("/en/kiosk/check-in?code=" + pressed);
        pressed += letter;
        CHECK(has(page, "/en/kiosk/check-in?code=" + pressed + "\""));
    }
    CHECK(has(town.kiosk.get("/en/kiosk/check-in?code=" + pressed), "I am here"));
    const auto in = town.kiosk.post("/en/kiosk/check-in", "code=" + code);
    REQUIRE(in.status == 303);
    CHECK(location_of(in).starts_with("/en/kiosk/tickets/"));
    CHECK(has(town.kiosk.get(location_of(in)), ">1</p>"));
    const auto wrong = town.kiosk.post("/en/kiosk/check-in", "code=ZZZZZZ");
    CHECK(wrong.status == 404);
    CHECK(has(wrong, "No appointment at this site today has the code ZZZZZZ."));
    CHECK(has(wrong, "id=\"key-A\""));
}

TEST_CASE("a kiosk that has no numbers left lets nobody in without one") {
    KioskTown town;
    booking::Wanted wanted;
    wanted.site = model::SiteKey{"shop"};
    wanted.start = town.clock.now() + 30min;
    wanted.services = {model::ServiceKey{"identity"}};
    wanted.by = booking::ClerkKey{"ana"};
    const auto booked = town.bookings->book(wanted, {"Rui", "", "912345678", "", "en"}, "book");
    REQUIRE(std::holds_alternative<booking::Slip>(booked));
    const auto appointment = [&] {
        return std::get<booking::Appointment>(
            town.bookings->find(std::get<booking::Slip>(booked).booking, booking::People::left_out));
    };
    for (int number = 1; number <= 5; ++number)
        (void)town.press("service=identity");
    const auto refused = town.kiosk.post("/en/kiosk/check-in", "code=" + appointment().code);
    CHECK(refused.status == 409);
    CHECK(has(refused, "role=\"alert\""));
    CHECK(std::holds_alternative<booking::Confirmed>(appointment().state));
}

TEST_CASE("help and the complaints book are one press away on every page of a kiosk") {
    KioskTown town;
    const auto at = town.press("service=identity");
    for (const auto& path : {std::string{"/en/kiosk"}, std::string{"/en/kiosk/several"},
                             std::string{"/en/kiosk/check-in"}, at, at + bad_paper}) {
        const auto page = town.kiosk.get(path);
        CHECK(has(page, "href=\"/en/kiosk/help\""));
        CHECK(has(page, "href=\"/en/kiosk/complaints\""));
    }
    const auto book = town.kiosk.get("/en/kiosk/complaints");
    CHECK(has(book, "www.livroreclamacoes.pt"));
    CHECK(has(book, "<svg class=\"qr\""));
}

TEST_CASE(
    "S155 every page of a kiosk is there in Portuguese and English, with the way to the other language") {
    KioskTown town;
    for (const std::string path : {"", "/several", "/check-in", "/help", "/complaints"})
        for (const std::string language : {"pt", "en", "es"}) {
            const auto page = town.kiosk.get("/" + language + "/kiosk" + path);
            CHECK(page.status == 200);
            CHECK(has(page, "<html lang=\"" + language + "\""));
            for (const std::string other : {"pt", "en", "es"})
                CHECK(has(page, "href=\"/" + other + "/kiosk" + path + "\""));
        }
}

TEST_CASE(
    "S155 the telephone service that interprets is told on every citizen page, where the model names one") {
    KioskTown town;
    const std::string line = "Linha de intérpretes: 218 106 191";
    for (const std::string path : {"/pt", "/pt/sites/shop", "/pt/sites/shop/board", "/pt/sites/shop/book"})
        CHECK(has(town.get(path), line));
    const auto ticket = town.take("service=identity");
    CHECK(has(town.get(location_of(ticket)), line));
    CHECK(has(town.kiosk.get("/pt/kiosk/help"), line));
    CHECK(has(town.get("/en"), "Interpreters by telephone: 218 106 191"));
}

TEST_CASE("a display knows its site by its cookie, shows its calls and speaks") {
    KioskTown town;
    Visitor display{town};
    const auto waiting = display.get("/pt/display");
    CHECK(waiting.status == 403);
    CHECK(enable(town, town.manager, code_on(waiting), "display", "&name=Hall").status == 303);
    const auto board = display.get("/pt/display");
    CHECK(board.status == 200);
    CHECK(has(board, "data-speak=\"pt en\""));
    CHECK(has(board, "data-live=\"/pt/live/display\""));
    CHECK(has(board, "livroreclamacoes.pt"));
    // A machine of the other kind is sent where it belongs.
    CHECK(location_of(display.get("/pt/kiosk")) == "/pt/display");
    CHECK(location_of(town.kiosk.get("/pt/display")) == "/pt/kiosk");
    CHECK(display.post("/pt/kiosk/tickets", "service=identity").status == 403);
}

TEST_CASE("another site's form gives no ticket, whatever cookie comes with it") {
    KioskTown town;
    const auto refused = town.ask(http::Method::post, "/en/kiosk/tickets", "service=identity",
                                  {{"Cookie", town.kiosk.cookie}, {"Sec-Fetch-Site", "cross-site"}});
    CHECK(refused.status == 403);
    CHECK(has(town.get("/en/sites/shop"), "<strong>0</strong> people are waiting"));
}

}  // namespace
}  // namespace balcao::web
