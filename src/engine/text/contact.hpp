#pragma once
// Whether a text can be the address or the number of somebody who is to be written to or called. Used where
// people type them; whether somebody is reached there, only a message tells.
#include <string_view>

namespace balcao::text {

// What a mail server could be told (RFC 5321, 4.1.2), in ASCII and without quoting.
bool is_mail_address(std::string_view text);

// 6 to 15 digits (ITU-T E.164), with what people write between them.
bool is_phone_number(std::string_view text);

}  // namespace balcao::text
