#pragma once
// Links that carry their own right, and the marks and draws that nobody foresees: all grow out of the
// installation's key. Internal to `booking`. A link is looked at before anything is read for it, so nobody
// finds another's by trying, nor keeps a disk busy with it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "booking/appointment.hpp"
#include "crypto/keys.hpp"

namespace balcao::booking {

enum class Right : std::uint8_t {
    hold,          // of who holds a place: to name a person, to let go
    confirmation,  // sent to the address that is to be confirmed
    keep,          // of who has a booking: to see, move, change and cancel it
};

struct Link {
    BookingKey booking;
    Right right = Right::hold;
    std::uint32_t epoch = 0;
};

// Whose calendar: where the bookings stand, and which of them are of this address.
struct CalendarMarks {
    std::string mark;     // of the mail address or phone number, folded
    std::string address;  // the same, as it is written to
};

class Links {
public:
    explicit Links(const crypto::SecretKey& installation);

    // What stands in the address: "baixa.2026-11-24.7K3M9QZT.k1." and 128 bits of HMAC-SHA-256.
    [[nodiscard]] std::string write(const Link& link) const;

    // Nothing for what we did not write.
    [[nodiscard]] std::optional<Link> read(std::string_view text) const;

    // What stands for a mail address or a phone number: the same for ways of writing that reach the same
    // person (letter case, accents, "+tag", spaces, the country's prefix). Empty for an empty one.
    [[nodiscard]] std::string mark_of_mail(std::string_view mail) const;
    [[nodiscard]] std::string mark_of_phone(std::string_view phone, std::string_view prefix) const;

    // What stands for one mail address and no other that is like it: only the case of ASCII letters and
    // spaces around it do not count. For what is sent to the address itself.
    [[nodiscard]] std::string mark_of_address(std::string_view mail) const;

    // The address of a person's calendar; and back, nothing for what we did not write.
    [[nodiscard]] std::string write_calendar(const CalendarMarks& marks) const;
    [[nodiscard]] std::optional<CalendarMarks> read_calendar(std::string_view text) const;

    // From 0 to 1, always the same for one text.
    [[nodiscard]] double draw(std::string_view text) const;

private:
    [[nodiscard]] std::string mark_of(std::string_view kind, std::string_view folded) const;

    crypto::SecretKey links_;
    crypto::SecretKey marks_;
    crypto::SecretKey draws_;
};

// Without what is blank at both ends, as contacts are kept.
std::string trimmed(std::string_view text);
// "Inês+shop@Example.org" as "ines@example.org": for limits, never to say to whom something goes.
std::string folded_mail(std::string_view mail);
// "912 345 678" as "+351912345678".
std::string folded_phone(std::string_view phone, std::string_view prefix);

}  // namespace balcao::booking
