#include "plan/ticket_log.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "text/csv.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"

namespace balcao::plan {
namespace {

struct Moment {
    Date date{};
    double minute = 0;
};

// "2026-01-05 09:12:30", "2026-01-05T9:12", fractions of seconds and what follows them ignored.
std::optional<Moment> parse_moment(std::string_view written) {
    std::string moment{written};
    if (moment.size() > 12 && moment[12] == ':') moment.insert(moment.begin() + 11, '0');
    if (moment.size() < 16 || (moment[10] != ' ' && moment[10] != 'T')) return {};
    const std::optional<Date> date = parse_date(std::string_view{moment}.substr(0, 10));
    const std::optional<int> minute = parse_time_of_day(std::string_view{moment}.substr(11, 5));
    if (!date || !minute) return {};
    double second = 0;
    if (moment.size() >= 19 && moment[16] == ':') {
        const std::optional<double> read = text::parse_number(std::string_view{moment}.substr(17, 2));
        if (!read || *read >= 60) return {};
        second = *read;
    }
    return Moment{*date, *minute + second / 60};
}

struct Columns {
    std::size_t taken = 0;
    std::optional<std::size_t> called;
    std::optional<std::size_t> ended;
    std::optional<std::size_t> site;
    std::optional<std::size_t> service;
    std::optional<std::size_t> desk;
    std::optional<std::size_t> outcome;
};

class LogReader {
public:
    LogReader(const text::CsvTable& table, const Columns& columns) : table_{table}, columns_{columns} {}

    // Nothing, with `wrong` set, for a row that cannot be true.
    std::optional<LoggedTicket> read(std::size_t row, std::string& wrong) const {
        LoggedTicket ticket;
        ticket.site = words(row, columns_.site, "shop");
        ticket.service = words(row, columns_.service, "visit");
        ticket.desk = words(row, columns_.desk, "");
        const std::optional<Moment> taken = parse_moment(table_.field(row, columns_.taken));
        if (!taken) {
            wrong = fmt::format("'{}' is not a date and time", table_.field(row, columns_.taken));
            return {};
        }
        ticket.date = taken->date;
        ticket.taken = taken->minute;
        ticket.called = minute_of(row, columns_.called, *taken, wrong);
        ticket.ended = minute_of(row, columns_.ended, *taken, wrong);
        if (!wrong.empty()) return {};
        set_outcome(row, ticket, wrong);
        if (ticket.called && *ticket.called < ticket.taken) wrong = "called before the ticket was taken";
        if (ticket.called && ticket.ended && *ticket.ended < *ticket.called)
            wrong = "ended before being called";
        if (!ticket.called && ticket.ended && *ticket.ended < ticket.taken)
            wrong = "left before the ticket was taken";
        if (!wrong.empty()) return {};
        return ticket;
    }

private:
    [[nodiscard]] std::string words(std::size_t row,
                                    std::optional<std::size_t> column,
                                    const char* otherwise) const {
        const std::string_view field = column ? table_.field(row, *column) : std::string_view{};
        return std::string{field.empty() ? std::string_view{otherwise} : field};
    }

    [[nodiscard]] std::optional<double> minute_of(std::size_t row,
                                                  std::optional<std::size_t> column,
                                                  const Moment& taken,
                                                  std::string& wrong) const {
        const std::string_view field = column ? table_.field(row, *column) : std::string_view{};
        if (field.empty()) return {};
        const std::optional<Moment> moment = parse_moment(field);
        if (!moment) wrong = fmt::format("'{}' is not a date and time", field);
        if (!moment) return {};
        if (moment->date != taken.date) wrong = fmt::format("'{}' is on another day than the ticket", field);
        return moment->minute;
    }

    void set_outcome(std::size_t row, LoggedTicket& ticket, std::string& wrong) const {
        const std::string outcome = text::fold(words(row, columns_.outcome, ""));
        if (outcome.empty()) {
            ticket.is_served = ticket.called && ticket.ended;
            return;
        }
        constexpr std::array served{"served", "attended", "done", "atendido"};
        constexpr std::array left{"left", "abandoned", "no_show", "desistiu"};
        ticket.is_served = std::find(served.begin(), served.end(), outcome) != served.end();
        if (!ticket.is_served && std::find(left.begin(), left.end(), outcome) == left.end())
            wrong = fmt::format("outcome '{}' is neither served nor left", outcome);
        if (ticket.is_served && (!ticket.called || !ticket.ended)) wrong = "served, but when is missing";
    }

    const text::CsvTable& table_;
    const Columns& columns_;
};

Result<TicketLog> read_table(const text::CsvTable& table, Date until) {
    Columns columns;
    BALCAO_TRY(columns.taken, table.column("taken"));
    columns.called = table.find_column("called");
    columns.ended = table.find_column("ended");
    columns.site = table.find_column("site");
    columns.service = table.find_column("service");
    columns.desk = table.find_column("desk");
    columns.outcome = table.find_column("outcome");
    const LogReader reader{table, columns};
    TicketLog log;
    log.rows_read = table.row_count();
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        std::string wrong;
        std::optional<LoggedTicket> ticket = reader.read(row, wrong);
        if (!ticket) {
            const std::string_view site = columns.site ? table.field(row, *columns.site) : std::string_view{};
            log.left_out.push_back({.shop = std::string{site},
                                    .date = std::string{table.field(row, columns.taken)},
                                    .rule = "contradiction",
                                    .why = fmt::format("line {}: {}", table.line(row), wrong),
                                    .use = LeftOutOf::everything});
            continue;
        }
        if (ticket->date <= until) log.tickets.push_back(std::move(*ticket));
    }
    std::stable_sort(log.tickets.begin(), log.tickets.end(),
                     [](const LoggedTicket& a, const LoggedTicket& b) {
                         return std::tie(a.date, a.taken) < std::tie(b.date, b.taken);
                     });
    return log;
}

}  // namespace

Result<TicketLog> read_ticket_log(const std::filesystem::path& file, Date until) {
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::read(file));
    return read_table(table, until);
}

Result<TicketLog> parse_ticket_log(std::string content, const std::string& name, Date until) {
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::parse(std::move(content), name));
    return read_table(table, until);
}

}  // namespace balcao::plan
