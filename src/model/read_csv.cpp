#include "model/read_csv.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "text/csv.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

constexpr double microseconds_max = 3.2e15;  // about a hundred years

struct Unit {
    std::string_view name;
    double microseconds;
};

constexpr Unit units[] = {{"seconds", 1e6}, {"minutes", 60e6}, {"hours", 3600e6}, {"days", 86400e6},
                          {"s", 1e6},       {"min", 60e6},     {"h", 3600e6}};

struct Column {
    std::size_t index = 0;
    std::optional<double> unit;  // microseconds in one, where the header says so
};

std::optional<double> unit_named(std::string_view name) {
    for (const Unit& unit : units)
        if (unit.name == name) return unit.microseconds;
    return std::nullopt;
}

// "duration" or "duration_min" for the name "duration".
std::optional<Column> find_column(const text::CsvTable& table, std::string_view name) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const std::string_view column = table.columns()[i];
        if (column == name) return Column{i, std::nullopt};
        if (!column.starts_with(name) || column.size() <= name.size() || column[name.size()] != '_') continue;
        if (const auto unit = unit_named(column.substr(name.size() + 1))) return Column{i, unit};
    }
    return std::nullopt;
}

class LogReader {
public:
    LogReader(const Context& context, const text::CsvTable& table)
        : context_{context}, table_{table}, file_{std::make_shared<const std::string>(table.name())} {}

