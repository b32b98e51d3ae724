// The commands by which people manage the accounts of others.
#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"
#include "crypto/hash.hpp"
#include "staff/password.hpp"
#include "staff/staff.hpp"
#include "text/utf8.hpp"

namespace balcao::staff {
namespace {

constexpr std::size_t name_letters_most = 100;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

Names trimmed(const Names& names) { return {trimmed(names.sign_in_name), trimmed(names.name)}; }

bool is_fit_name(std::string_view name) {
    if (find_invalid_utf8(name) || text::display_width(name) > name_letters_most) return false;
    return std::none_of(name.begin(), name.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    });
}

bool is_fit_sign_in_name(const std::string& folded) {
    return folded.size() >= 3 && folded.size() <= 64 &&
           folded.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._@+-") == std::string::npos;
}

}  // namespace

std::optional<Reason> Staff::fault_of_names(const Names& names, const AccountKey& account) const {
    if (names.name.empty() || names.sign_in_name.empty()) return Reason::name_missing;
    if (!is_fit_name(names.name)) return Reason::name_unfit;
    const std::string folded = text::fold(names.sign_in_name);
    if (!is_fit_sign_in_name(folded)) return Reason::sign_in_name_unfit;
    const auto found = by_name_.find(folded);
    if (found != by_name_.end() && found->second != account) return Reason::sign_in_name_taken;
    return std::nullopt;
}

template <class Named>
std::optional<Refusal> Staff::seal_names(Draft& draft, Named event, const Names& names) {
    const auto& person = event.account.text();
    auto sign_in_name = persons_.seal(person, "sign-in-name", names.sign_in_name, draft.commit);
    if (!sign_in_name) return Refusal{Reason::unavailable};
    auto name = persons_.seal(person, "name", names.name, draft.commit);
    if (!name) return Refusal{Reason::unavailable};
    event.sign_in_name = *std::move(sign_in_name);
    event.name = *std::move(name);
    draft.events.emplace_back(std::move(event));
    return std::nullopt;
}

Answer<AccountKey> Staff::found(const Names& given, const std::string& password, const std::string& key) {
    const Names names = trimmed(given);
    if (const auto fault = fault_of_password(password, {names.sign_in_name, names.name}, settings_.words))
        return Refusal{*fault};
    const AccountKey account{journal::Persons::new_person()};
    const std::string hashed = hash(password);
    const auto made = run(command_of("found", Actor::installation(), key),
                          [&](Draft& draft, Instant) -> std::optional<Refusal> {
                              if (!roll_.accounts.empty()) return Refusal{Reason::already_founded};
                              if (const auto fault = fault_of_names(names, account)) return Refusal{*fault};
                              draft.answer = account.text();
                              if (auto refusal = seal_names(draft, AccountAdded{account, {}, {}, {}}, names))
                                  return refusal;
                              draft.events.emplace_back(RoleGiven{account, {Role::administrator, {}}, {}});
                              return seal_password(draft, account, hashed);
                          });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return AccountKey{std::get<Made>(made).answer};
}

