#include "connect/entity_answer.hpp"

#include <algorithm>
#include <charconv>
#include <curl/curl.h>
#include <set>

#include "base/utf8.hpp"
#include "text/json.hpp"

namespace balcao::connect {
namespace {

using cases::Delivered;
using cases::Refused;
using cases::TryLater;
using cases::Unknown;
using text::Json;
using text::JsonView;

constexpr std::size_t word_bytes_least = 4;      // of what is taken out of a text
constexpr std::size_t reason_bytes_most = 1024;  // read of a text; less is kept
constexpr std::string_view between_words = " \t\r\n,;.:!?()\"'";
constexpr std::string_view taken_out = "…";

bool is_json(std::string_view content_type) {
    const auto type = content_type.substr(0, std::min(content_type.find(';'), content_type.size()));
    const auto last = type.find_last_not_of(" \t");
    const auto kind = last == std::string_view::npos ? std::string_view{} : type.substr(0, last + 1);
    return kind == "application/json" || kind.ends_with("+json");
}

std::string text_in(JsonView object, std::string_view member) {
    return std::string{object[member].as_text().value_or(std::string_view{})};
}

// What it has, in its own words; nothing where that is no such word.
std::optional<Delivered> word_in(JsonView object) {
    const auto state = object["state"].as_text();
    if (!object["key"].as_text() || !state) return std::nullopt;
    if (*state != "accepted" && *state != "concluded" && *state != "denied" && *state != "undone")
        return std::nullopt;
    return Delivered{text_in(object, "key"), text_in(object, "reference"), *state == "concluded"};
}

cases::Outcome taken(const HttpAnswer& answer, const cases::Effect& effect, Taking taking) {
    const auto json = Json::parse(answer.body, "answer");
    const JsonView object = json ? json->root() : JsonView{};
    if (taking == Taking::by_word) {
        auto word = word_in(object);
        if (!word) return Unknown{"answer-unreadable"};
        if (word->key != effect.key) return Unknown{"answer-astray"};
        return *std::move(word);
    }
    if (object["key"].exists() && object["key"].as_text() != effect.key) return Unknown{"answer-astray"};
    std::string reference = text_in(object, "reference");
    if (reference.empty()) reference = effect.key;
    return Delivered{effect.key, std::move(reference), object["state"].as_text() == "concluded"};
}

// The end of the type of a problem (RFC 9457), where that is a plain word: "already-collected".
std::string name_of_problem(JsonView problem) {
    const std::string type = text_in(problem, "type");
    const auto begin = type.find_last_of(":/#");
    std::string name = type.substr(begin == std::string::npos ? 0 : begin + 1);
    const bool is_word =
        !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
    return is_word && type != "about:blank" ? name : std::string{};
}

// Why it refuses, for people. Of an undoing nobody here knows what the text may not say, so only its name
// counts.
std::string reason_of(JsonView problem, long status, const cases::Effect& effect) {
    const std::string otherwise = std::to_string(status);
    if (effect.errand == cases::Errand::undo) {
        const std::string name = name_of_problem(problem);
        return name.empty() ? otherwise : name;
    }
    std::string detail = text_in(problem, "detail");
    if (detail.empty()) detail = text_in(problem, "title");
    // Not in the middle of a word, by which it would be known.
    if (detail.size() > reason_bytes_most)
        detail.resize(detail.find_last_of(between_words, reason_bytes_most) + 1);
    detail = replace_invalid_utf8(detail);
    std::replace_if(
        detail.begin(), detail.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return detail.empty() ? otherwise : without_data(detail, effect.data);
}

// A word of the entity's own: a problem, as its contract has it.
bool is_reasoned(const HttpAnswer& answer) {
    if (!is_json(answer.content_type)) return false;
    const auto json = Json::parse(answer.body, "answer");
    const JsonView object = json ? json->root() : JsonView{};
    return object["detail"].as_text() || object["title"].as_text();
}

// A status of 4xx that is not about how often or how fast.
cases::Outcome refused(const HttpAnswer& answer, const cases::Effect& effect, Taking by) {
    const long status = answer.status;
    const auto json = Json::parse(answer.body, "answer");
    const JsonView object = json ? json->root() : JsonView{};
    // It has that key already, and says what it has under it.
    if (status == 409 && word_in(object)) return taken(answer, effect, by);
    const bool is_mendable = object["mendable"].as_bool().value_or(false) || status == 409;
    // Of credentials, or of somebody in between who knows no such address: not the entity's word.
    const bool is_of_entity = status == 400 || status == 409 || status == 422 || is_reasoned(answer);
    if (status == 401 || status == 403 || !is_of_entity) return TryLater{std::to_string(status)};
    return Refused{reason_of(object, status, effect), !is_mendable};
}

// Whether it says itself that it did nothing, and may be asked again. 408 and 503 are also what gateways say
// of an entity that was cut off in the middle: without a word of its own nobody knows.
bool says_later(const HttpAnswer& answer) {
    if (answer.status == 425 || answer.status == 429) return true;
    if (answer.status != 408 && answer.status != 503) return false;
    return !answer.retry_after.empty() || is_reasoned(answer);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string in_lower_case(std::string_view text) {
    std::string lowered{text};
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    return lowered;
}

void take_out(std::string& text, std::string_view value) {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    for (std::size_t from = 0;;) {
        const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                                       value.begin(), value.end(), same);
        if (found == text.end()) return;
        from = static_cast<std::size_t>(found - text.begin());
        text.replace(from, value.size(), taken_out);
        from += taken_out.size();
    }
}

// Each word, in order; what stands between two of them goes to `between`.
template <class Word, class Between>
void walk_words(std::string_view text, const Word& word, const Between& between) {
    for (std::size_t from = 0; from < text.size();) {
        const auto begin = std::min(text.find_first_not_of(between_words, from), text.size());
        between(text.substr(from, begin - from));
        const auto end = std::min(text.find_first_of(between_words, begin), text.size());
        if (end > begin) word(text.substr(begin, end - begin));
        from = end;
    }
}

}  // namespace

std::string without_data(std::string_view text, const std::vector<cases::Datum>& data) {
    std::string whole{text};
    std::set<std::string> words;
    const auto nothing = [](std::string_view) {};
    for (const auto& datum : data) {
        if (datum.text.size() >= word_bytes_least) take_out(whole, datum.text);
        walk_words(
            datum.text, [&](std::string_view word) { words.insert(in_lower_case(word)); }, nothing);
    }
    std::string clean;
    walk_words(
        whole,
        [&](std::string_view word) {
            const bool is_said = word.size() >= word_bytes_least && words.contains(in_lower_case(word));
            clean += is_said ? taken_out : word;
        },
        [&](std::string_view between) { clean += between; });
    return clean;
}

std::optional<std::chrono::milliseconds> wait_of(std::string_view retry_after,
                                                 std::string_view date,
                                                 Instant now) {
    if (retry_after.empty()) return std::nullopt;
    using std::chrono::seconds;
    constexpr seconds wait_most = std::chrono::hours{24 * 365};
    if (is_digit(retry_after.front())) {
        std::int64_t count = 0;
        const auto* end = retry_after.data() + retry_after.size();
        const auto [stopped, failed] = std::from_chars(retry_after.data(), end, count);
        if (stopped != end) return std::nullopt;
        return failed == std::errc{} ? std::min(seconds{count}, wait_most) : wait_most;
    }
    const auto instant_of = [](std::string_view text) -> std::optional<Instant> {
        const auto read = curl_getdate(std::string{text}.c_str(), nullptr);
        if (read < 0) return std::nullopt;
        return Instant{seconds{read}};
    };
    const auto until = instant_of(retry_after);
    if (!until) return std::nullopt;
    const auto from = date.empty() ? std::nullopt : instant_of(date);
    return std::clamp<std::chrono::milliseconds>(*until - from.value_or(now), {}, wait_most);
}

cases::Outcome outcome_of(const HttpResult& result, const cases::Effect& effect, Taking by, Instant now) {
    const auto& [answer, failure] = result;
    if (failure && !failure->may_have_arrived) return TryLater{failure->why};
    if (failure) return Unknown{failure->why};
    const long status = answer.status;
    if (status >= 200 && status < 300) return taken(answer, effect, by);
    if (says_later(answer))
        return TryLater{std::to_string(status), wait_of(answer.retry_after, answer.date, now)};
    if (status >= 400 && status < 500 && status != 408) return refused(answer, effect, by);
    return Unknown{std::to_string(status)};
}

cases::Looked looked_of(const HttpResult& result, std::string_view key) {
    const auto& [answer, failure] = result;
    if (failure) return Unknown{failure->why};
    if (answer.status != 200 && answer.status != 404) return Unknown{std::to_string(answer.status)};
    const auto json = Json::parse(answer.body, "answer");
    const JsonView object = json ? json->root() : JsonView{};
    // An answer of 404 that does not name the key may be anybody's who knows no such address.
    if (object["key"].as_text() != key)
        return Unknown{object["key"].exists() ? "answer-astray" : "answer-unreadable"};
    if (answer.status == 404) return cases::Absent{};
    auto word = word_in(object);
    if (!word) return Unknown{"answer-unreadable"};
    return *std::move(word);
}

}  // namespace balcao::connect
