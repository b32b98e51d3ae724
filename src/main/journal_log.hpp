#pragma once
// The journal of a live office as the log of single tickets that calibration learns from. Used by `calibrate
// --journal` only.
#include "base/result.hpp"
#include "main/commands.hpp"
#include "plan/ticket_log.hpp"
#include "record/hall_day.hpp"

namespace balcao::cli {

// Adds a day's tickets, by the clocks of the zone.
void add_to(plan::TicketLog& log, const record::HallDay& day, const Zone& zone);

// Errors: as plan::calibrate, and what of model or journal cannot be read.
Result<plan::CalibrationReport> calibrate_journal(const Calibrate& command, plan::CalibrateOptions options);

}  // namespace balcao::cli
