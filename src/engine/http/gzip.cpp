#include "http/gzip.hpp"

#include <algorithm>
#include <array>
#include <zlib.h>

#include "base/check.hpp"
#include "http/characters.hpp"

namespace balcao::http {

std::string gzip(std::string_view text, int level) {
    constexpr int gzip_window_bits = 15 + 16;  // the largest window, with gzip's header
    z_stream stream{};
    BALCAO_CHECK(deflateInit2(&stream, level, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    // zlib's interface wants a pointer to what it never writes to.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    BALCAO_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool is_compressible(std::string_view content_type) {
    constexpr std::array<std::string_view, 5> types{"application/json", "application/javascript",
                                                    "application/xml", "application/manifest+json",
                                                    "image/svg+xml"};
    std::string type{trim(content_type.substr(0, content_type.find(';')))};
    std::transform(type.begin(), type.end(), type.begin(), lower);
    // An event stream is never a whole.
    if (type == "text/event-stream") return false;
    return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
           std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace balcao::http
