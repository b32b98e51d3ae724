#pragma once
// Addresses that a page may link to. An address is built, never pasted: so no text of a person turns into a
// "javascript:" link. Used for attributes like href and src.
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "html/literal.hpp"

namespace balcao::html {

class Url {
public:
    // An address that stands in the program: Url::literal("/shops").
    static Url literal(Trusted text) { return Url{std::string{text.text()}}; }

    // A place in the same page: "#" and the id.
    static Url fragment(std::string_view id);

    // A path on the same server, each segment escaped, with a query: {"sites", "loja a"}, {{"day",
    // "2026-01-05"}} is "/sites/loja%20a?day=2026-01-05". A segment "." or ".." and an empty one are escaped
    // or refused: nothing.
    using Parameter = std::pair<std::string_view, std::string_view>;
    static std::optional<Url> path(std::initializer_list<std::string_view> segments,
                                   std::initializer_list<Parameter> query = {});
    // The same for segments that are put together first.
    static std::optional<Url> path(std::span<const std::string_view> segments,
                                   std::initializer_list<Parameter> query = {});

    // An address on the web as a model or a person gave it: http or https, a host, no space, quote or
    // control.
    static std::optional<Url> web(std::string_view text);

    // A telephone number to be called: "+351910000000". Nothing for what is not a + and 6 to 15 digits.
    static std::optional<Url> telephone(std::string_view number);

    // Bytes inside the page, in base64: Url::data<"text/csv;charset=utf-8">(csv).
    template <Literal MediaType>
    static Url data(std::string_view bytes) {
        return data_of(MediaType.view(), bytes);
    }

    [[nodiscard]] const std::string& text() const& { return text_; }

    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    explicit Url(std::string text) : text_{std::move(text)} {}

    static Url data_of(std::string_view media_type, std::string_view bytes);

    std::string text_;
};

}  // namespace balcao::html
