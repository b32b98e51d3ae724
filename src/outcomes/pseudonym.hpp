#pragma once
// The name of a case for who may read figures and nothing personal: always the same for the same case of an
// installation, so that lists fit together, and nobody without the installation's key finds the number behind
// it. Used by the figures and the logs of this room.
#include <string>

#include "cases/case_number.hpp"
#include "crypto/keys.hpp"

namespace balcao::outcomes {

class Pseudonyms {
public:
    explicit Pseudonyms(const crypto::SecretKey& installation);

    // "c-3f09a1d2b4c5e6f7": 64 bits of an HMAC-SHA-256 of the number.
    [[nodiscard]] std::string of(const cases::CaseNumber& number) const;

private:
    crypto::SecretKey key_;
};

}  // namespace balcao::outcomes
