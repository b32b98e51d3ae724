#pragma once
// What happens to letters: the events of the stream "letter/<id>", and of "notice/<site>/<date>/<number>" for
// who wants to be told when a ticket's turn is near. That an appointment owes a letter stands in no event of
// these: it follows from the event of the booking. Internal to `letters`.
#include <variant>

#include "base/result.hpp"
#include "journal/event.hpp"
#include "letters/letter.hpp"

namespace balcao::letters {

using booking::ClerkKey;
using booking::PersonName;

// A letter that follows from no other event.
struct LetterAsked {
    static constexpr std::string_view type = "letter-asked";
    Kind kind = Kind::confirm;
    PersonName person;
    std::string contact;
};

// Somebody carries it, until then; who comes too late for this event leaves it alone.
struct LetterTaken {
    static constexpr std::string_view type = "letter-taken";
    Instant until{};
};

struct LetterDeferred {
    static constexpr std::string_view type = "letter-deferred";
    std::string why;
    Instant again{};
};

struct LetterSent {
    static constexpr std::string_view type = "letter-sent";
};

// Nobody could be reached: staff see it.
struct LetterFailed {
    static constexpr std::string_view type = "letter-failed";
    std::string why;
};

// By staff, of one that failed.
struct LetterRetried {
    static constexpr std::string_view type = "letter-retried";
    ClerkKey by;
    Instant until{};
};

// It is not needed any more, or staff set it aside.
struct LetterDropped {
    static constexpr std::string_view type = "letter-dropped";
    ClerkKey by;
};

using LetterEvent = std::
    variant<LetterAsked, LetterTaken, LetterDeferred, LetterSent, LetterFailed, LetterRetried, LetterDropped>;

struct NoticeAsked {
    static constexpr std::string_view type = "notice-asked";
    int ahead = 0;  // people before the ticket when it is to be told
    PersonName person;
    std::string contact;
};

// The letter is owed from here on.
struct NoticeRung {
    static constexpr std::string_view type = "notice-rung";
    int ahead = 0;
};

// The visit ended before, or the person wants it no more; the key is destroyed in the same commit.
struct NoticeEnded {
    static constexpr std::string_view type = "notice-ended";
};

using NoticeEvent = std::variant<NoticeAsked, NoticeRung, NoticeEnded>;

journal::Draft encode(const LetterEvent& event);
journal::Draft encode(const NoticeEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<LetterEvent> decode_letter(const journal::Event& event);
Result<NoticeEvent> decode_notice(const journal::Event& event);

std::string stream_of(const LetterKey& letter);
std::string stream_of(const TicketName& ticket);
// Nothing for any other stream.
std::optional<LetterKey> letter_of_stream(std::string_view stream);
std::optional<TicketName> ticket_of_stream(std::string_view stream);

// The letter that an event owes.
LetterKey letter_of(const journal::Event& event);

}  // namespace balcao::letters
