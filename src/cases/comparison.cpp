#include "cases/comparison.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

#include "journal/codec.hpp"

namespace balcao::cases {
namespace {

constexpr std::array<std::string_view, 4> held_states{"accepted", "concluded", "denied", "undone"};
constexpr std::array<std::string_view, 5> difference_kinds{"missing-there", "unknown-here", "other-state",
                                                           "other-reference", "doubled"};

// What is known of the delivery of a step: nothing where it was never sent.
std::optional<SentHere> known_of(const Case& whole, const Step& step) {
    SentHere sent{key_of({whole.number, step.asked.step, Errand::deliver, step.asked.protocol, step.round}),
                  step.reference, HeldState::accepted};
    // Before it has a reference, what was sent may be there or not.
    if (const auto* owed = std::get_if<Owed>(&step.state)) {
        if (owed->errand == Errand::deliver && !owed->is_unknown) return std::nullopt;
        sent.is_open = true;
    } else if (std::holds_alternative<UnderWay>(step.state)) {
        sent.is_open = true;
    } else if (const auto* held = std::get_if<Held>(&step.state)) {
        if (held->errand == Errand::deliver && !held->is_unknown) return std::nullopt;
        sent.is_open = true;
    } else if (const auto* task = std::get_if<WithPerson>(&step.state)) {
        if (task->errand == Errand::deliver) return std::nullopt;
        sent.is_open = true;
    } else if (std::holds_alternative<Concluded>(step.state)) {
        sent.state = HeldState::concluded;
    } else if (std::holds_alternative<Denied>(step.state)) {
        // Refused on the spot it was never there; the entity may list it all the same.
        sent.state = HeldState::denied;
        sent.is_open = step.reference.empty();
    } else if (std::holds_alternative<Stopped>(step.state)) {
        return std::nullopt;
    } else if (std::holds_alternative<Undone>(step.state)) {
        sent.state = HeldState::undone;
    } else if (std::holds_alternative<Stands>(step.state)) {
        sent.is_open = true;  // accepted or concluded: what was heard last is not kept
    }
    return sent;
}

void compare(const SentHere& sent, const std::vector<const HeldThere*>& held, std::vector<Difference>& into) {
    if (held.empty()) {
        if (!sent.is_open && !sent.may_be_older)
            into.push_back({sent.key, DifferenceKind::missing_there, sent.reference, {}, sent.of});
        return;
    }
    const HeldThere& first = *held.front();
    for (std::size_t place = 1; place < held.size(); ++place)
        into.push_back({sent.key, DifferenceKind::doubled, first.reference, held[place]->reference, sent.of});
    const bool is_referred = std::any_of(
        held.begin(), held.end(), [&](const HeldThere* one) { return one->reference == sent.reference; });
    if (!sent.reference.empty() && !is_referred)
        into.push_back({sent.key, DifferenceKind::other_reference, sent.reference, first.reference, sent.of});
    const bool is_same_state =
        std::any_of(held.begin(), held.end(), [&](const HeldThere* one) { return one->state == sent.state; });
    if (!sent.is_open && !is_same_state)
        into.push_back({sent.key, DifferenceKind::other_state, std::string{name_of(sent.state)},
                        std::string{name_of(first.state)}, sent.of});
}

}  // namespace

std::string_view name_of(HeldState state) { return held_states.at(static_cast<std::size_t>(state)); }

std::optional<HeldState> held_state_of(std::string_view name) {
    const auto* found = std::find(held_states.begin(), held_states.end(), name);
    if (found == held_states.end()) return std::nullopt;
    return static_cast<HeldState>(found - held_states.begin());
}

std::string_view name_of(DifferenceKind kind) { return difference_kinds.at(static_cast<std::size_t>(kind)); }

std::vector<SentHere> sent_to(const model::EntityKey& entity, const Case& whole, Instant since) {
    std::vector<SentHere> sent;
    for (const auto& step : whole.steps) {
        if (step.asked.entity != entity || step.asked.kind == ConnectorKind::human) continue;
        const std::string of = to_text(whole.number) + "/" + step.asked.step.text();
        const bool may_be_older = whole.opened < since;
        if (auto known = known_of(whole, step)) {
            known->may_be_older = may_be_older;
            known->of = of;
            sent.push_back(*std::move(known));
        }
        // What was sent before the citizen added something is there too, or is not any more.
        for (std::uint32_t round = 0; round < step.round; ++round)
            sent.push_back(
                {key_of({whole.number, step.asked.step, Errand::deliver, step.asked.protocol, round}),
                 {},
                 HeldState::accepted,
                 true,
                 may_be_older,
                 of});
    }
    return sent;
}

std::vector<Difference> differences_of(const std::vector<SentHere>& sent,
                                       const std::vector<HeldThere>& held) {
    std::map<std::string_view, std::vector<const HeldThere*>> there;
    for (const auto& one : held)
        there[one.key].push_back(&one);
    std::vector<Difference> differences;
    std::set<std::string_view> here;
    for (const auto& one : sent) {
        here.insert(one.key);
        const auto found = there.find(one.key);
        compare(one, found == there.end() ? std::vector<const HeldThere*>{} : found->second, differences);
    }
    for (const auto& [key, ones] : there)
        if (!here.contains(key))
            for (const auto* one : ones)
                differences.push_back({one->key, DifferenceKind::unknown_here, {}, one->reference, {}});
    std::sort(differences.begin(), differences.end());
    return differences;
}

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(DifferenceKind) { return difference_kinds; }

template <class Part, class Value>
requires std::same_as<std::remove_const_t<Value>, Difference>

void members(Part& part, Value& difference) {
    part("key", difference.key);
    part("kind", difference.kind);
    part.may_lack("here", difference.here);
    part.may_lack("there", difference.there);
    part.may_lack("of", difference.of);
}

template <class Part, class Event>
void members_of_comparison(Part& part, Event& compared) {
    part("since", compared.since);
    part("sent", compared.sent);
    part("there", compared.there);
    part("differing", compared.differing);
    part.may_lack("differences", compared.differences);
}

// As it is read and as it is written.
template <class Part>
void members(Part& part, EntityCompared& compared) {
    members_of_comparison(part, compared);
}

template <class Part>
void members(Part& part, const EntityCompared& compared) {
    members_of_comparison(part, compared);
}

std::string comparisons_of(const model::EntityKey& entity) {
    return std::string{comparisons_prefix} + entity.text();
}

journal::Draft encode(const EntityCompared& event) {
    return journal::encode_as_draft(std::variant<EntityCompared>{event});
}

Result<EntityCompared> decode_comparison(const journal::Event& event) {
    BALCAO_TRY(const auto decoded, journal::decode_as<std::variant<EntityCompared>>(event));
    return std::get<EntityCompared>(decoded);
}

}  // namespace balcao::cases
