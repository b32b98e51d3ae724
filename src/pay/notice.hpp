#pragma once
// What a provider tells by itself: that somebody paid. A notice is JSON, signed with a secret that both have,
// in one header as entities sign their reports (docs/entities.md): "t=SECONDS,v1=HEX", where HEX is
// HMAC-SHA256 of `t`, a dot and the body. It is compared in constant time, and refused when its time is more
// than five minutes away, so that what was overheard cannot be played again later; played again at once it
// changes nothing, since a transaction counts once. Used by the door that takes notices, and by the stand-in.
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "pay/provider.hpp"

namespace balcao::pay {

// {"key", "reference", "transaction", "amount": "25.86 EUR", "at": milliseconds since 1970}. A provider that
// does not tell our key back leaves it away; then the reference says whose money it is.
struct Notice {
    std::string key{};
    std::string reference{};
    CameIn came;
    friend bool operator==(const Notice&, const Notice&) = default;
};

inline constexpr std::size_t notice_bytes_most = 16 * 1024;

// The body as the stand-in sends it.
std::string write_notice(const Notice& notice);

// The header for a body.
std::string sign_notice(std::string_view secret, std::string_view body, Instant now);

// Error: forbidden where the signature or its time is wrong, invalid where the body says nothing that can be
// read. `secret` must not be empty.
Result<Notice> open_notice(std::string_view secret,
                           std::string_view header,
                           std::string_view body,
                           Instant now);

}  // namespace balcao::pay
