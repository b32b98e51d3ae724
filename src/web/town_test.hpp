#pragma once
// The small town of tests behind a real server with the pages, and the ways of a browser without scripts.
#include <memory>
#include <string>
#include <vector>

#include "http/client.hpp"
#include "town/town.hpp"
#include "web/pages.hpp"

namespace balcao::web {

using namespace std::chrono_literals;

using town::city;
using town::model_of;

struct Town;

// The letters that the town has sent, once all that are owed are carried.
struct TownLetters {
    Town& town;

    [[nodiscard]] std::vector<Mailbox::Kept> all() const;
};

struct Town : town::House {
    explicit Town(std::vector<openid::Provider*> by = {}) : providers{std::move(by)} {}

    // Of another model.
    explicit Town(const char* yaml) : House{yaml} {}

    std::vector<openid::Provider*> providers{};
    connect::Jitsi meetings{key, "https://meet.example"};
    web::Pages pages{{*office, *staff, *bookings, *devices, cases},
                     clock,
                     {.installation = key,
                      .look_again = 50ms,
                      .records = &records,
                      .editions = editions.get(),
                      .adopt = [this] { return adopt(); },
                      .outbox = &outbox,
                      .ways = {.mail = true, .phone = true},
                      .address = "http://town.example/",
                      .meetings = &meetings,
                      .providers = providers,
                      .sessions = &sessions,
                      .fees = &fees,
                      .outcomes = &outcomes,
                      .pays_at_machine =
                          [this](const std::string& reference, const Money& amount) {
                              const bool is_paid = bank.pay(reference, amount);
                              collect();
                              return is_paid;
                          }}};
    TownLetters letters{*this};
    std::unique_ptr<http::Server> server = start();

    std::unique_ptr<http::Server> start() {
        http::Settings settings;
        settings.hooks = pages.hooks();
        auto started = http::Server::start(std::move(settings), pages.router());
        REQUIRE(started.has_value());
        return *std::move(started);
    }

    http::Answer ask(http::Method method,
                     const std::string& path,
                     const std::string& form = {},
                     http::Headers headers = {}) const {
        if (!form.empty() || method == http::Method::post)
            headers.set("Content-Type", "application/x-www-form-urlencoded");
        auto answer = http::fetch({.method = method,
                                   .url = "http://127.0.0.1:" + std::to_string(server->port()) + path,
                                   .headers = std::move(headers),
                                   .body = form});
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    http::Answer get(const std::string& path, http::Headers headers = {}) const {
        return ask(http::Method::get, path, {}, std::move(headers));
    }

    http::Answer take(const std::string& form) const {
        return ask(http::Method::post, "/pt/sites/shop/tickets", form);
    }
};

inline std::vector<Mailbox::Kept> TownLetters::all() const {
    const auto taken = town.outbox.catch_up(100'000);
    REQUIRE(taken.has_value());
    Shown shown{town.pages.mailbox(), town.clock};
    const auto write = [&](const letters::Owed& owed, const std::optional<booking::Contact>& contact) {
        return town.pages.write(owed, contact);
    };
    REQUIRE(town.outbox.carry_due(write, shown, [] { return false; }).has_value());
    return town.pages.mailbox().all();
}

inline std::string location_of(const http::Answer& answer) {
    return std::string{answer.headers.text("location")};
}

inline bool has(const http::Answer& answer, std::string_view words) {
    return answer.body.find(words) != std::string::npos;
}

inline constexpr const char* password = "quatro casas verdes hoje";

// Somebody who may do everything, and the cookie of her session.
inline std::string sign_in(const Town& town) {
    REQUIRE(std::holds_alternative<staff::AccountKey>(town.staff->found({"ana", "Ana"}, password, "first")));
    const auto in =
        town.ask(http::Method::post, "/en/sign-in", "sign-in-name=ana&password=quatro+casas+verdes+hoje");
    REQUIRE(in.status == 303);
    const std::string cookie{in.headers.text("set-cookie")};
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Lax") != std::string::npos);
    return cookie.substr(0, cookie.find(';'));
}

// Somebody else with that role, at the shop or (no site) everywhere, and the cookie of the session.
inline std::string colleague(const Town& town,
                             const std::string& name,
                             staff::Role role,
                             const std::optional<model::SiteKey>& site = model::SiteKey{"shop"}) {
    const auto by = staff::Actor::installation();
    const auto added = town.staff->add(by, {name, name}, {{role, site}}, "add-" + name);
    REQUIRE(std::holds_alternative<staff::AccountKey>(added));
    const auto invited = town.staff->invite(by, std::get<staff::AccountKey>(added), "invite-" + name);
    REQUIRE(std::holds_alternative<staff::Invitation>(invited));
    const auto token = std::get<staff::Invitation>(invited).token;
    REQUIRE(std::holds_alternative<staff::AccountKey>(
        town.staff->accept(token, "cinco barcos azuis ontem", "accept-" + name)));
    const auto in = town.ask(http::Method::post, "/en/sign-in",
                             "sign-in-name=" + name + "&password=cinco+barcos+azuis+ontem");
    REQUIRE(in.status == 303);
    const std::string cookie{in.headers.text("set-cookie")};
    return cookie.substr(0, cookie.find(';'));
}

// Who works there, signed in as the first account.
struct Clerk {
    const Town& town;
    std::string cookie = sign_in(town);

    [[nodiscard]] http::Answer get(const std::string& path) const {
        return town.get(path, {{"Cookie", cookie}});
    }

    [[nodiscard]] http::Answer post(const std::string& path, const std::string& form = "x=y") const {
        return town.ask(http::Method::post, path, form, {{"Cookie", cookie}});
    }
};

inline http::Answer post(const Town& town, const std::string& path, const std::string& form = "x=y") {
    return town.ask(http::Method::post, path, form);
}

// The instant of a time of a day in January 2026 (winter: the clocks show UTC), as the forms say it.
inline std::string start_at(int day, int hour, int minute = 0) {
    const Date date = *parse_date("2026-01-0" + std::to_string(day));
    const auto at = date + std::chrono::hours{hour} + std::chrono::minutes{minute};
    return std::to_string(
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

inline http::Answer press(const Town& town,
                          const std::string& cookie,
                          const std::string& verb,
                          const std::string& form = {}) {
    return town.ask(http::Method::post, "/en/desk/shop/both-2/" + verb, form, {{"Cookie", cookie}});
}

// The key that stands in the form of a button.
inline std::string key_in(const http::Answer& page, const std::string& verb) {
    const auto form = page.body.find("/both-2/" + verb + "\"");
    REQUIRE(form != std::string::npos);
    const auto value = page.body.find("name=\"key\" value=\"", form) + 18;
    return page.body.substr(value, page.body.find('"', value) - value);
}

}  // namespace balcao::web
