#include "cases/case_event.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "crypto/hash.hpp"
#include "journal/codec.hpp"

namespace balcao::cases {
namespace {

constexpr std::size_t effect_bytes = 20;

constexpr std::array<std::string_view, 3> effect_classes{"reversible", "compensable", "point-of-no-return"};
constexpr std::array<std::string_view, 4> connector_kinds{"idempotent-key", "lookup-by-reference", "none",
                                                          "human"};
constexpr std::array<std::string_view, 2> hastes{"interactive", "batch"};
constexpr std::array<std::string_view, 2> eyes_words{"two", "four"};
constexpr std::array<std::string_view, 2> errands{"deliver", "undo"};
constexpr std::array<std::string_view, 8> incident_kinds{"outcome-unknown", "budget-spent", "refused",
                                                         "undo-failed",     "term-passed",  "task-overdue",
                                                         "citizen-silent",  "astray"};
constexpr std::array<std::string_view, 3> look_reasons{"to-do-it", "person-asked", "to-put-right"};
constexpr std::array<std::string_view, 7> settlements{
    "it-is-there", "send-again", "give-up", "undone-by-hand", "cannot-be-undone", "noted", "moved-on"};

}  // namespace

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(EffectClass) { return effect_classes; }

std::span<const std::string_view> words_of(ConnectorKind) { return connector_kinds; }

std::span<const std::string_view> words_of(Haste) { return hastes; }

std::span<const std::string_view> words_of(Eyes) { return eyes_words; }

std::span<const std::string_view> words_of(IncidentKind) { return incident_kinds; }

std::span<const std::string_view> words_of(Settlement) { return settlements; }

std::span<const std::string_view> words_of(LookReason) { return look_reasons; }

std::string to_text(const Fee& fee) { return fee.amount ? format_money(*fee.amount) : std::string{}; }

bool from_text(std::string_view text, Fee& fee) {
    fee.amount = parse_money(text);
    return fee.amount.has_value();
}

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, StepAsked>

void members(Part& part, Value& asked) {
    part("step", asked.step);
    part("entity", asked.entity);
    part("service", asked.service);
    part.may_lack("after", asked.after);
    part("class", asked.effect_class);
    part("kind", asked.kind);
    part.may_lack("undone-by-hand", asked.is_undone_by_hand);
    part("haste", asked.haste);
    part.may_lack("eyes", asked.eyes);
    part.may_lack("task-minutes", asked.task_minutes);
    part("protocol", asked.protocol);
    part.may_lack("term", asked.term);
    part.may_lack("fee", asked.fee);
    part.may_lack("consents", asked.consents);
    part("data", asked.data);
    part("effect", asked.effect);
}

// Those of tasks, incidents and numbers.
template <class Part, class Event>
void members_of_people(Part& part, Event& event) {
    if constexpr (requires { event.due; }) part("due", event.due);
    if constexpr (requires { event.verdict; }) part("verdict", event.verdict);
    if constexpr (requires { event.owner; }) part("owner", event.owner);
    if constexpr (requires { event.promised; }) part("promised", event.promised);
    if constexpr (requires { event.is_holding; }) part.may_lack("holding", event.is_holding);
    if constexpr (requires { event.is_unknown; }) part.may_lack("unknown", event.is_unknown);
    if constexpr (requires { event.is_disputed; }) part.may_lack("disputed", event.is_disputed);
    if constexpr (requires { event.how; }) part("how", event.how);
    if constexpr (requires { event.role; }) part("role", event.role);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
    if constexpr (requires { event.to; }) part.may_lack("to", event.to);
    if constexpr (requires { event.first; }) part("first", event.first);
    if constexpr (requires { event.count; }) part("count", event.count);
}

template <class Part, class Event>
requires requires { Event::type; }

void members(Part& part, Event& event) {
    if constexpr (requires { event.incident; }) part("incident", event.incident);
    if constexpr (requires { event.step; }) part("step", event.step);
    if constexpr (requires { event.kind; }) part("kind", event.kind);
    if constexpr (requires { event.person; }) part("person", event.person);
    if constexpr (requires { event.contact; }) part("contact", event.contact);
    if constexpr (requires { event.life_event; }) part.may_lack("life-event", event.life_event);
    if constexpr (requires { event.edition; }) part("edition", event.edition);
    if constexpr (requires { event.steps; }) part("steps", event.steps);
    if constexpr (requires { event.attempt; }) part("attempt", event.attempt);
    if constexpr (requires { event.why; }) part.may_lack("why", event.why);
    if constexpr (requires { event.again; }) part("again", event.again);
    if constexpr (requires { event.reference; }) part("reference", event.reference);
    if constexpr (requires { event.is_concluded; }) part.may_lack("concluded", event.is_concluded);
    if constexpr (requires { event.what; }) part("what", event.what);
    if constexpr (requires { event.until; }) part("until", event.until);
    if constexpr (requires { event.consents; }) part.may_lack("consents", event.consents);
    if constexpr (requires { event.data; }) part("data", event.data);
    if constexpr (requires { event.effect; }) part("effect", event.effect);
    members_of_people(part, event);
}

journal::Draft encode(const CaseEvent& event) { return journal::encode_as_draft(event); }

Result<CaseEvent> decode_case(const journal::Event& event) { return journal::decode_as<CaseEvent>(event); }

journal::Draft encode(const NumbersTaken& event) { return journal::encode_as_draft(NumbersEvent{event}); }

Result<NumbersTaken> decode_numbers(const journal::Event& event) {
    BALCAO_TRY(const auto decoded, journal::decode_as<NumbersEvent>(event));
    return std::get<NumbersTaken>(decoded);
}

std::string_view name_of(IncidentKind kind) { return incident_kinds.at(static_cast<std::size_t>(kind)); }

std::string_view name_of(Settlement how) { return settlements.at(static_cast<std::size_t>(how)); }

std::string_view name_of(ConnectorKind kind) { return connector_kinds.at(static_cast<std::size_t>(kind)); }

std::string_view name_of(LookReason reason) { return look_reasons.at(static_cast<std::size_t>(reason)); }

std::optional<LookReason> look_reason_of(std::string_view name) {
    const auto* found = std::find(look_reasons.begin(), look_reasons.end(), name);
    if (found == look_reasons.end()) return std::nullopt;
    return LookReason{static_cast<std::uint8_t>(found - look_reasons.begin())};
}

std::string key_of(const EffectName& effect) {
    const auto hash =
        crypto::sha256({"effect of a case, 1\n", to_text(effect.number), "\n", effect.step.text(), "\n",
                        errands.at(static_cast<std::size_t>(effect.errand)), "\n",
                        std::to_string(effect.protocol), "\n", std::to_string(effect.round)});
    return crypto::to_hex(crypto::bytes_of(hash).substr(0, effect_bytes));
}

}  // namespace balcao::cases
