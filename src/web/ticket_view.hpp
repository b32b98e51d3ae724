#pragma once
// What is true of one ticket now, as it stands on a phone and on a kiosk. Internal to `web`.
#include "web/shared.hpp"

namespace balcao::web {

// Number, headline, wait, services.
void write_ticket(html::Content& into,
                  const Shared& shared,
                  const Words& words,
                  const TicketName& name,
                  const TicketView& ticket);

}  // namespace balcao::web
