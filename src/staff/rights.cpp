// What the roll says about who may do what, and how accounts are shown.
#include <algorithm>

#include "staff/staff.hpp"

namespace balcao::staff {
namespace {

bool holds_strong_right(const std::vector<Grant>& grants) {
    return std::any_of(grants.begin(), grants.end(), [](const Grant& grant) {
        return std::any_of(all_permissions().begin(), all_permissions().end(), [&](Permission permission) {
            return is_strong(permission) && allows(grant.role, permission);
        });
    });
}

}  // namespace

bool Staff::is_second_factor_due(const AccountState& account) const {
    return settings_.second_factor == SecondFactor::for_strong_rights && account.totp.empty() &&
           holds_strong_right(account.grants) && !is_vouched(account);
}

// Whether nobody gets into it but by providers that vouch for a second factor.
bool Staff::is_vouched(const AccountState& account) const {
    const auto& vouching = settings_.vouching_issuers;
    return account.password.empty() && !account.identities.empty() &&
           std::all_of(account.identities.begin(), account.identities.end(), [&](const auto& one) {
               return std::find(vouching.begin(), vouching.end(), one.issuer) != vouching.end();
           });
}

// Such an account may do mighty things without a second factor here, so each way in must have one there.
bool Staff::needs_vouching(const AccountState& account, const std::vector<Grant>& grants) const {
    return settings_.second_factor == SecondFactor::for_strong_rights && account.totp.empty() &&
           holds_strong_right(grants) && is_vouched(account);
}

bool Staff::has_right(const Actor& by, Permission permission, const Where& site) const {
    if (by.is_installation()) return true;
    const AccountState* account = roll_.find(by.account());
    if (account == nullptr || !account->is_enabled) return false;
    if (is_strong(permission) && is_second_factor_due(*account)) return false;
    return allow(account->grants, permission, site);
}

// Whether somebody may give or take that role: who manages people there and holds all that it allows.
bool Staff::has_rights_of(const Actor& by, const Grant& grant) const {
    return has_right(by, Permission::manage_people, grant.site) &&
           std::all_of(all_permissions().begin(), all_permissions().end(), [&](Permission permission) {
               return !allows(grant.role, permission) || has_right(by, permission, grant.site);
           });
}

bool Staff::may_rule(const Actor& by, const AccountState& account) const {
    if (by.is_installation()) return true;
    const AccountState* ruler = roll_.find(by.account());
    if (ruler == nullptr) return false;
    const bool manages_somewhere =
        std::any_of(ruler->grants.begin(), ruler->grants.end(), [&](const Grant& grant) {
            return allows(grant.role, Permission::manage_people) &&
                   has_right(by, Permission::manage_people, grant.site);
        });
    return manages_somewhere && std::all_of(account.grants.begin(), account.grants.end(),
                                            [&](const Grant& grant) { return has_rights_of(by, grant); });
}

bool Staff::is_last_administrator(const AccountKey& account) const {
    const auto administers = [](const AccountState& state) {
        return state.is_enabled && !state.is_erased && allow(state.grants, Permission::manage_people, {});
    };
    const AccountState* state = roll_.find(account);
    return state != nullptr && administers(*state) &&
           std::none_of(roll_.accounts.begin(), roll_.accounts.end(), [&](const auto& other) {
               return other.first != account && administers(other.second);
           });
}

bool Staff::may(const AccountKey& account, Permission permission, const Where& site) const {
    const std::lock_guard lock{mutex_};
    return has_right(account, permission, site);
}

bool Staff::may_manage(const Actor& by, const AccountKey& account) const {
    const std::lock_guard lock{mutex_};
    const AccountState* state = roll_.find(account);
    return state != nullptr && may_rule(by, *state);
}

bool Staff::is_founded() const {
    const std::lock_guard lock{mutex_};
    return !roll_.accounts.empty();
}

Account Staff::show(const AccountKey& key, const AccountState& state) const {
    Account account{key, {}, state.grants, state.is_enabled, state.is_erased, {}, {}, {}, {}, {}, {}};
    if (const auto names = names_.find(key); names != names_.end()) account.names = names->second;
    account.has_password = !state.password.empty();
    account.has_totp = !state.totp.empty();
    for (const auto& one : state.identities)
        account.identities.push_back({one.link, one.issuer, one.since});
    account.recovery_codes_left = state.recovery_codes.size();
    account.locked_until = locked_until(key, clock_.now());
    if (state.invited_until > clock_.now()) account.invited_until = state.invited_until;
    return account;
}

std::optional<Account> Staff::account(const AccountKey& account) const {
    const std::lock_guard lock{mutex_};
    const auto found = roll_.accounts.find(account);
    if (found == roll_.accounts.end()) return std::nullopt;
    return show(account, found->second);
}

std::vector<Account> Staff::accounts() const {
    std::vector<Account> accounts;
    {
        const std::lock_guard lock{mutex_};
        for (const auto& [key, state] : roll_.accounts)
            if (!state.is_erased) accounts.push_back(show(key, state));
    }
    std::sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) {
        return std::tie(a.names.name, a.key) < std::tie(b.names.name, b.key);
    });
    return accounts;
}

std::optional<Instant> Staff::locked_until(const AccountKey& account, Instant now) const {
    const auto found = roll_.failures.find(account);
    if (found == roll_.failures.end() || found->second.until <= now) return std::nullopt;
    return found->second.until;
}

}  // namespace balcao::staff
