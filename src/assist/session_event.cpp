#include "assist/session_event.hpp"

#include "journal/codec.hpp"

namespace balcao::assist {
namespace {

const std::string session_prefix = "assist/";

}  // namespace

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Subject>

void members(Part& part, Value& subject) {
    part.may_lack("service", subject.service);
    part.may_lack("life-event", subject.life_event);
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Consent>

void members(Part& part, Value& consent) {
    part("receiver", consent.receiver);
    part("item", consent.item);
}

// Those of people, places and screens.
template <class Part, class Event>
void members_of_places([[maybe_unused]] Part& part, [[maybe_unused]] Event& event) {
    if constexpr (requires { event.person; }) part("person", event.person);
    if constexpr (requires { event.mediator; }) part.may_lack("mediator", event.mediator);
    if constexpr (requires { event.second; }) part("second", event.second);
    if constexpr (requires { event.witness; }) part.may_lack("witness", event.witness);
    if constexpr (requires { event.supervisor; }) part("supervisor", event.supervisor);
    if constexpr (requires { event.site; }) part("site", event.site);
    if constexpr (requires { event.screen; }) part("screen", event.screen);
    if constexpr (requires { event.is_screen_gone; }) part.may_lack("screen-gone", event.is_screen_gone);
    if constexpr (requires { event.subject; }) part("subject", event.subject);
    if constexpr (requires { event.edition; }) part("edition", event.edition);
    if constexpr (requires { event.steps; }) part.may_lack("steps", event.steps);
    if constexpr (requires { event.mode; }) part("mode", event.mode);
    if constexpr (requires { event.driver; }) part("driver", event.driver);
    if constexpr (requires { event.purpose; }) part.may_lack("purpose", event.purpose);
    if constexpr (requires { event.reference; }) part("reference", event.reference);
}

template <class Part, class Event>
requires requires { Event::type; }

void members([[maybe_unused]] Part& part, [[maybe_unused]] Event& event) {
    members_of_places(part, event);
    if constexpr (requires { event.step; }) part("step", event.step);
    if constexpr (requires { event.showing; }) part("showing", event.showing);
    if constexpr (requires { event.language; }) part("language", event.language);
    if constexpr (requires { event.asked; }) part.may_lack("asked", event.asked);
    if constexpr (requires { event.given; }) part.may_lack("given", event.given);
    if constexpr (requires { event.hash; }) part("hash", event.hash);
    if constexpr (requires { event.sealed; }) part("sealed", event.sealed);
    if constexpr (requires { event.words; }) part.may_lack("words", event.words);
    if constexpr (requires { event.why; }) part("why", event.why);
    if constexpr (requires { event.use; }) part("use", event.use);
    if constexpr (requires { event.number; }) part("number", event.number);
    if constexpr (requires { event.kind; }) part("kind", event.kind);
    if constexpr (requires { event.by; }) part("by", event.by);
    if constexpr (requires { event.until; }) part("until", event.until);
    if constexpr (requires { event.seen; }) part.may_lack("seen", event.seen);
}

journal::Draft encode(const SessionEvent& event) { return journal::encode_as_draft(event); }

Result<SessionEvent> decode_session(const journal::Event& event) {
    return journal::decode_as<SessionEvent>(event);
}

std::string stream_of(const SessionKey& session) { return session_prefix + session.text(); }

std::optional<SessionKey> session_of_stream(std::string_view stream) {
    if (!stream.starts_with(session_prefix) || stream.size() == session_prefix.size()) return std::nullopt;
    return SessionKey{std::string{stream.substr(session_prefix.size())}};
}

}  // namespace balcao::assist
