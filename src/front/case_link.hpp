#pragma once
// The link of a case: whoever has it may see it, and nobody finds another's by counting. It names the case
// and is signed with the installation's key. Beside it the short code for who has no link at hand: typed with
// the number at a kiosk or told on the telephone.
#include <optional>
#include <string>
#include <string_view>

#include "cases/case_number.hpp"
#include "crypto/keys.hpp"

namespace balcao::front {

class CaseLinks {
public:
    explicit CaseLinks(const crypto::SecretKey& installation);

    // What stands in the address: "2026-000123." and 96 signed bits.
    [[nodiscard]] std::string write(const cases::CaseNumber& number) const;
    // Nothing for what we did not write.
    [[nodiscard]] std::optional<cases::CaseNumber> read(std::string_view link) const;

    // "K7QM-4T2P": 40 signed bits in letters and digits that are not taken for each other. Whoever asks by
    // number and code must be limited in how often.
    [[nodiscard]] std::string code_of(const cases::CaseNumber& number) const;
    // Whether that is the code, however its letters and blanks were typed.
    [[nodiscard]] bool is_code_of(const cases::CaseNumber& number, std::string_view typed) const;

private:
    crypto::SecretKey links_;
    crypto::SecretKey codes_;
};

}  // namespace balcao::front
