#pragma once
// Compression of answers (RFC 1952). Used by the server and by assets; it reads nothing.
#include <string>
#include <string_view>

namespace balcao::http {

// Level 1 (quick) to 9 (small). The same bytes for the same input.
std::string gzip(std::string_view text, int level);

// Whether a type of content is text that compression makes smaller: text/*, JSON, scripts, XML, SVG.
bool is_compressible(std::string_view content_type);

}  // namespace balcao::http
