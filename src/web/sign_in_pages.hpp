#pragma once
// Pages and pieces that signing in with a password and signing in by a provider have in common. Internal to
// `web`.
#include <string>

#include "web/people.hpp"

namespace balcao::web {

// What was typed; never the password.
struct Typed {
    std::string name{};
    std::string sign_in_name{};
    std::string complaint{};
    std::string to{};
};

http::Response sign_in_page(const http::Request& request,
                            const Shared& shared,
                            const Typed& typed,
                            int status);

// Only an address of ours is gone to after signing in.
std::string safe_target(std::string_view to, const Words& words);

http::Cookie session_cookie(const std::string& token, const http::Request& request);

// One's own account after an order: with the complaint, or anew.
http::Response after_order(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const staff::Answer<staff::Done>& answer);

// The sessions of whoever is signed in, each but this one with a way to end it.
void write_own_sessions(html::Content& main,
                        const Shared& shared,
                        const Words& words,
                        const staff::Session& session);
void add_own_session_routes(http::Router& router, Shared& shared);

void add_sign_in_with_routes(http::Router& router, Shared& shared);
void add_mine_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
