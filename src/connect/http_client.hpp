#pragma once
// Asks programs elsewhere over HTTP, with TLS, by libcurl. Used by what sends messages to phones
// and by the line to providers of sign-ins. It follows no redirect, keeps no cookie, reads a bounded answer,
// and every wait has an end.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connect/line.hpp"

namespace balcao::connect {

struct HttpAsk {
    std::string url;
    std::vector<std::string> headers{};  // "Content-Type: application/json"
    std::string body{};                  // empty: GET, else POST
    long connect_seconds = 10;
    long seconds = 30;
    std::size_t answer_bytes_most = 1024 * 1024;
};

struct HttpAnswer {
    long status = 0;
    std::string body;
};

// What went wrong instead of an answer.
using HttpResult = std::pair<HttpAnswer, std::optional<Failure>>;

HttpResult ask_http(const HttpAsk& ask, const Stops& stops);

}  // namespace balcao::connect
