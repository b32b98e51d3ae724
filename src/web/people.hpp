#pragma once
// Who is signed in on a request, and what staff are told when something is refused. Internal to `web`.
#include <optional>
#include <string>

#include "front/looking.hpp"
#include "staff/staff.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// Who sent this, when the session is alive.
std::optional<staff::Session> session_of(const http::Request& request, const Shared& shared);

// To the page for signing in, and from there back here.
http::Response to_sign_in(const http::Request& request, const Shared& shared);

std::string refusal_text(const staff::Refusal& refusal, const Shared& shared, const Words& words);

using front::role_name;

// While the session is alive and has that right: for what stays open (Live::close_unless).
Live::Holds holds_while(const Shared& shared,
                        const staff::Session& session,
                        staff::Permission permission,
                        const model::SiteKey& site);

void add_sign_in_routes(http::Router& router, Shared& shared);
void add_desk_routes(http::Router& router, Shared& shared);
void add_floor_routes(http::Router& router, Shared& shared);
void add_account_routes(http::Router& router, Shared& shared);
void add_people_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
