#pragma once
// The daily comparison: what was sent to an entity, and what it says it has. Pure functions over both, and
// the event that keeps what came of it. Used by Cases::compare; it mends nothing, a person does.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cases/case.hpp"

namespace balcao::cases {

enum class HeldState : std::uint8_t { accepted, concluded, denied, undone };

// "accepted": as entities say it.
std::string_view name_of(HeldState state);
std::optional<HeldState> held_state_of(std::string_view name);

// What an entity says it has.
struct HeldThere {
    std::string key;
    std::string reference;
    HeldState state = HeldState::accepted;
    friend bool operator==(const HeldThere&, const HeldThere&) = default;
};

// What the city knows of one thing that it asked for.
struct SentHere {
    std::string key;        // of the effect that was to be done
    std::string reference;  // the entity's own; empty: none yet
    HeldState state = HeldState::accepted;
    // It may or may not be there: it is on its way, or nobody knows what came of it. Then it is no difference
    // when it is missing, nor when it is further than was heard.
    bool is_open = false;
    bool may_be_older = false;  // than the list: then it is none when it is missing
    std::string of{};           // "2026-000123/card": of which case and step
    friend bool operator==(const SentHere&, const SentHere&) = default;
};

// Of one case, what that entity was sent, or may have been, for a list of what came there since then. What it
// was never sent is not in it.
std::vector<SentHere> sent_to(const model::EntityKey& entity, const Case& whole, Instant since);

enum class DifferenceKind : std::uint8_t {
    missing_there,    // the city has its reference, and the entity does not have it
    unknown_here,     // the entity has what the city never sent
    other_state,      // `here` and `there` name them
    other_reference,  // the same
    doubled,          // the entity has it more than once, under the references `here` and `there`
};

// "missing-there"
std::string_view name_of(DifferenceKind kind);

struct Difference {
    std::string key;
    DifferenceKind kind = DifferenceKind::missing_there;
    std::string here{};
    std::string there{};
    std::string of{};  // "2026-000123/card"; empty: of nothing that was sent
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Difference&, const Difference&) = default;
};

// Every difference, by key. An entity that has something further than the city heard of
// (concluded or denied, where it was only accepted) differs too: its report was lost.
std::vector<Difference> differences_of(const std::vector<SentHere>& sent, const std::vector<HeldThere>& held);

// What "comparison/ENTITY" keeps: one event for each day on which the entity gave its list.
struct EntityCompared {
    static constexpr std::string_view type = "entity-compared";
    Instant since{};                        // what came there since then was compared
    std::uint32_t sent = 0;                 // so many the city knows of
    std::uint32_t there = 0;                // and so many the entity has
    std::uint32_t differing = 0;            // all of them
    std::vector<Difference> differences{};  // the first, differences_kept at most
};

inline constexpr std::size_t differences_kept = 100;
inline constexpr std::string_view comparisons_prefix = "comparison/";

std::string comparisons_of(const model::EntityKey& entity);
journal::Draft encode(const EntityCompared& event);
Result<EntityCompared> decode_comparison(const journal::Event& event);

}  // namespace balcao::cases
