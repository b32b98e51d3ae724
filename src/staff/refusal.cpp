#include "staff/refusal.hpp"

#include <array>

namespace balcao::staff {

std::string_view name_of(Reason reason) {
    static constexpr std::array<std::string_view, 33> names{
        "unavailable",
        "not-allowed",
        "no-such-account",
        "no-such-session",
        "already-founded",
        "last-administrator",
        "name-missing",
        "name-unfit",
        "sign-in-name-unfit",
        "sign-in-name-taken",
        "password-too-short",
        "password-too-long",
        "password-not-text",
        "password-too-even",
        "password-common",
        "password-names-person",
        "password-names-city",
        "password-wrong",
        "sign-in-wrong",
        "code-needed",
        "code-wrong",
        "code-used",
        "locked",
        "account-disabled",
        "no-totp",
        "enrolment-over",
        "invitation-over",
        "identity-unknown",
        "identity-taken",
        "identity-missing",
        "last-way-in",
        "second-factor-missing",
        "sign-in-over",
    };
    static_assert(static_cast<std::size_t>(Reason::sign_in_over) + 1 == names.size());
    return names[static_cast<std::size_t>(reason)];
}

}  // namespace balcao::staff
