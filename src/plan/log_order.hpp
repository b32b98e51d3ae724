#pragma once
// Who goes first at one site, as its log of single tickets shows it: whether calls passed over people who had
// come earlier, and which services go before which. Used by log_model.cpp. It sees order between services
// only; an order by person or by desk it counts, but does not explain.
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "plan/ticket_log.hpp"

namespace balcao::plan {

struct LoggedOrder {
    std::map<std::string, int> priority;  // by service, 1 first; empty where no service goes before another
    std::size_t calls = 0;                // of those who were served
    std::size_t passed_over = 0;          // calls that left somebody of that desk's services waiting longer
};

// `tickets` of one site by date and time taken; `services` by desk, as they were served there. A service goes
// before another when it was called in at least half of the calls (twenty at least) that had the choice.
LoggedOrder order_of(const std::vector<const LoggedTicket*>& tickets,
                     const std::map<std::string, std::vector<std::string>>& services);

}  // namespace balcao::plan
