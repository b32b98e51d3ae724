// Signing in: a name, a password and a second factor become a session, or a failure that is counted.
#include <algorithm>

#include "crypto/hash.hpp"
#include "staff/staff.hpp"
#include "staff/totp.hpp"
#include "text/utf8.hpp"

namespace balcao::staff {
namespace {

std::string folded_name(std::string_view typed) {
    const auto first = typed.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text::fold(typed.substr(first, typed.find_last_not_of(' ') - first + 1));
}

bool is_one_time_code(std::string_view code) {
    return code.size() == 6 && code.find_first_not_of("0123456789") == std::string_view::npos;
}

// Base 32 has no 0, 1 and 8; who types them meant a letter.
std::string recovery_code(std::string code) {
    std::replace(code.begin(), code.end(), '0', 'O');
    std::replace(code.begin(), code.end(), '1', 'I');
    std::replace(code.begin(), code.end(), '8', 'B');
    return code;
}

}  // namespace

// An address's failures count before a name is looked at, so that one address cannot lock out everybody.
Answer<SignedInNow> Staff::sign_in(const SignIn& sign_in) {
    const Instant now = clock_.now();
    if (!sign_in.peer.empty())
        if (const auto until = peers_.locked_until(sign_in.peer, now)) return Refusal{Reason::locked, until};
    if (!refresh()) return Refusal{Reason::unavailable};
    const std::string folded = folded_name(sign_in.sign_in_name);
    AccountKey account;
    std::string sealed;
    {
        const std::lock_guard lock{mutex_};
        if (const auto found = by_name_.find(folded); found != by_name_.end()) account = found->second;
        if (const AccountState* state = roll_.find(account)) sealed = state->password;
        const auto until =
            account.empty() ? strangers_.locked_until(folded, now) : locked_until(account, now);
        if (until) return Refusal{Reason::locked, until};
    }
    const AccountKey nobody{"nobody"};
    const auto tried = hash_of(sealed.empty() ? nobody : account, sealed);
    if (!tried) return Refusal{Reason::unavailable};
    if (!is_right(*tried, sign_in.password) || sealed.empty())
        return fail(account, sign_in, Reason::sign_in_wrong);
    const std::string token = crypto::to_base64url(crypto::random_bytes(32));
    return begin({account, sealed, typed_code(sign_in.code), token}, sign_in);
}

// A failure is an event also where no account has the name: it takes as long, and an auditor sees both.
Refusal Staff::fail(const AccountKey& account, const SignIn& sign_in, Reason reason) {
    const std::string folded = folded_name(sign_in.sign_in_name);
    std::optional<Instant> until;
    bool is_counted = false;
    const auto made = run({}, [&](Draft& draft, Instant now) -> std::optional<Refusal> {
        if (account.empty()) {
            const auto locked = is_counted ? std::nullopt : strangers_.locked_until(folded, now);
            if (locked) return Refusal{Reason::locked, locked};
            if (!is_counted) until = strangers_.fail(folded, now);
            is_counted = true;
            draft.events.emplace_back(SignInFailed{});
            return std::nullopt;
        }
        if (const auto locked = locked_until(account, now)) return Refusal{Reason::locked, locked};
        until = fail_within(draft, account, now);
        return std::nullopt;
    });
    if (!sign_in.peer.empty()) static_cast<void>(peers_.fail(sign_in.peer, clock_.now()));
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return {reason, until};
}

std::optional<Instant> Staff::fail_within(Draft& draft, const AccountKey& account, Instant now) const {
    const auto found = roll_.failures.find(account);
    const Failures before = found == roll_.failures.end() ? Failures{} : found->second;
    const Failures after = one_more(settings_.account_lock, before, now);
    draft.events.emplace_back(SignInFailed{account, after.count, after.until});
    if (after.until <= now) return std::nullopt;
    return after.until;
}

Answer<SignedInNow> Staff::begin(Entry entry, const SignIn& sign_in) {
    const auto made = run({}, [&](Draft& draft, Instant now) { return admit(draft, entry, now); });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    if (entry.failed) {
        if (!sign_in.peer.empty()) static_cast<void>(peers_.fail(sign_in.peer, clock_.now()));
        return *entry.failed;
    }
    if (std::get<Made>(made).is_repeated) {
        if (entry.code.empty()) return Refusal{Reason::sign_in_over};
        return fail(entry.account, sign_in, Reason::code_used);
    }
    auto begun = session(entry.token);
    if (!begun) return Refusal{Reason::unavailable};
    return SignedInNow{entry.token, *std::move(begun)};
}

std::optional<Refusal> Staff::admit(Draft& draft, Entry& entry, Instant now) {
    entry.failed.reset();
    const AccountKey& account = entry.account;
    const AccountState* state = roll_.find(account);
    if (state == nullptr || (!entry.identity && state->password != entry.password))
        return Refusal{Reason::sign_in_wrong};
    if (const auto until = locked_until(account, now)) return Refusal{Reason::locked, until};
    if (!state->is_enabled) return Refusal{Reason::account_disabled};
    SignedIn event{account, session_key_of(entry.token), state->epoch, 0, !state->totp.empty(), {}};
    draft.commit.command = entry.once;
    if (entry.identity)
        if (auto refusal = admit_identity(draft, entry, event)) return refusal;
    const bool is_vouched_for = entry.identity && entry.identity->has_second_factor;
    if (!state->totp.empty() && !is_vouched_for) {
        if (entry.code.empty()) return Refusal{Reason::code_needed};
        const auto reason = check_code(draft, event, entry.code, now);
        if (reason == Reason::unavailable) return Refusal{*reason};
        if (reason) {
            entry.failed = Refusal{*reason, fail_within(draft, account, now)};
            return std::nullopt;
        }
    }
    draft.events.emplace_back(std::move(event));
    return std::nullopt;
}

// The commit bears the code's own name as its command, so that no two commits ever use the same one, on
// whichever servers and however near to midnight they are made.
std::optional<Reason> Staff::check_code(Draft& draft,
                                        SignedIn& event,
                                        const std::string& code,
                                        Instant now) const {
    const AccountState& state = roll_.accounts.at(event.account);
    const std::string command = "staff/code/" + event.account.text() + "/";
    if (is_one_time_code(code)) {
        const auto secret = persons_.open(event.account.text(), "totp", state.totp);
        if (!secret || !*secret) return Reason::unavailable;
        const auto step = step_of_code(**secret, code, now);
        if (!step) return Reason::code_wrong;
        const auto last = roll_.last_step.find(event.account);
        if (last != roll_.last_step.end() && *step <= last->second) return Reason::code_used;
        event.step = *step;
        draft.commit.command = command + std::to_string(*step);
        return std::nullopt;
    }
    const std::string mark = mark_of(event.account, recovery_code(code));
    const auto& left = state.recovery_codes;
    if (std::find(left.begin(), left.end(), mark) == left.end()) return Reason::code_wrong;
    draft.events.emplace_back(RecoveryCodeUsed{event.account, mark});
    draft.commit.command = command + mark;
    return std::nullopt;
}

}  // namespace balcao::staff
