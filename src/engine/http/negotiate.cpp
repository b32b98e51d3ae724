#include "http/negotiate.hpp"

#include <algorithm>

#include "http/characters.hpp"

namespace balcao::http {

namespace {

constexpr std::size_t members_max = 64;

std::string lowered(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

// RFC 9110, 12.4.2: "0", "0.7", "1.000"; thousandths.
std::optional<int> parse_quality(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    int quality = (text[0] - '0') * 1000;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int worth = 100;
    for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (!is_digit(digit)) return std::nullopt;
        quality += (digit - '0') * worth;
        worth /= 10;
    }
    if (quality > 1000) return std::nullopt;
    return quality;
}

bool is_range(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_token_character(c) || c == '/'; });
}

std::optional<Weighted> parse_member(std::string_view text) {
    Weighted member;
    member.value = lowered(trim(cut(text, ';')));
    if (!is_range(member.value)) return std::nullopt;
    while (!text.empty()) {
        std::string_view value = trim(cut(text, ';'));
        if (value.empty()) continue;
        const std::string name = lowered(trim(cut(value, '=')));
        value = trim(value);
        if (name != "q") {
            member.parameters.add(name, std::string{value});
            continue;
        }
        const auto quality = parse_quality(value);
        if (!quality) return std::nullopt;
        member.quality = *quality;
    }
    return member;
}

std::optional<std::string_view> find_language(std::span<const std::string_view> available,
                                              std::string_view tag) {
    const auto found = std::find_if(available.begin(), available.end(), [&](std::string_view language) {
        return same_ignoring_case(language, tag);
    });
    if (found == available.end()) return std::nullopt;
    return *found;
}

// RFC 4647, 3.4: cuts subtags off the end; a single letter goes with what follows it.
std::optional<std::string_view> look_up(std::span<const std::string_view> available, std::string_view range) {
    while (!range.empty()) {
        if (const auto found = find_language(available, range)) return found;
        const std::size_t end = range.rfind('-');
        range = range.substr(0, end == std::string_view::npos ? 0 : end);
        if (range.size() >= 2 && range[range.size() - 2] == '-') range.remove_suffix(2);
    }
    return std::nullopt;
}

// How closely a range names a type: 0 not at all, 1 "*/*", 2 "text/*", 3 "text/html".
int closeness(const Weighted& range, std::string_view type) {
    if (!range.parameters.empty()) return 0;
    if (range.value == "*/*" || range.value == "*") return 1;
    if (same_ignoring_case(range.value, type)) return 3;
    const std::string_view major = type.substr(0, type.find('/'));
    const std::string_view asked = range.value;
    return asked.ends_with("/*") && same_ignoring_case(asked.substr(0, asked.size() - 2), major) ? 2 : 0;
}

int quality_of(const std::vector<Weighted>& ranges, std::string_view type) {
    int best = 0;
    int quality = 0;
    for (const Weighted& range : ranges) {
        const int close = closeness(range, type);
        if (close > best) {
            best = close;
            quality = range.quality;
        }
    }
    return quality;
}

}  // namespace

std::vector<Weighted> parse_quality_list(std::string_view text) {
    std::vector<Weighted> members;
    while (!text.empty() && members.size() < members_max) {
        if (auto member = parse_member(cut(text, ','))) members.push_back(*std::move(member));
    }
    std::stable_sort(members.begin(), members.end(),
                     [](const Weighted& a, const Weighted& b) { return a.quality > b.quality; });
    return members;
}

std::optional<std::string_view> choose_language(std::string_view accept_language,
                                                std::span<const std::string_view> available) {
    const auto ranges = parse_quality_list(accept_language);
    std::vector<std::string_view> left{available.begin(), available.end()};
    for (const Weighted& range : ranges)
        if (range.quality == 0)
            std::erase_if(
                left, [&](std::string_view language) { return same_ignoring_case(language, range.value); });
    for (const Weighted& range : ranges) {
        if (range.quality == 0) break;  // the best first: nothing but exclusions follows
        if (range.value == "*") {
            if (!left.empty()) return left.front();
            continue;
        }
        if (const auto found = look_up(left, range.value)) return found;
    }
    return std::nullopt;
}

std::optional<std::string_view> choose_media_type(std::string_view accept,
                                                  std::span<const std::string_view> available) {
    if (available.empty()) return std::nullopt;
    if (trim(accept).empty()) return available.front();
    const auto ranges = parse_quality_list(accept);
    std::optional<std::string_view> best;
    int best_quality = 0;
    for (const std::string_view type : available) {
        const int quality = quality_of(ranges, type);
        if (quality > best_quality) {
            best = type;
            best_quality = quality;
        }
    }
    return best;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    bool accepts_any = false;
    for (const Weighted& member : parse_quality_list(accept_encoding)) {
        if (same_ignoring_case(member.value, coding)) return member.quality > 0;
        if (member.value == "*") accepts_any = member.quality > 0;
    }
    return accepts_any;
}

}  // namespace balcao::http
