#include "front/link.hpp"

#include <charconv>

#include "crypto/hash.hpp"

namespace balcao::front {
namespace {

constexpr std::size_t signature_bytes = 12;

}  // namespace

std::string founding_secret_of(const crypto::SecretKey& installation) {
    const auto secret = installation.derive("link to the first account");
    return crypto::to_base64url(secret.bytes());
}

TicketLinks::TicketLinks(const crypto::SecretKey& installation)
    : key_{installation.derive("links of tickets")} {}

std::string TicketLinks::write(const TicketName& ticket) const {
    const std::string name =
        ticket.site.text() + "." + format_date(ticket.date) + "." + std::to_string(ticket.number.value);
    const auto signature = crypto::authenticate(key_, name);
    return name + "." + crypto::to_base64url(crypto::bytes_of(signature).substr(0, signature_bytes));
}

std::optional<TicketName> TicketLinks::read(std::string_view link) const {
    const auto site_end = link.find('.');
    const auto date_end = site_end == std::string_view::npos ? site_end : link.find('.', site_end + 1);
    const auto number_end = date_end == std::string_view::npos ? date_end : link.find('.', date_end + 1);
    if (number_end == std::string_view::npos) return std::nullopt;
    const auto date = parse_date(link.substr(site_end + 1, date_end - site_end - 1));
    const auto digits = link.substr(date_end + 1, number_end - date_end - 1);
    TicketName ticket;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), ticket.number.value);
    if (!date || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    ticket.site = model::SiteKey{std::string{link.substr(0, site_end)}};
    ticket.date = *date;
    if (!crypto::is_equal_in_constant_time(write(ticket), link)) return std::nullopt;
    return ticket;
}

}  // namespace balcao::front
