#pragma once
// A look at who a booking is for, as an event of the stream "looks/<booking>": written before anything is
// shown, kept when the booking moves, is cancelled or its person is erased. Made by Bookings::look and
// look_all, shown to the person by role and place, to auditors with the account. It never says who was seen.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "booking/appointment.hpp"
#include "booking/booking_event.hpp"
#include "journal/event.hpp"

namespace balcao::booking {

enum class LookReason : std::uint8_t {
    to_serve,      // to call, receive or serve the person
    person_asked,  // the person asked, at the counter or by telephone
    to_tell,       // to tell the person of a change
    to_put_right,  // to clear up a mistake or a complaint
};

// The names that programs and forms see: "to-serve".
std::string_view name_of(LookReason reason);
std::optional<LookReason> look_reason_of(std::string_view name);
const std::vector<LookReason>& all_look_reasons();

// Who looks, as the person may know it, and the account for auditors.
struct Onlooker {
    ClerkKey clerk;
    std::string role;  // as staff::name_of says
    model::SiteKey site;
    std::string desk;  // where the clerk sits, "both-2"; empty: at none
};

struct PersonSeen {
    static constexpr std::string_view type = "person-seen";
    BookingKey booking;
    LookReason why = LookReason::to_serve;
    std::string role;
    model::SiteKey site;
    std::string desk;
    bool is_of_list = false;  // with all others of that day
    ClerkKey by;
    friend bool operator==(const PersonSeen&, const PersonSeen&) = default;
};

using LookEvent = std::variant<PersonSeen>;

struct Look {
    Instant at{};
    PersonSeen what;
    friend bool operator==(const Look&, const Look&) = default;
};

std::string stream_of_looks(const BookingKey& booking);
bool is_stream_of_looks(std::string_view stream);

journal::Draft encode(const LookEvent& event);
// Error: invalid, with the place, for what no version of Balcão has written.
Result<LookEvent> decode_look(const journal::Event& event);

// One sentence for each thing in such a stream that must never be there.
std::vector<std::string> inspect_looks(const std::vector<journal::Event>& events);

// One thing that happened to a booking, and in which book it stands.
struct Happening {
    model::SiteKey site;
    Date date{};
    Instant at{};
    BookEvent event;
};

// All that is kept of a booking, for the person whose it is: the note of staff too.
struct Story {
    Appointment appointment;
    std::vector<Happening> happenings;  // in order of time
    std::vector<Look> looks;            // likewise
};

}  // namespace balcao::booking
