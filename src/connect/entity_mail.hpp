#pragma once
// Carries effects to an entity that has nothing but a mail address: a letter with what was handed over and a
// link for the answer. A letter can neither be looked up nor be sent twice, so what may have arrived goes to
// a person (kind `none`), and a person takes back what is withdrawn. The words are the city's, in its
// language; who answers does so on a page. It fills the port of `cases`: from any thread, never longer than
// agreed. Joined by `main`, one for each entity.
#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "base/instant.hpp"
#include "cases/connector.hpp"
#include "connect/entity_link.hpp"
#include "connect/smtp.hpp"
#include "model/request.hpp"
#include "text/words.hpp"

namespace balcao::connect {

// Hands one letter over, within so long. From any thread.
using HandOver = std::function<HandedOver(const letters::Message&, std::chrono::milliseconds within)>;

// To a mail server, on a line of its own for each letter. Within two seconds at least: a server that does not
// say goodbye may take one.
HandOver hand_over_to(SmtpSettings server);
// To a page that shows letters (balcao stand-in), where there is no mail server: one POST to that address.
HandOver hand_over_to_page(std::string address, Stops stops);

struct EntityMailSettings {
    std::string city;                    // its name
    std::function<std::string()> pages;  // where people reach them: "https://city.example"
    text::Language language = text::Language::pt;
    // As people say them; what has no name here keeps its key.
    std::map<std::string, std::string> services{};
    std::map<std::string, std::string> data{};
    HandOver hand_over;
};

class EntityMail final : public cases::Connector {
public:
    // `way.by` is mail. The clock must outlive it.
    EntityMail(model::WayIn way, EntityMailSettings settings, EntityLinks links, const Clock& clock);

    // The reference is that of the letter: its Message-ID without the domain, which is the key.
    cases::Outcome send(const cases::Effect& effect) override;
    // Letters cannot be looked up: always unknown.
    cases::Looked look_up(const cases::Effect& effect) override;

    // What it says.
    [[nodiscard]] letters::Message letter_of(const cases::Effect& effect) const;

private:
    const model::WayIn way_;
    const EntityMailSettings settings_;
    const EntityLinks links_;
    const Clock& clock_;
};

}  // namespace balcao::connect
