#include "front/case_link.hpp"

#include "crypto/hash.hpp"

namespace balcao::front {
namespace {

constexpr std::size_t link_bytes = 12;
// 32 signs without I, L, O and U (Crockford's base 32).
constexpr std::string_view code_signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_length = 8;

// As people write it, in the signs of a code: I and L are 1, O is 0.
std::string code_in(std::string_view typed) {
    std::string code;
    for (char sign : typed) {
        if (sign == ' ' || sign == '-') continue;
        if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 'a' + 'A');
        if (sign == 'I' || sign == 'L') sign = '1';
        if (sign == 'O') sign = '0';
        code += sign;
    }
    return code;
}

}  // namespace

CaseLinks::CaseLinks(const crypto::SecretKey& installation)
    : links_{installation.derive("links of cases")}, codes_{installation.derive("codes of cases")} {}

std::string CaseLinks::write(const cases::CaseNumber& number) const {
    const std::string name = to_text(number);
    const auto signature = crypto::authenticate(links_, name);
    return name + "." + crypto::to_base64url(crypto::bytes_of(signature).substr(0, link_bytes));
}

std::optional<cases::CaseNumber> CaseLinks::read(std::string_view link) const {
    cases::CaseNumber number;
    const bool is_ours = from_text(link.substr(0, link.find('.')), number) &&
                         crypto::is_equal_in_constant_time(write(number), link);
    return is_ours ? std::optional{number} : std::nullopt;
}

std::string CaseLinks::code_of(const cases::CaseNumber& number) const {
    const auto signature = crypto::authenticate(codes_, to_text(number));
    const auto bytes = crypto::bytes_of(signature);
    std::string code;
    for (std::size_t place = 0; place < code_length; ++place) {
        if (place == code_length / 2) code += '-';
        code += code_signs[static_cast<unsigned char>(bytes[place]) % code_signs.size()];
    }
    return code;
}

bool CaseLinks::is_code_of(const cases::CaseNumber& number, std::string_view typed) const {
    return crypto::is_equal_in_constant_time(code_in(code_of(number)), code_in(typed));
}

}  // namespace balcao::front
