#pragma once
// Certificates (X.509, RFC 5280) in the text form that authorities hand out (PEM, RFC 7468). Whether somebody
// is vouched for by them is decided where a line is sealed; here they are only told from other files.
#include <optional>
#include <string_view>

namespace balcao::crypto {

// How many certificates stand in a text, other text before, between and behind them left aside; none when
// one of them cannot be read.
std::optional<int> certificates_in(std::string_view pem);

}  // namespace balcao::crypto
