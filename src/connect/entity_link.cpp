#include "connect/entity_link.hpp"

#include <array>

#include "crypto/hash.hpp"

namespace balcao::connect {
namespace {

constexpr std::size_t signed_bytes = 16;

}  // namespace

EntityLinks::EntityLinks(const crypto::SecretKey& installation)
    : key_{installation.derive("links of entities")} {}

std::string EntityLinks::write(const EntityLink& link) const {
    const std::string name =
        cases::to_text(link.number) + "." + crypto::to_base64url(link.step.text()) + "." + link.effect;
    const auto mac = crypto::authenticate(key_, name);
    return name + "." + crypto::to_base64url(crypto::bytes_of(mac).substr(0, signed_bytes));
}

std::optional<EntityLink> EntityLinks::read(std::string_view text) const {
    std::array<std::string_view, 3> parts;
    std::size_t from = 0;
    for (auto& part : parts) {
        const auto end = text.find('.', from);
        if (end == std::string_view::npos) return std::nullopt;
        part = text.substr(from, end - from);
        from = end + 1;
    }
    EntityLink link;
    const auto step = crypto::from_base64url(parts[1]);
    if (!cases::from_text(parts[0], link.number) || !step) return std::nullopt;
    link.step = cases::StepKey{*step};
    link.effect = parts[2];
    if (!crypto::is_equal_in_constant_time(write(link), text)) return std::nullopt;
    return link;
}

bool is_of_now(const EntityLink& link, const cases::Case& whole) {
    const cases::Step* step = whole.find(link.step);
    return whole.number == link.number && step != nullptr && step->effect == link.effect;
}

}  // namespace balcao::connect
