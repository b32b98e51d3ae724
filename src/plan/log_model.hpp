#pragma once
// A service model from a log of single tickets: arrivals by weekday and hour, durations, patience and desks
// as they were seen, site by site. Used by `calibrate` when it is given a file; nothing is corrected by
// simulation, as a log shows the desks themselves.
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/estimators.hpp"
#include "plan/log_order.hpp"
#include "plan/patience.hpp"
#include "plan/ticket_log.hpp"

namespace balcao::plan {

struct LoggedService {
    std::string name;
    std::array<std::array<double, 24>, 7> per_hour{};  // people, by weekday and hour
    std::optional<DurationFit> duration;               // minutes
    std::optional<double> leaving_rate;                // per minute of waiting
    std::vector<SurvivalStep> patience;                // survival_of, minutes
    LoggedPatience waits;                              // what these two were estimated from
    std::size_t tickets = 0;
};

// Desks that serve the same services.
struct LoggedDesks {
    std::vector<std::string> services;
    std::array<std::array<int, 24>, 7> count{};  // by weekday and hour; means of the days, rounded up
};

struct LoggedSite {
    std::string name;
    std::array<int, 7> opening{};  // first hour of a weekday
    std::array<int, 7> closing{};  // hour after the last; 0 where closed
    std::vector<LoggedService> services;
    std::vector<LoggedDesks> desks;
    LoggedOrder order;
    double poisson_p = 1;  // of arrivals within hours being Poisson (Brown et al. 2005)
};

std::vector<LoggedSite> fit_log(const TicketLog& log);

// model.yaml of these sites.
std::string model_of_log(const std::vector<LoggedSite>& sites, Date until);

// What was found, in sentences on each site and its services.
std::vector<std::string> log_in_words(const std::vector<LoggedSite>& sites);

}  // namespace balcao::plan
