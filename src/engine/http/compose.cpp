#include "http/compose.hpp"

#include <algorithm>
#include <array>

#include "http/characters.hpp"
#include "http/entity_tag.hpp"
#include "http/gzip.hpp"
#include "http/negotiate.hpp"

namespace balcao::http {

namespace {

constexpr std::size_t compress_bytes_min = 1024;
constexpr int level_of_pages = 5;
constexpr std::string_view gzip_suffix = "-gzip";
constexpr std::array<std::string_view, 5> framing{"Content-Length", "Connection", "Transfer-Encoding", "Date",
                                                  "Keep-Alive"};

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

void append_head(std::string& out, const Response& response, std::string_view date) {
    out.reserve(512);
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out += reason_of(response.status);
    out += "\r\n";
    append_line(out, "Date", date);
    for (const Field& field : response.headers) {
        const bool is_framing = std::any_of(framing.begin(), framing.end(), [&](std::string_view name) {
            return same_ignoring_case(field.name, name);
        });
        if (!is_framing) append_line(out, field.name, field.value);
    }
}

bool is_empty(const Body& body) { return view_of(body).empty(); }

bool may_compress(const Response& response) {
    return response.compression == Compression::automatic && response.status != 206 &&
           !response.headers.has("Content-Encoding") && view_of(response.body).size() > compress_bytes_min &&
           is_compressible(response.headers.text("Content-Type"));
}

// RFC 9110, 13.1.2. Both encodings of one content have the same words: either tag will do.
bool is_not_modified(const Request& request, const Response& response) {
    if (request.method != Method::get && request.method != Method::head) return false;
    if (response.status != 200 || !request.headers.has("If-None-Match")) return false;
    auto tag = parse_entity_tag(response.headers.text("ETag"));
    if (!tag) return false;
    const std::string asked = request.headers.joined("If-None-Match");
    if (matches_if_none_match(asked, *tag)) return true;
    tag->opaque += gzip_suffix;
    return matches_if_none_match(asked, *tag);
}

void mark_tag_compressed(Response& response) {
    auto tag = parse_entity_tag(response.headers.text("ETag"));
    if (!tag) return;
    tag->opaque += gzip_suffix;
    response.headers.set("ETag", format_entity_tag(*tag));
}

void compress(Response& response) {
    if (const auto* asset = std::get_if<std::shared_ptr<const Asset>>(&response.body)) {
        auto smaller = (*asset)->compressed();
        if (smaller == (*asset)->content()) return;
        response.body = std::move(smaller);
    } else {
        response.body = gzip(view_of(response.body), level_of_pages);
    }
    response.headers.add("Content-Encoding", "gzip");
    mark_tag_compressed(response);
}

}  // namespace

bool is_sendable(const Response& response) {
    return response.status >= 200 && response.status <= 599 &&
           std::all_of(response.headers.begin(), response.headers.end(), [](const Field& field) {
               return is_token(field.name) && is_field_value(field.value);
           });
}

Outgoing compose(const Request& request, Response response, std::string_view date, Ending ending) {
    const bool is_head = request.method == Method::head;
    const bool compresses = may_compress(response);
    const bool wants = compresses && accepts_encoding(request.headers.joined("Accept-Encoding"), "gzip");
    if (compresses) response.headers.add("Vary", "Accept-Encoding");
    if (is_not_modified(request, response)) {
        response.status = 304;
        response.headers.remove("Content-Type");
        if (wants) mark_tag_compressed(response);
    } else if (wants) {
        compress(response);
    }
    const bool has_no_body = response.status == 204 || response.status == 304;
    Outgoing out{response.status, {}, {}};
    append_head(out.head, response, date);
    if (!has_no_body) append_line(out.head, "Content-Length", std::to_string(view_of(response.body).size()));
    if (ending == Ending::closes) append_line(out.head, "Connection", "close");
    if (ending == Ending::keeps_alive_1_0) append_line(out.head, "Connection", "keep-alive");
    out.head += "\r\n";
    if (!has_no_body && !is_head && !is_empty(response.body)) out.body = std::move(response.body);
    return out;
}

std::string compose_stream_head(const Response& response, std::string_view date) {
    std::string head;
    append_head(head, response, date);
    append_line(head, "Connection", "close");
    return head + "\r\n";
}

}  // namespace balcao::http
