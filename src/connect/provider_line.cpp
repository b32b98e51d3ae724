#include "connect/provider_line.hpp"

#include "connect/http_client.hpp"
#include "openid/metadata.hpp"

namespace balcao::connect {

std::optional<openid::Heard> ProviderLine::ask(const openid::Ask& ask) {
    if (!openid::is_safe_address(ask.url)) return std::nullopt;
    auto [answer, failure] = ask_http({.url = ask.url,
                                       .headers = ask.headers,
                                       .body = ask.form,
                                       .connect_seconds = settings_.connect_seconds,
                                       .seconds = settings_.seconds,
                                       .answer_bytes_most = settings_.answer_bytes_most},
                                      settings_.stops);
    if (failure) return std::nullopt;
    return openid::Heard{answer.status, std::move(answer.body)};
}

}  // namespace balcao::connect
