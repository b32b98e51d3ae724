#pragma once
// What the tickets of one service at one site say of patience: how long each waited at least, and of those
// who left without a trace, by when they were gone. Used by log_model.cpp; it estimates nothing itself.
#include <cstddef>
#include <string>
#include <vector>

#include "plan/estimators.hpp"
#include "plan/ticket_log.hpp"

namespace balcao::plan {

struct LoggedPatience {
    std::vector<CensoredWait> waits;  // minutes
    std::size_t left = 0;             // people who left, at whatever moment
    std::size_t left_unseen = 0;      // of these: at a moment that the log does not have, before a known one
    std::size_t left_unknown = 0;     // of these: with nothing after them that bounds it; not in `waits`
};

// `tickets` of one site by date and time taken; those of other services are passed over. Who left with her
// moment waited that long. Who was called and did not answer had left before the call. Of who left without
// either, the first call of a later ticket of the service that day (and of her desk, where the log names one)
// says that she was gone by then: within a service people are called in the order in which they came.
LoggedPatience patience_in(const std::vector<const LoggedTicket*>& tickets, const std::string& service);

}  // namespace balcao::plan
