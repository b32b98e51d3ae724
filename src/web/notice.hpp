#pragma once
// The form by which a ticket's holder asks to be told when the turn is near. Internal to `web`.
#include "web/shared.hpp"

namespace balcao::web {

// Nothing where nobody can be written to, or the ticket waits no more or for nobody.
void write_notice(html::Content& main,
                  const Shared& shared,
                  const Words& words,
                  const TicketName& name,
                  const TicketView& ticket);

}  // namespace balcao::web
