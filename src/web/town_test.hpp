#pragma once
// A small town for tests: a real server with the pages, a real office, a journal in memory, a clock that the
// test sets, and the ways of a browser without scripts.
#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "http/client.hpp"
#include "journal/memory_store.hpp"
#include "model/read.hpp"
#include "web/pages.hpp"

namespace balcao::web {

using namespace std::chrono_literals;

inline constexpr const char* city = R"(balcao: 1
name: {pt: Vila, en: Town, es: Villa}
languages: [pt, en, es]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {name: {pt: Cartão de cidadão, en: Identity card, es: Documento de identidad}, duration: 6 min}
  tax: {name: {pt: Finanças, en: Tax, es: Hacienda}, duration: 6 min}
sites:
  shop:
    name: {pt: Loja, en: Shop, es: Tienda}
    open: {mon-fri: "09:00-17:00"}
    tickets: {first: 1, last: 5}
    queue: [booked_due, arrival]
    appointments:
      windows:
        every: {days: mon-fri, hours: "09-17", slot: 30 min, places: 1, services: [identity]}
    desks:
      both: {name: {pt: Balcão, en: Counter, es: Mostrador}, count: 2, serves: [identity, tax]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
)";

class SetClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return Instant{std::chrono::milliseconds{time_.load()}}; }

    void pass(std::chrono::milliseconds length) { time_ += length.count(); }

private:
    std::atomic<std::int64_t> time_{
        (Zone::find("Europe/Lisbon")->midnight(*parse_date("2026-01-05")) + 10h).time_since_epoch().count()};
};

inline std::shared_ptr<const model::Model> model_of(const char* yaml) {
    const model::MemoryFiles files{{{"town.yaml", yaml}}};
    const auto read = model::read_model("town.yaml", files, {});
    for (const auto& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return std::make_shared<const model::Model>(*read.value);
}

struct Town {
    SetClock clock;
    journal::MemoryStore store;
    std::unique_ptr<office::FrontOffice> office = *office::FrontOffice::open(store, clock, model_of(city));
    crypto::SecretKey key = crypto::SecretKey::random();
    std::unique_ptr<staff::Staff> staff = open_staff();
    std::unique_ptr<booking::Bookings> bookings = open_bookings();
    Mailbox letters{};
    web::Pages pages{{*office, *staff, *bookings},
                     clock,
                     {.installation = key, .look_again = 50ms, .post = [this](const Letter& letter) {
                          letters.put(clock.now(), letter);
                      }}};
    std::unique_ptr<http::Server> server = start();

    std::unique_ptr<staff::Staff> open_staff() {
        staff::Settings settings;
        settings.cost = crypto::PasswordCost::lowest;
        settings.second_factor = staff::SecondFactor::as_one_likes;
        auto opened = staff::Staff::open(store, clock, key, settings);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    std::unique_ptr<booking::Bookings> open_bookings() {
        auto opened = booking::Bookings::open(store, clock, key, office->model());
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

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

    office::Reply command(office::Command what) const {
        std::optional<office::Reply> reply;
        REQUIRE(office
                    ->handle({.site = model::SiteKey{"shop"}, .command = std::move(what)},
                             [&](const office::Reply& answer) { reply = answer; })
                    .has_value());
        REQUIRE(reply.has_value());
        return *reply;
    }
};

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
