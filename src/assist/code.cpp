#include "assist/code.hpp"

#include "base/utf8.hpp"
#include "journal/codec.hpp"

namespace balcao::assist {
namespace {

constexpr std::uint32_t secrets = 100'000;
constexpr std::size_t door_digits = 4;
constexpr std::size_t code_digits = 9;
constexpr std::size_t group = 3;

// A number with zeros before it.
std::string digits_of(std::uint32_t number, std::size_t count) {
    std::string digits = std::to_string(number);
    if (digits.size() < count) digits.insert(0, count - digits.size(), '0');
    return digits;
}

// Of digits alone.
std::uint32_t number_of(std::string_view digits) {
    std::uint32_t number = 0;
    for (const char digit : digits)
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    return number;
}

struct DoorFolding {
    Door& door;

    void operator()(const DoorGiven& given) {
        door.given = {given.session, given.number, given.use};
        door.until = given.until;
        door.misses = 0;
        door.is_used = false;
    }

    void operator()(const DoorMissed&) { ++door.misses; }

    void operator()(const DoorUsed&) { door.is_used = true; }
};

}  // namespace

template <class Part, class Event>
requires std::same_as<std::remove_const_t<Event>, DoorGiven>

void members(Part& part, Event& event) {
    part("session", event.session);
    part("number", event.number);
    part("use", event.use);
    part("until", event.until);
}

template <class Part, class Event>
requires std::same_as<std::remove_const_t<Event>, DoorMissed> ||
    std::same_as<std::remove_const_t<Event>, DoorUsed>

void members(Part& part, Event& event) { part("number", event.number); }

journal::Draft encode(const DoorEvent& event) { return journal::encode_as_draft(event); }

Result<DoorEvent> decode_door(const journal::Event& event) { return journal::decode_as<DoorEvent>(event); }

std::string to_text(const Code& code) {
    std::string text = digits_of(code.door, door_digits) + digits_of(code.secret, code_digits - door_digits);
    text.insert(2 * group, " ");
    text.insert(group, " ");
    return text;
}

std::optional<Code> read_code(std::string_view typed) {
    std::string digits;
    for (const char letter : typed) {
        if (letter == ' ' || letter == '-' || letter == '.') continue;
        if (!is_digit(letter) || digits.size() == code_digits) return std::nullopt;
        digits.push_back(letter);
    }
    if (digits.size() != code_digits) return std::nullopt;
    const std::string_view all{digits};
    return Code{number_of(all.substr(0, door_digits)), number_of(all.substr(door_digits))};
}

std::uint32_t secret_of(const crypto::SecretKey& codes, const CodeName& code) {
    const auto mac = crypto::authenticate(codes, code.session.text() + "/" + std::to_string(code.number) +
                                                     "/" + std::string{name_of(code.use)});
    std::uint64_t bits = 0;
    for (std::size_t place = 0; place < 8; ++place)
        bits = (bits << 8U) | mac.at(place);
    return static_cast<std::uint32_t>(bits % secrets);
}

std::string stream_of_door(Date date, std::uint32_t door) {
    return "assist-door/" + format_date(date) + "/" + digits_of(door, door_digits);
}

Result<Door> fold_door(const std::string& stream, const std::vector<journal::Event>& events) {
    Door door;
    door.stream = stream;
    for (const auto& event : events) {
        BALCAO_TRY(const auto decoded, decode_door(event));
        DoorFolding folding{door};
        std::visit(folding, decoded);
        door.end = {event.version, event.salt};
        door.last = event.at;
    }
    return door;
}

}  // namespace balcao::assist
