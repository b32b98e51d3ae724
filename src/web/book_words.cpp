#include "web/book_words.hpp"

#include "front/appointment_words.hpp"

namespace balcao::web {

std::string line_of(const booking::Appointment& appointment, const Shared& shared, const Words& words) {
    return front::line_of(appointment, {shared.office.model(), shared.office.zone()}, words);
}

std::optional<Instant> instant_in(std::string_view text) {
    std::int64_t count = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || count > 100'000'000'000'000) return std::nullopt;
        count = count * 10 + (digit - '0');
    }
    return text.empty() ? std::nullopt : std::optional{Instant{std::chrono::milliseconds{count}}};
}

}  // namespace balcao::web
