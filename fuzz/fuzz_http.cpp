// Feeds what a stranger can send to the server with whatever libFuzzer invents. The first byte chooses what
// the rest is: a stream of requests (read whole and cut into pieces, with the same outcome), a target, a
// form, cookies, lists with qualities, entity tags, a stream of events. It must never crash, and what is
// written must read back. It opens no socket.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "http/cookie.hpp"
#include "http/entity_tag.hpp"
#include "http/event.hpp"
#include "http/negotiate.hpp"
#include "http/network.hpp"
#include "http/parser.hpp"
#include "http/router.hpp"
#include "http/uri.hpp"

namespace {

using namespace balcao::http;

constexpr HeadLimits limits{.line_bytes_max = 256, .header_bytes_max = 512, .header_count_max = 8};
constexpr std::size_t body_bytes_max = 1024;

// What was read of a stream of requests: enough to tell two readings apart.
std::string read_requests(std::string_view bytes, std::size_t piece) {
    std::string seen;
    std::string kept;
    auto parser = std::make_unique<RequestParser>(limits);
    while (!bytes.empty()) {
        kept += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        std::size_t taken = 1;
        while (taken > 0 && !kept.empty()) {
            const Stage before = parser->stage();
            taken = parser->feed(kept);
            BALCAO_CHECK(taken <= kept.size());
            kept.erase(0, taken);
            if (before == Stage::head && parser->stage() == Stage::body) {
                seen += parser->head().method + ' ' + parser->head().target + '\n';
                BALCAO_CHECK(parser->head().headers.size() <= limits.header_count_max);
                parser->allow_body(body_bytes_max);
            }
            if (parser->stage() == Stage::failed) return seen + std::to_string(parser->failure());
            if (parser->stage() != Stage::done) continue;
            BALCAO_CHECK(parser->body().size() <= body_bytes_max);
            seen += parser->body() + '\n';
            parser = std::make_unique<RequestParser>(limits);
        }
        BALCAO_CHECK(kept.size() <= piece + limits.header_bytes_max + 2);
    }
    return seen;
}

void try_requests(std::string_view bytes) {
    const std::string whole = read_requests(bytes, bytes.size() + 1);
    for (const std::size_t piece : {1U, 7U}) {
        const std::string cut = read_requests(bytes, piece);
        // A request that is refused may be refused for another reason when less of it is there.
        const auto without_status = [](const std::string& seen) {
            return seen.substr(0, seen.rfind('\n') + 1);
        };
        BALCAO_CHECK(without_status(whole) == without_status(cut));
    }
}

void try_target(std::string_view text) {
    const auto target = parse_target(text);
    if (!target) return;
    const auto query = parse_form(format_form(target->query));
    BALCAO_CHECK(query.has_value());
    if (target->form == TargetForm::asterisk) return;
    BALCAO_CHECK(target->path.starts_with('/'));
    BALCAO_CHECK((target->path + '/').find("/../") == std::string::npos);
    Router router;
    router.add(Method::get, "/{a}/b/{rest...}", [](const Request&, Reply) {});
    router.add(Method::get, "/a/{b}", [](const Request&, Reply) {});
    const Router::Match match = router.find(Method::get, target->path);
    BALCAO_CHECK((match.route == nullptr) == (match.parameters.size() == 0));
    for (const Field& parameter : match.parameters)
        BALCAO_CHECK(target->path.find(parameter.value) != std::string::npos);
}

void try_form(std::string_view text) {
    const auto form = parse_form(text);
    if (!form) return;
    Fields named;
    for (const Field& field : *form)
        if (!field.name.empty() || !field.value.empty()) named.add(field.name, field.value);
    BALCAO_CHECK(parse_form(format_form(named)).value() == named);
}

void try_cookies(std::string_view text) {
    for (const Field& cookie : parse_cookies(text)) {
        const std::string line = format_cookie({.name = cookie.name, .value = cookie.value});
        const Fields again = parse_cookies(line.substr(0, line.find(';')));
        BALCAO_CHECK(again.size() == 1 && percent_decode(again.text(cookie.name)) == cookie.value);
    }
}

void try_lists(std::string_view text) {
    constexpr std::array<std::string_view, 3> languages{"pt", "en", "es"};
    for (const Weighted& member : parse_quality_list(text))
        BALCAO_CHECK(member.quality >= 0 && member.quality <= 1000);
    choose_language(text, languages);
    choose_media_type(text, languages);
    accepts_encoding(text, "gzip");
    const std::vector<Network> proxies{*parse_network("127.0.0.1")};
    const Headers headers{{"X-Forwarded-For", std::string{text}}, {"X-Forwarded-Host", std::string{text}}};
    const Origin origin = behind_proxies({"127.0.0.1", "http", "a"}, headers, proxies);
    BALCAO_CHECK(parse_address(origin.peer).has_value() && is_authority(origin.host));
}

void try_tags(std::string_view text) {
    for (const EntityTag& tag : parse_entity_tags(text)) {
        BALCAO_CHECK(parse_entity_tag(format_entity_tag(tag)) == tag);
        BALCAO_CHECK(matches_if_none_match(text, tag));
    }
}

void try_events(std::string_view text) {
    EventParser whole;
    EventParser cut;
    const auto events = whole.feed(text);
    std::vector<Event> again;
    for (const char c : text)
        for (Event& event : cut.feed({&c, 1}))
            again.push_back(std::move(event));
    BALCAO_CHECK(events == again);
    EventParser written;
    for (const Event& event : events)
        BALCAO_CHECK(written.feed(*format_event(event)).size() == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    constexpr std::array<void (*)(std::string_view), 7> trials{
        try_requests, try_target, try_form, try_cookies, try_lists, try_tags, try_events};
    trials[data[0] % trials.size()](rest);
    return 0;
}
