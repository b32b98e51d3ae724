#pragma once
// The pages of the live office as routes of the HTTP server: it parses what people send, hands commands to
// the office and shows what is true afterwards. Joined to a server by `main`; it decides nothing and stores
// nothing.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "assist/names.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "booking/bookings.hpp"
#include "cases/cases.hpp"
#include "connect/meeting.hpp"
#include "crypto/keys.hpp"
#include "device/devices.hpp"
#include "edition/editions.hpp"
#include "front/gate.hpp"
#include "front/link.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "letters/outbox.hpp"
#include "office/foresight.hpp"
#include "staff/staff.hpp"
#include "text/words.hpp"
#include "web/letters.hpp"

namespace balcao::assist {
class Sessions;
}

namespace balcao::fees {
class FeeOffice;
}

namespace balcao::outcomes {
class Outcomes;
}

namespace balcao::openid {
class Provider;
}

namespace balcao::record {
class SiteRecords;
}

namespace balcao::web {

using front::TicketName;

struct Shared;
class Simulator;

// What the log of the journal proves. Asked from threads of the pages; nothing for an office without a log.
struct Proofs {
    std::string log_key{};  // as outsiders check with it (journal::verifier_of)
    // The receipt of a ticket as JSON. Error: conflict while it is not in the log, not_found, unavailable.
    std::function<Result<std::string>(const TicketName&)> receipt{};
    // The same of a case.
    std::function<Result<std::string>(const cases::CaseNumber&)> case_receipt{};
    // Of a session at a double screen; its errors are the same.
    std::function<Result<std::string>(const assist::SessionKey&)> session_receipt{};
    // The last signed head; empty before the first.
    std::function<Result<std::string>()> head{};
};

// What the pages show and give orders to.
struct Rooms {
    office::FrontOffice& office;
    staff::Staff& staff;
    booking::Bookings& bookings;
    device::Devices& devices;
    cases::Cases& cases;
};

struct Settings {
    crypto::SecretKey installation;          // signs links
    bool is_demonstration = false;           // said on every page
    office::Foresight* foresight = nullptr;  // without it no waits are told; outlives the pages
    // How often open pages are looked at without any event, and how long one stays open after its session.
    std::chrono::milliseconds look_again{15'000};
    // Threads for what takes long: hashing passwords (64 MiB each), bookings. None: who asks does it at once.
    std::size_t workers = 2;
    Proofs proofs{};
    // What others measure, for /metrics.
    std::function<void(std::string&)> more_metrics{};
    // How sites kept their word; without it there are no such pages. Outlives the pages.
    const record::SiteRecords* records = nullptr;
    // The versions of the model; without them nobody administers it here. `adopt` brings the last one into
    // force in this process.
    edition::Editions* editions = nullptr;
    std::function<Result<void>()> adopt{};
    // What is owed to people outside; without it, or without a way to them, nobody can book from outside.
    letters::Outbox* outbox = nullptr;
    Ways ways{};
    std::string address{};                        // "https://city.example": of these pages, in letters
    const connect::Meetings* meetings = nullptr;  // without it no address is told for meetings by video
    // By which people may sign in besides name and password; they outlive the pages. `tell` gets, in a line
    // without personal data, what is wrong with one of them.
    std::vector<openid::Provider*> providers{};
    std::function<void(const std::string&)> tell{};
    // Says what a change of the model would do to waits; without it nothing is said. Outlives the pages.
    Simulator* simulator = nullptr;
    // The double screen; without it there are no such pages. Outlives the pages, which listen to it.
    assist::Sessions* sessions = nullptr;
    // Where what is asked for is paid; without it fees are told alone. Outlives the pages, which listen to
    // it.
    fees::FeeOffice* fees = nullptr;
    // What became of requests; without it nothing is told of how long they really take. Outlives the pages.
    const outcomes::Outcomes* outcomes = nullptr;
    // Of a demonstration: somebody types that reference and amount into a cash machine. False where it is
    // none of ours, or of another amount.
    std::function<bool(const std::string& reference, const Money& amount)> pays_at_machine{};
};

// The last part of the address where the first account is made: /pt/found/SECRET.
using front::founding_secret_of;

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

    // The words of a letter, in the language of who gets it. From any thread.
    [[nodiscard]] letters::Written write(const letters::Owed& owed,
                                         const std::optional<booking::Contact>& contact) const;
    // People before a ticket; as many as can be where it does not wait now but may later; nothing once it is
    // over.
    [[nodiscard]] std::optional<int> ahead_of(const letters::TicketName& ticket) const;
    // Makes the search ready, which else the first who looks for something waits for.
    void prepare() const;
    // Where people reach the pages, when that is known only once the server listens. Before the first letter.
    void be_found_at(const std::string& address);
    // Where a demonstration's letters go.
    [[nodiscard]] Mailbox& mailbox();

    // Headers that keep pages apart from strangers, and pages for what went wrong.
    [[nodiscard]] http::Hooks hooks() const;

    // Which routes count for which limit, and the page for who came too often, with what was typed.
    [[nodiscard]] static std::vector<front::Counted> counted();
    [[nodiscard]] http::Response too_many(const http::Request& request, std::chrono::seconds wait) const;

    // The name of the style sheet below /assets.
    [[nodiscard]] static std::string style();

    // Whether letters reach people from here; what is owed to them follows from what happens to a booking.
    [[nodiscard]] bool writes_letters() const;
    // Whether a letter could be sent there.
    [[nodiscard]] bool can_reach(const booking::Contact& contact) const;
    // Owes who has appointments under that mail address or phone number a letter with their links. Waits for
    // storage. Error: invalid for what is neither or where nobody can be written to that way, unavailable.
    [[nodiscard]] Result<void> send_lost_links(const booking::Contact& to) const;

    // What programs that keep calendars read (RFC 5545); each may wait for storage. Of the appointment of a
    // link; of the person whom the link of a calendar names; of a site; and where that one is followed.
    [[nodiscard]] booking::Answer<std::string> calendar_of_appointment(const std::string& link,
                                                                       const text::Words& words) const;
    [[nodiscard]] booking::Answer<std::string> calendar_of_person(const std::string& link,
                                                                  const text::Words& words) const;
    [[nodiscard]] booking::Answer<std::string> calendar_of_site(const model::SiteKey& site,
                                                                const text::Words& words) const;
    [[nodiscard]] std::string calendar_address(const model::SiteKey& site, const text::Words& words) const;

private:
    std::unique_ptr<Shared> shared_;
};

}  // namespace balcao::web
