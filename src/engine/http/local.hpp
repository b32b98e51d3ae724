#pragma once
// A request answered by the routes within this process, on the thread that asks, without a socket: how tests
// and rehearsals ask what a server would answer. It keeps no limits and no connections; a stream of events,
// which needs a line, is closed as soon as it is opened.
#include <functional>
#include <string>

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/router.hpp"

namespace balcao::http {

struct Asked {
    Method method = Method::get;
    std::string target{};  // "/pt/sites/shop?service=tax"
    Headers headers{};
    std::string form{};  // application/x-www-form-urlencoded
    std::string peer = "127.0.0.1";
    std::string host = "localhost";
};

// Calls `answered` once, perhaps later and from another thread: when the handler answers. 404 or 405 without
// a body for what no route takes, 500 from a handler that let go without an answer or threw. Error: invalid
// for a target or a form that cannot be read; then nothing is called.
Result<void> answer_here(const Router& router, const Asked& asked, std::function<void(Response)> answered);

}  // namespace balcao::http
