#include "base/utf8.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;

TEST_CASE("the names of people and places pass as they are") {
    for (const char* text :
         {"", "Lisboa", "Estação São João", "¿Cuánto espero?", "日本", "👋🏽", "\xF4\x8F\xBF\xBF"}) {
        INFO(text);
        CHECK_FALSE(find_invalid_utf8(text));
        CHECK(replace_invalid_utf8(text) == text);
    }
}

TEST_CASE("text that is not UTF-8 is found at its first wrong byte") {
    CHECK(find_invalid_utf8("S\xE3o Jo\xE3o") == 1);    // Latin-1
    CHECK(find_invalid_utf8("1234567 caf\xC3") == 11);  // cut off
    CHECK(find_invalid_utf8("\xC0\xAF") == 0);          // overlong
    CHECK(find_invalid_utf8("a\xED\xA0\x80") == 1);     // surrogate
    CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond Unicode
    CHECK(find_invalid_utf8("\x80") == 0);              // a following byte alone
    CHECK(find_invalid_utf8("12345678\xFF") == 8);
}

TEST_CASE("each broken part becomes one replacement character") {
    CHECK(replace_invalid_utf8("S\xE3o") == "S\xEF\xBF\xBDo");
    CHECK(replace_invalid_utf8("a\xF0\x9F\x91z") == "a\xEF\xBF\xBDz");  // three of four bytes
    CHECK(replace_invalid_utf8("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("every character reads back as it was written") {
    CHECK(rc::check([] {
        const auto value = static_cast<char32_t>(*rc::gen::oneOf(
            rc::gen::inRange(0, 0xD800), rc::gen::inRange(0xE000, 0x110000), rc::gen::inRange(0, 0x900)));
        std::string text;
        append_utf8(text, value);
        const CodePoint point = decode_utf8(text);
        RC_ASSERT(point.is_valid);
        RC_ASSERT(point.value == value);
        RC_ASSERT(point.length == text.size());
    }));
}

TEST_CASE("whatever the bytes, what is left after replacing is UTF-8") {
    CHECK(rc::check(
        [](const std::string& bytes) { RC_ASSERT(!find_invalid_utf8(replace_invalid_utf8(bytes))); }));
}
