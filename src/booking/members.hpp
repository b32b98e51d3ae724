#pragma once
// The members of the values that `booking` writes: inside events, sealed, or as a command's answer. Internal;
// included where journal/codec.hpp puts them into words.
#include "booking/booking_event.hpp"

namespace balcao::booking {

// What a command was answered, as it is kept under its key; links grow out of it again.
struct Told {
    BookingKey booking;
    model::SiteKey site;
    Instant start{};
    int minutes = 0;
    std::string code;
    Instant until{};
    std::uint32_t epoch = 0;
    bool is_named = false;  // somebody's, so that there is something to confirm
    bool is_over = false;
};

inline Told told_of(const BookingKey& booking,
                    const model::SiteKey& site,
                    const Placed& what,
                    Instant until) {
    return {booking, site,       what.start,           what.minutes, what.code,
            until,   what.epoch, !what.person.empty(), false};
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Placed>

void members(Part& part, Value& what) {
    part("start", what.start);
    part("minutes", what.minutes);
    part("window", what.window);
    part("channel", what.channel);
    part("services", what.services);
    part("code", what.code);
    part.may_lack("staff", what.is_staff);
    part.may_lack("person", what.person);
    part.may_lack("contact", what.contact);
    part.may_lack("marks", what.marks);
    part.may_lack("exempt", what.is_exempt);
    part.may_lack("epoch", what.epoch);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Contact>

void members(Part& part, Value& contact) {
    part("name", contact.name);
    part.may_lack("mail", contact.mail);
    part.may_lack("phone", contact.phone);
    part.may_lack("note", contact.note);
    part.may_lack("language", contact.language);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Told>

void members(Part& part, Value& told) {
    part("booking", told.booking);
    part("site", told.site);
    part("start", told.start);
    part("minutes", told.minutes);
    part("code", told.code);
    part.may_lack("until", told.until);
    part.may_lack("epoch", told.epoch);
    part.may_lack("named", told.is_named);
    part.may_lack("over", told.is_over);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Arrival>

void members(Part& part, Value& arrival) {
    part("booking", arrival.booking);
    part("site", arrival.site);
    part("start", arrival.start);
    part("services", arrival.services);
    part("channel", arrival.channel);
    part("ticket", arrival.ticket);
}

}  // namespace balcao::booking
