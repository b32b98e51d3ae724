#include "booking/appointment.hpp"

#include <array>

namespace balcao::booking {

std::string_view name_of(const State& state, Instant now) {
    static constexpr std::array<std::string_view, 7> names{"held",   "preconfirmed", "confirmed", "arrived",
                                                           "missed", "cancelled",    "moved"};
    static_assert(std::variant_size_v<State> == names.size());
    return is_lapsed(state, now) ? "lapsed" : names[state.index()];
}

std::optional<Instant> until_of(const State& state) {
    if (const auto* held = std::get_if<Held>(&state)) return held->until;
    if (const auto* waits = std::get_if<Preconfirmed>(&state)) return waits->until;
    return std::nullopt;
}

bool is_call(const model::ChannelKey& channel) { return channel.text() == "phone"; }

bool is_lapsed(const State& state, Instant now) {
    const auto until = until_of(state);
    return until && *until <= now;
}

}  // namespace balcao::booking
