#include "html/url.hpp"

#include <doctest/doctest.h>

using balcao::html::Url;

TEST_CASE("a place in the page is named by its id") {
    CHECK(Url::fragment("são \"x\"").text() == "#s%C3%A3o%20%22x%22");
}

TEST_CASE("a path keeps each of its parts to itself") {
    CHECK(Url::path({"sites", "loja a/b?"}, {{"day", "2026-01-05"}, {"q", "a&b=c"}})->text() ==
          "/sites/loja%20a%2Fb%3F?day=2026-01-05&q=a%26b%3Dc");
    CHECK(Url::path({})->text() == "/");
    CHECK_FALSE(Url::path({"sites", ".."}));
    CHECK_FALSE(Url::path({"", "elsewhere.example"}));
}

TEST_CASE("an address on the web is http or https and has a host") {
    CHECK(Url::web("https://dados.gov.pt/datasets?x=1#y")->text() == "https://dados.gov.pt/datasets?x=1#y");
    CHECK(Url::web("http://example.org"));
    for (const char* wrong : {"", "javascript:alert(1)", "JavaScript://x", "data:text/html,x",
                              "//example.org", "https://", "https:///x", "https://a b", "https://x\"y",
                              "https://known.pt@example.org", " https://x", "ftp://x", "https://x\ny"}) {
        INFO(wrong);
        CHECK_FALSE(Url::web(wrong));
    }
}

TEST_CASE("bytes in the page are in base64") {
    CHECK(Url::data<"text/plain">("").text() == "data:text/plain;base64,");
    CHECK(Url::data<"text/plain">("f").text() == "data:text/plain;base64,Zg==");
    CHECK(Url::data<"text/plain">("fo").text() == "data:text/plain;base64,Zm8=");
    CHECK(Url::data<"text/plain">("foobar").text() == "data:text/plain;base64,Zm9vYmFy");
    CHECK(Url::data<"text/plain">("\xFF\xFE\xFD").text() == "data:text/plain;base64,//79");
}

TEST_CASE("a telephone number is a link only when it can be called") {
    CHECK(Url::telephone("+351912345678")->text() == "tel:+351912345678");
    for (const char* wrong : {"", "912345678", "+12345", "+1234567890123456", "+351 912", "+351\"912345"})
        CHECK_FALSE_MESSAGE(Url::telephone(wrong), wrong);
}
