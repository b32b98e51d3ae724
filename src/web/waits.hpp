#pragma once
// Waits in words: the range and promise of a ticket, the wait of each service now, and how well a site keeps
// its promises. Internal to `web`; it shows what the office foresaw and reckons nothing itself.
#include "web/shared.hpp"

namespace balcao::web {

// Below a ticket that waits. Nothing for one that does not, and where nobody forecasts.
void write_wait_of_ticket(html::Content& into,
                          const Shared& shared,
                          const Words& words,
                          const TicketName& name,
                          const TicketView& ticket);

// For who would come now: each service and its wait.
void write_waits_now(html::Content& into, const Shared& shared, const Words& words, const model::Site& site);

// "5–25 min" for who would come now for that service; empty where none is known.
std::string wait_of_service(const Shared& shared,
                            const Words& words,
                            const model::SiteKey& site,
                            const model::ServiceKey& service);

// "Wait now: 5 to 25 minutes", over all services of a site; nothing where none is known.
void write_wait_of_site(html::Content& into,
                        const Shared& shared,
                        const Words& words,
                        const model::SiteKey& site);

// The wait of who was served last, and how long each service takes at the desks today.
void write_times(html::Content& into, const Shared& shared, const Words& words, const HallView& hall);

// How many promises of the last seven days were kept, and how wide they were.
void write_record(html::Content& into, const Shared& shared, const Words& words, const model::SiteKey& site);

}  // namespace balcao::web
