#pragma once
// The ID token: a provider's signed word about who signed in (OpenID Connect Core, 2 and 3.1.3.7). Internal
// to `openid`. Everything that makes it true is checked here, and nothing of it is used before.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "openid/key_set.hpp"
#include "openid/outcome.hpp"

namespace balcao::openid {

inline constexpr std::size_t token_bytes_most = 64 * std::size_t{1024};
inline constexpr std::chrono::seconds clock_leeway{60};

// What the token must say.
struct Expected {
    std::string issuer;
    std::string client;
    std::string nonce;
    Instant now{};
    std::optional<std::chrono::seconds> max_age{};
    std::string access_token{};  // that came with it; empty: none
};

// What is believed of it.
struct Claims {
    std::string subject;
    std::string name{};
    std::string mail{};  // only one that the provider has verified; the same for the phone number
    std::string phone{};
    std::string acr{};
    std::vector<std::string> amr{};
};

// The claims of `document` (an ID token's or the user info's), but for who it is and what was verified how.
void read_contact(std::string_view document, Claims& claims);

struct Checked {
    Claims claims;
    bool is_key_unknown = false;  // then nothing was checked: newer keys may have it
};

// Complaint: untrue or clock.
Outcome<Checked> check_id_token(std::string_view token,
                                const std::vector<WebKey>& keys,
                                const Expected& expected);

}  // namespace balcao::openid
