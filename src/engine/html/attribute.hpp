#pragma once
// Attributes of elements. Their names are checked at compile time, their values are escaped; an address must
// be a Url, a style has only numbers as holes, and handlers ("onclick") do not exist. Used with
// Content::element.
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "html/literal.hpp"
#include "html/url.hpp"

namespace balcao::html {

constexpr bool is_lower_name(std::string_view name) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && is_lower(name.front()) && std::ranges::all_of(name, [&](char c) {
        return is_lower(c) || (c >= '0' && c <= '9') || c == '-';
    });
}

// Attributes whose value a browser follows.
constexpr bool is_address_name(std::string_view name) {
    constexpr std::array<std::string_view, 7> names{"href",   "src",  "action", "formaction",
                                                    "poster", "cite", "data"};
    return std::ranges::find(names, name) != names.end();
}

// Attributes with text as value. Of names with capitals only those of SVG that drawings need.
constexpr bool is_text_name(std::string_view name) {
    constexpr std::array<std::string_view, 5> refused{"style", "srcset", "srcdoc", "http-equiv", "ping"};
    constexpr std::array<std::string_view, 4> of_svg{"viewBox", "preserveAspectRatio", "textLength",
                                                     "pathLength"};
    if (std::ranges::find(of_svg, name) != of_svg.end()) return true;
    return is_lower_name(name) && !name.starts_with("on") && !is_address_name(name) &&
           std::ranges::find(refused, name) == refused.end();
}

class Attribute {
public:
    // ` name="value"`, escaped; nothing for an absent one.
    void append_to(std::string& out) const;

    // The attribute, or none: when(is_open, with<"open">()).
    friend Attribute when(bool is_there, Attribute attribute) {
        if (!is_there) attribute.kind_ = Kind::absent;
        return attribute;
    }

private:
    enum class Kind : unsigned char { absent, flag, valued };

    template <Literal Name>
    struct Stored {  // the name outlives every attribute
        static constexpr auto name = Name;
    };

    Attribute(Kind kind, std::string_view name, std::string value)
        : kind_{kind}, name_{name}, value_{std::move(value)} {}

    template <Literal Name>
    requires(is_text_name(Name.view())) friend Attribute with();
    template <Literal Name>
    requires(is_text_name(Name.view())) friend Attribute with(std::string_view value);
    template <Literal Name>
    requires(is_address_name(Name.view())) friend Attribute with(Url address);
    friend class Style;

    Kind kind_;
    std::string_view name_;
    std::string value_;
};

// An attribute without a value: with<"open">().
template <Literal Name>

requires(is_text_name(Name.view())) Attribute with() {
    return {Attribute::Kind::flag, Attribute::Stored<Name>::name.view(), {}};
}

// with<"class">("wide").
template <Literal Name>

requires(is_text_name(Name.view())) Attribute with(std::string_view value) {
    return {Attribute::Kind::valued, Attribute::Stored<Name>::name.view(), std::string{value}};
}

// with<"href">(Url::fragment("waits")).
template <Literal Name>

requires(is_address_name(Name.view())) Attribute with(Url address) {
    return {Attribute::Kind::valued, Attribute::Stored<Name>::name.view(), std::move(address).text()};
}

// The shortest decimal form; the number must be finite.
std::string decimal(double number);
std::string decimal(std::int64_t number);

// with<"colspan">(3), with<"cx">(12.5).
template <Literal Name, class Number>

requires(is_text_name(Name.view()) &&
         (std::integral<Number> || std::floating_point<Number>)&&!std::same_as<Number, bool>) Attribute
    with(Number value) {
    if constexpr (std::integral<Number>)
        return with<Name>(std::string_view{decimal(static_cast<std::int64_t>(value))});
    else
        return with<Name>(std::string_view{decimal(static_cast<double>(value))});
}

// A style whose only holes are numbers: Style{}.set<"--load", "%">(83.5).attribute().
class Style {
public:
    template <Literal Property, Literal Unit = "">

    requires(is_lower_name(Property.view()) || Property.view().starts_with("--")) Style& set(double value) {
        return append(Property.view(), value, Unit.view());
    }

    [[nodiscard]] Attribute attribute() const { return {Attribute::Kind::valued, "style", declarations_}; }

private:
    Style& append(std::string_view property, double value, std::string_view unit);

    std::string declarations_;
};

}  // namespace balcao::html
