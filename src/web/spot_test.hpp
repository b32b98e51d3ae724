#pragma once
// A spot with a mediator and a citizen at two screens, for the tests of their pages.
#include <string>

#include "town/wallet.hpp"
#include "web/town_test.hpp"

namespace balcao::web {

// What stands between two words of a page; empty where it is not there.
inline std::string between(const http::Answer& page, const std::string& before, const std::string& after) {
    const auto begin = page.body.find(before);
    if (begin == std::string::npos) return {};
    const auto from = begin + before.size();
    return page.body.substr(from, page.body.find(after, from) - from);
}

struct SpotTown : Town {
    SpotTown() : Town{town::city_with_wallet().c_str()} {}
};

// The citizen's browser.
struct Screen {
    const Town& town;
    std::string cookie{};
    std::string page{};

    void join(const std::string& code, const std::string& kind = "desk") {
        const auto form = town.get("/en/screen");
        const std::string secret = between(form, "name=\"secret\" value=\"", "\"");
        const auto joined = town.ask(http::Method::post, "/en/screen",
                                     "code=" + code + "&kind=" + kind + "&secret=" + secret);
        INFO(joined.body);
        REQUIRE(joined.status == 303);
        page = location_of(joined);
        const std::string set{joined.headers.text("set-cookie")};
        cookie = set.substr(0, set.find(';'));
    }

    [[nodiscard]] http::Answer look(const std::string& below = {}) const {
        return town.get(page + below, {{"Cookie", cookie}});
    }

    [[nodiscard]] http::Answer send(const std::string& verb, const std::string& form = "x=y") const {
        return town.ask(http::Method::post, page + "/" + verb, form, {{"Cookie", cookie}});
    }

    // What stands there, agreed to.
    [[nodiscard]] http::Answer confirm() const {
        const auto seen = look();
        const std::string agree = between(seen, "name=\"agree\" id=\"agree\" value=\"", "\"");
        return send("confirm", "hash=" + between(seen, "name=\"hash\" value=\"", "\"") +
                                   (agree.empty() ? "" : "&agree=" + agree));
    }
};

struct Mediator : Clerk {
    std::string page{};

    // The code for the citizen's screen, in nine digits.
    std::string begin(const std::string& about = "subject=event/wallet") {
        const auto begun = post("/en/mediation/shop", about);
        INFO(begun.body);
        REQUIRE(begun.status == 303);
        page = location_of(begun);
        std::string code = between(get(page), "<p class=\"code\">", "<");
        std::erase(code, ' ');
        REQUIRE(code.size() == 9);
        return code;
    }

    [[nodiscard]] http::Answer look() const { return get(page); }

    [[nodiscard]] http::Answer send(const std::string& verb, const std::string& form = "x=y") const {
        return post(page + "/" + verb, form);
    }

    // All that the plan asks, shown by the mediator and confirmed on that screen.
    void go_through(const Screen& screen) const {
        answer_all();
        for (const char* step :
             {"step=situation",
              "step=service.cancel&detail.full-name=Ana+S%C3%B3&detail.card-number=1234+5678",
              "step=service.card&detail.full-name=Ana+S%C3%B3&detail.card-number=12345678",
              "step=service.licence&detail.full-name=Ana+S%C3%B3&detail.born=1984-05-31",
              "step=contact&contact.mail=ana@example.org"}) {
            const auto shown = send("show", step);
            INFO(shown.body);
            REQUIRE(shown.status == 303);
            REQUIRE(screen.confirm().status == 303);
        }
    }

    void answer_all() const {
        for (const char* answers :
             {"asked=lost&fact.lost=card&fact.lost=licence",
              "asked=day&fact.lost=card&fact.lost=licence&fact.day=2026-01-02",
              "asked=speed&fact.lost=card&fact.lost=licence&fact.day=2026-01-02&fact.speed=normal",
              "asked=resident&fact.lost=card&fact.lost=licence&fact.day=2026-01-02&fact.speed=normal"
              "&fact.resident=yes"})
            REQUIRE(send("answer", answers).status == 303);
    }
};

}  // namespace balcao::web
