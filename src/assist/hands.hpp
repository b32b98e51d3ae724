#pragma once
// What every command of `Sessions` asks first. Internal to `assist`.
#include <optional>
#include <string>
#include <string_view>

#include "assist/sessions.hpp"

namespace balcao::assist {

// As a session knows a screen.
std::string hash_of_secret(std::string_view secret);

Call whole_of(const ScreenCall& call);
Call whole_of(const MediatorCall& call);

Side side_of(const Hand& hand);

// Nothing while it is under way and nobody stopped it: session_over, disputed, kept, carried_home.
std::optional<Refusal> fault_of_going_on(const Session& session, Instant now);

// A secret that a screen or a person keeps: of a length that nobody tries out.
bool is_fit_secret(std::string_view secret);

// What is sealed of a proxy, its name and document; and back, where an error is invalid.
std::string write_proxy(const Proxy& proxy);
Result<Proxy> read_proxy(std::string_view text);

// The name of a command that is no screen's; empty for an empty key.
std::string command_of(std::string_view verb, std::string_view about, const std::string& key);

}  // namespace balcao::assist
