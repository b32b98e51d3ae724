#pragma once
// The frame of every page: head, the city's name, the choice of language, a word when the line is lost, and
// below it where to complain. Pages fill the middle. Works without scripts; the small script makes what has
// `data-live` follow its stream.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "html/html.hpp"
#include "http/message.hpp"
#include "web/language.hpp"

namespace balcao::web {

enum class Furniture : unsigned char {
    all,
    none,  // displays and kiosks: nothing that leads away
};

// What the frame says of the whole installation.
struct City {
    std::string name;            // in the page's language
    std::string notice{};        // above every page; empty: none
    std::string interpreters{};  // who interprets by telephone; empty: nobody
};

struct Frame {
    Words words;
    std::string title{};
    std::string path{};  // of the page without its language
    Furniture furniture = Furniture::all;
    int refresh_seconds = 0;                // for browsers without scripts; 0: never
    std::optional<html::Url> refresh_to{};  // by then; none: the page itself
};

// An address of ours in the page's language: url(words, {"sites", "baixa"}) is "/pt/sites/baixa". Segments
// that could not be one are a mistake of ours.
html::Url url(const Words& words,
              std::initializer_list<std::string_view> segments,
              std::initializer_list<html::Url::Parameter> query = {});

std::string page(const City& city, const Frame& frame, const std::function<void(html::Content&)>& fill);

// The style and the script, under addresses that change with their content; the font that the style names,
// and its licence. Where the npm part was not built the font is empty, and pages have one of the system's.
struct PageAssets {
    std::shared_ptr<const http::Asset> style;
    std::shared_ptr<const http::Asset> script;
    std::shared_ptr<const http::Asset> font;
    std::shared_ptr<const http::Asset> font_licence;
};

const PageAssets& page_assets();
std::string style_name();   // "pages-0123456789abcdef.css"
std::string script_name();  // the same for the script

}  // namespace balcao::web
