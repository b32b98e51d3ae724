#include "web/frame.hpp"

#include "base/check.hpp"
#include "web/embedded.hpp"

namespace balcao::web {
namespace {

std::string tagged(std::string_view stem, const http::Asset& asset, std::string_view ending) {
    std::string name{stem};
    for (const char letter : asset.tag())
        if (letter != '"') name += letter;
    return name.append(ending);
}

void write_head(html::Content& head, const Frame& frame) {
    head.empty<"link">(
        {html::with<"rel">("stylesheet"), html::with<"href">(*html::Url::path({"assets", style_name()}))});
    head.empty<"link">({html::with<"rel">("icon"), html::with<"type">("image/svg+xml"),
                        html::with<"href">(html::Url::literal("/assets/icon.svg"))});
    if (frame.refresh_seconds > 0)
        head.element<"noscript">([&](html::Content& without) {
            if (frame.refresh_to)
                without.refresh(frame.refresh_seconds, *frame.refresh_to);
            else
                without.refresh(frame.refresh_seconds);
        });
    head.script_file(*html::Url::path({"assets", script_name()}));
}

void write_languages(html::Content& header, const Frame& frame) {
    header.element<"nav">({html::with<"aria-label">(frame.words("Language"))}, [&](html::Content& nav) {
        for (const Language language : text::spoken_languages) {
            const bool is_this = language == frame.words.language();
            nav.element<"a">(
                {html::with<"href">(
                     *html::Url::path({"language", text::code_of(language)}, {{"to", frame.path}})),
                 html::with<"lang">(text::code_of(language)), html::with<"hreflang">(text::code_of(language)),
                 when(is_this, html::with<"aria-current">("true"))},
                text::own_name_of(language));
        }
    });
}

void write_header(html::Content& body, const City& city, const Frame& frame) {
    body.element<"a">({html::with<"class">("skip"), html::with<"href">(html::Url::fragment("main"))},
                      frame.words("To the content"));
    body.element<"header">([&](html::Content& header) {
        header.element<"a">({html::with<"class">("city"), html::with<"href">(url(frame.words, {}))},
                            city.name);
        write_languages(header, frame);
    });
}

void write_footer(html::Content& body, const City& city, const Frame& frame) {
    body.element<"footer">([&](html::Content& footer) {
        footer.element<"a">({html::with<"href">(html::Url::literal("https://www.livroreclamacoes.pt/")),
                             html::with<"rel">("noreferrer")},
                            frame.words("Complaints book"));
        if (!city.interpreters.empty())
            footer.element<"p">({html::with<"class">("interpreters")}, city.interpreters);
    });
}

}  // namespace

html::Url url(const Words& words,
              std::initializer_list<std::string_view> segments,
              std::initializer_list<html::Url::Parameter> query) {
    std::vector<std::string_view> all{words.code()};
    all.insert(all.end(), segments.begin(), segments.end());
    auto made = html::Url::path(std::span<const std::string_view>{all}, query);
    BALCAO_CHECK(made);
    return *std::move(made);
}

std::string page(const City& city, const Frame& frame, const std::function<void(html::Content&)>& fill) {
    const std::string title = frame.title.empty() ? city.name : frame.title + " · " + city.name;
    return html::document(
               {.language = frame.words.code(), .title = title},
               [&](html::Content& head) { write_head(head, frame); },
               [&](html::Content& body) {
                   if (frame.furniture == Furniture::all) write_header(body, city, frame);
                   if (!city.notice.empty())
                       body.element<"aside">({html::with<"class">("notice")}, city.notice);
                   body.element<"p">(
                       {html::with<"id">("line"), html::with<"role">("status"),
                        html::with<"data-lost">(frame.words(
                            "The line is cut. What you see is from {time}; it catches up by itself.",
                            {{"time", "{time}"}}))},
                       "");
                   body.element<"main">({html::with<"id">("main"), html::with<"tabindex">("-1")}, fill);
                   if (frame.furniture == Furniture::all) write_footer(body, city, frame);
               })
        .text();
}

const PageAssets& page_assets() {
    static const PageAssets assets{
        std::make_shared<const http::Asset>(std::string{embedded_pages_css()}, "text/css; charset=utf-8"),
        std::make_shared<const http::Asset>(std::string{embedded_pages_js()},
                                            "text/javascript; charset=utf-8"),
        std::make_shared<const http::Asset>(std::string{embedded_noto_sans_woff2()}, "font/woff2"),
        std::make_shared<const http::Asset>(std::string{embedded_noto_sans_txt()},
                                            "text/plain; charset=utf-8")};
    return assets;
}

std::string style_name() { return tagged("pages-", *page_assets().style, ".css"); }

std::string script_name() { return tagged("pages-", *page_assets().script, ".js"); }

}  // namespace balcao::web
