#pragma once
// What happens to accounts and sessions: the events of the stream "staff" (accounts, kept for ever) and of
// one stream a day (sign-ins and sessions, "staff/2026-11-22" by UTC), so that a start reads only the days in
// which a session may still be alive. Made by the commands of `staff`, folded by its roll (roll.hpp). Names,
// password hashes and secrets of authenticators are sealed for their person; tokens and codes are not in
// here, only their hashes.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "journal/event.hpp"
#include "staff/account.hpp"

namespace balcao::staff {

struct AccountAdded {
    static constexpr std::string_view type = "account-added";
    AccountKey account;
    std::string sign_in_name;  // sealed
    std::string name;          // sealed
    AccountKey by;             // here and below: empty when it was the installation itself
};

struct AccountRenamed {
    static constexpr std::string_view type = "account-renamed";
    AccountKey account;
    std::string sign_in_name;  // sealed
    std::string name;          // sealed
    AccountKey by;
};

struct RoleGiven {
    static constexpr std::string_view type = "role-given";
    AccountKey account;
    Grant grant;
    AccountKey by;
};

struct RoleTaken {
    static constexpr std::string_view type = "role-taken";
    AccountKey account;
    Grant grant;
    AccountKey by;
};

struct PersonInvited {
    static constexpr std::string_view type = "person-invited";
    AccountKey account;
    std::string token;  // its SHA-256
    Instant until{};
    AccountKey by;
};

// Ends every session, and an invitation.
struct PasswordSet {
    static constexpr std::string_view type = "password-set";
    AccountKey account;
    std::string password;  // its Argon2id hash, sealed
};

struct TotpEnrolled {
    static constexpr std::string_view type = "totp-enrolled";
    AccountKey account;
    std::string secret;     // sealed
    std::int64_t step = 0;  // of the code that proved it
};

// With it go the recovery codes.
struct TotpRemoved {
    static constexpr std::string_view type = "totp-removed";
    AccountKey account;
    AccountKey by;
};

// The earlier ones are void.
struct RecoveryCodesMade {
    static constexpr std::string_view type = "recovery-codes-made";
    AccountKey account;
    std::vector<std::string> codes;  // their HMAC-SHA-256 with a key of the installation
};

struct RecoveryCodeUsed {
    static constexpr std::string_view type = "recovery-code-used";
    AccountKey account;
    std::string code;
};

// Ends every session.
struct AccountDisabled {
    static constexpr std::string_view type = "account-disabled";
    AccountKey account;
    AccountKey by;
};

struct AccountEnabled {
    static constexpr std::string_view type = "account-enabled";
    AccountKey account;
    AccountKey by;
};

// The person's key was destroyed in the same commit; what the account did stays, under its key.
struct AccountErased {
    static constexpr std::string_view type = "account-erased";
    AccountKey account;
    AccountKey by;
};

// `identity` is the provider's issuer and who the person is there; `link` names it here. By an invitation
// that was accepted so, which is void with it, where `is_invitation`.
struct IdentityLinked {
    static constexpr std::string_view type = "identity-linked";
    AccountKey account;
    std::string link{};
    std::string issuer{};
    std::string identity{};  // sealed
    bool is_invitation = false;
    AccountKey by;
};

// Ends every session.
struct IdentityUnlinked {
    static constexpr std::string_view type = "identity-unlinked";
    AccountKey account;
    std::string link;
    AccountKey by;
};

struct SessionsEnded {
    static constexpr std::string_view type = "sessions-ended";
    AccountKey account;
    AccountKey by;
};

// `epoch` is the version of the last event of "staff" that ended the account's sessions: a session of an
// earlier epoch is over, in whatever order the two streams are read.
struct SignedIn {
    static constexpr std::string_view type = "signed-in";
    AccountKey account;
    SessionKey session;
    std::uint64_t epoch = 0;
    std::int64_t step = 0;  // of the one-time code, when there was one
    bool has_second_factor = false;
    std::string issuer{};  // the provider that vouched for the person; empty: a password did
};

// `tried` is empty when no account has the name. `count`: failures in a row, this one included; `until` is
// there when they lock the account.
struct SignInFailed {
    static constexpr std::string_view type = "sign-in-failed";
    AccountKey tried;
    int count = 0;
    Instant until{};
    std::string issuer{};  // the provider, of somebody there whom no account here has
};

struct SessionSeen {
    static constexpr std::string_view type = "session-seen";
    SessionKey session;
    Instant seen{};
};

struct SessionEnded {
    static constexpr std::string_view type = "session-ended";
    SessionKey session;
    AccountKey by;
};

using StaffEvent = std::variant<AccountAdded,
                                AccountRenamed,
                                RoleGiven,
                                RoleTaken,
                                PersonInvited,
                                PasswordSet,
                                TotpEnrolled,
                                TotpRemoved,
                                RecoveryCodesMade,
                                RecoveryCodeUsed,
                                AccountDisabled,
                                AccountEnabled,
                                AccountErased,
                                IdentityLinked,
                                IdentityUnlinked,
                                SessionsEnded,
                                SignedIn,
                                SignInFailed,
                                SessionSeen,
                                SessionEnded>;

// As the journal keeps it.
journal::Draft encode(const StaffEvent& event);

// Error: invalid, with the place, for what no version of Balcão has written.
Result<StaffEvent> decode(const journal::Event& event);

}  // namespace balcao::staff
