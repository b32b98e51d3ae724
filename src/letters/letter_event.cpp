#include "letters/letter_event.hpp"

#include <array>
#include <charconv>
#include <span>

#include "crypto/hash.hpp"
#include "journal/codec.hpp"

namespace balcao::letters {
namespace {

const std::string letter_prefix = "letter/";
const std::string notice_prefix = "notice/";
constexpr std::size_t key_bytes = 15;
constexpr std::array<std::string_view, 9> kinds{
    "confirm", "confirmed", "moved", "cancelled", "reminder", "links", "notice", "case-opened", "case-asked"};

}  // namespace

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(Kind) { return kinds; }

template <class Part, class Event>
requires requires { Event::type; }

void members(Part& part, Event& event) {
    if constexpr (requires { event.kind; }) part.may_lack("kind", event.kind);
    if constexpr (requires { event.ahead; }) part.may_lack("ahead", event.ahead);
    if constexpr (requires { event.person; }) part("person", event.person);
    if constexpr (requires { event.contact; }) part("contact", event.contact);
    if constexpr (requires { event.until; }) part("until", event.until);
    if constexpr (requires { event.why; }) part("why", event.why);
    if constexpr (requires { event.again; }) part("again", event.again);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
}

std::string_view name_of(Kind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

journal::Draft encode(const LetterEvent& event) { return journal::encode_as_draft(event); }

journal::Draft encode(const NoticeEvent& event) { return journal::encode_as_draft(event); }

Result<LetterEvent> decode_letter(const journal::Event& event) {
    return journal::decode_as<LetterEvent>(event);
}

Result<NoticeEvent> decode_notice(const journal::Event& event) {
    return journal::decode_as<NoticeEvent>(event);
}

std::string stream_of(const LetterKey& letter) { return letter_prefix + letter.text(); }

std::string stream_of(const TicketName& ticket) {
    return notice_prefix + ticket.site.text() + "/" + format_date(ticket.date) + "/" +
           std::to_string(ticket.number);
}

std::optional<LetterKey> letter_of_stream(std::string_view stream) {
    if (!stream.starts_with(letter_prefix)) return std::nullopt;
    return LetterKey{std::string{stream.substr(letter_prefix.size())}};
}

std::optional<TicketName> ticket_of_stream(std::string_view stream) {
    if (!stream.starts_with(notice_prefix)) return std::nullopt;
    const auto number = stream.rfind('/');
    const auto date = stream.rfind('/', number - 1);
    if (date == std::string_view::npos || date < notice_prefix.size()) return std::nullopt;
    const auto day = parse_date(stream.substr(date + 1, number - date - 1));
    if (!day) return std::nullopt;
    TicketName name{
        model::SiteKey{std::string{stream.substr(notice_prefix.size(), date - notice_prefix.size())}}, *day,
        0};
    const auto digits = stream.substr(number + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), name.number);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return name;
}

LetterKey letter_of(const journal::Event& event) {
    const auto hash = crypto::sha256({event.stream, "#", std::to_string(event.version)});
    return LetterKey{crypto::to_hex(crypto::bytes_of(hash).substr(0, key_bytes))};
}

}  // namespace balcao::letters
