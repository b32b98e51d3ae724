#include "booking/links.hpp"

#include <algorithm>
#include <charconv>

#include "crypto/hash.hpp"
#include "text/utf8.hpp"

namespace balcao::booking {
namespace {

constexpr std::size_t signed_bytes = 16;
constexpr std::string_view letters = "hck";  // of the rights, in their order

}  // namespace

Links::Links(const crypto::SecretKey& installation)
    : links_{installation.derive("links of bookings")},
      marks_{installation.derive("marks of bookers")},
      draws_{installation.derive("draws of bookings")} {}

std::string Links::write(const Link& link) const {
    const std::string name = link.booking.text() + "." + letters[static_cast<std::size_t>(link.right)] +
                             std::to_string(link.epoch);
    const auto mac = crypto::authenticate(links_, name);
    return name + "." + crypto::to_base64url(crypto::bytes_of(mac).substr(0, signed_bytes));
}

std::optional<Link> Links::read(std::string_view text) const {
    const auto mac = text.rfind('.');
    if (mac == std::string_view::npos || mac == 0) return std::nullopt;
    const auto right = text.rfind('.', mac - 1);
    if (right == std::string_view::npos || mac - right < 3) return std::nullopt;
    const auto letter = letters.find(text[right + 1]);
    if (letter == std::string_view::npos) return std::nullopt;
    Link link{BookingKey{std::string{text.substr(0, right)}}, static_cast<Right>(letter), 0};
    const auto digits = text.substr(right + 2, mac - right - 2);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), link.epoch);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    if (!crypto::is_equal_in_constant_time(write(link), text)) return std::nullopt;
    return link;
}

std::string Links::mark_of(std::string_view kind, std::string_view folded) const {
    if (folded.empty()) return {};
    const auto mac = crypto::authenticate(marks_, std::string{kind} + "/" + std::string{folded});
    return crypto::to_base64url(crypto::bytes_of(mac).substr(0, signed_bytes));
}

std::string Links::mark_of_mail(std::string_view mail) const { return mark_of("mail", folded_mail(mail)); }

std::string Links::mark_of_phone(std::string_view phone, std::string_view prefix) const {
    return mark_of("phone", folded_phone(phone, prefix));
}

std::string Links::mark_of_address(std::string_view mail) const {
    std::string address = trimmed(mail);
    for (char& letter : address)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return mark_of("address", address);
}

std::string Links::write_calendar(const CalendarMarks& marks) const {
    const std::string name = marks.mark + "." + marks.address;
    const auto mac = crypto::authenticate(links_, "calendar/" + name);
    return name + "." + crypto::to_base64url(crypto::bytes_of(mac).substr(0, signed_bytes));
}

std::optional<CalendarMarks> Links::read_calendar(std::string_view text) const {
    const auto first = text.find('.');
    const auto second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (first == 0 || second == std::string_view::npos || second == first + 1) return std::nullopt;
    CalendarMarks marks{std::string{text.substr(0, first)},
                        std::string{text.substr(first + 1, second - first - 1)}};
    if (!crypto::is_equal_in_constant_time(write_calendar(marks), text)) return std::nullopt;
    return marks;
}

double Links::draw(std::string_view text) const {
    const auto mac = crypto::authenticate(draws_, text);
    std::uint64_t bits = 0;
    for (std::size_t place = 0; place < 8; ++place)
        bits = (bits << 8U) | mac[place];
    return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

std::string folded_mail(std::string_view mail) {
    std::string folded = text::fold(mail);
    folded.erase(std::remove(folded.begin(), folded.end(), ' '), folded.end());
    const auto at = folded.rfind('@');
    const auto tag = folded.find('+');
    if (at != std::string::npos && tag != std::string::npos && tag < at && tag > 0)
        folded.erase(tag, at - tag);
    return folded;
}

std::string folded_phone(std::string_view phone, std::string_view prefix) {
    std::string digits;
    for (const char letter : phone)
        if (letter >= '0' && letter <= '9') digits.push_back(letter);
    if (digits.empty()) return {};
    if (phone.find('+') < phone.find(digits.front())) return "+" + digits;
    if (digits.starts_with("00")) return "+" + digits.substr(2);
    return std::string{prefix} + digits;
}

}  // namespace balcao::booking
