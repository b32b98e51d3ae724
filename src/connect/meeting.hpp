#pragma once
// Where people meet by video: a port with one provider, Jitsi Meet, whose rooms are made by opening their
// address. Used by the pages. The name of a room grows out of the booking and the installation's key, so that
// it is the same whenever it is told and nobody finds another's.
#include <string>

#include "booking/appointment.hpp"
#include "crypto/keys.hpp"

namespace balcao::connect {

class Meetings {
public:
    virtual ~Meetings() = default;

    // "https://meet.example/balcao-…": for who has that appointment and who serves it. Another one once it is
    // moved.
    [[nodiscard]] virtual std::string address_of(const booking::Appointment& appointment) const = 0;
};

class Jitsi final : public Meetings {
public:
    // `base`: "https://meet.example", with or without a slash at its end.
    Jitsi(const crypto::SecretKey& installation, std::string base);

    [[nodiscard]] std::string address_of(const booking::Appointment& appointment) const override;

private:
    crypto::SecretKey key_;
    std::string base_;
};

}  // namespace balcao::connect
