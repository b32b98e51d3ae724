#include "staff/totp.hpp"

#include <array>

#include "crypto/hash.hpp"
#include "crypto/hmac.hpp"
#include "crypto/keys.hpp"

namespace balcao::staff {
namespace {

// RFC 3986, 2.1: everything that is not unreserved.
std::string percent_encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    static constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char letter : text) {
        if (plain.find(letter) != std::string_view::npos) {
            out.push_back(letter);
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        out.append({'%', digits[byte >> 4], digits[byte & 15U]});
    }
    return out;
}

}  // namespace

std::int64_t step_of(Instant moment) {
    return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count() / 30;
}

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
    std::array<std::uint8_t, 8> counter{};
    for (int place = 7; place >= 0; --place, step >>= 8)
        counter[static_cast<std::size_t>(place)] = static_cast<std::uint8_t>(step & 0xFF);
    const auto mac = crypto::hmac_sha1(secret, crypto::bytes_of(counter));
    const std::size_t offset = mac[19] & 0xFU;
    std::uint32_t number = mac[offset] & 0x7FU;
    for (std::size_t place = 1; place < 4; ++place)
        number = (number << 8) | mac[offset + place];
    std::string code(static_cast<std::size_t>(digits), '0');
    for (std::size_t place = code.size(); place-- > 0; number /= 10)
        code[place] = static_cast<char>('0' + number % 10);
    return code;
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now) {
    std::optional<std::int64_t> found;
    for (std::int64_t step = step_of(now) - 1; step <= step_of(now) + 1; ++step)
        if (crypto::is_equal_in_constant_time(totp_code(secret, step), code)) found = step;
    return found;
}

std::string typed_code(std::string_view typed) {
    std::string code;
    for (const char letter : typed) {
        if (letter == ' ' || letter == '-') continue;
        code.push_back(letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter);
    }
    return code;
}

std::string totp_address(std::string_view issuer, std::string_view sign_in_name, std::string_view secret) {
    return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(sign_in_name) +
           "?secret=" + crypto::to_base32(secret) + "&issuer=" + percent_encoded(issuer) +
           "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace balcao::staff
