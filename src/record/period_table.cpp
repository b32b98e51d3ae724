#include "record/period_table.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace balcao::record {
namespace {

std::string quoted(const std::string& text) {
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char letter : text)
        out += letter == '"' ? std::string{"\"\""} : std::string{letter};
    return out + "\"";
}

const char* yes_or_no(bool truth) { return truth ? "yes" : "no"; }

}  // namespace

std::string time_text(const Zone& zone, Instant at) {
    const auto civil = zone.at(at);
    const auto ms = civil.since_midnight.count();
    const int offset = zone.offset_minutes(at);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}", format_date(civil.date), ms / 3'600'000,
                       ms / 60'000 % 60, ms / 1000 % 60, ms % 1000, offset < 0 ? '-' : '+',
                       std::abs(offset) / 60, std::abs(offset) % 60);
}

std::string period_columns() {
    return "site,date,number,taken_by,priority,appointment,fate,exact,service,step,period,desk,begin,end,"
           "seconds,ended_by\n";
}

std::string period_lines(const HallDay& day, const Zone& zone) {
    std::string out;
    const std::string place = fmt::format("{},{}", quoted(day.site.text()), format_date(day.date));
    for (const Ticket& ticket : day.tickets) {
        const std::string start =
            fmt::format("{},{},{},{},{},{},{}", place, ticket.number.value, quoted(ticket.taken_by),
                        yes_or_no(ticket.has_priority), yes_or_no(ticket.appointment.has_value()),
                        name_of(ticket.fate), yes_or_no(ticket.is_exact));
        for (const Period& period : ticket.periods) {
            const Leg* leg = period.leg < ticket.legs.size() ? &ticket.legs[period.leg] : nullptr;
            const bool is_open = period.ending == Ending::open;
            out += fmt::format(
                "{},{},{},{},{},{},{},{:.3f},{}\n", start, leg != nullptr ? quoted(leg->service.text()) : "",
                leg != nullptr ? quoted(leg->step.text()) : "", name_of(period.doing),
                period.desk ? quoted(office::to_string(*period.desk)) : "", time_text(zone, period.begin),
                is_open ? "" : time_text(zone, period.end),
                static_cast<double>((period.end - period.begin).count()) / 1000, name_of(period.ending));
        }
    }
    return out;
}

}  // namespace balcao::record
