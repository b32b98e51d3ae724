#pragma once
// The short code by which a new machine is told apart from others until it is enabled: it is made of the
// machine's secret with a key of the installation, so that nobody finds a secret for a code that he sees, and
// nothing is kept of machines that nobody enables. Internal to `device`.
#include <optional>
#include <string>
#include <string_view>

#include "crypto/keys.hpp"

namespace balcao::device {

// Seven letters and digits of Crockford's base 32 (35 bits), and an eighth that shows a slip of the finger.
std::string code_of(const crypto::SecretKey& key, std::string_view secret);

// As code_of writes it, from what a person typed: in small letters, with spaces or hyphens, O for 0, I and L
// for 1. Nothing when it cannot be a code.
std::optional<std::string> read_code(std::string_view typed);

}  // namespace balcao::device
