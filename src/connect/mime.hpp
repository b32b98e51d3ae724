#pragma once
// A letter as Internet mail (RFC 5322, 2045, 2047): plain text in UTF-8, with a file for calendars where
// there is one. Used by the sender; a pure function, so that the same letter is the same bytes each time but
// for what is said of its time. It never lets a text become a header.
#include <string>
#include <string_view>

#include "letters/letter.hpp"

namespace balcao::connect {

struct Sender {
    std::string name;     // "Câmara de Vila"
    std::string address;  // "no-reply@vila.example"
};

// "City <no-reply@city.example>", or the address alone; nothing when there is no address in it.
std::optional<Sender> parse_sender(std::string_view text);

// What a mail server can be told: one @, ASCII, no space, no control character, no angle bracket.
bool is_plain_address(std::string_view address);

// With CRLF at the end of lines. `message.mail` and the sender's address are plain.
std::string mail_of(const letters::Message& message, const Sender& from);

// The pieces, for tests. RFC 2047 where a text is not plain ASCII; RFC 2045, 6.7.
std::string encoded_word(std::string_view text);
std::string quoted_printable(std::string_view text);

}  // namespace balcao::connect
