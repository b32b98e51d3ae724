#include "booking/refusal.hpp"

#include <array>

namespace balcao::booking {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 35> names{
        "unavailable",
        "no-such-site",
        "no-such-booking",
        "name-missing",
        "name-unfit",
        "contact-missing",
        "phone-missing",
        "mail-unfit",
        "phone-unfit",
        "note-unfit",
        "hold-over",
        "not-confirmed",
        "no-contact-yet",
        "already-arrived",
        "not-arrived",
        "already-reminded",
        "is-over",
        "not-at-site",
        "not-today",
        "too-early",
        "too-late",
        "nobody-named",
        "look-over",
        "too-many-changes",
        "not-offered",
        "too-many-open",
        "too-many-that-day",
        "no-such-slot",
        "past",
        "too-many-slots",
        "too-soon",
        "not-yet-released",
        "does-not-fit",
        "full",
        "following-full",
    };
    static_assert(static_cast<std::size_t>(Reason::following_full) + 1 == names.size());
    return names[static_cast<std::size_t>(reason)];
}

Reason reason_of(rules::Refusal refusal) {
    static_assert(static_cast<int>(rules::Refusal::following_full) ==
                  static_cast<int>(Reason::following_full) - static_cast<int>(Reason::not_offered));
    return static_cast<Reason>(static_cast<int>(Reason::not_offered) + static_cast<int>(refusal));
}

}  // namespace balcao::booking
