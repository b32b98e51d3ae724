#include "http/local.hpp"

#include <exception>
#include <utility>

#include "http/cookie.hpp"
#include "http/exchange.hpp"
#include "http/uri.hpp"

namespace balcao::http {

Result<void> answer_here(const Router& router, const Asked& asked, std::function<void(Response)> answered) {
    constexpr int not_found = 404;
    constexpr int method_not_allowed = 405;
    constexpr int server_error = 500;
    BALCAO_TRY(auto target, parse_target(asked.target));
    BALCAO_TRY(auto form, parse_form(asked.form));
    const auto match = router.find(asked.method, target.path);
    if (match.route == nullptr) {
        answered(Response{.status = match.allow.empty() ? not_found : method_not_allowed});
        return {};
    }
    const auto exchange = std::make_shared<Exchange>();
    exchange->here = [answered = std::move(answered)](Response response) {
        if (response.status == 0) response.status = server_error;
        answered(std::move(response));
    };
    Request& request = exchange->request;
    request.method = asked.method;
    request.target = asked.target;
    request.path = std::move(target.path);
    request.query = std::move(target.query);
    request.parameters = match.parameters;
    request.headers = asked.headers;
    for (const std::string_view cookies : asked.headers.all("Cookie"))
        for (const Field& cookie : parse_cookies(cookies))
            request.cookies.add(cookie.name, cookie.value);
    request.form = std::move(form);
    request.body = asked.form;
    request.peer = asked.peer;
    request.scheme = "http";
    request.host = asked.host;
    request.route = match.route->pattern;
    try {
        match.route->handler(request, Reply{exchange});
    } catch (const std::exception&) {
        // The Reply has answered when it was destroyed.
        return {};
    }
    return {};
}

}  // namespace balcao::http
