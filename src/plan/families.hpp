#pragma once
// What people come to a shop for, in three families of services that have desks of their own today: registry
// and identity, tax and social security, everything else. Read from the table of people attended by service;
// a folder without that table has one family.
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/civil.hpp"
#include "base/result.hpp"

namespace balcao::plan {

enum class Family : std::uint8_t { registry, treasury, general };
inline constexpr std::size_t family_count = 3;

struct FamilyName {
    std::string_view key;
    std::string_view pt;
    std::string_view en;
    std::string_view es;
};

const FamilyName& name_of(Family family);

// By words in the service's Portuguese name; `general` where none is known.
Family family_of(std::string_view service);

// Shares of the attended, sum 1.
using FamilyShares = std::array<double, family_count>;

// By shop name, over the year up to `until`: by-service.csv, services.csv and stores.csv of the folder. Empty
// where one of the three is missing. Error (invalid): a table without its columns.
Result<std::map<std::string, FamilyShares>> read_family_shares(const std::filesystem::path& folder,
                                                               Date until);

}  // namespace balcao::plan
