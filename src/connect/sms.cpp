#include "connect/sms.hpp"

#include "connect/http_client.hpp"
#include "text/json.hpp"

namespace balcao::connect {

letters::Delivery Sms::carry(const letters::Message& message) {
    using letters::Outcome;
    std::string body;
    text::JsonWriter json{body};
    json.begin_object();
    json.key("id");
    json.value(message.id.text());
    json.key("to");
    json.value(message.phone);
    json.key("text");
    json.value(message.short_text);
    if (!settings_.from.empty()) {
        json.key("from");
        json.value(settings_.from);
    }
    json.end();
    HttpAsk ask{.url = settings_.url,
                .headers = {"Content-Type: application/json", "Idempotency-Key: " + message.id.text()},
                .body = std::move(body),
                .connect_seconds = settings_.connect_seconds,
                .seconds = settings_.seconds};
    if (!settings_.token.empty()) ask.headers.push_back("Authorization: Bearer " + settings_.token);
    const auto [answer, failure] = ask_http(ask, settings_.stops);
    if (failure) return {failure->is_away ? Outcome::away : Outcome::not_now, failure->why};
    const long status = answer.status;
    const std::string why = std::to_string(status);
    if (status >= 200 && status < 300) return {};
    if (status == 401 || status == 403) return {Outcome::away, why};
    if (status == 408 || status == 425 || status == 429 || status >= 500) return {Outcome::not_now, why};
    return {Outcome::refused, why};
}

}  // namespace balcao::connect
