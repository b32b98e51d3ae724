#include "office/visit.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace balcao::office {

std::string to_string(const DeskId& desk) { return desk.group.text() + "-" + std::to_string(desk.place); }

std::optional<DeskId> parse_desk(std::string_view text) {
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos || dash == 0) return std::nullopt;
    const std::string_view digits = text.substr(dash + 1);
    int place = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), place);
    if (error != std::errc{} || end != digits.data() + digits.size() || place < 1 || digits.front() == '0')
        return std::nullopt;
    return DeskId{DeskKey{std::string{text.substr(0, dash)}}, place};
}

std::string_view name_of(const State& state) {
    constexpr std::array<std::string_view, std::variant_size_v<State>> names{
        "waiting", "called", "served", "parked", "collecting", "missed", "done", "left"};
    return names[state.index()];
}

bool is_over(const State& state) {
    return std::holds_alternative<Missed>(state) || std::holds_alternative<Done>(state) ||
           std::holds_alternative<Left>(state);
}

const DeskId* desk_of(const State& state) {
    if (const auto* called = std::get_if<Called>(&state)) return &called->desk;
    if (const auto* served = std::get_if<InService>(&state)) return &served->desk;
    return nullptr;
}

Instant counts_from(const Visit& visit) {
    return std::max(visit.arrived, visit.appointment.value_or(visit.arrived));
}

std::chrono::milliseconds waited(const Visit& visit, Instant now) {
    return std::max(std::chrono::milliseconds{0}, visit.first_called.value_or(now) - counts_from(visit));
}

}  // namespace balcao::office
