#pragma once
// An account and a session as they are shown to whoever may see them, and the names by which they are meant.
// Used by the pages and by `staff` itself; no secret is ever in here.
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/key.hpp"
#include "model/keys.hpp"
#include "staff/permission.hpp"

namespace balcao::staff {

using AccountKey = Key<struct AccountTag>;  // says nothing about the person: journal::Persons::new_person
using SessionKey = Key<struct SessionTag>;  // the SHA-256 of its token, in base 64 for addresses

// A site, or nothing for the whole city.
using Where = std::optional<model::SiteKey>;

struct Grant {
    Role role = Role::attendant;
    Where site{};
    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Grant&, const Grant&) = default;
};

struct Names {
    std::string sign_in_name;  // case and accents count for nothing
    std::string name;          // as colleagues read it
    friend bool operator==(const Names&, const Names&) = default;
};

// One's account at a provider, by which one may sign in here; who one is there is not shown.
struct LinkedIdentity {
    std::string link;    // by which it is meant
    std::string issuer;  // the provider
    Instant since{};
    friend bool operator==(const LinkedIdentity&, const LinkedIdentity&) = default;
};

struct Account {
    AccountKey key;
    Names names;  // empty once the person was erased
    std::vector<Grant> grants;
    bool is_enabled = true;
    bool is_erased = false;
    bool has_password = false;  // otherwise only an invitation lets the person in
    bool has_totp = false;
    std::size_t recovery_codes_left = 0;
    std::optional<Instant> locked_until;
    std::optional<Instant> invited_until;
    std::vector<LinkedIdentity> identities{};  // the oldest first
};

struct Session {
    SessionKey key;
    AccountKey account;
    Names names;
    Instant begun{};
    Instant seen{};
    Instant ends{};  // at the latest
    bool has_second_factor = false;
    // The person holds a strong right and has no second factor yet: Staff::may refuses strong rights until
    // one is enrolled.
    bool is_second_factor_due = false;
    std::string issuer{};  // the provider by which it began; empty: with a password
};

// Who gives an order: somebody with an account, or whoever holds the installation's own machine and key (the
// command line), who is asked for no right.
class Actor {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): an account acts, and reads so
    Actor(AccountKey account) : account_{std::move(account)} {}

    static Actor installation() {
        Actor actor{AccountKey{}};
        actor.is_installation_ = true;
        return actor;
    }

    [[nodiscard]] const AccountKey& account() const { return account_; }

    [[nodiscard]] bool is_installation() const { return is_installation_; }

private:
    AccountKey account_;
    bool is_installation_ = false;
};

}  // namespace balcao::staff
