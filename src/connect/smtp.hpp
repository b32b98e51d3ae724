#pragma once
// Carries letters to a mail server (RFC 5321) by libcurl. Joined to the outbox by `main`. It keeps one
// connection while there is something to carry; every wait has an end; what the server says goes no further
// than its number.
#include <chrono>
#include <memory>
#include <string>

#include "connect/line.hpp"
#include "connect/mime.hpp"
#include "letters/letter.hpp"

namespace balcao::connect {

struct SmtpSettings {
    // "smtp://host:port": with TLS where the server offers it, and always, with its name checked, where there
    // is a password. "smtps://host:port": always, from the first byte.
    std::string server;
    Sender from;
    std::string user{};
    std::string password{};
    std::string authority{};  // a file (PEM) with who vouches for the server; empty: who the system trusts
    long connect_seconds = 10;
    long seconds = 60;  // for one letter
    Stops stops{};
    // For all of one letter, from finding the server on, and then its line is closed; 0: as the seconds say.
    std::chrono::milliseconds within{};
};

struct HandedOver {
    letters::Delivery delivery;
    // The server had all of the letter, and nobody knows what it made of it. False for what it has.
    bool may_be_there = false;
};

class Smtp final : public letters::Carrier {
public:
    explicit Smtp(SmtpSettings settings);

    letters::Delivery carry(const letters::Message& message) override;

    HandedOver hand_over(const letters::Message& message);

private:
    const SmtpSettings settings_;
    Curl curl_;
};

}  // namespace balcao::connect
