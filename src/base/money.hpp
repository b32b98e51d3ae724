#pragma once
// An amount of money in hundredths of its currency. Used by fees and costs; no sum across currencies.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace balcao {

struct Money {
    std::int64_t cents = 0;
    std::string currency = "EUR";  // ISO 4217
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Money&, const Money&) = default;
};

// "7.50 EUR", "18 EUR"; nothing for anything else.
std::optional<Money> parse_money(std::string_view text);
std::string format_money(const Money& amount);

// Nothing where currencies differ; no charge for none.
std::optional<Money> sum_of(const std::vector<Money>& amounts);

}  // namespace balcao
