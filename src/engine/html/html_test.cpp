#include "html/html.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao::html;

namespace {

template <Fills Function>
std::string built(Function fill) {
    return fragment(fill).text();
}

template <Literal Name>
concept IsElement = requires(Content& content) {
    content.element<Name>("x");
};

template <Literal Name>
concept IsEmpty = requires(Content& content) {
    content.empty<Name>();
};

template <Literal Name, class Value>
concept TakesAttribute = requires(Value value) {
    with<Name>(value);
};

std::string_view sheet() { return "p{margin:0}"; }

}  // namespace

// What must not compile.
static_assert(IsElement<"td"> && IsElement<"my-plot">);
static_assert(!IsElement<"script"> && !IsElement<"style"> && !IsElement<"iframe"> && !IsElement<"br">);
static_assert(!IsElement<"TD"> && !IsElement<"td class"> && !IsElement<"td>"> && !IsElement<"">);
static_assert(IsEmpty<"br"> && !IsEmpty<"td">);
static_assert(TakesAttribute<"class", std::string_view> && TakesAttribute<"viewBox", std::string_view>);
static_assert(TakesAttribute<"colspan", int> && !TakesAttribute<"hidden", bool>);
static_assert(TakesAttribute<"href", Url> && !TakesAttribute<"href", std::string_view>);
static_assert(!TakesAttribute<"onclick", std::string_view> && !TakesAttribute<"style", std::string_view>);
static_assert(!TakesAttribute<"srcdoc", std::string_view> && !TakesAttribute<"a=b", std::string_view>);
static_assert(!std::is_constructible_v<Html, std::string> && !std::is_default_constructible_v<Html>);
static_assert(!std::is_convertible_v<std::string, Trusted> &&
              !std::is_convertible_v<std::string_view, Trusted>);

TEST_CASE("what people write stands for itself, whatever it is") {
    CHECK(built([](Content& at) { at.text("<b> & \"x\" 'y'"); }) ==
          "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;");
    CHECK(built([](Content& at) { at.text("São João 東京 👋"); }) == "São João 東京 👋");
    CHECK(built([](Content& at) { at.text("S\xE3o"); }) == "S\uFFFDo");
    CHECK(built([](Content& at) { at.text(std::string_view{"a\0b\x1B\t\n", 6}); }) == "a\uFFFDb\uFFFD\t\n");
}

TEST_CASE("elements close in the order in which they were opened") {
    const std::string html = built([](Content& at) {
        at.element<"ul">({with<"class">("waits")}, [](Content& list) {
            for (const char* name : {"a", "b"})
                list.element<"li">(name);
        });
        at.empty<"hr">().element<"p">([](Content& p) { p.text("1 ").element<"b">("2"); });
    });
    CHECK(html == "<ul class=\"waits\"><li>a</li><li>b</li></ul><hr><p>1 <b>2</b></p>");
}

TEST_CASE("an attribute's value cannot leave its quotes") {
    const std::string html = built([](Content& at) {
        at.element<"p">({with<"title">("\" onclick=\"x\" '<>&"), with<"data-n">(-2), with<"data-x">(0.25),
                         with<"hidden">(), when(false, with<"lang">("pt"))},
                        "");
    });
    CHECK(html ==
          "<p title=\"&quot; onclick=&quot;x&quot; &#39;&lt;&gt;&amp;\" data-n=\"-2\" data-x=\"0.25\" "
          "hidden></p>");
}

TEST_CASE("a style has numbers as its only holes") {
    const auto style = Style{}.set<"--load", "%">(83.5).set<"width", "px">(1e-7).attribute();
    CHECK(built([&](Content& at) { at.element<"i">({style}, ""); }) ==
          "<i style=\"--load: 83.5%; width: 0.0000001px\"></i>");
}

TEST_CASE("data for a script cannot end the script") {
    const std::string html = built([](Content& at) { at.json_data("rows", R"({"a": "</script><!--&"})"); });
    CHECK(html ==
          "<script type=\"application/json\" id=\"rows\">{\"a\": "
          "\"\\u003c/script\\u003e\\u003c!--\\u0026\"}</script>");
}

TEST_CASE("scripts and styles of ours stand as they are") {
    const std::string html = built([](Content& at) {
        at.script("if (1 < 2 && 3) go();").style_sheet(Trusted::built_in<sheet>()).raw("<wbr>");
    });
    CHECK(html == "<script>if (1 < 2 && 3) go();</script><style>p{margin:0}</style><wbr>");
}

TEST_CASE("a page says its language, its title and its policy") {
    const Html page = document(
        {.language = "pt", .title = "A & B", .security_policy = "default-src 'none'"},
        [](Content& head) { head.empty<"meta">({with<"name">("robots")}); },
        [](Content& body) { body.element<"main">("x"); });
    CHECK(page.text() ==
          "<!DOCTYPE html>\n<html lang=\"pt\">\n<head><meta charset=\"utf-8\">"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;\">"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>A &amp; B</title>"
          "<meta name=\"robots\"></head>\n<body><main>x</main></body>\n</html>\n");
}

TEST_CASE("a piece that was built before is inserted as it is") {
    const Html cell = fragment([](Content& at) { at.element<"td">("<"); });
    CHECK(built([&](Content& at) {
              at.element<"tr">([&](Content& row) { row.insert(cell).insert(cell); });
          }) == "<tr><td>&lt;</td><td>&lt;</td></tr>");
}

TEST_CASE("whatever the text, no tag and no quote comes out of it") {
    CHECK(rc::check([](const std::string& words) {
        const std::string html = built([&](Content& at) { at.text(words); });
        RC_ASSERT(html.find_first_of("<>\"'") == std::string::npos);
    }));
}
