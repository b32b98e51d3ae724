#include "staff/roll.hpp"

#include <algorithm>

#include "staff/totp.hpp"

namespace balcao::staff {
namespace {

struct Apply {
    Roll& roll;
    std::uint64_t version = 0;
    Instant at{};

    void operator()(const AccountAdded& event) const {
        auto& account = roll.accounts[event.account];
        account.sign_in_name = event.sign_in_name;
        account.name = event.name;
        account.epoch = version;
    }

    void operator()(const AccountRenamed& event) const {
        auto& account = roll.accounts[event.account];
        account.sign_in_name = event.sign_in_name;
        account.name = event.name;
    }

    void operator()(const RoleGiven& event) const {
        auto& grants = roll.accounts[event.account].grants;
        if (std::find(grants.begin(), grants.end(), event.grant) == grants.end())
            grants.push_back(event.grant);
    }

    void operator()(const RoleTaken& event) const {
        std::erase(roll.accounts[event.account].grants, event.grant);
    }

    void operator()(const PersonInvited& event) const {
        auto& account = roll.accounts[event.account];
        account.invitation = event.token;
        account.invited_until = event.until;
    }

    void operator()(const PasswordSet& event) const {
        auto& account = roll.accounts[event.account];
        account.password = event.password;
        account.invitation.clear();
        account.invited_until = {};
        account.epoch = version;
    }

    void operator()(const TotpEnrolled& event) const {
        roll.accounts[event.account].totp = event.secret;
        accepted(event.account, event.step);
    }

    void operator()(const TotpRemoved& event) const {
        auto& account = roll.accounts[event.account];
        account.totp.clear();
        account.recovery_codes.clear();
    }

    void operator()(const RecoveryCodesMade& event) const {
        roll.accounts[event.account].recovery_codes = event.codes;
    }

    void operator()(const RecoveryCodeUsed& event) const {
        std::erase(roll.accounts[event.account].recovery_codes, event.code);
    }

    void operator()(const AccountDisabled& event) const {
        auto& account = roll.accounts[event.account];
        account.is_enabled = false;
        account.epoch = version;
    }

    void operator()(const AccountEnabled& event) const { roll.accounts[event.account].is_enabled = true; }

    void operator()(const AccountErased& event) const {
        auto& account = roll.accounts[event.account];
        account = {};
        account.is_enabled = false;
        account.is_erased = true;
        account.epoch = version;
    }

    void operator()(const IdentityLinked& event) const {
        auto& account = roll.accounts[event.account];
        account.identities.push_back({event.link, event.issuer, event.identity, at});
        if (!event.is_invitation) return;
        account.invitation.clear();
        account.invited_until = {};
    }

    void operator()(const IdentityUnlinked& event) const {
        auto& account = roll.accounts[event.account];
        std::erase_if(account.identities, [&](const auto& one) { return one.link == event.link; });
        account.epoch = version;
    }

    void operator()(const SessionsEnded& event) const { roll.accounts[event.account].epoch = version; }

    void operator()(const SignedIn& event) const {
        roll.sessions[event.session] = {event.account,           event.epoch, at, at,
                                        event.has_second_factor, event.issuer};
        roll.failures.erase(event.account);
        accepted(event.account, event.step);
    }

    void operator()(const SignInFailed& event) const {
        if (!event.tried.empty()) roll.failures[event.tried] = {event.count, at, event.until};
    }

    void operator()(const SessionSeen& event) const {
        const auto found = roll.sessions.find(event.session);
        if (found != roll.sessions.end()) found->second.seen = std::max(found->second.seen, event.seen);
    }

    void operator()(const SessionEnded& event) const { roll.sessions.erase(event.session); }

    void accepted(const AccountKey& account, std::int64_t step) const {
        if (step == 0) return;
        auto& last = roll.last_step[account];
        last = std::max(last, step);
    }
};

}  // namespace

void Roll::apply(const StaffEvent& event, std::uint64_t version, Instant at) {
    std::visit(Apply{*this, version, at}, event);
}

void Roll::forget_before(Instant moment) {
    std::erase_if(sessions, [&](const auto& one) { return one.second.begun < moment; });
    std::erase_if(failures, [&](const auto& one) { return one.second.last < moment; });
    std::erase_if(last_step, [&](const auto& one) { return one.second < step_of(moment); });
}

const AccountState* Roll::find(const AccountKey& account) const {
    const auto found = accounts.find(account);
    return found == accounts.end() || found->second.is_erased ? nullptr : &found->second;
}

bool Roll::is_honoured(const SessionState& session) const {
    const AccountState* account = find(session.account);
    return account != nullptr && account->is_enabled && account->epoch == session.epoch;
}

bool allow(const std::vector<Grant>& grants, Permission permission, const Where& site) {
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return allows(grant.role, permission) && (!grant.site || grant.site == site);
    });
}

}  // namespace balcao::staff