Answer<AccountKey> Staff::add(const Actor& by,
                              const Names& given,
                              const std::vector<Grant>& grants,
                              const std::string& key) {
    const Names names = trimmed(given);
    const AccountKey account{journal::Persons::new_person()};
    const auto made = run(command_of("add", by, key), [&](Draft& draft, Instant) -> std::optional<Refusal> {
        AccountState wanted;
        wanted.grants = grants;
        if (!may_rule(by, wanted)) return Refusal{Reason::not_allowed};
        if (const auto fault = fault_of_names(names, account)) return Refusal{*fault};
        draft.answer = account.text();
        if (auto refusal = seal_names(draft, AccountAdded{account, {}, {}, by.account()}, names))
            return refusal;
        for (const auto& grant : grants)
            draft.events.emplace_back(RoleGiven{account, grant, by.account()});
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return AccountKey{std::get<Made>(made).answer};
}

// An order about an account by somebody who rules over it.
Answer<Staff::Made> Staff::rule(std::string_view verb,
                                const Actor& by,
                                const AccountKey& account,
                                const std::string& key,
                                const Order& order) {
    const std::string verb_and_account = std::string{verb} + "/" + account.text();
    return run(command_of(verb_and_account, by, key),
               [&](Draft& draft, Instant now) -> std::optional<Refusal> {
                   const AccountState* state = roll_.find(account);
                   if (state == nullptr) return Refusal{Reason::no_such_account};
                   if (!may_rule(by, *state)) return Refusal{Reason::not_allowed};
                   return order(draft, *state, now);
               });
}

Answer<Done> Staff::rename(const Actor& by,
                           const AccountKey& account,
                           const Names& given,
                           const std::string& key) {
    const Names names = trimmed(given);
    return done(rule("rename", by, account, key,
                     [&](Draft& draft, const AccountState&, Instant) -> std::optional<Refusal> {
                         if (const auto fault = fault_of_names(names, account)) return Refusal{*fault};
                         if (names_.at(account) == names) return std::nullopt;
                         return seal_names(draft, AccountRenamed{account, {}, {}, by.account()}, names);
                     }));
}

Answer<Done> Staff::give_role(const Actor& by,
                              const AccountKey& account,
                              const Grant& grant,
                              const std::string& key) {
    return done(rule("give-role", by, account, key,
                     [&](Draft& draft, const AccountState& state, Instant) -> std::optional<Refusal> {
                         if (!has_rights_of(by, grant)) return Refusal{Reason::not_allowed};
                         if (std::find(state.grants.begin(), state.grants.end(), grant) != state.grants.end())
                             return std::nullopt;
                         draft.events.emplace_back(RoleGiven{account, grant, by.account()});
                         // One that is open may have begun without a second factor.
                         if (needs_vouching(state, {grant}) && !needs_vouching(state, state.grants))
                             draft.events.emplace_back(SessionsEnded{account, by.account()});
                         return std::nullopt;
                     }));
}

Answer<Done> Staff::take_role(const Actor& by,
                              const AccountKey& account,
                              const Grant& grant,
                              const std::string& key) {
    return done(rule("take-role", by, account, key,
                     [&](Draft& draft, const AccountState& state, Instant) -> std::optional<Refusal> {
                         if (std::find(state.grants.begin(), state.grants.end(), grant) == state.grants.end())
                             return std::nullopt;
                         auto rest = state.grants;
                         std::erase(rest, grant);
                         if (!allow(rest, Permission::manage_people, {}) && is_last_administrator(account))
                             return Refusal{Reason::last_administrator};
                         draft.events.emplace_back(RoleTaken{account, grant, by.account()});
                         return std::nullopt;
                     }));
}

Answer<Invitation> Staff::invite(const Actor& by, const AccountKey& account, const std::string& key) {
    const std::string token = secret_of("invitation", command_of("invite/" + account.text(), by, key));
    const auto made = rule("invite", by, account, key,
                           [&](Draft& draft, const AccountState&, Instant now) -> std::optional<Refusal> {
                               const Instant until = now + settings_.invitation_length;
                               draft.answer = std::to_string(until.time_since_epoch().count());
                               draft.events.emplace_back(PersonInvited{
                                   account, crypto::to_base64url(crypto::bytes_of(crypto::sha256({token}))),
                                   until, by.account()});
                               return std::nullopt;
                           });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    const std::string& answer = std::get<Made>(made).answer;
    std::int64_t until = 0;
    std::from_chars(answer.data(), answer.data() + answer.size(), until);
    return Invitation{token, Instant{std::chrono::milliseconds{until}}};
}

Answer<Done> Staff::end_sessions(const Actor& by, const AccountKey& account, const std::string& key) {
    const auto order = [&](Draft& draft, const AccountState&, Instant) -> std::optional<Refusal> {
        draft.events.emplace_back(SessionsEnded{account, by.account()});
        return std::nullopt;
    };
    return done(rule("end-sessions", by, account, key, order));
}

Answer<Done> Staff::disable(const Actor& by, const AccountKey& account, const std::string& key) {
    return done(rule("disable", by, account, key,
                     [&](Draft& draft, const AccountState& state, Instant) -> std::optional<Refusal> {
                         if (!state.is_enabled) return std::nullopt;
                         if (is_last_administrator(account)) return Refusal{Reason::last_administrator};
                         draft.events.emplace_back(AccountDisabled{account, by.account()});
                         return std::nullopt;
                     }));
}

Answer<Done> Staff::enable(const Actor& by, const AccountKey& account, const std::string& key) {
    return done(rule("enable", by, account, key,
                     [&](Draft& draft, const AccountState& state, Instant) -> std::optional<Refusal> {
                         if (!state.is_enabled)
                             draft.events.emplace_back(AccountEnabled{account, by.account()});
                         return std::nullopt;
                     }));
}

Answer<Done> Staff::erase(const Actor& by, const AccountKey& account, const std::string& key) {
    return done(rule("erase", by, account, key,
                     [&](Draft& draft, const AccountState&, Instant) -> std::optional<Refusal> {
                         if (is_last_administrator(account)) return Refusal{Reason::last_administrator};
                         draft.events.emplace_back(AccountErased{account, by.account()});
                         journal::Persons::erase(account.text(), draft.commit);
                         return std::nullopt;
                     }));
}

}  // namespace balcao::staff
