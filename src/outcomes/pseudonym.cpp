#include "outcomes/pseudonym.hpp"

#include "crypto/hash.hpp"

namespace balcao::outcomes {

Pseudonyms::Pseudonyms(const crypto::SecretKey& installation)
    : key_{installation.derive("outcomes: names of cases in figures")} {}

std::string Pseudonyms::of(const cases::CaseNumber& number) const {
    constexpr std::size_t bytes = 8;
    const crypto::Hash mac = crypto::authenticate(key_, to_text(number));
    return "c-" + crypto::to_hex(crypto::bytes_of(mac).substr(0, bytes));
}

}  // namespace balcao::outcomes