    // Nothing after a mistake; an empty field is a mistake.
    [[nodiscard]] std::optional<Duration> length(std::size_t row, const Column& column) const {
        const std::string_view field = table_.field(row, column.index);
        std::optional<Duration> value = parse_duration(field);
        if (column.unit) {
            const auto number = text::parse_number(field);
            value.reset();
            if (number && std::abs(*number * *column.unit) < microseconds_max)
                value = Duration{std::llround(*number * *column.unit)};
        }
        if (value && *value >= Duration{0}) return value;
        wrong(
            row, column,
            column.unit
                ? "expected a number, zero or more"
                : "expected a length of time such as 6 min, or its unit in the header, such as duration_min");
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Duration> time(std::size_t row, const Column& column) const {
        if (column.unit) return length(row, column);
        std::string_view field = table_.field(row, column.index);
        Duration day{0};
        if (field.size() > 11 && (field[10] == 'T' || field[10] == ' ')) {
            if (const auto date = parse_date(field.substr(0, 10))) {
                day = *date - context_.first_day;
                field.remove_prefix(11);
            }
        }
        auto of_day = clock_time(field);
        if (!of_day) of_day = parse_duration(field);
        if (!of_day) {
            wrong(row, column, "expected a time such as 09:03:20, 2026-01-05T09:03:20 or 12.5 min");
            return std::nullopt;
        }
        if (day + *of_day >= Duration{0}) return day + *of_day;
        wrong(row, column,
              fmt::format("this is before the first day of the model, {}", format_date(context_.first_day)));
        return std::nullopt;
    }

    void wrong(std::size_t row, const Column& column, std::string_view what) const {
        const auto line = static_cast<int>(table_.line(row));
        context_.mistake({file_, line, 1, line, 1},
                         fmt::format("{}: {} {}", table_.columns()[column.index],
                                     text::quote_yaml(table_.field(row, column.index)), what));
    }

private:
    // "33:05:10": hours may go on past midnight.
    static std::optional<Duration> clock_time(std::string_view field) {
        double parts[3] = {0, 0, 0};
        std::size_t count = 0;
        while (true) {
            const auto colon = field.find(':');
            const auto part = text::parse_number(field.substr(0, colon));
            if (!part || *part < 0 || count == 3) return std::nullopt;
            parts[count++] = *part;
            if (colon == std::string_view::npos) break;
            field.remove_prefix(colon + 1);
        }
        const bool is_whole = parts[0] == std::floor(parts[0]) && parts[1] == std::floor(parts[1]);
        if (count < 2 || !is_whole || parts[0] > 876'000 || parts[1] >= 60 || parts[2] >= 60)
            return std::nullopt;
        return Duration{std::llround((parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1e6)};
    }

    const Context& context_;
    const text::CsvTable& table_;
    std::shared_ptr<const std::string> file_;
};

std::optional<text::CsvTable> read_table(const Context& context, const Yaml& node, const NamedFile& file) {
    auto content = read_or_why_not(context.files, file.path);
    if (!content) {
        context.mistake(node.mark, fmt::format("the file {} cannot be read: {}", file.path.generic_string(),
                                               content.error().what));
        return std::nullopt;
    }
    auto table = text::CsvTable::parse(std::move(content).value(), file.path.generic_string());
    if (!table) {
        context.mistake(node.mark, table.error().what);
        return std::nullopt;
    }
    if (table->row_count() == 0) {
        context.mistake(node.mark, fmt::format("{} has no rows", file.path.generic_string()));
        return std::nullopt;
    }
    return std::move(table).value();
}

bool has_value(const text::CsvTable& table, std::size_t row, const std::optional<Column>& column) {
    return column && !table.field(row, column->index).empty();
}

std::optional<Column> value_column(const text::CsvTable& table) {
    for (const std::string_view name : {"value", "duration"})
        if (auto column = find_column(table, name)) return column;
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const std::string_view column = table.columns()[i];
        if (const auto unit = unit_named(column)) return Column{i, unit};
        const auto underscore = column.rfind('_');
        if (table.columns().size() == 1 && underscore != std::string_view::npos)
            return Column{i, unit_named(column.substr(underscore + 1))};
    }
    if (table.columns().size() == 1) return Column{};
    return std::nullopt;
}

}  // namespace

std::vector<LoggedArrival> read_arrival_log(const Context& context, const Yaml& node, const NamedFile& file) {
    const auto table = read_table(context, node, file);
    if (!table) return {};
    const auto time = find_column(*table, "time");
    if (!time) {
        context.mistake(node.mark, fmt::format("{} has no column time; it has {}", table->name(),
                                               listed(table->columns())));
        return {};
    }
    const auto duration = find_column(*table, "duration");
    const auto patience = find_column(*table, "patience");
    const auto desk = find_column(*table, "desk");
    const LogReader reader{context, *table};
    std::vector<LoggedArrival> arrivals;
    arrivals.reserve(table->row_count());
    for (std::size_t row = 0; row < table->row_count(); ++row) {
        const auto at = reader.time(row, *time);
        if (!at) continue;
        LoggedArrival& arrival = arrivals.emplace_back();
        arrival.time = *at;
        if (has_value(*table, row, duration)) arrival.duration = reader.length(row, *duration);
        if (has_value(*table, row, patience)) arrival.patience = reader.length(row, *patience);
        if (has_value(*table, row, desk)) arrival.desk = DeskKey{std::string{table->field(row, desk->index)}};
    }
    std::stable_sort(arrivals.begin(), arrivals.end(),
                     [](const LoggedArrival& a, const LoggedArrival& b) { return a.time < b.time; });
    return arrivals;
}

std::vector<double> read_empirical_values(const Context& context,
                                          const Yaml& node,
                                          const NamedFile& file,
                                          Quantity quantity) {
    const auto table = read_table(context, node, file);
    if (!table) return {};
    const auto column = value_column(*table);
    if (!column) {
        context.mistake(node.mark, fmt::format("{} has several columns and none named value: it has {}",
                                               table->name(), listed(table->columns())));
        return {};
    }
    const LogReader reader{context, *table};
    std::vector<double> values;
    values.reserve(table->row_count());
    for (std::size_t row = 0; row < table->row_count(); ++row) {
        if (quantity == Quantity::factor) {
            const auto number = text::parse_number(table->field(row, column->index));
            if (number && *number >= 0)
                values.push_back(*number);
            else
                reader.wrong(row, *column, "expected a number, zero or more");
        } else if (const auto length = reader.length(row, *column)) {
            values.push_back(static_cast<double>(length->count()));
        }
    }
    return values.size() == table->row_count() ? values : std::vector<double>{};
}

}  // namespace balcao::model
