#include "front/comparison.hpp"

namespace balcao::front {
namespace {

using cases::HeldState;
using text::Words;

std::string held_text(const std::string& state, const Words& words) {
    switch (cases::held_state_of(state).value_or(HeldState::accepted)) {
        case HeldState::accepted:
            return words("taken up");
        case HeldState::concluded:
            return words("done");
        case HeldState::denied:
            return words("refused");
        case HeldState::undone:
            return words("taken back");
    }
    return {};
}

}  // namespace

cases::Answer<std::vector<EntityComparison>> last_comparisons(const cases::Cases& cases,
                                                              const model::Model& city) {
    std::vector<EntityComparison> all;
    for (const auto& entity : city.entities) {
        const auto last = cases.last_comparison(entity.key);
        if (const auto* refusal = std::get_if<cases::Refusal>(&last)) return *refusal;
        if (const auto& made = std::get<std::optional<cases::ComparedAt>>(last))
            all.push_back({entity.key, *made});
    }
    return all;
}

std::string difference_text(const cases::Difference& difference, const Words& words) {
    using cases::DifferenceKind;
    switch (difference.kind) {
        case DifferenceKind::missing_there:
            return words("The entity does not have it; here it has the reference {reference}.",
                         {{"reference", difference.here}});
        case DifferenceKind::unknown_here:
            return words("The entity has {reference}, which was never sent from here.",
                         {{"reference", difference.there}});
        case DifferenceKind::other_state:
            return words(
                "Here it is {here}; the entity says {there}.",
                {{"here", held_text(difference.here, words)}, {"there", held_text(difference.there, words)}});
        case DifferenceKind::other_reference:
            return words("Here it has the reference {here}; the entity has {there}.",
                         {{"here", difference.here}, {"there", difference.there}});
        case DifferenceKind::doubled:
            return words("The entity has it twice, as {here} and as {there}.",
                         {{"here", difference.here}, {"there", difference.there}});
    }
    return {};
}

std::string comparison_text(const cases::EntityCompared& compared, const Words& words) {
    const auto sent = std::to_string(compared.sent);
    const auto there = std::to_string(compared.there);
    if (compared.differing == 0)
        return words("{sent} sent, {there} there: no difference.", {{"sent", sent}, {"there", there}});
    return words("{sent} sent, {there} there: {count} differ.",
                 {{"sent", sent}, {"there", there}, {"count", std::to_string(compared.differing)}});
}

}  // namespace balcao::front
