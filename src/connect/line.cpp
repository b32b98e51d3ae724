#include "connect/line.hpp"

#include <algorithm>
#include <curl/curl.h>

#include "base/check.hpp"

namespace balcao::connect {
namespace {

int look_for_stop(void* stops, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& ask = *static_cast<const Stops*>(stops);
    return ask && ask() ? 1 : 0;
}

}  // namespace

void CurlEnd::operator()(void* easy) const { curl_easy_cleanup(easy); }

void set_limits(void* easy, const Stops& stops, long connect_seconds, long seconds) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, look_for_stop);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &stops);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
}

void set_time(void* easy, std::chrono::milliseconds within) {
    const long most = std::max(1L, static_cast<long>(within.count()));  // 0 would be for ever
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, most);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, most);
    // Else a name server that does not answer is waited for when all is over.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

Curl open_curl(const Stops& stops) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    BALCAO_CHECK(started == CURLE_OK);
    Curl curl{curl_easy_init()};
    BALCAO_CHECK(curl != nullptr);
    set_limits(curl.get(), stops, 10, 60);
    return curl;
}

Failure failure_of(int code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_CONNECT:
            return {true, "no-answer"};
        case CURLE_OPERATION_TIMEDOUT:
            return {true, "timeout"};
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_USE_SSL_FAILED:
            return {true, "tls"};
        case CURLE_LOGIN_DENIED:
        case CURLE_REMOTE_ACCESS_DENIED:
            return {true, "sign-in"};
        case CURLE_ABORTED_BY_CALLBACK:
            return {true, "stopped"};
        default:
            return {false, "cut"};
    }
}

}  // namespace balcao::connect
