#pragma once
// Carries short messages to phones by a provider's HTTP interface: one POST of JSON to one address, with a
// token. Joined to the outbox by `main`. Providers differ in their words; a gateway of a few lines stands
// between them and this.
#include <string>

#include "connect/line.hpp"
#include "letters/letter.hpp"

namespace balcao::connect {

struct SmsSettings {
    std::string url;      // "https://sms.example/messages"
    std::string token{};  // sent as "Authorization: Bearer …"; empty: none
    std::string from{};   // the sender's name or number; empty: the provider's own
    long connect_seconds = 10;
    long seconds = 30;
    Stops stops{};
};

// POST {"id", "to", "text", "from"}; "id" is the same for a message that is sent again, also said as
// Idempotency-Key. 2xx: it has it. 408, 425, 429 and 5xx: again later. 401 and 403: nobody can be written to.
// Any other: never.
class Sms final : public letters::Carrier {
public:
    explicit Sms(SmsSettings settings) : settings_{std::move(settings)} {}

    letters::Delivery carry(const letters::Message& message) override;

private:
    const SmsSettings settings_;
};

}  // namespace balcao::connect
