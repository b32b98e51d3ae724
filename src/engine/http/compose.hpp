#pragma once
// Answers turned into bytes: whether 304 does, whether to compress, and the head. Used by sessions only; it
// sends nothing.
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace balcao::http {

// How the connection goes on.
enum class Ending : std::uint8_t { keeps_alive, keeps_alive_1_0, closes };

struct Outgoing {
    int status = 200;
    std::string head;
    Body body;  // empty where the answer has none (HEAD, 204, 304)
};

// Whether a handler's answer can be sent: a status from 200 to 599, names that are tokens, values without
// control characters. A text of a person in a header is not worth more than this.
bool is_sendable(const Response& response);

// The whole answer to `request`. Headers that say how the message is framed (Content-Length, Connection,
// Transfer-Encoding, Date) are the server's: a handler's are left out.
Outgoing compose(const Request& request, Response response, std::string_view date, Ending ending);

// The head of an answer whose body goes on until the line ends.
std::string compose_stream_head(const Response& response, std::string_view date);

}  // namespace balcao::http
