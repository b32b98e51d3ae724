#include "device/code.hpp"

#include "crypto/hash.hpp"

namespace balcao::device {
namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t letters = 7;

// Each place counts by an odd number, so that one wrong letter changes the last; most swaps of neighbours do.
char check_letter(std::string_view code) {
    std::size_t sum = 0;
    for (std::size_t place = 0; place < code.size(); ++place)
        sum += (2 * place * place + 1) * digits.find(code[place]);
    return digits[sum % digits.size()];
}

char as_digit(char typed) {
    if (typed >= 'a' && typed <= 'z') typed = static_cast<char>(typed - 'a' + 'A');
    if (typed == 'O') return '0';
    return typed == 'I' || typed == 'L' ? '1' : typed;
}

}  // namespace

std::string code_of(const crypto::SecretKey& key, std::string_view secret) {
    const auto mac = crypto::authenticate(key, secret);
    std::string code;
    for (std::size_t place = 0; place < letters; ++place)
        code += digits[mac.at(place) % digits.size()];
    return code + check_letter(code);
}

std::optional<std::string> read_code(std::string_view typed) {
    std::string code;
    for (const char letter : typed) {
        if (letter == ' ' || letter == '-') continue;
        const char digit = as_digit(letter);
        if (digits.find(digit) == std::string_view::npos || code.size() > letters) return std::nullopt;
        code += digit;
    }
    if (code.size() != letters + 1) return std::nullopt;
    const std::string_view body{code.data(), letters};
    return check_letter(body) == code.back() ? std::optional{code} : std::nullopt;
}

}  // namespace balcao::device
