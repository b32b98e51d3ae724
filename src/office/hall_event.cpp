#include "office/hall_event.hpp"

#include <array>
#include <span>

#include "journal/codec.hpp"

namespace balcao::office {

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(Standing) {
    static constexpr std::array<std::string_view, 2> words{"ordinary", "priority"};
    return words;
}

std::span<const std::string_view> words_of(CalledBy) {
    static constexpr std::array<std::string_view, 4> words{"unknown", "rule", "hand", "sending"};
    return words;
}

std::span<const std::string_view> words_of(Requeue) {
    static constexpr std::array<std::string_view, 3> words{"keep_count", "lower_count", "forget_calls"};
    return words;
}

std::span<const std::string_view> words_of(Then) {
    static constexpr std::array<std::string_view, 4> words{"goes", "stays", "waits", "collects"};
    return words;
}

std::string to_text(const DeskId& desk) { return to_string(desk); }

bool from_text(std::string_view text, DeskId& desk) {
    const auto found = parse_desk(text);
    if (found) desk = *found;
    return found.has_value();
}

std::uint32_t plain(const Number& number) { return number.value; }

std::uint32_t& plain(Number& number) { return number.value; }

// What an event is about.
template <class Part, class Event>
void subject(Part& part, Event& event) {
    if constexpr (requires { event.service; }) part("service", event.service);
    if constexpr (requires { event.step; }) part.may_lack("step", event.step);
    if constexpr (requires { event.only; }) part.may_lack("only", event.only);
    if constexpr (requires { event.number; }) part("number", event.number);
    if constexpr (requires { event.desk; }) part("desk", event.desk);
    if constexpr (requires { event.from; }) part("from", event.from);
    if constexpr (requires { event.to; }) part("to", event.to);
    if constexpr (requires { event.staff; }) part.may_lack("staff", event.staff);
}

// The members of a leg and of every event, in the order in which they are written.
template <class Part, class Event>
void members(Part& part, Event& event) {
    subject(part, event);
    if constexpr (requires { event.legs; }) part("legs", event.legs);
    if constexpr (requires { event.leg; }) part("leg", event.leg);
    if constexpr (requires { event.rank; }) part.may_lack("rank", event.rank);
    if constexpr (requires { event.standing; }) part.may_lack("standing", event.standing);
    if constexpr (requires { event.channel; }) part.may_lack("channel", event.channel);
    if constexpr (requires { event.person; }) part.may_lack("person", event.person);
    if constexpr (requires { event.appointment; }) part.may_lack("appointment", event.appointment);
    if constexpr (requires { event.passed_over; }) part.may_lack("passed_over", event.passed_over);
    if constexpr (requires { event.called_by; }) part.may_lack("called_by", event.called_by);
    if constexpr (requires { event.manner; }) part.may_lack("manner", event.manner);
    if constexpr (requires { event.reason; }) part.may_lack("reason", event.reason);
    if constexpr (requires { event.then; }) part.may_lack("then", event.then);
    if constexpr (requires { event.next; }) part.may_lack("next", event.next);
    if constexpr (requires { event.at_latest; }) part("at_latest", event.at_latest);
    if constexpr (requires { event.basis; }) part.may_lack("basis", event.basis);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
    if constexpr (requires { event.edition; }) part("edition", event.edition);
}

std::string stream_of(const model::SiteKey& site, Date date) {
    return "site/" + site.text() + "/" + format_date(date);
}

journal::Draft encode(const HallEvent& event) { return journal::encode_as_draft(event); }

Result<HallEvent> decode(const journal::Event& event) { return journal::decode_as<HallEvent>(event); }

}  // namespace balcao::office
