#include "device/refusal.hpp"

#include <array>

namespace balcao::device {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 8> names{
        "unavailable", "not-enabled",  "disabled",   "code-unfit",
        "code-in-use", "name-missing", "name-unfit", "no-such-device",
    };
    static_assert(static_cast<std::size_t>(Reason::no_such_device) + 1 == names.size());
    return names[static_cast<std::size_t>(reason)];
}

}  // namespace balcao::device
