#pragma once
// The code that a citizen says, types or holds to a camera: nine digits, said as three times three, as the
// number of a mobile telephone is: "482 915 370". The first four name a door (the stream of that number and
// day, so that the journal lets one session at a time stand behind it), the last five are what only who was
// told it knows: 100,000 of them, of which a stranger tries five before the code is void. They grow out of
// the installation's key, so that they stand in no event, in no answer and in no backup. Internal to
// `assist`, but for what pages draw.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assist/names.hpp"
#include "base/civil.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/settle.hpp"

namespace balcao::assist {

inline constexpr std::uint32_t doors = 10'000;

struct Code {
    std::uint32_t door = 0;    // below `doors`
    std::uint32_t secret = 0;  // below 100,000
    friend bool operator==(const Code&, const Code&) = default;
};

// "482 915 370".
std::string to_text(const Code& code);
// From what a person typed: blanks, hyphens and dots mean nothing. Nothing when it cannot be a code.
std::optional<Code> read_code(std::string_view typed);

// Which of a session's codes.
struct CodeName {
    SessionKey session;
    std::uint32_t number = 0;
    CodeUse use = CodeUse::screen;
};

// The five digits of that code; `codes` is a key derived for this alone.
std::uint32_t secret_of(const crypto::SecretKey& codes, const CodeName& code);

// What happens at a door: the events of the stream "assist-door/<date>/<door>".

struct DoorGiven {
    static constexpr std::string_view type = "door-given";
    SessionKey session;
    std::uint32_t number = 0;
    CodeUse use = CodeUse::screen;
    Instant until{};
};

// Somebody came with wrong digits.
struct DoorMissed {
    static constexpr std::string_view type = "door-missed";
    std::uint32_t number = 0;
};

struct DoorUsed {
    static constexpr std::string_view type = "door-used";
    std::uint32_t number = 0;
};

using DoorEvent = std::variant<DoorGiven, DoorMissed, DoorUsed>;

journal::Draft encode(const DoorEvent& event);
// Error: invalid, with the place, for what no version of Balcão has written.
Result<DoorEvent> decode_door(const journal::Event& event);

// A door as it is: the fold of its stream.
struct Door {
    std::string stream;
    journal::StreamEnd end;
    Instant last{};
    CodeName given;  // the code that is given out for it last; an empty session: none ever
    Instant until{};
    std::uint32_t misses = 0;
    bool is_used = false;

    // Nobody can be let in by it any more, so that it may be given to another session.
    [[nodiscard]] bool is_free(Instant now) const { return given.session.empty() || is_used || until <= now; }
};

std::string stream_of_door(Date date, std::uint32_t door);

// Error: invalid.
Result<Door> fold_door(const std::string& stream, const std::vector<journal::Event>& events);

}  // namespace balcao::assist
