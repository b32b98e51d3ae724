#pragma once
// A town with two servers of one journal, in one process and on one thread: the pages' handlers, the office,
// the bookings and the staff are the real ones; clocks, lines and deaths are the dice's.
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cases/cases.hpp"
#include "dice.hpp"
#include "http/local.hpp"
#include "letters/outbox.hpp"
#include "line.hpp"
#include "web/pages.hpp"

namespace balcao::rehearsal {

inline const model::SiteKey shop{"shop"};

class ServerClock final : public Clock {
public:
    explicit ServerClock(const Instant& town) : town_{town} {}

    [[nodiscard]] Instant now() const override { return town_ + off_; }

    void set_off(std::chrono::milliseconds off) { off_ = off; }

private:
    const Instant& town_;
    std::chrono::milliseconds off_{0};
};

struct Answer {
    int status = 0;
    std::string location;
    std::string cookie;
    std::string page;
};

class Server {
public:
    Server(journal::MemoryStore& disk, Dice& dice, Tally& tally, const Instant& town);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;
    ~Server() = default;

    // Begins anew on the journal as it is.
    void start();
    // Without a word to anybody.
    void die();

    // `answered` at most once: never when the server dies before.
    void ask(const http::Asked& asked, std::function<void(Answer)> answered);

    // Hears what the other wrote; may fail.
    void catch_up();
    // Carries what is owed to people outside.
    void carry();

    ServerClock clock;
    Line line;
    std::unique_ptr<office::FrontOffice> office;
    std::unique_ptr<staff::Staff> staff;
    std::unique_ptr<booking::Bookings> bookings;
    std::unique_ptr<device::Devices> devices;
    SteadyStopwatch stopwatch;  // nothing is carried here
    cases::Settings agreed{*Zone::find("Europe/Lisbon")};
    std::unique_ptr<cases::Cases> cases;
    std::unique_ptr<letters::Outbox> outbox;
    std::vector<std::pair<std::string, std::string>> letters;  // to whom, which address to open

private:
    std::unique_ptr<web::Pages> pages_;
    http::Router router_;
    int life_ = 0;
};

// The key of the installation, its model, and the password of all who work there.
crypto::SecretKey installation_key();
std::shared_ptr<const model::Model> town_model();
inline constexpr const char* password = "quatro casas verdes hoje";

// From here on all that this thread draws from the operating system's chance comes from a seed instead: keys,
// salts and links are the same when a seed is lived again.
void draw_secrets_from(std::uint64_t seed);

}  // namespace balcao::rehearsal
