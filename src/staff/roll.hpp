#pragma once
// The roll: accounts and sessions as the fold of their events. Internal to `staff`, whose commands decide on
// it. It knows no clock and no key: names and secrets are in it as they were sealed.
#include <map>
#include <string>
#include <vector>

#include "staff/staff_event.hpp"

namespace balcao::staff {

struct IdentityState {
    std::string link;
    std::string issuer;
    std::string identity;  // sealed
    Instant since{};
    friend bool operator==(const IdentityState&, const IdentityState&) = default;
};

struct AccountState {
    std::string sign_in_name;  // sealed
    std::string name;          // sealed
    std::vector<Grant> grants;
    bool is_enabled = true;
    bool is_erased = false;
    std::string password;  // Argon2id, sealed; empty: none yet
    std::string totp;      // sealed; empty: none
    std::vector<std::string> recovery_codes;
    std::string invitation;  // hash of its token; empty: none
    Instant invited_until{};
    std::vector<IdentityState> identities;
    std::uint64_t epoch = 0;  // SignedIn::epoch of the sessions that are alive
    friend bool operator==(const AccountState&, const AccountState&) = default;
};

struct SessionState {
    AccountKey account;
    std::uint64_t epoch = 0;
    Instant begun{};
    Instant seen{};
    bool has_second_factor = false;
    std::string issuer{};
    friend bool operator==(const SessionState&, const SessionState&) = default;
};

struct Failures {
    int count = 0;
    Instant last{};
    Instant until{};  // locked so long
    friend bool operator==(const Failures&, const Failures&) = default;
};

struct Roll {
    std::map<AccountKey, AccountState> accounts;
    std::map<SessionKey, SessionState> sessions;  // that were not ended by an event
    std::map<AccountKey, Failures> failures;
    std::map<AccountKey, std::int64_t> last_step;  // of an accepted one-time code

    // `version` and `at` are those of the event in its stream.
    void apply(const StaffEvent& event, std::uint64_t version, Instant at);

    // Drops what began, failed or was accepted before that moment and matters no more.
    void forget_before(Instant moment);

    // The account, when it is there and not erased.
    [[nodiscard]] const AccountState* find(const AccountKey& account) const;

    // Whether the session's account still honours it; the times are the caller's to judge.
    [[nodiscard]] bool is_honoured(const SessionState& session) const;

    friend bool operator==(const Roll&, const Roll&) = default;
};

// Whether the grants allow it at that site; for the whole city when there is none.
bool allow(const std::vector<Grant>& grants, Permission permission, const Where& site);

}  // namespace balcao::staff
