#include "main/journal_log.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "main/console.hpp"
#include "main/journal_reader.hpp"
#include "record/ticket_rows.hpp"

namespace balcao::cli {

void add_to(plan::TicketLog& log, const record::HallDay& day, const Zone& zone) {
    using Minutes = std::chrono::duration<double, std::ratio<60>>;
    // By the clocks; what follows is as long after it as it was, also while the clocks are changed.
    const auto minute_of = [&](Instant at) {
        const auto shown = zone.at(at);
        return Minutes{shown.since_midnight + (shown.date - day.date)}.count();
    };
    const auto found = record::ticket_rows(day);
    log.rows_read += found.rows.size() + found.left_out.size();
    for (const auto number : found.left_out)
        log.left_out.push_back(
            {.shop = day.site.text(),
             .date = format_date(day.date),
             .rule = "another_day",
             .why = fmt::format("ticket {} ended on another day, or by nobody's hand", number.value),
             .use = plan::LeftOutOf::everything});
    for (const record::TicketRow& row : found.rows) {
        plan::LoggedTicket ticket;
        ticket.site = day.site.text();
        ticket.service = row.service.text();
        ticket.desk = row.desk;
        ticket.date = day.date;
        ticket.taken = minute_of(row.taken);
        const auto minute_after = [&](Instant at) { return ticket.taken + Minutes{at - row.taken}.count(); };
        if (row.called) ticket.called = minute_after(*row.called);
        if (row.ended) ticket.ended = minute_after(*row.ended);
        ticket.is_served = row.is_served;
        log.tickets.push_back(std::move(ticket));
    }
}

Result<plan::CalibrationReport> calibrate_journal(const Calibrate& command, plan::CalibrateOptions options) {
    const auto journal = JournalReader::open(command.folder, {command.data, command.database, {}});
    if (!journal) return Error{Errc::invalid, "nothing was learnt"};
    plan::TicketLog log;
    BALCAO_TRY(const auto span,
               journal->reader().each({.to = options.until}, [&](const record::HallDay& day) {
                   add_to(log, day, journal->reader().zone());
                   return !stop_flag();
               }));
    std::ranges::stable_sort(log.tickets, {}, [](const plan::LoggedTicket& ticket) {
        return std::tuple{ticket.date, ticket.taken};
    });
    options.folder = fmt::format("the journal of {}", journal->model().key);
    options.until = std::min(options.until, span.to);
    return plan::calibrate(log, options);
}

}  // namespace balcao::cli
