#include "html/html.hpp"

#include "base/check.hpp"

namespace balcao::html {
namespace {

bool has_ignoring_case(std::string_view text, std::string_view lower) {
    const auto is_same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    };
    return std::search(text.begin(), text.end(), lower.begin(), lower.end(), is_same) != text.end();
}

}  // namespace

Content& Content::open(std::string_view name, Attributes attributes) {
    out_ += '<';
    out_ += name;
    for (const Attribute& attribute : attributes)
        attribute.append_to(out_);
    out_ += '>';
    return *this;
}

Content& Content::close(std::string_view name) {
    out_ += "</";
    out_ += name;
    out_ += '>';
    return *this;
}

Content& Content::text(std::string_view words) {
    append_escaped(out_, words);
    return *this;
}

Content& Content::raw(Trusted markup) {
    out_ += markup.text();
    return *this;
}

Content& Content::insert(const Html& built) {
    out_ += built.text();
    return *this;
}

Content& Content::script(Trusted code) {
    // "<!--" with "<script" would hide the end of the element (HTML, "script data double escaped state").
    BALCAO_CHECK(!has_ignoring_case(code.text(), "</script"));
    BALCAO_CHECK(!(has_ignoring_case(code.text(), "<!--") && has_ignoring_case(code.text(), "<script")));
    open("script", {});
    out_ += code.text();
    return close("script");
}

Content& Content::style_sheet(Trusted rules) {
    BALCAO_CHECK(!has_ignoring_case(rules.text(), "</style"));
    open("style", {});
    out_ += rules.text();
    return close("style");
}

Content& Content::script_file(const Url& address) {
    open("script", {with<"src">(address), with<"defer">()});
    return close("script");
}

Content& Content::refresh(int seconds) {
    out_ += "<meta http-equiv=\"refresh\" content=\"" + decimal(std::int64_t{seconds}) + "\">";
    return *this;
}

Content& Content::refresh(int seconds, const Url& to) {
    out_ += "<meta http-equiv=\"refresh\" content=\"" + decimal(std::int64_t{seconds}) + ";url=";
    append_escaped(out_, to.text());
    out_ += "\">";
    return *this;
}

Content& Content::json_data(std::string_view id, std::string_view json) {
    open("script", {with<"type">("application/json"), with<"id">(id)});
    append_json_for_script(out_, json);
    return close("script");
}

void DocumentWriter::begin(Content& page, const DocumentOptions& options) {
    page.raw("<!DOCTYPE html>\n").open("html", {with<"lang">(options.language)});
    page.raw("\n<head><meta charset=\"utf-8\">");
    if (const auto policy = options.security_policy.text(); !policy.empty()) {
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"");
        page.text(policy).raw("\">");
    }
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.element<"title">(options.title);
}

void DocumentWriter::end_head(Content& page) { page.raw("</head>\n<body>"); }

void DocumentWriter::end(Content& page) { page.raw("</body>\n</html>\n"); }

}  // namespace balcao::html
