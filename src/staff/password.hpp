#pragma once
// Which passwords are taken: long ones that are not what everybody tries first (OWASP ASVS 4.0.3, 2.1; NIST
// SP 800-63B, 5.1.1.2). No rule about kinds of letters, and none expires. Used where a password is set.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "staff/refusal.hpp"

namespace balcao::staff {

inline constexpr std::size_t password_letters_least = 12;
inline constexpr std::size_t password_letters_most = 128;

// Why a password is not taken, or nothing. Letters are code points; spaces count. It is refused as made of
// names when fewer than eight letters are left without those of the person (`own`) or of the city and its
// sites (`city`), gaps not counted; words of three letters and fewer are no names.
std::optional<Reason> fault_of_password(std::string_view password,
                                        const std::vector<std::string>& own,
                                        const std::vector<std::string>& city);

}  // namespace balcao::staff
