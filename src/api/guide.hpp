#pragma once
// The page at /api: where a stranger begins. Inside `api`.
#include "api/rooms.hpp"
#include "http/message.hpp"
#include "text/words.hpp"

namespace balcao::api {

// `base` stands before the path in examples: "https://host".
http::Response guide(const text::Words& words, const Shared& shared, const std::string& base);

}  // namespace balcao::api
