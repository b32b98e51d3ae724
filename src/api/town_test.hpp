#pragma once
// The small town of tests behind a real server with the routes of the API.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/api.hpp"
#include "http/client.hpp"
#include "text/json.hpp"
#include "town/town.hpp"

namespace balcao::api {

using namespace std::chrono_literals;

using town::city;
using town::model_of;

// What came back, and its JSON.
struct Told {
    int status = 0;
    http::Headers headers;
    std::string body;
    std::shared_ptr<text::Json> document;

    [[nodiscard]] text::JsonView json() const { return document ? document->root() : text::JsonView{}; }

    [[nodiscard]] std::string text(std::string_view name) const {
        return std::string{json()[name].as_text().value_or("")};
    }

    [[nodiscard]] std::int64_t number(std::string_view name) const {
        return json()[name].as_whole_number().value_or(-1);
    }

    // "desk-is-closed": the last part of the problem's type.
    [[nodiscard]] std::string problem() const {
        const std::string type = text("type");
        return type.substr(type.rfind(':') + 1);
    }
};

struct Town : town::House {
    std::vector<std::string> confirmations{};  // what letters carry
    std::vector<std::string> lost{};
    bool is_stuck = false;  // nothing can be asked for
    Api api{{*office, *staff, *bookings, *devices, cases},
            clock,
            {.installation = key,
             .look_again = 50ms,
             .letters = {.ask_to_confirm =
                             [this](const booking::Slip& slip, const std::string&, text::Language) {
                                 confirmations.push_back(slip.confirmation);
                             },
                         .send_lost_links = [this](const booking::Contact& to) -> Result<void> {
                             if (to.mail.find("+none") != std::string::npos)
                                 return Error{Errc::invalid, "nobody can be written to there"};
                             if (is_stuck) return Error{Errc::unavailable, "not now"};
                             lost.push_back(to.mail.empty() ? to.phone : to.mail);
                             return {};
                         },
                         .can_reach =
                             [](const booking::Contact& contact) {
                                 return contact.mail.find("+none") == std::string::npos;
                             }},
             .records = &records,
             .editions = editions.get(),
             .adopt = [this] { return adopt(); },
             .outbox = &outbox,
             .sessions = &sessions}};
    std::unique_ptr<http::Server> server = start();

    Town() : House{town::city_with(50)} {}

    // Of another model.
    explicit Town(const std::string& yaml) : House{yaml} {}

    std::unique_ptr<http::Server> start() {
        http::Settings settings;
        settings.hooks.failure = [this](const http::Request& request, int status) {
            return api.failure(request, status);
        };
        http::Router router;
        api.add_routes(router);
        auto started = http::Server::start(std::move(settings), std::move(router));
        REQUIRE(started.has_value());
        return *std::move(started);
    }

    Told ask(http::Method method,
             const std::string& path,
             const std::string& json = {},
             http::Headers headers = {}) const {
        if (!json.empty() && !headers.has("content-type")) headers.set("Content-Type", "application/json");
        if (!headers.has("accept-language")) headers.set("Accept-Language", "en");
        auto answer = http::fetch({.method = method,
                                   .url = "http://127.0.0.1:" + std::to_string(server->port()) + path,
                                   .headers = std::move(headers),
                                   .body = json});
        REQUIRE(answer.has_value());
        Told told{answer->status, answer->headers, answer->body, {}};
        if (auto parsed = text::Json::parse(told.body, "answer"))
            told.document = std::make_shared<text::Json>(*std::move(parsed));
        return told;
    }

    Told get(const std::string& path, http::Headers headers = {}) const {
        return ask(http::Method::get, "/api/v1" + path, {}, std::move(headers));
    }

    Told post(const std::string& path, const std::string& json = {}, http::Headers headers = {}) const {
        return ask(http::Method::post, "/api/v1" + path, json, std::move(headers));
    }

    Told take(const std::string& service = "tax") const {
        return post("/sites/shop/tickets", R"({"services": [")" + service + "\"]}");
    }

    // Somebody who may do everything, signed in.
    http::Headers administrator() const {
        if (!staff->is_founded())
            REQUIRE(std::holds_alternative<staff::AccountKey>(
                staff->found({"ana", "Ana"}, "quatro casas verdes hoje", "first")));
        const auto in =
            post("/sessions", R"({"sign_in_name": "ana", "password": "quatro casas verdes hoje"})");
        REQUIRE(in.status == 201);
        return {{"Authorization", "Bearer " + in.text("token")}};
    }

    // Somebody invited with a role at the shop, signed in.
    http::Headers somebody(const std::string& name, const std::string& role) const {
        const auto invited = post("/people",
                                  R"({"name": ")" + name + R"(", "sign_in_name": ")" + name +
                                      R"(", "roles": [{"role": ")" + role + R"(", "site": "shop"}]})",
                                  administrator());
        REQUIRE(invited.status == 201);
        REQUIRE(post("/invitations/" + invited.text("token"), R"({"password": "tres barcos azuis ontem"})")
                    .status == 204);
        const auto in = post("/sessions",
                             R"({"sign_in_name": ")" + name + R"(", "password": "tres barcos azuis ontem"})");
        REQUIRE(in.status == 201);
        return {{"Authorization", "Bearer " + in.text("token")}};
    }
};

inline http::Headers with_key(const std::string& key, http::Headers headers = {}) {
    headers.set("Idempotency-Key", key);
    return headers;
}

}  // namespace balcao::api
