#include "connect/meeting.hpp"

namespace balcao::connect {

Jitsi::Jitsi(const crypto::SecretKey& installation, std::string base)
    : key_{installation.derive("rooms of video appointments")}, base_{std::move(base)} {
    while (base_.ends_with('/'))
        base_.pop_back();
}

std::string Jitsi::address_of(const booking::Appointment& appointment) const {
    const auto start = std::to_string(appointment.start.time_since_epoch().count());
    const auto mac = crypto::authenticate(key_, appointment.booking.text() + "/" + start);
    constexpr std::size_t room_bytes = 15;
    return base_ + "/balcao-" + crypto::to_hex(crypto::bytes_of(mac).substr(0, room_bytes));
}

}  // namespace balcao::connect
