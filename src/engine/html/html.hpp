#pragma once
// The builder of pages. Markup exists only as `Html`, which only this builder makes: elements close where
// their function ends, text and attributes are escaped, scripts and styles have no holes. Used by `report`
// and the pages of the live office; it knows no layout and no language.
//
//   const Html page = document({.language = "pt", .title = "Esperas"}, [](Content& head) { … }, [&](Content&
//   body) {
//       body.element<"h1">("Esperas");
//       body.element<"table">({with<"class">("wide")}, [&](Content& table) {
//           for (const auto& row : rows)
//               table.element<"tr">([&](Content& cells) { cells.element<"td">(row.name); });
//       });
//   });
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "html/attribute.hpp"
#include "html/escape.hpp"
#include "html/literal.hpp"

namespace balcao::html {

constexpr bool is_void_element(std::string_view name) {
    constexpr std::array<std::string_view, 9> names{"area",  "br",   "col",  "hr", "img",
                                                    "input", "link", "meta", "wbr"};
    return std::ranges::find(names, name) != names.end();
}

// Elements that hold others. Those that run, embed or re-interpret their content are left out: script and
// style have their own functions, the rest no use.
constexpr bool is_container(std::string_view name) {
    constexpr std::array<std::string_view, 11> refused{"script",    "style",   "iframe", "object",
                                                       "embed",     "base",    "html",   "template",
                                                       "plaintext", "noembed", "xmp"};
    const bool is_of_svg = name == "clipPath" || name == "linearGradient";
    return is_of_svg || (is_lower_name(name) && !is_void_element(name) &&
                         std::ranges::find(refused, name) == refused.end());
}

class Content;

// Markup that is safe to show: it was built here.
class Html {
public:
    [[nodiscard]] const std::string& text() const& { return markup_; }

    [[nodiscard]] std::string text() && { return std::move(markup_); }

private:
    friend class Content;
    Html() = default;

    std::string markup_;
};

template <class Function>
concept Fills = std::invocable<Function, Content&>;

using Attributes = std::initializer_list<Attribute>;

// The inside of an element, to be filled in order. It is handed to functions and not kept.
class Content {
public:
    Content(Content&&) = delete;
    Content& operator=(Content&&) = delete;
    ~Content() = default;
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;

    template <Literal Name, Fills Function>

    requires(is_container(Name.view())) Content& element(Attributes attributes, Function&& fill) {
        open(Name.view(), attributes);
        std::forward<Function>(fill)(*this);
        return close(Name.view());
    }

    template <Literal Name, Fills Function>

    requires(is_container(Name.view())) Content& element(Function&& fill) {
        return element<Name>(Attributes{}, std::forward<Function>(fill));
    }

    template <Literal Name>

    requires(is_container(Name.view())) Content& element(Attributes attributes, std::string_view content) {
        open(Name.view(), attributes);
        text(content);
        return close(Name.view());
    }

    template <Literal Name>

    requires(is_container(Name.view())) Content& element(std::string_view content) {
        return element<Name>(Attributes{}, content);
    }

    // An element that has no inside: empty<"br">().
    template <Literal Name>

    requires(is_void_element(Name.view())) Content& empty(Attributes attributes = {}) {
        return open(Name.view(), attributes);
    }

    // Words, escaped.
    Content& text(std::string_view words);
    // Markup of ours, as it is.
    Content& raw(Trusted markup);
    // What was built before.
    Content& insert(const Html& built);

    // The whole of a script or a style sheet. One that would end its own element is a mistake of ours.
    Content& script(Trusted code);
    Content& style_sheet(Trusted rules);
    // A script of ours that the browser fetches, run when the page is there.
    Content& script_file(const Url& address);
    // Loads the page anew after so many seconds; stands in the head only.
    Content& refresh(int seconds);
    // Goes to that page of ours instead.
    Content& refresh(int seconds, const Url& to);
    // Data for a script: <script type="application/json" id="…">. `json` must be JSON.
    Content& json_data(std::string_view id, std::string_view json);

private:
    template <Fills Function>
    friend Html fragment(Function&& fill);
    friend struct DocumentWriter;

    explicit Content(std::string& out) : out_{out} {}

    // The only way to an Html.
    template <Fills Function>
    static Html build(Function&& fill) {
        Html html;
        Content content{html.markup_};
        std::forward<Function>(fill)(content);
        return html;
    }

    Content& open(std::string_view name, Attributes attributes);
    Content& close(std::string_view name);

    std::string& out_;
};

// A piece of a page, to be inserted.
template <Fills Function>
Html fragment(Function&& fill) {
    return Content::build(std::forward<Function>(fill));
}

struct DocumentOptions {
    std::string_view language;  // of the page, as in BCP 47
    std::string_view title;
    Trusted security_policy{};  // Content-Security-Policy of a page that is a file; none when empty
};

// The beginning of a page, up to the author's part of the head.
struct DocumentWriter {
    static void begin(Content& page, const DocumentOptions& options);
    static void end_head(Content& page);
    static void end(Content& page);
};

// A whole page: doctype, language, UTF-8, a viewport, the title; `head` and `body` fill the rest.
template <Fills Head, Fills Body>
Html document(const DocumentOptions& options, Head&& head, Body&& body) {
    return fragment([&](Content& page) {
        DocumentWriter::begin(page, options);
        std::forward<Head>(head)(page);
        DocumentWriter::end_head(page);
        std::forward<Body>(body)(page);
        DocumentWriter::end(page);
    });
}

}  // namespace balcao::html
