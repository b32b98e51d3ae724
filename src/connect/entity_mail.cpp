#include "connect/entity_mail.hpp"

#include <algorithm>
#include <memory>

#include "base/check.hpp"
#include "connect/http_client.hpp"
#include "text/json.hpp"

namespace balcao::connect {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds farewell{1000};  // what saying goodbye to a mail server may take

// What a person wrote, so that no line of it can pass for one of the city's.
std::string quoted_lines(std::string_view text) {
    std::string lines;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        lines += "\n    | " + std::string{text.substr(from, end - from)};
        from = end + 1;
    }
    return lines;
}

std::string name_in(const std::map<std::string, std::string>& names, const std::string& key) {
    const auto found = names.find(key);
    return found == names.end() ? key : found->second;
}

}  // namespace

HandOver hand_over_to(SmtpSettings server) {
    const auto shared = std::make_shared<const SmtpSettings>(std::move(server));
    return [shared](const letters::Message& message, milliseconds within) {
        SmtpSettings settings = *shared;
        settings.within = within - std::min(within / 2, farewell);
        // A server that has the letter and does not say goodbye is not waited for either; libcurl asks once a
        // second whether to.
        const auto end = std::chrono::steady_clock::now() + settings.within;
        settings.stops = [end, &shared] {
            return std::chrono::steady_clock::now() > end || (shared->stops && shared->stops());
        };
        return Smtp{std::move(settings)}.hand_over(message);
    };
}

HandOver hand_over_to_page(std::string address, Stops stops) {
    const auto ask = [address = std::move(address), stops = std::move(stops)](
                         const letters::Message& message, milliseconds within) -> HandedOver {
        HttpAsk asked{.url = address, .headers = {"Content-Type: application/json"}, .within = within};
        {
            text::JsonWriter json{asked.body};
            json.begin_object().member("id", message.id.text()).member("to", message.mail);
            json.member("subject", message.subject).member("text", message.text).end();
        }
        const auto [answer, failure] = ask_http(asked, stops);
        using letters::Outcome;
        if (failure) return {{Outcome::not_now, failure->why}, failure->may_have_arrived};
        if (answer.status >= 200 && answer.status < 300) return {};
        const bool is_put_off = !answer.retry_after.empty();
        return {{Outcome::not_now, std::to_string(answer.status)}, answer.status >= 500 && !is_put_off};
    };
    return ask;
}

EntityMail::EntityMail(model::WayIn way, EntityMailSettings settings, EntityLinks links, const Clock& clock)
    : way_{std::move(way)}, settings_{std::move(settings)}, links_{std::move(links)}, clock_{clock} {
    BALCAO_CHECK(way_.by == model::WayKind::mail && settings_.hand_over);
}

letters::Message EntityMail::letter_of(const cases::Effect& effect) const {
    const text::Words words{settings_.language};
    const std::string number = cases::to_text(effect.number);
    const std::string service = name_in(settings_.services, effect.service.text());
    letters::Message letter;
    letter.id = letters::LetterKey{effect.key};
    letter.at = clock_.now();
    letter.mail = way_.address;
    letter.language = words.code();
    letter.subject = words("Request {number}: {service}", {{"number", number}, {"service", service}});
    letter.text = words("{city} asks you for this, in the name of a person: {service}.",
                        {{"city", settings_.city}, {"service", service}}) +
                  "\n\n" + words("Say here what becomes of it. Whoever has this link can answer:") + "\n" +
                  settings_.pages() + "/" + std::string{words.code()} + "/answers/" +
                  links_.write({effect.number, effect.step, effect.key}) + "\n\n";
    if (!effect.data.empty()) letter.text += words("What the person hands over to you for it:") + "\n";
    for (const auto& datum : effect.data)
        letter.text += name_in(settings_.data, datum.name) + ":" + quoted_lines(datum.text) + "\n";
    letter.text += "\n-- \n" + settings_.city + "\n";
    return letter;
}

cases::Outcome EntityMail::send(const cases::Effect& effect) {
    const auto within = std::chrono::floor<milliseconds>(way_.gives_up);
    const HandedOver handed = settings_.hand_over(letter_of(effect), within);
    const auto& [outcome, why] = handed.delivery;
    if (handed.may_be_there) return cases::Unknown{why};
    switch (outcome) {
        case letters::Outcome::delivered:
            return cases::Delivered{effect.key, effect.key, false};
        case letters::Outcome::refused:  // the address, or the letter: nothing that the citizen can mend
            return cases::Refused{why, false};
        case letters::Outcome::not_now:
        case letters::Outcome::away:
            return cases::TryLater{why};
    }
    return cases::Unknown{why};
}

cases::Looked EntityMail::look_up(const cases::Effect&) { return cases::Unknown{"a-letter"}; }

}  // namespace balcao::connect
