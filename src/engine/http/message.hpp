#pragma once
// What is asked and what is answered, as plain values. Used by everybody who writes a handler; they know no
// socket.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/cookie.hpp"
#include "http/fields.hpp"

namespace balcao::http {

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

// "GET"; `remove` is "DELETE".
std::string_view name_of(Method method);
// Names know case (RFC 9110, 9.1). Nothing for methods that the house does not speak.
std::optional<Method> parse_method(std::string_view name);

struct Request {
    Method method = Method::get;
    std::string target{};  // as it was sent
    std::string path{};    // decoded, begins with "/"
    Fields query{};        // decoded
    Fields parameters{};   // the named segments of the route
    Headers headers{};
    Fields cookies{};
    Fields form{};  // of an application/x-www-form-urlencoded body
    std::string body{};
    std::string peer{};        // the client's address, behind a trusted proxy too
    std::string scheme{};      // "http", or "https" when a trusted proxy says so
    std::string host{};        // host and port as the client named them; empty for HTTP/1.0 without a Host
    std::string_view route{};  // the pattern that matched, "/desk/{desk}/call"; empty: none
    std::uint64_t connection = 0;  // the same for all requests of one connection, never used twice

    // The first header of this name; an empty text where there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const { return headers.text(name); }
};

// A file of the program that many are sent: held once, compressed once, with an entity tag of its content.
// Safe to share between threads.
class Asset {
public:
    // `content_type` as it goes into the header.
    Asset(std::string content, std::string content_type);

    [[nodiscard]] const std::shared_ptr<const std::string>& content() const { return content_; }

    // Compressed on first use; the content itself where compression does not make it smaller.
    [[nodiscard]] const std::shared_ptr<const std::string>& compressed() const;

    [[nodiscard]] const std::string& content_type() const { return content_type_; }

    // 16 hexadecimal digits (FNV-1a, 64 bits) and the length: it changes with the content.
    [[nodiscard]] const std::string& tag() const { return tag_; }

private:
    std::shared_ptr<const std::string> content_;
    std::string content_type_;
    std::string tag_;
    mutable std::once_flag once_;
    mutable std::shared_ptr<const std::string> compressed_;
};

using Body = std::variant<std::string, std::shared_ptr<const std::string>, std::shared_ptr<const Asset>>;

// `never` for an answer that holds a secret beside text that a stranger chose (BREACH).
enum class Compression : std::uint8_t { automatic, never };

struct Response {
    int status = 200;  // 200 to 599
    Headers headers{};
    Body body{};
    Compression compression = Compression::automatic;

    static Response html(std::string page, int status = 200);
    static Response json(std::string document, int status = 200);
    static Response text(std::string words, int status = 200);
    // 303 See Other: after a form was taken, the browser gets the page there. `location` is an address of
    // ours or one that was checked; characters that no header may have are percent-encoded.
    static Response redirect(std::string_view location);
    // 200, with the asset's type and entity tag; the caller adds Cache-Control.
    static Response asset(std::shared_ptr<const Asset> asset);
    // 204.
    static Response no_content();
    // RFC 9457. `document` is a JSON text that has the members.
    static Response problem(int status, std::string document);
    // The same with nothing but "title", "status" and, where it is not empty, "detail".
    static Response problem(int status, std::string_view title, std::string_view detail);

    void set_cookie(const Cookie& cookie);
};

// The bytes of a body, uncompressed. The view lives as long as the body.
std::string_view view_of(const Body& body);

// RFC 9110, 15: "Not Found"; empty for a status that has no name there.
std::string_view reason_of(int status);

}  // namespace balcao::http
