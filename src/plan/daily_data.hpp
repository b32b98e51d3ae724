#pragma once
// The official daily indicators of a network of shops as values: one row a shop and day. Read from a folder
// of the form of dados.gov.pt (daily.csv, packed or not) by calibration and scoring. A row that contradicts
// itself is named and not handed out; a row that is merely doubtful is handed out (doubtful_days.hpp judges
// it).
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"
#include "plan/plan.hpp"

namespace balcao::plan {

struct Shop {
    std::string name;
    std::string municipality;
    std::string district;
};

struct ShopDay {
    int shop = 0;  // index into DailyData::shops
    Date date{};
    double tickets = 0;  // people who took one, > 0
    double attended = 0;
    double abandoned = 0;
    std::optional<double> wait;     // mean, minutes
    std::optional<double> service;  // mean, minutes

    [[nodiscard]] double abandoned_share() const { return abandoned / tickets; }
};

struct DailyData {
    std::vector<Shop> shops;    // by name
    std::vector<ShopDay> days;  // by shop and date, no two of the same
    std::size_t rows_read = 0;
    std::vector<LeftOutRow> left_out;  // rows that contradict themselves
};

// The folder's daily.csv or daily.csv.gz. Error (not_found, invalid) when there is no such table or a column
// is missing; not when a row is wrong.
Result<DailyData> read_daily_data(const std::filesystem::path& folder);

// The same from a text; `name` stands for the file in messages.
Result<DailyData> parse_daily_data(std::string content, const std::string& name);

// "Loja de Cidadão do Cacém" as "loja_de_cidadao_do_cacem": how the live samples and the registry name a
// shop.
std::string branch_of(std::string_view shop_name);

}  // namespace balcao::plan
