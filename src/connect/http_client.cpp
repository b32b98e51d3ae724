#include "connect/http_client.hpp"

#include <algorithm>
#include <cstring>
#include <curl/curl.h>

#include "base/check.hpp"

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

// Whether the head of the last answer (one of 100 comes before another) has come to its end.
std::size_t see_head(const char* line, std::size_t size, std::size_t count, void* into) {
    const std::string_view seen{line, size * count};
    *static_cast<bool*>(into) = seen == "\r\n" || seen == "\n";
    return seen.size();
}

// What is said of the body before the line is cut.
std::size_t say_then_cut(char* into, std::size_t size, std::size_t count, void* from) {
    auto& left = *static_cast<std::string_view*>(from);
    if (left.empty()) return CURL_READFUNC_ABORT;
    const std::size_t said = std::min(size * count, left.size());
    std::memcpy(into, left.data(), said);
    left.remove_prefix(said);
    return said;
}

std::string header_of(void* easy, const char* name) {
    curl_header* found = nullptr;
    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) return {};
    return found->value;
}

Failure failure_of_ask(void* easy, CURLcode code) {
    Failure failure = failure_of(code);
    long said = 0;  // bytes of the request
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &said);
    failure.may_have_arrived = said > 0;
    return failure;
}

}  // namespace

HttpResult ask_http(const HttpAsk& ask, const Stops& stops) {
    const Curl curl = open_curl(stops);
    void* easy = curl.get();
    set_limits(easy, stops, ask.connect_seconds, ask.seconds);
    if (ask.within > std::chrono::milliseconds{}) set_time(easy, ask.within);
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
    std::string_view until_cut = std::string_view{ask.body}.substr(0, ask.cut_after.value_or(0));
    if (ask.cut_after) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, nullptr);
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, say_then_cut);
        curl_easy_setopt(easy, CURLOPT_READDATA, &until_cut);
    }
    Reading reading{{}, ask.answer_bytes_most};
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &reading);
    bool is_whole = false;
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, see_head);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &is_whole);
    CURLcode code = curl_easy_perform(easy);
    if (code == CURLE_OK && !is_whole) code = CURLE_RECV_ERROR;  // libcurl takes half a head for a head
    curl_slist_free_all(headers);
    HttpAnswer answer;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
    answer.body = std::move(reading.body);
    answer.content_type = header_of(easy, "Content-Type");
    answer.date = header_of(easy, "Date");
    answer.retry_after = header_of(easy, "Retry-After");
    if (code != CURLE_OK) return {std::move(answer), failure_of_ask(easy, code)};
    return {std::move(answer), std::nullopt};
}

std::string url_encoded(std::string_view text) {
    if (text.empty()) return {};  // to libcurl a length of 0 is none given
    char* const encoded = curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size()));
    BALCAO_CHECK(encoded != nullptr);
    std::string copy{encoded};
    curl_free(encoded);
    return copy;
}

}  // namespace balcao::connect
