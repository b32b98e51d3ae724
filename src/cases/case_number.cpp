#include "cases/case_number.hpp"

#include <charconv>

namespace balcao::cases {
namespace {

constexpr std::size_t serial_digits = 6;
constexpr std::size_t year_digits = 4;

}  // namespace

std::string to_text(const CaseNumber& number) {
    std::string serial = std::to_string(number.serial);
    if (serial.size() < serial_digits) serial.insert(0, serial_digits - serial.size(), '0');
    return std::to_string(number.year) + "-" + serial;
}

bool from_text(std::string_view text, CaseNumber& number) {
    if (text.size() < year_digits + 1 + serial_digits || text[year_digits] != '-') return false;
    const char* end = text.data() + text.size();
    const auto year = std::from_chars(text.data(), text.data() + year_digits, number.year);
    const auto serial = std::from_chars(text.data() + year_digits + 1, end, number.serial);
    return year.ec == std::errc{} && serial.ec == std::errc{} && to_text(number) == text;
}

std::string stream_of(const CaseNumber& number) { return std::string{cases_prefix} + to_text(number); }

std::optional<CaseNumber> case_of_stream(std::string_view stream) {
    CaseNumber number;
    if (!stream.starts_with(cases_prefix) || !from_text(stream.substr(cases_prefix.size()), number))
        return std::nullopt;
    return number;
}

}  // namespace balcao::cases
