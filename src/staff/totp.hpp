#pragma once
// One-time codes by time (RFC 6238: HMAC-SHA-1, six digits, steps of 30 seconds), and the address that an
// authenticator reads from a square code. Used by `staff` for the second factor. It remembers nothing:
// whoever asks must not accept a step twice.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace balcao::staff {

// The step in which a moment lies, from 1970 on.
std::int64_t step_of(Instant moment);

// RFC 4226, 5.3 with the step as counter, `digits` of 6 to 8, zeros in front.
std::string totp_code(std::string_view secret, std::int64_t step, int digits = 6);

// The step whose code this is: that of now, or the one before or after (a clock that is slow or fast, or a
// person who typed slowly). The latest when two have the same code.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now);

// A code as it was meant: without spaces and hyphens, letters as capitals.
std::string typed_code(std::string_view typed);

// otpauth://totp/…, as authenticators take it. `secret` as bytes.
std::string totp_address(std::string_view issuer, std::string_view sign_in_name, std::string_view secret);

}  // namespace balcao::staff
