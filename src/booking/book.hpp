#pragma once
// The bookings of one site and day, and those of one person, as the folds of their streams. Internal to
// `booking`, whose commands decide on them. They know no clock and no key: who a booking is for stands in
// them as it was sealed.
#include <map>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "booking/booking_event.hpp"
#include "journal/settle.hpp"

namespace balcao::booking {

struct Record {
    Placed what;
    State state;
    std::uint64_t number = 0;  // the version of the event that brought it to this day
    Instant made{};
    bool is_reminded = false;
    int check_ins = 0;
    int moves = 0;
    int namings = 0;  // how often the person, not a clerk, said who it is for
    PersonName note_person;
    std::string note;  // sealed
    friend bool operator==(const Record&, const Record&) = default;
};

// Whether something can still come of it: held, to be confirmed, or confirmed and not cancelled or moved.
bool stands(const Record& record, Instant now);

// The place that it takes or that is blocked in its stead; nothing when there is none. `plan` is the one in
// force.
std::optional<rules::Booking> place_of(const Record& record, const rules::SlotPlan& plan);

// A site on a day.
struct DayName {
    model::SiteKey site;
    Date date{};
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const DayName&, const DayName&) = default;
};

struct Day {
    std::map<BookingKey, Record> records;  // what moved away is here under `left_behind`
    std::map<BookingKey, DayName> moved;   // away from here, and where to (by the date of its new start)
    journal::StreamEnd end;
    Instant last{};  // when the last event happened

    // The events of its stream in order. `zone` is the site's.
    void apply(const BookEvent& event, const journal::Event& as_kept, const Zone& zone);

    // Null when there is none of that name.
    [[nodiscard]] const Record* find(const BookingKey& booking) const;

    [[nodiscard]] bool has_code(const std::string& code) const;

    friend bool operator==(const Day& a, const Day& b) {
        return a.records == b.records && a.moved == b.moved && a.end.version == b.end.version &&
               a.last == b.last;
    }
};

// The bookings of whom a mark stands for, over all sites.
struct Booker {
    std::map<BookingKey, BookingTaken> bookings;
    journal::StreamEnd end;
    Instant last{};

    void apply(const BookerEvent& event, const journal::Event& as_kept);

    // Those that still stand, as the limits count them for a wish at that site, without one of them.
    [[nodiscard]] std::vector<rules::OwnBooking> own(const model::SiteKey& site,
                                                     const BookingKey& without,
                                                     Instant now) const;
};

// The name of what a booking that moved away leaves where it was, until somebody else gets the place.
BookingKey left_behind(const BookingKey& booking, std::uint64_t number);

// "book/<site>/2026-11-24"
std::string stream_of(const DayName& day);
std::string stream_of_booker(const std::string& mark);

// The day of a stream of bookings; nothing for any other stream.
std::optional<DayName> day_of_stream(std::string_view stream);

// "baixa.2026-11-24.7K3M9QZT", and the site and day in it; nothing where they are not.
BookingKey new_booking(const DayName& day);
std::optional<DayName> first_day_of(const BookingKey& booking);

}  // namespace balcao::booking
