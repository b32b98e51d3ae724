#include "assist/names.hpp"

#include <array>

namespace balcao::assist {
namespace {

constexpr std::array<std::string_view, 2> sides{"mediator", "citizen"};
constexpr std::array<std::string_view, 3> modes{"show-me", "let-me-try", "i-do-you-watch"};
constexpr std::array<std::string_view, 2> purposes{"real", "practice"};
constexpr std::array<std::string_view, 2> screen_kinds{"desk", "own"};
constexpr std::array<std::string_view, 2> code_uses{"screen", "desk"};
constexpr std::array<std::string_view, 2> confirmers{"citizen", "proxy"};
constexpr std::array<std::string_view, 3> proxy_kinds{"legal-guardian", "power-of-attorney", "companion"};
constexpr std::array<std::string_view, 5> dispute_reasons{"value-wrong", "not-understood", "not-wanted",
                                                          "feels-pressed", "other"};
constexpr std::array<std::string_view, 4> glass_reasons{"person-taken-ill", "person-asked",
                                                        "somebody-in-danger", "to-put-right"};
constexpr std::array<std::string_view, 3> doers{"citizen-alone", "citizen-with-help", "mediator"};
constexpr std::array<std::string_view, 8> states{"under-way",   "disputed",  "kept",      "carried-home",
                                                 "handed-over", "practised", "abandoned", "expired"};

}  // namespace

std::span<const std::string_view> words_of(Side) { return sides; }

std::span<const std::string_view> words_of(Mode) { return modes; }

std::span<const std::string_view> words_of(Purpose) { return purposes; }

std::span<const std::string_view> words_of(ScreenKind) { return screen_kinds; }

std::span<const std::string_view> words_of(CodeUse) { return code_uses; }

std::span<const std::string_view> words_of(Confirmer) { return confirmers; }

std::span<const std::string_view> words_of(ProxyKind) { return proxy_kinds; }

std::span<const std::string_view> words_of(DisputeReason) { return dispute_reasons; }

std::span<const std::string_view> words_of(GlassReason) { return glass_reasons; }

std::span<const std::string_view> words_of(Doer) { return doers; }

std::span<const std::string_view> words_of(State) { return states; }

}  // namespace balcao::assist
