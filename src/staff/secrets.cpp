// Passwords, authenticators and recovery codes: how they are set, and how a password is tried.
#include <charconv>

#include "crypto/hash.hpp"
#include "staff/password.hpp"
#include "staff/staff.hpp"
#include "staff/totp.hpp"

namespace balcao::staff {
namespace {

constexpr int recovery_codes_made = 10;
constexpr std::size_t recovery_code_letters = 16;  // 80 bits
constexpr std::size_t totp_secret_bytes = 20;      // RFC 4226, 4: as long as the hash

// Bounds how many passwords are hashed at the same time.
class Turn {
public:
    explicit Turn(std::counting_semaphore<64>& semaphore) : semaphore_{semaphore} { semaphore_.acquire(); }

    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn(Turn&&) = delete;
    Turn& operator=(Turn&&) = delete;

    ~Turn() { semaphore_.release(); }

private:
    std::counting_semaphore<64>& semaphore_;
};

}  // namespace

std::string Staff::hash(const std::string& password) {
    const Turn turn{hashing_};
    return crypto::hash_password(password, settings_.cost);
}

bool Staff::is_right(const std::string& hash, std::string_view password) {
    const Turn turn{hashing_};
    // Nothing longer was ever taken (four bytes a letter at most), and length costs time.
    return crypto::is_password(hash, password.substr(0, 4 * password_letters_most + 1));
}

// The hash that a password is tried on; the decoy's when there is none. Reads the person's key in either
// case.
Result<std::string> Staff::hash_of(const AccountKey& account, const std::string& sealed) const {
    BALCAO_TRY(auto opened, persons_.open(account.text(), "password", sealed));
    return std::move(opened).value_or(decoy_);
}

std::optional<Reason> Staff::fault_of(const AccountKey& account, const std::string& password) const {
    Names names;
    {
        const std::lock_guard lock{mutex_};
        if (const auto found = names_.find(account); found != names_.end()) names = found->second;
    }
    return fault_of_password(password, {names.sign_in_name, names.name}, settings_.words);
}

std::optional<Refusal> Staff::seal_password(Draft& draft,
                                            const AccountKey& account,
                                            const std::string& hashed) {
    auto sealed = persons_.seal(account.text(), "password", hashed, draft.commit);
    if (!sealed) return Refusal{Reason::unavailable};
    draft.events.emplace_back(PasswordSet{account, *std::move(sealed)});
    return std::nullopt;
}

Answer<AccountKey> Staff::accept(const std::string& token,
                                 const std::string& password,
                                 const std::string& key) {
    const std::string mark = crypto::to_base64url(crypto::bytes_of(crypto::sha256({token})));
    const std::string command = command_of("accept/" + mark, Actor::installation(), key);
    if (!refresh()) return Refusal{Reason::unavailable};
    AccountKey account;
    {
        const std::lock_guard lock{mutex_};
        account = invited(mark, clock_.now());
    }
    std::string hashed;
    if (!account.empty()) {
        if (const auto fault = fault_of(account, password)) return Refusal{*fault};
        hashed = hash(password);
    }
    const auto made = run(command, [&](Draft& draft, Instant now) -> std::optional<Refusal> {
        if (account.empty() || invited(mark, now) != account) return Refusal{Reason::invitation_over};
        draft.answer = account.text();
        return seal_password(draft, account, hashed);
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return AccountKey{std::get<Made>(made).answer};
}

Answer<Done> Staff::change_password(const AccountKey& account,
                                    const std::string& old_password,
                                    const std::string& new_password,
                                    const std::string& key) {
    const std::string command = command_of("change-password", account, key);
    const auto before = kept(command);
    if (const auto* refusal = std::get_if<Refusal>(&before)) return *refusal;
    if (std::get<0>(before)) return Done{};
    if (!refresh()) return Refusal{Reason::unavailable};
    std::string sealed;
    {
        const std::lock_guard lock{mutex_};
        const AccountState* state = roll_.find(account);
        if (state == nullptr) return Refusal{Reason::no_such_account};
        if (const auto until = locked_until(account, clock_.now())) return Refusal{Reason::locked, until};
        sealed = state->password;
    }
    const auto tried = hash_of(account, sealed);
    if (!tried) return Refusal{Reason::unavailable};
    if (!is_right(*tried, old_password) || sealed.empty()) return fail(account, {}, Reason::password_wrong);
    if (const auto fault = fault_of(account, new_password)) return Refusal{*fault};
    const std::string hashed = hash(new_password);
    return done(run(command, [&](Draft& draft, Instant now) -> std::optional<Refusal> {
        const AccountState* state = roll_.find(account);
        if (state == nullptr) return Refusal{Reason::no_such_account};
        if (const auto until = locked_until(account, now)) return Refusal{Reason::locked, until};
        if (state->password != sealed) return Refusal{Reason::password_wrong};
        return seal_password(draft, account, hashed);
    }));
}

Answer<Enrolment> Staff::propose_totp(const AccountKey& account) const {
    Names names;
    {
        const std::lock_guard lock{mutex_};
        if (roll_.find(account) == nullptr) return Refusal{Reason::no_such_account};
        names = names_.at(account);
    }
    const std::string secret = crypto::random_bytes(totp_secret_bytes);
    const Instant until = clock_.now() + settings_.enrolment_length;
    const std::string text = secret + std::to_string(until.time_since_epoch().count());
    return Enrolment{crypto::to_base32(secret), totp_address(settings_.issuer, names.sign_in_name, secret),
                     crypto::to_base64url(crypto::seal(tickets_, text, account.text()))};
}

Answer<Done> Staff::enrol_totp(const AccountKey& account,
                               const std::string& ticket,
                               const std::string& code,
                               const std::string& key) {
    const auto bytes = crypto::from_base64url(ticket);
    const auto text = bytes ? crypto::open(tickets_, *bytes, account.text()) : std::nullopt;
    if (!text) return Refusal{Reason::enrolment_over};
    const std::string secret = text->substr(0, totp_secret_bytes);
    std::int64_t until = 0;
    std::from_chars(text->data() + totp_secret_bytes, text->data() + text->size(), until);
    return done(
        run(command_of("enrol-totp", account, key), [&](Draft& draft, Instant now) -> std::optional<Refusal> {
            if (roll_.find(account) == nullptr) return Refusal{Reason::no_such_account};
            if (now.time_since_epoch().count() >= until) return Refusal{Reason::enrolment_over};
            const auto step = step_of_code(secret, typed_code(code), now);
            if (!step) return Refusal{Reason::code_wrong};
            auto sealed = persons_.seal(account.text(), "totp", secret, draft.commit);
            if (!sealed) return Refusal{Reason::unavailable};
            draft.events.emplace_back(TotpEnrolled{account, *std::move(sealed), *step});
            return std::nullopt;
        }));
}

Answer<Done> Staff::remove_totp(const Actor& by, const AccountKey& account, const std::string& key) {
    const std::string command = command_of("remove-totp/" + account.text(), by, key);
    return done(run(command, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const AccountState* state = roll_.find(account);
        if (state == nullptr) return Refusal{Reason::no_such_account};
        const bool is_own = !by.is_installation() && by.account() == account;
        if (!is_own && !may_rule(by, *state)) return Refusal{Reason::not_allowed};
        if (!state->totp.empty()) draft.events.emplace_back(TotpRemoved{account, by.account()});
        return std::nullopt;
    }));
}

// What is kept of a recovery code: nobody tries codes on it without the installation's key.
std::string Staff::mark_of(const AccountKey& account, std::string_view code) const {
    const std::string message = account.text() + "/" + std::string{code};
    return crypto::to_base64url(crypto::bytes_of(crypto::authenticate(marks_, message)));
}

Answer<std::vector<std::string>> Staff::make_recovery_codes(const AccountKey& account,
                                                            const std::string& key) {
    const std::string command = command_of("recovery-codes", account, key);
    std::vector<std::string> codes;
    RecoveryCodesMade event{account, {}};
    for (int number = 0; number < recovery_codes_made; ++number) {
        const auto seed = crypto::sha256({secret_of("recovery code " + std::to_string(number), command)});
        std::string code = crypto::to_base32(crypto::bytes_of(seed)).substr(0, recovery_code_letters);
        event.codes.push_back(mark_of(account, code));
        for (std::size_t place = code.size() - 4; place > 0; place -= 4)
            code.insert(place, "-");
        codes.push_back(std::move(code));
    }
    const auto made = run(command, [&](Draft& draft, Instant) -> std::optional<Refusal> {
        const AccountState* state = roll_.find(account);
        if (state == nullptr) return Refusal{Reason::no_such_account};
        if (state->totp.empty()) return Refusal{Reason::no_totp};
        draft.events.emplace_back(event);
        return std::nullopt;
    });
    if (const auto* refusal = std::get_if<Refusal>(&made)) return *refusal;
    return codes;
}

}  // namespace balcao::staff
