#include "staff/staff_event.hpp"

#include "journal/codec.hpp"

namespace balcao::staff {

// What the journal's codec asks of the types in events.
std::string to_text(Role role) { return std::string{name_of(role)}; }

bool from_text(std::string_view text, Role& role) {
    const auto found = role_of(text);
    role = found.value_or(role);
    return found.has_value();
}

// The members of a grant and of every event, in the order in which they are written.
template <class Part, class Event>
void members(Part& part, Event& event) {
    if constexpr (requires { event.role; }) part("role", event.role);
    if constexpr (requires { event.site; }) part.may_lack("site", event.site);
    if constexpr (requires { event.account; }) part("account", event.account);
    if constexpr (requires { event.tried; }) part.may_lack("account", event.tried);
    if constexpr (requires { event.session; }) part("session", event.session);
    if constexpr (requires { event.sign_in_name; }) part("sign_in_name", event.sign_in_name);
    if constexpr (requires { event.name; }) part("name", event.name);
    if constexpr (requires { event.grant; }) part("grant", event.grant);
    if constexpr (requires { event.token; }) part("token", event.token);
    if constexpr (requires { event.password; }) part("password", event.password);
    if constexpr (requires { event.secret; }) part("secret", event.secret);
    if constexpr (requires { event.codes; }) part("codes", event.codes);
    if constexpr (requires { event.code; }) part("code", event.code);
    if constexpr (requires { event.epoch; }) part.may_lack("epoch", event.epoch);
    if constexpr (requires { event.count; }) part.may_lack("count", event.count);
    if constexpr (requires { event.step; }) part.may_lack("step", event.step);
    if constexpr (requires { event.has_second_factor; })
        part.may_lack("second_factor", event.has_second_factor);
    if constexpr (requires { event.link; }) part("link", event.link);
    if constexpr (requires { event.issuer; }) part.may_lack("issuer", event.issuer);
    if constexpr (requires { event.identity; }) part("identity", event.identity);
    if constexpr (requires { event.is_invitation; }) part.may_lack("invitation", event.is_invitation);
    if constexpr (requires { event.until; }) part.may_lack("until", event.until);
    if constexpr (requires { event.seen; }) part.may_lack("seen", event.seen);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
}

journal::Draft encode(const StaffEvent& event) { return journal::encode_as_draft(event); }

Result<StaffEvent> decode(const journal::Event& event) { return journal::decode_as<StaffEvent>(event); }

}  // namespace balcao::staff
