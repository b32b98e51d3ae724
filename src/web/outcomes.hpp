#pragma once
// What became of requests, as pages say it. Internal to `web`.
#include <string>

#include "web/shared.hpp"

namespace balcao::web {

// "half within 3 days, nine of ten within 8 days (34 requests in twelve months)"; empty where nothing is
// told.
std::string really_text(const Shared& shared, const model::ServiceKey& service, const Words& words);

void add_outcome_routes(http::Router& router, Shared& shared);

}  // namespace balcao::web
