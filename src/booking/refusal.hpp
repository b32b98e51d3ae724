#pragma once
// Why something was not done with a booking, and what is true now, for pages to word in the person's
// language. Used by every command of `booking`.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.hpp"
#include "rules/slots.hpp"

namespace balcao::booking {

enum class Reason : std::uint8_t {
    unavailable,  // the journal cannot be read or written now; the same key later finds what was done
    no_such_site,
    no_such_booking,  // nor is it said whether there ever was one
    name_missing,
    name_unfit,       // longer than settings allow, or not text; likewise below
    contact_missing,  // neither mail nor phone
    phone_missing,    // of an appointment by telephone
    mail_unfit,
    phone_unfit,
    note_unfit,
    hold_over,        // not confirmed in time
    not_confirmed,    // held, or not yet confirmed by its person
    no_contact_yet,   // nobody's: there is nothing to confirm
    already_arrived,  // when: since when
    not_arrived,
    already_reminded,
    is_over,           // the time of the appointment has come or gone
    not_at_site,       // start: when it is, by telephone or video; nobody comes in for it
    not_today,         // start: when it is
    too_early,         // when: from when on one may check in
    too_late,          // when: until when one could
    nobody_named,      // nobody was named yet, or it is not known any more who it was for
    look_over,         // when: since when; a look is asked for anew
    too_many_changes,  // of who it is for
    // As rules::Refusal; `next` is what is free.
    not_offered,
    too_many_open,
    too_many_that_day,
    no_such_slot,
    past,
    too_many_slots,
    too_soon,
    not_yet_released,
    does_not_fit,
    full,
    following_full,
};

// "hold-over": the name that programs see.
std::string_view name_of(Reason reason);

Reason reason_of(rules::Refusal refusal);

struct Refusal {
    Reason reason{};
    std::optional<Instant> start{};          // of the booking
    std::optional<Instant> when{};           // as the reason says
    std::optional<rules::FreeStart> next{};  // the first that is free from the wish on, or else at all
};

template <class T>
using Answer = std::variant<T, Refusal>;

}  // namespace balcao::booking
