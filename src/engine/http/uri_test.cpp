#include "http/uri.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "base/utf8.hpp"

using namespace balcao;
using namespace balcao::http;

TEST_CASE("percent-encoding reads back to the same bytes") {
    CHECK(
        rc::check([](const std::string& text) { RC_ASSERT(percent_decode(percent_encode(text)) == text); }));
}

TEST_CASE("a percent sign without two hexadecimal digits is refused") {
    for (const auto* text : {"%", "%4", "%4g", "%g4", "a%", "%%41"})
        CHECK_FALSE(percent_decode(text).has_value());
    CHECK(percent_decode("%41%c3%A9+") == "Aé+");
}

TEST_CASE("a target is parted into path and query, both decoded") {
    const auto target = parse_target("/sites/loja%20de%20Odivelas?day=2026-01-05&q=a+b%26c&q=&flag");
    REQUIRE(target.has_value());
    CHECK(target->form == TargetForm::origin);
    CHECK(target->path == "/sites/loja de Odivelas");
    CHECK(target->query == Fields{{"day", "2026-01-05"}, {"q", "a b&c"}, {"q", ""}, {"flag", ""}});
    CHECK(target->query.all("q").size() == 2);
    CHECK(parse_target("/")->path == "/");
    CHECK(parse_target("/a/")->path == "/a/");
    CHECK(parse_target("//a")->path == "//a");
    CHECK(parse_target("/?")->query.empty());
}

TEST_CASE("a whole address as target names the host, and an asterisk the server") {
    const auto whole = parse_target("http://balcao.example:8080/desk?x=1");
    REQUIRE(whole.has_value());
    CHECK(whole->form == TargetForm::absolute);
    CHECK(whole->authority == "balcao.example:8080");
    CHECK(whole->path == "/desk");
    CHECK(parse_target("HTTPS://balcao.example")->path == "/");
    CHECK(parse_target("http://[::1]:80?x")->query.has("x"));
    CHECK(parse_target("*")->form == TargetForm::asterisk);
}

TEST_CASE("a target that two readers could read in two ways is refused") {
    for (const auto* text : {"",
                             "a",
                             "balcao.example:443",
                             "ftp://a/",
                             "http://",
                             "http:///a",
                             "http://a@b/",
                             "http://a:x/",
                             "/..",
                             "/a/../b",
                             "/%2e%2e/b",
                             "/./a",
                             "/a/%2E",
                             "/a%2fb",
                             "/a%5Cb",
                             "/a\\b",
                             "/a%00",
                             "/a%0d%0ab",
                             "/a%7f",
                             "/%ff",
                             "/%c0%af",
                             "/%zz",
                             "/?a=%",
                             "/?a=%ff",
                             "/?a=%00",
                             "/#top",
                             "/a b",
                             "/\xC3\xA9",
                             "/a\"b",
                             "/<a>"})
        CHECK_MESSAGE(!parse_target(text).has_value(), text);
}

TEST_CASE("a path of any segments that are encoded reads back") {
    CHECK(rc::check([](const std::vector<std::string>& segments) {
        std::string raw;
        std::string path;
        for (const std::string& segment : segments) {
            raw += '/' + percent_encode(segment);
            path += '/' + segment;
        }
        if (segments.empty()) raw = path = "/";
        const auto target = parse_target(raw);
        if (target) RC_ASSERT(target->path == path);
        const bool is_plain = std::all_of(segments.begin(), segments.end(), [](const std::string& segment) {
            return segment != "." && segment != ".." && segment.find_first_of("/\\") == std::string::npos &&
                   std::none_of(segment.begin(), segment.end(),
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
        });
        RC_ASSERT(target.has_value() == (is_plain && !find_invalid_utf8(path)));
    }));
}

TEST_CASE("a form reads back to the fields that were written") {
    CHECK(rc::check([](const std::vector<std::pair<std::string, std::string>>& pairs) {
        Fields fields;
        for (const auto& [name, value] : pairs) {
            const auto clean = [](const std::string& text) {
                std::string out = replace_invalid_utf8(text);
                std::erase(out, '\0');
                return out;
            };
            fields.add(clean(name) + "n", clean(value));
        }
        const auto read = parse_form(format_form(fields));
        RC_ASSERT(read.has_value());
        RC_ASSERT(*read == fields);
    }));
}

TEST_CASE("a form keeps order and doubles, and passes over what is empty") {
    CHECK(*parse_form("b=2&a=1&b=3&&c") == Fields{{"b", "2"}, {"a", "1"}, {"b", "3"}, {"c", ""}});
    CHECK(*parse_form("a=1=2&=x") == Fields{{"a", "1=2"}, {"", "x"}});
    CHECK(parse_form("")->empty());
}

TEST_CASE("a form with a broken encoding, a NUL, no UTF-8 or too many fields is refused") {
    for (const auto* text : {"a=%", "%=a", "a=%0g", "a=%00", "a=%ff", "a=\xFF"})
        CHECK_MESSAGE(!parse_form(text).has_value(), text);
    std::string many;
    for (std::size_t count = 0; count < form_fields_max; ++count)
        many += "a=1&";
    CHECK(parse_form(many)->size() == form_fields_max);
    CHECK_FALSE(parse_form(many + "a=1").has_value());
}

TEST_CASE("a host is a name or an address, with or without a port, and nothing more") {
    for (const auto* text :
         {"balcao.example", "balcao.example:8080", "192.0.2.1", "[::1]", "[2001:db8::1]:443"})
        CHECK_MESSAGE(is_authority(text), text);
    for (const auto* text : {"", ":80", "a:", "a:b", "a:99999", "a b", "a/b", "a@b", "[::1", "[x]", "[::1]80",
                             "a,b", "a:80:80", "a\xC3\xA9"})
        CHECK_MESSAGE(!is_authority(text), text);
}

TEST_CASE("an address that can be asked is http with a host") {
    CHECK(parse_url("http://127.0.0.1:8080/a?b=c#d") == Url{"127.0.0.1", 8080, "/a?b=c"});
    CHECK(parse_url("http://balcao.example") == Url{"balcao.example", 80, "/"});
    CHECK(parse_url("http://[::1]?x=1") == Url{"::1", 80, "/?x=1"});
    for (const auto* text : {"https://a/", "a", "http://", "http://a b/", "http://a/ b", "http://a/\r\nX: y"})
        CHECK_MESSAGE(!parse_url(text).has_value(), text);
}
