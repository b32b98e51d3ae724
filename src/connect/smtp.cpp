#include "connect/smtp.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <curl/curl.h>

namespace balcao::connect {
namespace {

using letters::Delivery;
using letters::Outcome;

struct Rest {
    std::string_view bytes;
};

std::size_t read_on(char* into, std::size_t size, std::size_t count, void* from) {
    auto& rest = static_cast<Rest*>(from)->bytes;
    const std::size_t taken = std::min(size * count, rest.size());
    std::memcpy(into, rest.data(), taken);
    rest.remove_prefix(taken);
    return taken;
}

struct Recipients {
    explicit Recipients(const std::string& address) : list{curl_slist_append(nullptr, address.c_str())} {}

    ~Recipients() { curl_slist_free_all(list); }

    Recipients(const Recipients&) = delete;
    Recipients& operator=(const Recipients&) = delete;
    Recipients(Recipients&&) = delete;
    Recipients& operator=(Recipients&&) = delete;

    curl_slist* list;
};

// Whether the server refused us, before it heard for whom the letter is. Too long (552) is the letter's
// fault.
bool is_about_us(CURLcode code, long number, std::string_view trouble) {
    if (number < 400 || number > 599 || number == 552) return false;
    return code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_REMOTE_ACCESS_DENIED ||
           trouble.starts_with("MAIL failed");
}

// What a server's number says of this one letter (RFC 5321, 4.2.1). 421: it closes for all; 530 to 538: it
// wants to know us (RFC 4954).
Delivery said(long number, const Failure& failure) {
    const std::string why = std::to_string(number);
    if (number == 421 || number == 454 || (number >= 530 && number <= 538)) return {Outcome::away, why};
    if (number >= 500 && number < 600) return {Outcome::refused, why};
    if (number >= 400 && number < 500) return {Outcome::not_now, why};
    return {failure.is_away ? Outcome::away : Outcome::not_now, failure.why};
}

}  // namespace

Smtp::Smtp(SmtpSettings settings) : settings_{std::move(settings)}, curl_{open_curl(settings_.stops)} {
    void* easy = curl_.get();
    set_limits(easy, settings_.stops, settings_.connect_seconds, settings_.seconds);
    if (settings_.within > std::chrono::milliseconds{}) {
        set_time(easy, settings_.within);
        // Left open it would be closed by libcurl later, with nobody to look at the time.
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_URL, settings_.server.c_str());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    if (!settings_.authority.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, settings_.authority.c_str());
    const bool is_known = !settings_.password.empty();
    curl_easy_setopt(easy, CURLOPT_USE_SSL, is_known ? long{CURLUSESSL_ALL} : long{CURLUSESSL_TRY});
    if (is_known) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, settings_.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, settings_.password.c_str());
    } else if (settings_.server.starts_with("smtp:")) {
        // Nothing secret is said, and a certificate of nobody is better than no seal (RFC 7435).
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

Delivery Smtp::carry(const letters::Message& message) { return hand_over(message).delivery; }

HandedOver Smtp::hand_over(const letters::Message& message) {
    if (!is_plain_address(message.mail)) return {{Outcome::refused, "address"}};
    void* easy = curl_.get();
    const std::string mail = mail_of(message, settings_.from);
    const std::string from = "<" + settings_.from.address + ">";
    const Recipients to{"<" + message.mail + ">"};
    Rest rest{mail};
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to.list);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, read_on);
    curl_easy_setopt(easy, CURLOPT_READDATA, &rest);
    std::array<char, CURL_ERROR_SIZE> trouble{};
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, trouble.data());
    const CURLcode code = curl_easy_perform(easy);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, nullptr);
    if (code == CURLE_OK) return {};
    long number = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &number);
    if (is_about_us(code, number, trouble.data())) return {{Outcome::away, std::to_string(number)}};
    const bool is_refused = number >= 400 && number < 600;
    return {said(number, failure_of(code)), rest.bytes.empty() && !is_refused};
}

}  // namespace balcao::connect
