#pragma once
// What the pages of staff about appointments share: who may, what is said of an appointment without a name,
// and the way back to the day's list. Internal to `web`; it shows nothing personal.
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "web/book_words.hpp"
#include "web/forms.hpp"

namespace balcao::web {

// What is said above a page, and its status.
struct AgendaTold {
    std::string complaint{};
    int status = 200;
};

// For who has that right at the site in the address; others are told so, strangers are sent to sign in. The
// work runs on a worker's thread.
using SiteWork =
    std::function<http::Response(const http::Request&, const staff::Session&, const model::Site&)>;
http::Handler for_site_staff(Shared& shared, staff::Permission permission, SiteWork work);

// "expected", "here", "did not come" …
std::string state_text(const booking::Appointment& appointment, Instant now, const Words& words);

// "Identity card, Tax".
std::string services_text(const std::vector<model::ServiceKey>& services,
                          const Shared& shared,
                          const Words& words);

// The appointment of that name when it is at that site.
booking::Answer<booking::Appointment> appointment_at(const Shared& shared,
                                                     const model::Site& site,
                                                     std::string_view booking);

// The clerk who acts on the appointment in the address.
booking::ByClerk clerk_of(const http::Request& request, const staff::Session& session);

html::Url agenda_url(const Words& words, const model::Site& site, Date date);
html::Url booking_url(const Words& words, const model::Site& site, const booking::BookingKey& booking);

// The name of who is signed in, and the ways back.
void write_way_back(html::Content& main,
                    const Words& words,
                    const staff::Session& session,
                    const model::Site& site,
                    Date date);

// The day's list. `told` stands above it.
http::Response agenda_page(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const model::Site& site,
                           const AgendaTold& told);

// One appointment for staff, without its name.
http::Response staff_booking_page(const http::Request& request,
                                  const Shared& shared,
                                  const staff::Session& session,
                                  const model::Site& site,
                                  const AgendaTold& told);

// What was refused, as it stands above a page.
AgendaTold told_of(const booking::Refusal& refusal, const Shared& shared, const Words& words);

void add_staff_booking_routes(http::Router& router, Shared& shared);
void add_staff_times_routes(http::Router& router, Shared& shared);
void add_look_routes(http::Router& router, Shared& shared);
void add_own_data_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
