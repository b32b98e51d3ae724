#include "html/attribute.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

#include "base/check.hpp"
#include "html/escape.hpp"

namespace balcao::html {

void Attribute::append_to(std::string& out) const {
    if (kind_ == Kind::absent) return;
    out += ' ';
    out += name_;
    if (kind_ == Kind::flag) return;
    out += "=\"";
    append_escaped(out, value_);
    out += '"';
}

std::string decimal(double number) {
    BALCAO_CHECK(std::isfinite(number));
    std::array<char, 512> buffer{};  // the longest fixed form has 17 digits behind 324 zeros
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            number == 0 ? 0.0 : number, std::chars_format::fixed);
    BALCAO_CHECK(error == std::errc{});
    return {buffer.data(), end};
}

std::string decimal(std::int64_t number) { return std::to_string(number); }

Style& Style::append(std::string_view property, double value, std::string_view unit) {
    if (!declarations_.empty()) declarations_ += "; ";
    declarations_ += property;
    declarations_ += ": ";
    declarations_ += decimal(value);
    declarations_ += unit;
    return *this;
}

}  // namespace balcao::html
