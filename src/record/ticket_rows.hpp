#pragma once
// The tickets of a day as rows of a log of single tickets: when each was taken, called and ended, where, for
// what, at which desk and how it went. What calibration learns a model from. A row a service of a visit.
#include <optional>
#include <string>
#include <vector>

#include "record/hall_day.hpp"

namespace balcao::record {

struct TicketRow {
    model::ServiceKey service;
    std::string desk;  // the last that served it; empty where none did
    Instant taken{};   // of a later service of the same visit: when it joined that line
    std::optional<Instant> called{};
    // A call and its service as one stretch, without the time in which the visit was parked; for who gave up,
    // when. Nothing for who was missed or sent away: when they went is not known, or was not their choice.
    std::optional<Instant> ended{};
    bool is_served = false;
};

// Tickets that are over; those whose times cannot be trusted are only counted.
struct TicketRows {
    std::vector<TicketRow> rows;
    std::vector<office::Number> left_out;
};

TicketRows ticket_rows(const HallDay& day);

}  // namespace balcao::record
