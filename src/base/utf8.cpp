#include "base/utf8.hpp"

#include <cstdint>
#include <cstring>

#include "base/check.hpp"

namespace balcao {
namespace {

// What a first byte announces: how many bytes follow, and between which bounds the second must lie (which
// rules out overlong forms, surrogates and values beyond U+10FFFF).
struct Lead {
    std::size_t following = 0;
    unsigned char second_min = 0x80;
    unsigned char second_max = 0xBF;
};

Lead announced_by(unsigned char byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {1};
    if (byte == 0xE0) return {2, 0xA0, 0xBF};
    if (byte == 0xED) return {2, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {2};
    if (byte == 0xF0) return {3, 0x90, 0xBF};
    if (byte >= 0xF1 && byte <= 0xF3) return {3};
    if (byte == 0xF4) return {3, 0x80, 0x8F};
    return {};
}

bool are_eight_ascii(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word & 0x8080808080808080U) == 0;
}

}  // namespace

CodePoint decode_utf8(std::string_view text) {
    BALCAO_CHECK(!text.empty());
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80) return {byte(0), 1, true};
    const Lead lead = announced_by(byte(0));
    if (lead.following == 0) return {};
    char32_t value = byte(0) & (0x3FU >> lead.following);
    for (std::size_t i = 1; i <= lead.following; ++i) {
        const unsigned char least = i == 1 ? lead.second_min : 0x80;
        const unsigned char most = i == 1 ? lead.second_max : 0xBF;
        if (i >= text.size() || byte(i) < least || byte(i) > most) return {0xFFFD, i, false};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    return {value, lead.following + 1, true};
}

void append_utf8(std::string& out, char32_t value) {
    BALCAO_CHECK(value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF));
    const auto append = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    const auto append_following = [&](unsigned shift) { append(0x80U | ((value >> shift) & 0x3FU)); };
    if (value < 0x80) return append(value);
    if (value < 0x800) {
        append(0xC0U | (value >> 6U));
    } else if (value < 0x10000) {
        append(0xE0U | (value >> 12U));
        append_following(6);
    } else {
        append(0xF0U | (value >> 18U));
        append_following(12);
        append_following(6);
    }
    append_following(0);
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (at + 8 <= text.size() && are_eight_ascii(text.data() + at)) {
            at += 8;
            continue;
        }
        const CodePoint point = decode_utf8(text.substr(at));
        if (!point.is_valid) return at;
        at += point.length;
    }
    return std::nullopt;
}

std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    while (const auto wrong = find_invalid_utf8(text)) {
        out += text.substr(0, *wrong);
        append_utf8(out, 0xFFFD);
        text.remove_prefix(*wrong + decode_utf8(text.substr(*wrong)).length);
    }
    out += text;
    return out;
}

}  // namespace balcao
