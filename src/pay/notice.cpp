#include "pay/notice.hpp"

#include <charconv>
#include <chrono>
#include <concepts>
#include <optional>
#include <system_error>
#include <type_traits>

#include "base/check.hpp"
#include "crypto/hash.hpp"
#include "crypto/hmac.hpp"
#include "crypto/keys.hpp"
#include "journal/codec.hpp"

namespace balcao::pay {
namespace {

constexpr std::chrono::seconds away_most = std::chrono::minutes{5};

struct NoticeText {
    std::string key;
    std::string reference;
    std::string transaction;
    std::string amount;
    Instant at{};
};

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, NoticeText>

void members(Part& part, Value& text) {
    part.may_lack("key", text.key);
    part.may_lack("reference", text.reference);
    part("transaction", text.transaction);
    part("amount", text.amount);
    part("at", text.at);
}

std::string signature_of(std::string_view secret, std::string_view seconds, std::string_view body) {
    std::string message{seconds};
    message += '.';
    message += body;
    const auto hash = crypto::hmac_sha256(secret, message);
    return crypto::to_hex(crypto::bytes_of(hash));
}

// "t=1795165200,v1=5d41…" and nothing else.
struct SignedAt {
    std::string_view seconds;
    std::string_view signature;
    Instant at{};
};

std::optional<SignedAt> read_header(std::string_view header) {
    constexpr std::string_view first = "t=";
    constexpr std::string_view second = ",v1=";
    const auto comma = header.find(second);
    if (!header.starts_with(first) || comma == std::string_view::npos) return std::nullopt;
    SignedAt read{header.substr(first.size(), comma - first.size()), header.substr(comma + second.size())};
    std::int64_t seconds = 0;
    const char* end = read.seconds.data() + read.seconds.size();
    const auto number = std::from_chars(read.seconds.data(), end, seconds);
    constexpr std::int64_t seconds_most = 100'000'000'000;
    if (number.ec != std::errc{} || number.ptr != end || seconds < 0 || seconds > seconds_most)
        return std::nullopt;
    read.at = Instant{std::chrono::seconds{seconds}};
    return read;
}

}  // namespace

std::string write_notice(const Notice& notice) {
    return journal::write_members(NoticeText{notice.key, notice.reference, notice.came.transaction,
                                             format_money(notice.came.amount), notice.came.at});
}

std::string sign_notice(std::string_view secret, std::string_view body, Instant now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    const std::string text = std::to_string(seconds);
    return "t=" + text + ",v1=" + signature_of(secret, text, body);
}

Result<Notice> open_notice(std::string_view secret,
                           std::string_view header,
                           std::string_view body,
                           Instant now) {
    BALCAO_CHECK(!secret.empty());
    const Error forbidden{Errc::forbidden, "the notice is not signed as it should be", "signature"};
    const auto read = read_header(header);
    if (!read || body.size() > notice_bytes_most) return forbidden;
    if (!crypto::is_equal_in_constant_time(signature_of(secret, read->seconds, body), read->signature))
        return forbidden;
    if (read->at > now + away_most || read->at + away_most < now) return forbidden;
    BALCAO_TRY(const auto text, journal::read_members<NoticeText>(body, "notice"));
    const auto amount = parse_money(text.amount);
    if (!amount || !is_fit_text(text.transaction, told_bytes_most) ||
        !is_fit_text(text.reference, told_bytes_most) || !is_fit_text(text.key, told_bytes_most))
        return Error{Errc::invalid, "the notice says nothing that can be read", "amount"};
    return Notice{text.key, text.reference, {text.transaction, *amount, text.at}};
}

}  // namespace balcao::pay
