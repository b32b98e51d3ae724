#pragma once
// A city's own log of single tickets as values: when each was taken, called and ended, where, for what, at
// which desk and how it went. Read by calibration. Rows that contradict themselves are named and not handed
// out.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"
#include "plan/plan.hpp"

namespace balcao::plan {

struct LoggedTicket {
    std::string site;
    std::string service;
    std::string desk;  // empty where the log has none
    Date date{};
    double taken = 0;                // minutes after midnight
    std::optional<double> called{};  // likewise; none for who left before
    std::optional<double> ended{};
    bool is_served = false;
};

struct TicketLog {
    std::vector<LoggedTicket> tickets;  // by date and time taken
    std::size_t rows_read = 0;
    std::vector<LeftOutRow> left_out;
};

// CSV with the columns taken, called, ended (local date and time, "2026-01-05 09:12:30"; the last two may be
// empty) and, where known, site, service, desk, outcome (served, left; without it, who was called and ended
// was served). For who left, `ended` is when, if that is known; with `called` too, the call was not answered
// and she had left at some moment before it. Tickets after `until` are not read. Errors:
// no such file, no `taken`.
Result<TicketLog> read_ticket_log(const std::filesystem::path& file, Date until);
Result<TicketLog> parse_ticket_log(std::string content, const std::string& name, Date until);

// Fits a log that was read elsewhere (the journal of a live office) and writes model.yaml, as `calibrate`
// does with a file; of the options, `folder` is what the log is called in messages. Tickets by date and time
// taken.
Result<CalibrationReport> calibrate(const TicketLog& log, const CalibrateOptions& options);

}  // namespace balcao::plan
