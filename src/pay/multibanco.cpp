#include "pay/multibanco.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "pay/names.hpp"

namespace balcao::pay {
namespace {

constexpr std::size_t entity_digits = 5;
constexpr std::size_t chosen_digits = 7;
constexpr std::size_t amount_digits = 8;
constexpr std::size_t reference_digits = 9;

std::string with_noughts(std::int64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    if (text.size() < digits) text.insert(0, digits - text.size(), '0');
    return text;
}

bool are_digits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, is_digit);
}

// ISO 7064, MOD 97-10: two digits, 02 to 98.
std::string check_digits(std::string_view twenty) {
    std::uint32_t rest = 0;
    for (const char digit : twenty)
        rest = (rest * 10 + static_cast<std::uint32_t>(digit - '0')) % 97;
    return with_noughts(98 - rest * 100 % 97, 2);
}

}  // namespace

std::optional<MultibancoReference> make_multibanco(std::string_view entity,
                                                   std::uint32_t first_seven,
                                                   std::int64_t cents) {
    constexpr std::uint32_t chosen_most = 9'999'999;
    if (!are_digits(entity, entity_digits) || first_seven > chosen_most || cents < 1 || cents > cents_most)
        return std::nullopt;
    const std::string chosen = with_noughts(first_seven, chosen_digits);
    std::string twenty{entity};
    twenty += chosen + with_noughts(cents, amount_digits);
    return MultibancoReference{std::string{entity}, chosen + check_digits(twenty)};
}

bool is_multibanco(std::string_view entity, std::string_view reference, std::int64_t cents) {
    std::string digits{reference};
    std::erase(digits, ' ');
    if (!are_digits(digits, reference_digits)) return false;
    const auto chosen = static_cast<std::uint32_t>(std::stoul(digits.substr(0, chosen_digits)));
    const auto made = make_multibanco(entity, chosen, cents);
    return made && made->reference == digits;
}

std::string format_multibanco(std::string_view reference) {
    if (!are_digits(reference, reference_digits)) return std::string{reference};
    std::string text{reference.substr(0, 3)};
    text += ' ';
    text += reference.substr(3, 3);
    text += ' ';
    text += reference.substr(6);
    return text;
}

}  // namespace balcao::pay
