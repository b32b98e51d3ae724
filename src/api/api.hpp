#pragma once
// The office for programs: the same commands, rights and refusals as the pages have, as JSON under /api/v1,
// described by an OpenAPI document that is made of the same table as the routes. Joined to a server by
// `main`; it knows no page, decides nothing and stores nothing.
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "booking/bookings.hpp"
#include "cases/cases.hpp"
#include "crypto/keys.hpp"
#include "device/devices.hpp"
#include "edition/editions.hpp"
#include "front/gate.hpp"
#include "front/link.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "letters/outbox.hpp"
#include "office/foresight.hpp"
#include "record/site_record.hpp"
#include "staff/staff.hpp"
#include "text/words.hpp"

namespace balcao::assist {
class Sessions;
}

namespace balcao::fees {
class FeeOffice;
}

namespace balcao::outcomes {
class Outcomes;
}

namespace balcao::api {

struct Shared;

struct Rooms {
    office::FrontOffice& office;
    staff::Staff& staff;
    booking::Bookings& bookings;
    device::Devices& devices;
    cases::Cases& cases;
};

// How letters leave; empty where the installation sends none, and then nobody books from outside. `base` is
// what stands before the path in links. Two may wait for storage. Error of lost links: invalid for what is no
// mail address that can be written to, unavailable.
struct Letters {
    std::function<void(const booking::Slip&, const std::string& base, text::Language)> ask_to_confirm{};
    // To the mail address or the phone number in it.
    std::function<Result<void>(const booking::Contact&)> send_lost_links{};
    std::function<bool(const booking::Contact&)> can_reach{};  // without it: wherever there is an address
};

// Appointments as files for programs that keep calendars (RFC 5545); empty where nobody writes any. May wait
// for storage.
struct Calendars {
    using File = booking::Answer<std::string>;
    std::function<File(const std::string& link, const text::Words&)> of_appointment{};
    std::function<File(const std::string& link, const text::Words&)> of_person{};
    std::function<File(const model::SiteKey&, const text::Words&)> of_site{};
    // Where that of a site is followed.
    std::function<std::string(const model::SiteKey&, const text::Words&)> address{};
};

// What the log of the journal proves; empty for an office without one.
struct Proofs {
    std::string log_key{};
    // Error: conflict while it is not in the log, not_found, unavailable.
    std::function<Result<std::string>(const front::TicketName&)> receipt{};
    // The same of a case.
    std::function<Result<std::string>(const cases::CaseNumber&)> case_receipt{};
    std::function<Result<std::string>()> head{};  // empty before the first
};

struct Settings {
    crypto::SecretKey installation;          // signs links, as for the pages
    std::string version = "0";               // of the program
    office::Foresight* foresight = nullptr;  // without it no waits are told
    std::chrono::milliseconds look_again{15'000};
    Letters letters{};
    Proofs proofs{};
    Calendars calendars{};
    const record::SiteRecords* records = nullptr;  // without it nothing is told of days gone by
    // The versions of the model; without them nobody administers it here. `adopt` brings the last one into
    // force in this process.
    edition::Editions* editions = nullptr;
    std::function<Result<void>()> adopt{};
    letters::Outbox* outbox = nullptr;     // what is owed to people outside; without it there are no notices
    assist::Sessions* sessions = nullptr;  // the double screen; without it there is none here
    fees::FeeOffice* fees = nullptr;       // where what is asked for is paid; without it nothing is here
    const outcomes::Outcomes* outcomes = nullptr;  // what became of requests; without it nothing is here
    // What an entity may sign its reports with; without it none is taken.
    std::function<std::vector<std::string>(const model::EntityKey&)> entity_secrets{};
    std::string style{};  // the name of the style sheet below /assets, for the page at /api; empty: none
};

class Api {
public:
    // Before the office's first command, for it listens to what happens there. Rooms and clock must outlive
    // it, and it the server that has its routes.
    Api(const Rooms& rooms, const Clock& clock, const Settings& settings);
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;
    Api(Api&&) = delete;
    Api& operator=(Api&&) = delete;

    void add_routes(http::Router& router) const;

    // Which routes count for which limit.
    [[nodiscard]] static std::vector<front::Counted> counted();

    // Whether the address is the API's, so that what goes wrong there is told as a problem.
    [[nodiscard]] static bool has(const std::string& path);
    [[nodiscard]] http::Response failure(const http::Request& request, int status) const;
    [[nodiscard]] http::Response too_many(const http::Request& request,
                                          const front::Gate::Refused& refused) const;

private:
    std::unique_ptr<Shared> shared_;
};

// The OpenAPI 3.1 document, as served at /api/openapi.json.
std::string description(const std::string& version);

}  // namespace balcao::api
