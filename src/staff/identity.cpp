// Accounts of people at providers (OpenID Connect), linked to accounts here: how they are linked, and how
// somebody comes in by one. Who one is there is sealed with one's key, as names are.
#include <algorithm>

#include "crypto/hash.hpp"
#include "staff/staff.hpp"
#include "staff/totp.hpp"
#include "text/utf8.hpp"

namespace balcao::staff {
namespace {

constexpr std::size_t identities_most = 10;  // of one account

std::string text_of(const ProvenIdentity& who) { return who.issuer + "\n" + who.subject; }

}  // namespace

Result<void> Staff::read_identities(const StaffEvent& event, std::vector<IdentityChange>& changes) const {
    if (const auto* linked = std::get_if<IdentityLinked>(&event)) {
        BALCAO_TRY(auto opened, persons_.open(linked->account.text(), "identity", linked->identity));
        if (opened) changes.push_back({linked->account, linked->link, *std::move(opened)});
    }
    if (const auto* unlinked = std::get_if<IdentityUnlinked>(&event))
        changes.push_back({unlinked->account, unlinked->link, {}});
    if (const auto* erased = std::get_if<AccountErased>(&event)) changes.push_back({erased->account, {}, {}});
    return {};
}

void Staff::keep_identities(const std::vector<IdentityChange>& changes) {
    for (const auto& change : changes) {
        if (!change.identity.empty()) {
            by_identity_[change.identity] = {change.account, change.link};
            continue;
        }
        std::erase_if(by_identity_, [&](const auto& one) {
            const auto& known = one.second;
            return known.account == change.account && (change.link.empty() || known.link == change.link);
        });
    }
}

// Under a lock. The account of this name is matched only while it has nobody at that provider: whoever gets
// the address of somebody who left does not get the account.
AccountKey Staff::account_of(const ProvenIdentity& who) const {
    if (const auto known = by_identity_.find(text_of(who)); known != by_identity_.end())
        return known->second.account;
    if (who.matched_name.empty()) return {};
    const auto named = by_name_.find(text::fold(who.matched_name));
    if (named == by_name_.end()) return {};
    const AccountState* state = roll_.find(named->second);
    const bool is_free = state != nullptr && state->is_enabled &&
                         std::none_of(state->identities.begin(), state->identities.end(),
                                      [&](const auto& one) { return one.issuer == who.issuer; });
    return is_free ? named->second : AccountKey{};
}

// Under a lock: the account that may be entered by an invitation of that hash.
AccountKey Staff::invited(const std::string& mark, Instant now) const {
    for (const auto& [account, state] : roll_.accounts)
        if (!state.invitation.empty() && state.invitation == mark && now < state.invited_until)
            return account;
    return AccountKey{};
}

std::optional<Refusal> Staff::seal_identity(Draft& draft, IdentityLinked event, const ProvenIdentity& who) {
    auto sealed = persons_.seal(event.account.text(), "identity", text_of(who), draft.commit);
    if (!sealed) return Refusal{Reason::unavailable};
    event.link = crypto::random_name();
    event.issuer = who.issuer;
    event.identity = *std::move(sealed);
    draft.events.emplace_back(std::move(event));
    return std::nullopt;
}

Answer<SignedInNow> Staff::sign_in_by(const SignInBy& sign_in) {
    const Instant now = clock_.now();
    if (!sign_in.peer.empty())
        if (const auto until = peers_.locked_until(sign_in.peer, now)) return Refusal{Reason::locked, until};
    if (!refresh()) return Refusal{Reason::unavailable};
    AccountKey account;
    {
        const std::lock_guard lock{mutex_};
        account = account_of(sign_in.who);
    }
    if (account.empty()) return fail_unknown(sign_in);
    Entry entry{account, {}, typed_code(sign_in.code), crypto::to_base64url(crypto::random_bytes(32))};
    entry.identity = sign_in.who;
    if (!sign_in.once.empty()) entry.once = "staff/sign-in-by/" + sign_in.once;
    return begin(std::move(entry), {{}, {}, sign_in.code, sign_in.peer});
}

// Nothing was guessed, so nobody is locked; an auditor sees it.
Refusal Staff::fail_unknown(const SignInBy& sign_in) {
    const auto made = run({}, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        if (!account_of(sign_in.who).empty()) return Refusal{Reason::unavailable};
        draft.events.emplace_back(SignInFailed{{}, 0, {}, sign_in.who.issuer});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return {Reason::identity_unknown};
}

// Whether who is known by the provider may come in now; links an account that its name has found.
std::optional<Refusal> Staff::admit_identity(Draft& draft, const Entry& entry, SignedIn& event) {
    const ProvenIdentity& who = *entry.identity;
    if (account_of(who) != entry.account) return Refusal{Reason::identity_unknown};
    event.issuer = who.issuer;
    const AccountState& state = roll_.accounts.at(entry.account);
    if (who.has_second_factor)
        event.has_second_factor = true;
    else if (needs_vouching(state, state.grants))
        return Refusal{Reason::second_factor_missing};
    if (by_identity_.contains(text_of(who))) return std::nullopt;
    return seal_identity(draft, {.account = entry.account, .by = {}}, who);
}

Answer<AccountKey> Staff::accept_by(const std::string& token,
                                    const ProvenIdentity& who,
                                    const std::string& key) {
    const std::string mark = crypto::to_base64url(crypto::bytes_of(crypto::sha256({token})));
    const std::string command = command_of("accept/" + mark, Actor::installation(), key);
    const auto made = run(command, [&](Draft& draft, Instant now) -> std::optional<Refusal> {
        const AccountKey account = invited(mark, now);
        if (account.empty()) return Refusal{Reason::invitation_over};
        const auto known = by_identity_.find(text_of(who));
        if (known != by_identity_.end()) return Refusal{Reason::identity_taken};
        draft.answer = account.text();
        return seal_identity(draft, {.account = account, .is_invitation = true, .by = account}, who);
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return AccountKey{std::get<Made>(made).answer};
}

Answer<Done> Staff::link(const AccountKey& account, const ProvenIdentity& who, const std::string& key) {
    return done(run(command_of("link", account, key), [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const AccountState* state = roll_.find(account);
        if (state == nullptr) return Refusal{Reason::no_such_account};
        if (!state->is_enabled) return Refusal{Reason::account_disabled};
        const auto known = by_identity_.find(text_of(who));
        if (known != by_identity_.end()) {
            if (known->second.account == account) return std::nullopt;
            return Refusal{Reason::identity_taken};
        }
        if (state->identities.size() >= identities_most) return Refusal{Reason::not_allowed};
        return seal_identity(draft, {.account = account, .by = account}, who);
    }));
}

Answer<Done> Staff::unlink(const Actor& by,
                           const AccountKey& account,
                           const std::string& link,
                           const std::string& key) {
    const std::string command = command_of("unlink/" + account.text(), by, key);
    return done(run(command, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const AccountState* state = roll_.find(account);
        if (state == nullptr) return Refusal{Reason::no_such_account};
        const bool is_own = !by.is_installation() && by.account() == account;
        if (!is_own && !may_rule(by, *state)) return Refusal{Reason::not_allowed};
        const auto& all = state->identities;
        if (std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.link == link; }))
            return Refusal{Reason::identity_missing};
        if (is_own && state->password.empty() && all.size() == 1) return Refusal{Reason::last_way_in};
        draft.events.emplace_back(IdentityUnlinked{account, link, by.account()});
        return std::nullopt;
    }));
}

}  // namespace balcao::staff
