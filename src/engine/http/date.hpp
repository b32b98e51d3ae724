#pragma once
// An instant as HTTP writes it (RFC 9110, 5.6.7: IMF-fixdate). Used for the Date header; it reads nothing.
#include <chrono>
#include <string>

namespace balcao::http {

// "Sun, 06 Nov 1994 08:49:37 GMT". Years 0 to 9999.
std::string format_http_date(std::chrono::sys_seconds instant);

}  // namespace balcao::http
