#pragma once
// The pages of the live office as routes of the HTTP server: it parses what people send, hands commands to
// the office and shows what is true afterwards. Joined to a server by `main`; it decides nothing and stores
// nothing.
#include <functional>
#include <memory>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "booking/bookings.hpp"
#include "crypto/keys.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "office/foresight.hpp"
#include "staff/staff.hpp"
#include "web/letters.hpp"
#include "web/link.hpp"

namespace balcao::web {

struct Shared;

// What the log of the journal proves. Asked from threads of the pages; nothing for an office without a log.
struct Proofs {
    std::string log_key{};  // as outsiders check with it (journal::verifier_of)
    // The receipt of a ticket as JSON. Error: conflict while it is not in the log, not_found, unavailable.
    std::function<Result<std::string>(const TicketName&)> receipt{};
    // The last signed head; empty before the first.
    std::function<Result<std::string>()> head{};
};

// What the pages show and give orders to.
struct Rooms {
    office::FrontOffice& office;
    staff::Staff& staff;
    booking::Bookings& bookings;
};

struct Settings {
    crypto::SecretKey installation;          // signs links
    bool is_demonstration = false;           // said on every page
    office::Foresight* foresight = nullptr;  // without it no waits are told; outlives the pages
    // How often open pages are looked at without any event, and how long one stays open after its session.
    std::chrono::milliseconds look_again{15'000};
    Proofs proofs{};
    // Sends letters; where it is empty nobody can book from outside. A demonstration shows them on a page.
    Post post{};
};

// The last part of the address where the first account is made: /pt/found/SECRET.
std::string founding_secret_of(const crypto::SecretKey& installation);

class Pages {
public:
    // Before the office's first command, for it listens to what happens there. Office, staff and clock must
    // outlive it, and it the server that has its routes.
    Pages(const Rooms& rooms, const Clock& clock, const Settings& settings);
    ~Pages();
    Pages(const Pages&) = delete;
    Pages& operator=(const Pages&) = delete;
    Pages(Pages&&) = delete;
    Pages& operator=(Pages&&) = delete;

    [[nodiscard]] http::Router router() const;

    // Headers that keep pages apart from strangers, and pages for what went wrong.
    [[nodiscard]] http::Hooks hooks() const;

private:
    std::unique_ptr<Shared> shared_;
};

}  // namespace balcao::web
