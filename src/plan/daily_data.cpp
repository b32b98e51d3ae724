#include "plan/daily_data.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "text/csv.hpp"
#include "text/number.hpp"
#include "text/utf8.hpp"

namespace balcao::plan {
namespace {

struct Columns {
    std::size_t date;
    std::size_t store;
    std::size_t tickets;
    std::size_t attended;
    std::size_t abandoned;
    std::size_t wait;
    std::size_t service;
    std::optional<std::size_t> municipality;
    std::optional<std::size_t> district;
};

Result<Columns> find_columns(const text::CsvTable& table) {
    Columns found{};
    const std::array<std::pair<const char*, std::size_t*>, 7> needed{{{"date", &found.date},
                                                                      {"store", &found.store},
                                                                      {"tickets", &found.tickets},
                                                                      {"attended", &found.attended},
                                                                      {"abandoned", &found.abandoned},
                                                                      {"mean_wait_min", &found.wait},
                                                                      {"mean_service_min", &found.service}}};
    for (const auto& [name, place] : needed) {
        BALCAO_TRY(*place, table.column(name));
    }
    found.municipality = table.find_column("municipality");
    found.district = table.find_column("district");
    return found;
}

// What a row says, or in `wrong` why it cannot be true.
struct ReadRow {
    ShopDay day;
    std::string wrong;
};

std::optional<double> optional_number(std::string_view field, std::string& wrong, const char* what) {
    if (field.empty()) return {};
    const std::optional<double> number = text::parse_number(field);
    if (!number) wrong = fmt::format("{} '{}' is not a number", what, field);
    if (number && *number < 0) wrong = fmt::format("{} {} is negative", what, field);
    return number;
}

ReadRow read_row(const text::CsvTable& table, const Columns& columns, std::size_t row) {
    ReadRow read;
    const std::string_view date = table.field(row, columns.date);
    const std::optional<Date> day = parse_date(date);
    if (!day) read.wrong = fmt::format("'{}' is not a date", date);
    read.day.date = day.value_or(Date{});
    const auto count = [&](std::size_t column, const char* what) {
        const std::string_view field = table.field(row, column);
        if (field.empty()) read.wrong = fmt::format("{} is missing", what);
        return optional_number(field, read.wrong, what).value_or(0);
    };
    read.day.tickets = count(columns.tickets, "tickets");
    read.day.attended = count(columns.attended, "attended");
    read.day.abandoned = count(columns.abandoned, "abandoned");
    read.day.wait = optional_number(table.field(row, columns.wait), read.wrong, "mean_wait_min");
    read.day.service = optional_number(table.field(row, columns.service), read.wrong, "mean_service_min");
    if (!read.wrong.empty()) return read;
    if (read.day.tickets <= 0)
        read.wrong = "no ticket was taken";
    else if (read.day.tickets != read.day.attended + read.day.abandoned)
        read.wrong = fmt::format("{} tickets are not {} attended and {} abandoned", read.day.tickets,
                                 read.day.attended, read.day.abandoned);
    return read;
}

// Shops by name, whatever their order in the table.
std::map<std::string, int> number_shops(const text::CsvTable& table,
                                        const Columns& columns,
                                        DailyData& data) {
    std::map<std::string, Shop> shops;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string name{table.field(row, columns.store)};
        if (name.empty() || shops.contains(name)) continue;
        Shop shop{.name = name, .municipality = {}, .district = {}};
        if (columns.municipality) shop.municipality = table.field(row, *columns.municipality);
        if (columns.district) shop.district = table.field(row, *columns.district);
        shops.emplace(name, std::move(shop));
    }
    std::map<std::string, int> numbers;
    for (auto& [name, shop] : shops) {
        numbers.emplace(name, static_cast<int>(data.shops.size()));
        data.shops.push_back(std::move(shop));
    }
    return numbers;
}

Result<DailyData> read_table(const text::CsvTable& table) {
    BALCAO_TRY(const Columns columns, find_columns(table));
    DailyData data;
    data.rows_read = table.row_count();
    const std::map<std::string, int> numbers = number_shops(table, columns, data);
    std::set<std::pair<int, Date>> seen;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::string name{table.field(row, columns.store)};
        ReadRow read = read_row(table, columns, row);
        if (name.empty()) read.wrong = "the row names no store";
        const auto number = numbers.find(name);
        read.day.shop = number == numbers.end() ? 0 : number->second;
        if (read.wrong.empty() && !seen.emplace(read.day.shop, read.day.date).second)
            read.wrong = "the shop has an earlier row for this day";
        if (read.wrong.empty()) {
            data.days.push_back(read.day);
            continue;
        }
        data.left_out.push_back({.shop = name,
                                 .date = std::string{table.field(row, columns.date)},
                                 .rule = "contradiction",
                                 .why = fmt::format("line {}: {}", table.line(row), read.wrong),
                                 .use = LeftOutOf::everything});
    }
    std::sort(data.days.begin(), data.days.end(), [](const ShopDay& a, const ShopDay& b) {
        return std::pair{a.shop, a.date} < std::pair{b.shop, b.date};
    });
    return data;
}

}  // namespace

Result<DailyData> read_daily_data(const std::filesystem::path& folder) {
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::read(folder / "daily.csv"));
    return read_table(table);
}

Result<DailyData> parse_daily_data(std::string content, const std::string& name) {
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::parse(std::move(content), name));
    return read_table(table);
}

std::string branch_of(std::string_view shop_name) {
    std::string branch;
    for (const char letter : text::fold(shop_name)) {
        const bool is_word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_word)
            branch += letter;
        else if (!branch.empty() && branch.back() != '_')
            branch += '_';
    }
    while (!branch.empty() && branch.back() == '_')
        branch.pop_back();
    return branch;
}

}  // namespace balcao::plan
