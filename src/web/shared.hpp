#pragma once
// What all routes of the pages share, and the small verbs that every one of them needs. Internal to `web`.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "connect/entity_link.hpp"
#include "fees/case_fees.hpp"
#include "front/case_link.hpp"
#include "front/finder.hpp"
#include "front/hall_view.hpp"
#include "front/link.hpp"
#include "front/live.hpp"
#include "front/refusal.hpp"
#include "front/ticket.hpp"
#include "front/workers.hpp"
#include "web/effects.hpp"
#include "web/frame.hpp"
#include "web/metrics.hpp"
#include "web/pages.hpp"

namespace balcao::web {

class Providers;
class Sittings;

using front::Call;
using front::desk_name;
using front::HallView;
using front::hours_on;
using front::leg_name;
using front::Live;
using front::refusal_text;
using front::status_of;
using front::ticket_in;
using front::TicketLinks;
using front::TicketView;
using front::view_of;
using front::Workers;

using Answer = std::shared_ptr<http::Reply>;

struct Shared {
    Shared(const Rooms& rooms, const Clock& by, const Settings& settings);
    ~Shared();
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;
    Shared(Shared&&) = delete;
    Shared& operator=(Shared&&) = delete;

    office::FrontOffice& office;
    staff::Staff& staff;
    booking::Bookings& bookings;
    device::Devices& devices;
    cases::Cases& cases;
    const Clock& clock;
    TicketLinks links;
    front::CaseLinks case_links;
    connect::EntityLinks entity_links;  // in letters to entities
    bool is_demonstration;
    const office::Foresight* foresight;  // null: no waits are told
    std::string founding_secret;         // in the link to the first account
    Proofs proofs;
    Mailbox mailbox{};
    std::function<void(std::string&)> more_metrics;
    const record::SiteRecords* records;  // null: no pages of the record
    edition::Editions* editions;         // null: nobody administers the model here
    std::function<Result<void>()> adopt;
    letters::Outbox* outbox;  // null: no letters
    Ways ways;
    std::string address;                // of these pages, without a slash at its end
    bool is_address_given;              // by who installed them; else it is that of the machine
    const connect::Meetings* meetings;  // null: none
    crypto::SecretKey feeds;            // signs the addresses of calendars of sites
    front::Finder finder{};
    Metrics metrics{};
    std::unique_ptr<Effects>
        effects{};  // null: changes of the model are not simulated; tells `live`, which draws it
    Live live;
    assist::Sessions* sessions;                                             // null: no double screen
    const outcomes::Outcomes* outcomes;                                     // null: nothing is told of them
    fees::FeeOffice* fees;                                                  // null: fees are told alone
    std::function<bool(const std::string&, const Money&)> pays_at_machine;  // of a demonstration; else empty
    std::unique_ptr<Sittings> sittings{};                                   // of them
    std::unique_ptr<Providers> providers;  // by which people may sign in; their threads use all the others
    Workers workers;                       // last: what they do uses all the others

    [[nodiscard]] City city(const Words& words) const;

    // Letters reach whom that names; and anybody at all.
    [[nodiscard]] bool can_reach(const booking::Contact& contact) const {
        return outbox != nullptr &&
               ((ways.mail && !contact.mail.empty()) || (ways.phone && !contact.phone.empty()));
    }

    [[nodiscard]] bool writes_letters() const { return outbox != nullptr && (ways.mail || ways.phone); }

    [[nodiscard]] CivilTime now() const { return office.zone().at(clock.now()); }

    [[nodiscard]] Words words_of(const http::Request& request) const;

    // The site's hall as it is; nothing when the journal cannot be read.
    [[nodiscard]] std::optional<HallView> hall(const model::SiteKey& site) const;
    // What is known of the waits of a site today; null where nothing is.
    [[nodiscard]] std::shared_ptr<const office::SiteOutlook> outlook(const model::SiteKey& site) const;
    [[nodiscard]] std::optional<TicketView> ticket(const TicketName& name) const;

    // A page that follows: the word for a mistake, with what to do, under the status.
    [[nodiscard]] http::Response failure(const Words& words, int status, std::string_view sentence) const;
    [[nodiscard]] http::Response failure(const http::Request& request, int status) const;
};

// Routes of one room of the pages each, added to the router.
void add_citizen_routes(http::Router& router, Shared& shared);
void add_watch_routes(http::Router& router, Shared& shared);
void add_board_routes(http::Router& router, Shared& shared);
void add_ticket_routes(http::Router& router, Shared& shared);
void add_proof_routes(http::Router& router, Shared& shared);

// Whether a browser says that another site sent the request.
bool is_from_elsewhere(const http::Request& request);

// A form's route. One that another site sends is refused: it must not act here with a person's cookies.
http::Route& add_post(http::Router& router, Shared& shared, std::string_view pattern, http::Handler handler);

// The site that the address names; nothing for none of ours.
const model::Site* site_in(const http::Request& request, const Shared& shared);

// A key for a form: the same form sent twice is one command.
std::string new_form_key();
// The key that came with a form, or a new one when none of ours did.
std::string form_key(const http::Request& request);
// The key of a button that is made of what it acts on (64 hexadecimal digits), for that room of the pages; of
// another form: that of a form.
std::string state_key(const http::Request& request, std::string_view room);

// Nothing for what is no number of a ticket.
std::optional<office::Number> number_of(std::string_view text);

}  // namespace balcao::web
