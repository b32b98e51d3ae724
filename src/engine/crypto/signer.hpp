#pragma once
// Makes the signatures that crypto/signature.hpp checks, as a provider does. Used by tests alone, which stand
// in for a provider: the program itself signs nothing in this way, and its linker leaves this out.
#include <memory>
#include <string>
#include <string_view>

#include "crypto/signature.hpp"

namespace balcao::crypto {

class Signer {
public:
    // A new pair; RSA of 2048 bits.
    static Signer rsa();
    static Signer p256();

    // By an algorithm that suits the key.
    [[nodiscard]] std::string sign(SignatureAlgorithm algorithm, std::string_view message) const;

    // The public half as a JWK has it: n and e, or x and y, each big-endian.
    [[nodiscard]] const std::string& first() const { return first_; }

    [[nodiscard]] const std::string& second() const { return second_; }

    [[nodiscard]] bool is_rsa() const { return is_rsa_; }

private:
    struct Key;
    Signer(std::shared_ptr<const Key> key, bool is_rsa);

    std::shared_ptr<const Key> key_;
    bool is_rsa_;
    std::string first_;
    std::string second_;
};

}  // namespace balcao::crypto
