#include "device/device_event.hpp"

#include <array>

#include "journal/codec.hpp"

namespace balcao::device {

// What the journal's codec asks of the types in events.
constexpr std::array<std::string_view, 2> words_of(Kind) { return {"kiosk", "display"}; }

// The members of every event, in the order in which they are written.
template <class Part, class Event>
void members(Part& part, Event& event) {
    part("device", event.device);
    if constexpr (requires { event.code; }) part("code", event.code);
    if constexpr (requires { event.kind; }) part("kind", event.kind);
    if constexpr (requires { event.site; }) part("site", event.site);
    if constexpr (requires { event.kiosk; }) part.may_lack("kiosk", event.kiosk);
    if constexpr (requires { event.name; }) part("name", event.name);
    if constexpr (requires { event.prints; }) part.may_lack("prints", event.prints);
    if constexpr (requires { event.secret; }) part("secret", event.secret);
    if constexpr (requires { event.seen; }) part("seen", event.seen);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
}

journal::Draft encode(const DeviceEvent& event) { return journal::encode_as_draft(event); }

Result<DeviceEvent> decode(const journal::Event& event) { return journal::decode_as<DeviceEvent>(event); }

}  // namespace balcao::device
