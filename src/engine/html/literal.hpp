#pragma once
// Text that stands in the program itself, and so needs no escaping: names of elements and attributes as
// template arguments, and pieces of markup, script or style as `Trusted`. What comes from outside can become
// neither. Used by the rest of this module and by who builds pages.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace balcao::html {

// A string literal as a template argument: element<"td">.
template <std::size_t Size>
struct Literal {
    std::array<char, Size> bytes{};

    // NOLINTNEXTLINE(google-explicit-constructor,*-avoid-c-arrays): a literal is what it is made of
    consteval Literal(const char (&text)[Size]) { std::copy_n(text, Size, bytes.begin()); }

    [[nodiscard]] constexpr std::string_view view() const { return {bytes.data(), Size - 1}; }
};

// Markup, script or style that we wrote: a string literal, or what a named function hands out of files built
// into the program.
class Trusted {
public:
    constexpr Trusted() = default;

    // NOLINTNEXTLINE(google-explicit-constructor): consteval, so only a literal converts
    consteval Trusted(const char* text) : text_{text} {}

    // Trusted::built_in<report::page_script>(): the function is a template argument, so it is known at
    // compile time; it must return what was built in and nothing else.
    template <std::string_view (*Asset)()>
    static Trusted built_in() {
        return Trusted{Asset(), 0};
    }

    [[nodiscard]] constexpr std::string_view text() const { return text_; }

private:
    constexpr Trusted(std::string_view text, int) : text_{text} {}

    std::string_view text_;
};

}  // namespace balcao::html
