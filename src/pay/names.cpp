#include "pay/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "base/utf8.hpp"

namespace balcao::pay {
namespace {

constexpr std::size_t serial_digits = 6;
constexpr std::size_t year_digits = 4;
constexpr std::size_t name_bytes_most = 64;

template <class Whole>
bool read_digits(std::string_view text, Whole& value) {
    if (text.empty() || !std::ranges::all_of(text, is_digit)) return false;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

// The parts between strokes.
std::optional<std::array<std::string_view, 3>> three_parts(std::string_view text) {
    const auto first = text.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find('/', first + 1);
    if (second == std::string_view::npos || text.find('/', second + 1) != std::string_view::npos)
        return std::nullopt;
    return std::array{text.substr(0, first), text.substr(first + 1, second - first - 1),
                      text.substr(second + 1)};
}

}  // namespace

bool is_fit_name(std::string_view text) {
    return !text.empty() && text.size() <= name_bytes_most &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '/'; });
}

bool is_fit_text(std::string_view text, std::size_t bytes_most) {
    return text.size() <= bytes_most && !find_invalid_utf8(text) &&
           std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

std::string to_text(const PaymentNumber& number) {
    std::string serial = std::to_string(number.serial);
    if (serial.size() < serial_digits) serial.insert(0, serial_digits - serial.size(), '0');
    return std::to_string(number.year) + "-" + serial;
}

bool from_text(std::string_view text, PaymentNumber& number) {
    if (text.size() < year_digits + 1 + serial_digits || text[year_digits] != '-') return false;
    return read_digits(text.substr(0, year_digits), number.year) &&
           read_digits(text.substr(year_digits + 1), number.serial) && to_text(number) == text;
}

std::string to_text(const TillKey& till) {
    return till.site.text() + "/" + till.desk.text() + "/" + format_date(till.date);
}

bool from_text(std::string_view text, TillKey& till) {
    const auto parts = three_parts(text);
    if (!parts || !is_fit_name((*parts)[0]) || !is_fit_name((*parts)[1])) return false;
    const auto date = parse_date((*parts)[2]);
    if (!date) return false;
    till = {model::SiteKey{std::string{(*parts)[0]}}, TillDeskKey{std::string{(*parts)[1]}}, *date};
    return true;
}

std::string to_text(const ReceiptNumber& number) {
    return number.site.text() + "/" + std::to_string(number.year) + "/" + std::to_string(number.serial);
}

bool from_text(std::string_view text, ReceiptNumber& number) {
    const auto parts = three_parts(text);
    if (!parts || !is_fit_name((*parts)[0])) return false;
    number.site = model::SiteKey{std::string{(*parts)[0]}};
    return read_digits((*parts)[1], number.year) && read_digits((*parts)[2], number.serial) &&
           number.serial > 0 && to_text(number) == text;
}

std::string stream_of(const PaymentNumber& number) { return std::string{payments_prefix} + to_text(number); }

std::string stream_of(const TillKey& till) { return std::string{tills_prefix} + to_text(till); }

std::string stream_of_book(const ReceiptNumber& number) {
    return std::string{books_prefix} + number.site.text() + "/" + std::to_string(number.year);
}

std::string stream_of_reference(const ProviderKey& provider, std::string_view reference) {
    return std::string{references_prefix} + provider.text() + "/" + std::string{reference};
}

std::optional<PaymentNumber> payment_of_stream(std::string_view stream) {
    PaymentNumber number;
    if (!stream.starts_with(payments_prefix) || !from_text(stream.substr(payments_prefix.size()), number))
        return std::nullopt;
    return number;
}

std::optional<TillKey> till_of_stream(std::string_view stream) {
    TillKey till;
    if (!stream.starts_with(tills_prefix) || !from_text(stream.substr(tills_prefix.size()), till))
        return std::nullopt;
    return till;
}

}  // namespace balcao::pay
