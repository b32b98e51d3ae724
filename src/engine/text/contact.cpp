#include "text/contact.hpp"

#include <algorithm>

namespace balcao::text {
namespace {

constexpr std::size_t mail_bytes_most = 254;  // RFC 5321, 4.5.3.1.3, less the angle brackets
constexpr std::size_t mailbox_bytes_most = 64;
constexpr std::ptrdiff_t phone_digits_least = 6;
constexpr std::ptrdiff_t phone_digits_most = 15;

bool is_out_of_place_in_mail(char letter) {
    return letter <= 0x20 || letter >= 0x7F ||
           std::string_view{"<>,;:\\\"()[]"}.find(letter) != std::string_view::npos;
}

}  // namespace

bool is_mail_address(std::string_view text) {
    const auto at = text.rfind('@');
    if (text.size() > mail_bytes_most || at == std::string_view::npos || at == 0) return false;
    const auto domain = text.substr(at + 1);
    return at <= mailbox_bytes_most && text.find('@') == at && domain.find('.') != std::string_view::npos &&
           domain.front() != '.' && domain.back() != '.' && domain.find("..") == std::string_view::npos &&
           std::none_of(text.begin(), text.end(), is_out_of_place_in_mail);
}

bool is_phone_number(std::string_view text) {
    const auto digits =
        std::count_if(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
    return text.find_first_not_of("0123456789 +-()./") == std::string_view::npos &&
           digits >= phone_digits_least && digits <= phone_digits_most;
}

}  // namespace balcao::text
