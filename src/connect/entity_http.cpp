#include "connect/entity_http.hpp"

#include "base/check.hpp"
#include "connect/entity_answer.hpp"

namespace balcao::connect {
namespace {

using std::chrono::milliseconds;

constexpr long status_unknown_here = 401;
constexpr int pages_most = 1000;

}  // namespace

EntityHttp::EntityHttp(model::EntityKey entity, model::WayIn way, EntityLine line)
    : entity_{std::move(entity)}, way_{std::move(way)}, line_{std::move(line)} {
    BALCAO_CHECK(way_.by == model::WayKind::http || way_.by == model::WayKind::events);
}

HttpResult EntityHttp::ask(EntityCall call) {
    const auto end = std::chrono::steady_clock::now() + way_.gives_up;
    const auto ask_with = [&](const EntityCredentials& credentials) -> HttpResult {
        const auto left = std::chrono::floor<milliseconds>(end - std::chrono::steady_clock::now());
        if (left <= milliseconds{}) return {{}, Failure{true, "timeout", false}};
        HttpAsk ask{.url = call.url,
                    .headers = call.headers,
                    .body = call.body,
                    .answer_bytes_most = entity_answer_bytes_most,
                    .within = left};
        if (auto header = header_of(credentials)) ask.headers.push_back(*std::move(header));
        return ask_http(ask, line_.stops);
    };
    const EntityCredentials known = line_.secrets.of(entity_);
    HttpResult result = ask_with(known);
    if (result.second || result.first.status != status_unknown_here) return result;
    static_cast<void>(line_.secrets.read());
    const EntityCredentials now = line_.secrets.of(entity_);
    return now == known ? result : ask_with(now);
}

cases::Outcome EntityHttp::send(const cases::Effect& effect) {
    const bool is_event = way_.by == model::WayKind::events;
    const Instant now = line_.clock.now();
    EntityCall call = is_event ? event_of(effect, way_, line_.city, now) : request_of(effect, way_);
    return outcome_of(ask(std::move(call)), effect, is_event ? Taking::by_status : Taking::by_word, now);
}

cases::Looked EntityHttp::look_up(const cases::Effect& effect) {
    return looked_of(ask(look_up_of(effect, way_)), effect.key);
}

Result<std::vector<cases::HeldThere>> EntityHttp::list(Instant since) {
    std::vector<cases::HeldThere> held;
    std::string page;
    for (int count = 0; count < pages_most; ++count) {
        const auto [answer, failure] = ask(list_of(way_, since, page));
        if (failure) return Error{Errc::unavailable, failure->why};
        if (answer.status == 404) return Error{Errc::not_found, "it keeps no list"};
        if (answer.status != 200) return Error{Errc::unavailable, std::to_string(answer.status)};
        BALCAO_TRY(HeldPage read, read_held(answer.body));
        held.insert(held.end(), read.held.begin(), read.held.end());
        if (read.next.empty() || read.next == page) return held;
        page = std::move(read.next);
    }
    return Error{Errc::invalid, "the list has no end"};
}

}  // namespace balcao::connect
