#include "keeping/words.hpp"

#include "base/civil.hpp"
#include "text/number.hpp"

namespace balcao::keeping {

namespace {

std::string two_digits(std::int64_t number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

}  // namespace

std::string number_text(std::uint64_t number) {
    return text::format_number(static_cast<double>(number), "en", 0);
}

std::string counted(std::uint64_t count, std::string_view one) {
    return number_text(count) + " " + std::string{one} + (count == 1 ? "" : "s");
}

std::string time_text(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(at - day)};
    return format_date(day) + " " + two_digits(clock.hours().count()) + ":" +
           two_digits(clock.minutes().count()) + ":" + two_digits(clock.seconds().count()) + " UTC";
}

}  // namespace balcao::keeping
