#pragma once
// The number of a case, as people say it: the year and a serial, "2026-000123". It is the name of the case's
// stream too, so the journal itself refuses to give one twice. Used by everybody who speaks of a case; it is
// no secret and gives no right.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace balcao::cases {

struct CaseNumber {
    int year = 0;              // 1000 to 9999
    std::uint32_t serial = 0;  // from 1; at least six digits when written
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const CaseNumber&, const CaseNumber&) = default;
};

std::string to_text(const CaseNumber& number);
// False for what to_text never writes.
bool from_text(std::string_view text, CaseNumber& number);

// What the names of streams begin with: of cases, and of the runs of serials that servers took of a year.
inline constexpr std::string_view cases_prefix = "case/";
inline constexpr std::string_view runs_prefix = "case-numbers/";

std::string stream_of(const CaseNumber& number);
// Nothing for any other stream.
std::optional<CaseNumber> case_of_stream(std::string_view stream);

}  // namespace balcao::cases
