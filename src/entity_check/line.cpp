#include "entity_check/line.hpp"

#include <algorithm>
#include <thread>

#include "connect/entity_answer.hpp"
#include "crypto/hash.hpp"
#include "crypto/keys.hpp"

namespace balcao::entity_check {
namespace {

using connect::EntityCall;
using connect::HttpResult;
using std::chrono::milliseconds;

constexpr int tries_most = 6;
constexpr milliseconds wait_most{3000};  // between two tries, however long is asked for
constexpr std::size_t key_bytes = 20;

bool begins_with_name(std::string_view header, std::string_view name) {
    return header.starts_with(name) && header.substr(name.size()).starts_with(":");
}

}  // namespace

Line::Line(const Declared& declared) : declared_{declared} {
    way_.by = declared.by;
    way_.address = declared.address;
    way_.gives_up = declared.gives_up;
    for (const auto& datum : declared.example)
        way_.fields.push_back({datum.name, datum.name});
}

cases::Effect Line::request() {
    cases::Effect effect;
    effect.key = crypto::to_hex(crypto::random_bytes(key_bytes));
    effect.number = {1000, ++requests_};
    effect.step = cases::StepKey{"check"};
    effect.service = model::ServiceKey{"check"};
    effect.entity = model::EntityKey{"check"};
    effect.data = declared_.example;
    return effect;
}

cases::Effect Line::undoing(const cases::Effect& done, const std::string& reference) {
    cases::Effect effect = done;
    effect.key = crypto::to_hex(crypto::random_bytes(key_bytes));
    effect.errand = cases::Errand::undo;
    effect.data.clear();
    effect.reference = reference;
    return effect;
}

EntityCall Line::call_of(const cases::Effect& effect) const {
    return declared_.by == model::WayKind::events
               ? connect::event_of(effect, way_, "urn:balcao:entity-check", SystemClock{}.now())
               : connect::request_of(effect, way_);
}

EntityCall Line::known(EntityCall call) const {
    if (auto header = connect::header_of(declared_.credentials)) call.headers.push_back(*std::move(header));
    return call;
}

HttpResult Line::ask(const EntityCall& call, std::optional<std::size_t> cut_after) {
    for (int tries = 1;; ++tries) {
        const auto began = std::chrono::steady_clock::now();
        HttpResult result = connect::ask_http({.url = call.url,
                                               .headers = call.headers,
                                               .body = call.body,
                                               .answer_bytes_most = connect::entity_answer_bytes_most,
                                               .within = declared_.gives_up,
                                               .cut_after = cut_after},
                                              {});
        const auto took = std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - began).count();
        for (auto seen = slowest_.load(); seen < took && !slowest_.compare_exchange_weak(seen, took);) {
        }
        const long status = result.first.status;
        const bool is_later = !result.second && (status == 429 || status == 503);
        if (!is_later || tries == tries_most) return result;
        const auto asked = connect::wait_of(result.first.retry_after, result.first.date, SystemClock{}.now());
        std::this_thread::sleep_for(std::min(asked.value_or(milliseconds{500}), wait_most));
    }
}

HttpResult Line::send(const cases::Effect& effect) { return ask(known(call_of(effect))); }

HttpResult Line::look_up(const cases::Effect& effect) {
    return ask(known(connect::look_up_of(effect, way_)));
}

HttpResult Line::list(Instant since) { return ask(known(connect::list_of(way_, since, {}))); }

HttpResult Line::send_body(const cases::Effect& effect, const std::string& body) {
    EntityCall call = call_of(effect);
    call.body = body;
    return ask(known(std::move(call)));
}

HttpResult Line::send_without(const cases::Effect& effect, std::string_view header) {
    EntityCall call = call_of(effect);
    std::erase_if(call.headers, [&](const std::string& one) { return begins_with_name(one, header); });
    return ask(known(std::move(call)));
}

HttpResult Line::send_as_stranger(const cases::Effect& effect) { return ask(call_of(effect)); }

HttpResult Line::send_cut(const cases::Effect& effect) {
    const EntityCall call = known(call_of(effect));
    return ask(call, call.body.size() / 2);
}

cases::Outcome Line::outcome_of(const HttpResult& result, const cases::Effect& effect) const {
    const auto taking =
        declared_.by == model::WayKind::events ? connect::Taking::by_status : connect::Taking::by_word;
    return connect::outcome_of(result, effect, taking, SystemClock{}.now());
}

}  // namespace balcao::entity_check
