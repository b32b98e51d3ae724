#pragma once
// Why something was not done, for pages to word in the person's language. Used by every command of `staff`.
// A refused sign-in never says whether the name exists.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/instant.hpp"

namespace balcao::staff {

enum class Reason : std::uint8_t {
    unavailable,  // the journal cannot be read or written now; the same key later finds what was done
    not_allowed,  // who asks does not hold the right
    no_such_account,
    no_such_session,
    already_founded,
    last_administrator,  // nobody would be left who may manage people everywhere
    name_missing,
    name_unfit,          // longer than 100 letters, or not text
    sign_in_name_unfit,  // not 3 to 64 letters, digits and . _ - + @
    sign_in_name_taken,
    password_too_short,
    password_too_long,
    password_not_text,
    password_too_even,      // few letters, or one run of the keyboard or the alphabet
    password_common,        // what everybody tries first
    password_names_person,  // little is left without the person's own names
    password_names_city,    // little is left without the names of the city and its sites
    password_wrong,         // of who is signed in and wants to change it
    sign_in_wrong,          // name, password or both
    code_needed,            // the password is right, a second factor is enrolled
    code_wrong,
    code_used,
    locked,            // `until`
    account_disabled,  // told only with the right password
    no_totp,
    enrolment_over,  // the secret was offered too long ago, or to somebody else
    invitation_over,
    identity_unknown,       // the provider vouches for somebody whom no account here has
    identity_taken,         // another account has it
    identity_missing,       // the account has none of that name
    last_way_in,            // neither a password nor another provider would be left
    second_factor_missing,  // the provider did not say that one was given, and a strong right needs it
    sign_in_over,           // this very sign-in by the provider was used
};

// "sign-in-wrong": the name that programs see.
std::string_view name_of(Reason reason);

struct Refusal {
    Reason reason{};
    std::optional<Instant> until{};  // when it may be tried again
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Done {};

template <class T>
using Answer = std::variant<T, Refusal>;

}  // namespace balcao::staff
