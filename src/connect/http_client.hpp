#pragma once
// Asks programs elsewhere over HTTP, with TLS, by libcurl. Used by what sends messages to phones, by the line
// to providers of sign-ins, and by what carries requests to entities and looks at how they take them. It
// follows no redirect, keeps no cookie, reads a bounded answer, and every wait has an end.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
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
    std::chrono::milliseconds within{};      // for all of it; 0: as the seconds say
    std::optional<std::size_t> cut_after{};  // the line is cut after so many bytes of the body
};

struct HttpAnswer {
    long status = 0;
    std::string body;
    std::string content_type{};  // headers; empty where they are not there
    std::string date{};
    std::string retry_after{};
};

// What went wrong instead of an answer.
using HttpResult = std::pair<HttpAnswer, std::optional<Failure>>;

HttpResult ask_http(const HttpAsk& ask, const Stops& stops);

// Fit for a segment of a path, for a query and for a header (RFC 3986, 2.1).
std::string url_encoded(std::string_view text);

}  // namespace balcao::connect
