#include "http/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "http/gzip.hpp"
#include "http/uri.hpp"

namespace balcao::http {

namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> methods{{{"GET", Method::get},
                                                                      {"HEAD", Method::head},
                                                                      {"POST", Method::post},
                                                                      {"PUT", Method::put},
                                                                      {"PATCH", Method::patch},
                                                                      {"DELETE", Method::remove},
                                                                      {"OPTIONS", Method::options}}};

constexpr std::array<std::pair<int, std::string_view>, 36> reasons{{{200, "OK"},
                                                                    {201, "Created"},
                                                                    {202, "Accepted"},
                                                                    {204, "No Content"},
                                                                    {206, "Partial Content"},
                                                                    {301, "Moved Permanently"},
                                                                    {302, "Found"},
                                                                    {303, "See Other"},
                                                                    {304, "Not Modified"},
                                                                    {307, "Temporary Redirect"},
                                                                    {308, "Permanent Redirect"},
                                                                    {400, "Bad Request"},
                                                                    {401, "Unauthorized"},
                                                                    {403, "Forbidden"},
                                                                    {404, "Not Found"},
                                                                    {405, "Method Not Allowed"},
                                                                    {406, "Not Acceptable"},
                                                                    {408, "Request Timeout"},
                                                                    {409, "Conflict"},
                                                                    {410, "Gone"},
                                                                    {411, "Length Required"},
                                                                    {412, "Precondition Failed"},
                                                                    {413, "Content Too Large"},
                                                                    {414, "URI Too Long"},
                                                                    {415, "Unsupported Media Type"},
                                                                    {417, "Expectation Failed"},
                                                                    {422, "Unprocessable Content"},
                                                                    {428, "Precondition Required"},
                                                                    {429, "Too Many Requests"},
                                                                    {431, "Request Header Fields Too Large"},
                                                                    {500, "Internal Server Error"},
                                                                    {501, "Not Implemented"},
                                                                    {502, "Bad Gateway"},
                                                                    {503, "Service Unavailable"},
                                                                    {504, "Gateway Timeout"},
                                                                    {505, "HTTP Version Not Supported"}}};

constexpr int level_of_assets = 9;

std::string tag_of(std::string_view content) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : content) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001B3U;
    }
    std::string tag;
    for (int shift = 60; shift >= 0; shift -= 4)
        tag += digits[(hash >> static_cast<unsigned>(shift)) & 0xFU];
    return tag + '-' + std::to_string(content.size());
}

Response of_type(std::string content_type, std::string body, int status) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", std::move(content_type));
    response.body = std::move(body);
    return response;
}

std::string json_text(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace

std::string_view name_of(Method method) {
    for (const auto& [name, known] : methods)
        if (known == method) return name;
    return {};
}

std::optional<Method> parse_method(std::string_view name) {
    for (const auto& [known, method] : methods)
        if (known == name) return method;
    return std::nullopt;
}

Asset::Asset(std::string content, std::string content_type)
    : content_{std::make_shared<const std::string>(std::move(content))},
      content_type_{std::move(content_type)},
      tag_{tag_of(*content_)} {}

const std::shared_ptr<const std::string>& Asset::compressed() const {
    std::call_once(once_, [this] {
        std::shared_ptr smaller = std::make_shared<const std::string>(gzip(*content_, level_of_assets));
        if (smaller->size() >= content_->size()) smaller = content_;
        compressed_ = std::move(smaller);
    });
    return compressed_;
}

Response Response::html(std::string page, int status) {
    return of_type("text/html; charset=utf-8", std::move(page), status);
}

Response Response::json(std::string document, int status) {
    return of_type("application/json", std::move(document), status);
}

Response Response::text(std::string words, int status) {
    return of_type("text/plain; charset=utf-8", std::move(words), status);
}

Response Response::redirect(std::string_view location) {
    Response response;
    response.status = 303;
    std::string safe;
    for (const char c : location) {
        if (c > 0x20 && c < 0x7F) {
            safe += c;
        } else {
            safe += percent_encode({&c, 1});
        }
    }
    response.headers.add("Location", std::move(safe));
    return response;
}

Response Response::asset(std::shared_ptr<const Asset> asset) {
    Response response;
    response.headers.add("Content-Type", asset->content_type());
    response.headers.add("ETag", '"' + asset->tag() + '"');
    response.body = std::move(asset);
    return response;
}

Response Response::no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response Response::problem(int status, std::string document) {
    return of_type("application/problem+json", std::move(document), status);
}

Response Response::problem(int status, std::string_view title, std::string_view detail) {
    std::string document = "{\"title\":" + json_text(title) + ",\"status\":" + std::to_string(status);
    if (!detail.empty()) document += ",\"detail\":" + json_text(detail);
    return problem(status, document + '}');
}

void Response::set_cookie(const Cookie& cookie) { headers.add("Set-Cookie", format_cookie(cookie)); }

std::string_view view_of(const Body& body) {
    if (const auto* text = std::get_if<std::string>(&body)) return *text;
    if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body)) return **shared;
    return *std::get<std::shared_ptr<const Asset>>(body)->content();
}

std::string_view reason_of(int status) {
    const auto* const found = std::find_if(reasons.begin(), reasons.end(),
                                           [&](const auto& entry) { return entry.first == status; });
    return found == reasons.end() ? std::string_view{} : found->second;
}

}  // namespace balcao::http
