#include "connect/http_client.hpp"

#include <curl/curl.h>

namespace balcao::connect {
namespace {

struct Reading {
    std::string body;
    std::size_t most;
};

std::size_t take(const char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& reading = *static_cast<Reading*>(into);
    const std::size_t length = size * count;
    if (reading.body.size() + length > reading.most) return 0;
    reading.body.append(bytes, length);
    return length;
}

}  // namespace

HttpResult ask_http(const HttpAsk& ask, const Stops& stops) {
    const Curl curl = open_curl(stops);
    void* easy = curl.get();
    set_limits(easy, stops, ask.connect_seconds, ask.seconds);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_URL, ask.url.c_str());
    curl_slist* headers = nullptr;
    for (const auto& header : ask.headers)
        headers = curl_slist_append(headers, header.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    if (!ask.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(ask.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, ask.body.c_str());
    }
    Reading reading{{}, ask.answer_bytes_most};
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reading);
    const CURLcode code = curl_easy_perform(easy);
    curl_slist_free_all(headers);
    HttpAnswer answer;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
    answer.body = std::move(reading.body);
    if (code != CURLE_OK) return {std::move(answer), failure_of(code)};
    return {std::move(answer), std::nullopt};
}

}  // namespace balcao::connect
