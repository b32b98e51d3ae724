#pragma once
// Who works for the city: their accounts, how they prove who they are, and what they may do. The pages use
// it; any number of threads may, and any number of server processes may share one journal. It knows no page
// and no protocol, and never hands out a secret twice. A command takes the key by which its caller may repeat
// it: the same key again changes nothing more and gets the same answer. Every command waits until it is
// durable, so it belongs on a worker's thread; `session`, `may` and the lists are answered from memory.
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "journal/persons.hpp"
#include "journal/settle.hpp"
#include "journal/store.hpp"
#include "staff/account.hpp"
#include "staff/refusal.hpp"
#include "staff/roll.hpp"
#include "staff/settings.hpp"

namespace balcao::staff {

struct SignIn {
    std::string sign_in_name;
    std::string password;
    std::string code;  // one-time or recovery code; spaces and hyphens count for nothing
    std::string peer;  // the address that it comes from; empty: none that could be shut out
};

// Somebody for whom a provider vouches; the caller has checked its word.
struct ProvenIdentity {
    std::string issuer;
    std::string subject;
    bool has_second_factor = false;
    // Where no account is linked: links and signs in the one of this name, which has none at that provider
    // yet. Empty: never.
    std::string matched_name{};
};

struct SignInBy {
    ProvenIdentity who;
    std::string code{};  // of the second factor here, where the provider vouches for none
    std::string peer{};
    std::string once{};  // names this sign-in: it is good once, on whichever server; empty: as often as asked
};

struct SignedInNow {
    std::string token;  // 256 random bits in base 64 for addresses; handed out here and nowhere else
    Session session;
};

struct Invitation {
    std::string token;  // lets who has it set a password, once
    Instant until{};
};

struct Enrolment {
    std::string secret;   // in base 32, to be typed where no camera is
    std::string address;  // otpauth://…, to be shown as a square code
    std::string ticket;   // sealed; comes back with the first code
};

class Staff {
public:
    // `installation` is the key that journal::Persons is given. Error: unavailable, or invalid when the
    // journal holds what this version does not know or was sealed by another installation. Store and clock
    // must outlive it.
    static Result<std::unique_ptr<Staff>> open(journal::Store& store,
                                               const Clock& clock,
                                               const crypto::SecretKey& installation,
                                               Settings settings = {});

    // Accounts. Unless said otherwise `by` must be allowed to manage people wherever the account holds a
    // role, and must hold every permission that it has or gets: nobody makes somebody mightier than oneself.

    // The first account, an administrator everywhere, while there is none.
    Answer<AccountKey> found(const Names& given, const std::string& password, const std::string& key);
    // Without a password: who is invited sets one.
    Answer<AccountKey> add(const Actor& by,
                           const Names& given,
                           const std::vector<Grant>& grants,
                           const std::string& key);
    Answer<Done> rename(const Actor& by,
                        const AccountKey& account,
                        const Names& given,
                        const std::string& key);
    Answer<Done> give_role(const Actor& by,
                           const AccountKey& account,
                           const Grant& grant,
                           const std::string& key);
    Answer<Done> take_role(const Actor& by,
                           const AccountKey& account,
                           const Grant& grant,
                           const std::string& key);
    // For a first password or a forgotten one; an earlier invitation is void. What somebody has goes on
    // working until the invitation is accepted.
    Answer<Invitation> invite(const Actor& by, const AccountKey& account, const std::string& key);
    // Ends every session of the account, as `disable` does.
    Answer<Done> end_sessions(const Actor& by, const AccountKey& account, const std::string& key);
    Answer<Done> disable(const Actor& by, const AccountKey& account, const std::string& key);
    Answer<Done> enable(const Actor& by, const AccountKey& account, const std::string& key);
    // Destroys the person's key: names, password and second factor are gone, here and in every backup's text.
    Answer<Done> erase(const Actor& by, const AccountKey& account, const std::string& key);

    // Secrets of one's own.

    // The account whose password it is; every session of it ends.
    Answer<AccountKey> accept(const std::string& token, const std::string& password, const std::string& key);
    // Ends every session, this one too. A wrong old password counts as a failed sign-in.
    Answer<Done> change_password(const AccountKey& account,
                                 const std::string& old_password,
                                 const std::string& new_password,
                                 const std::string& key);
    // Changes nothing yet.
    Answer<Enrolment> propose_totp(const AccountKey& account) const;
    // `code` is what the authenticator shows for the secret in `ticket`; it is used up by this.
    Answer<Done> enrol_totp(const AccountKey& account,
                            const std::string& ticket,
                            const std::string& code,
                            const std::string& key);
    // The same by a provider in place of a password.
    Answer<AccountKey> accept_by(const std::string& token, const ProvenIdentity& who, const std::string& key);
    // One account has an identity; it may have several.
    Answer<Done> link(const AccountKey& account, const ProvenIdentity& who, const std::string& key);
    // Also allowed to the account itself, but for the last way in. Ends every session.
    Answer<Done> unlink(const Actor& by,
                        const AccountKey& account,
                        const std::string& link,
                        const std::string& key);
    // Also allowed to the account itself. The recovery codes are void.
    Answer<Done> remove_totp(const Actor& by, const AccountKey& account, const std::string& key);
    // Ten codes, each good for one sign-in in place of a one-time code; the earlier ones are void.
    Answer<std::vector<std::string>> make_recovery_codes(const AccountKey& account, const std::string& key);

    // Signing in and out.

    // Takes as long for an unknown name as for a wrong password. Cannot be repeated: the token is handed out
    // once, and a lost answer means signing in again.
    Answer<SignedInNow> sign_in(const SignIn& sign_in);
    // By a provider's word in place of a password; locks and disabled accounts hold as there.
    Answer<SignedInNow> sign_in_by(const SignInBy& sign_in);
    // The session of a token, when it is alive; using it keeps it from ending idle.
    [[nodiscard]] std::optional<Session> session(std::string_view token);
    // Nothing happens when there is no such session.
    Answer<Done> sign_out(std::string_view token);
    // Allowed to its account, and to whoever may manage that.
    Answer<Done> end_session(const Actor& by, const SessionKey& session);

    // What is true, from memory.

    // Also false while a second factor is due for a strong right. No site: in the whole city.
    [[nodiscard]] bool may(const AccountKey& account, Permission permission, const Where& site) const;
    [[nodiscard]] bool may_manage(const Actor& by, const AccountKey& account) const;
    // While there is no account, `found` is open to whoever comes first.
    [[nodiscard]] bool is_founded() const;
    [[nodiscard]] std::optional<Account> account(const AccountKey& account) const;
    // In the order of their names, erased ones left out.
    [[nodiscard]] std::vector<Account> accounts() const;
    // Those alive, the oldest first.
    [[nodiscard]] std::vector<Session> sessions_of(const AccountKey& account) const;

    // Reads what other processes wrote, and records which sessions were used here; to be called every few
    // seconds: that is how long a session ended elsewhere may still be honoured here. Error: unavailable.
    Result<void> catch_up();

    // The fold as it is known here, for tests: equal to that of a process that starts now.
    [[nodiscard]] Roll roll() const;

private:
    // What a command wants written; `answer` is kept under its key.
    struct Draft {
        std::string answer;
        std::vector<StaffEvent> events;
        journal::Commit commit;  // keys of persons; a command of its own in place of the caller's key
    };

    using Made = journal::Made;

    // Decides on the roll at a moment; called again when another writer was first.
    using Decide = std::function<std::optional<Refusal>(Draft&, Instant)>;

    // Somebody whose password was right, on the way in.
    struct Entry {
        AccountKey account;
        std::string password;  // the hash that it was tried on, as it is sealed
        std::string code;
        std::string token;
        std::optional<Refusal> failed{};           // counted, for the code
        std::optional<ProvenIdentity> identity{};  // in place of a password
        std::string once{};
    };

    // Who somebody at a provider is here.
    struct KnownIdentity {
        AccountKey account;
        std::string link;
    };

    // What events say of identities, in their order.
    struct IdentityChange {
        AccountKey account;
        std::string link{};      // empty: all of the account
        std::string identity{};  // opened; empty: it is unlinked
    };

    Staff(journal::Store& store,
          const Clock& clock,
          const crypto::SecretKey& installation,
          Settings settings);

    // How commands are made (commit.cpp). `run` holds `writing_` while it calls the others.
    Answer<Made> run(const std::string& command, const Decide& decide);
    Answer<journal::Commit> attempt(const Decide& decide);
    // What that command was answered, when it was there before; nothing for the empty one.
    Answer<std::optional<Made>> kept(const std::string& command) const;
    [[nodiscard]] std::string stream_for(const StaffEvent& event, Instant at) const;
    Result<void> read_on();
    // The same for whoever does not hold `writing_`.
    Result<void> refresh();
    Result<void> read_names(const StaffEvent& event, std::map<AccountKey, Names>& names) const;
    void keep_names(const std::map<AccountKey, Names>& names);
    Result<void> read_identities(const StaffEvent& event, std::vector<IdentityChange>& changes) const;
    void keep_identities(const std::vector<IdentityChange>& changes);
    static Answer<Done> done(const Answer<Made>& made);
    static std::string command_of(std::string_view verb, const Actor& by, const std::string& key);
    static SessionKey session_key_of(std::string_view token);
    // A name that nobody guesses, always the same for one command; random without one.
    [[nodiscard]] std::string secret_of(std::string_view purpose, const std::string& command) const;

    // What the roll says; the caller holds `writing_` or `mutex_`.
    [[nodiscard]] bool is_second_factor_due(const AccountState& account) const;
    [[nodiscard]] bool has_right(const Actor& by, Permission permission, const Where& site) const;
    [[nodiscard]] bool has_rights_of(const Actor& by, const Grant& grant) const;
    [[nodiscard]] bool may_rule(const Actor& by, const AccountState& account) const;
    [[nodiscard]] bool is_last_administrator(const AccountKey& account) const;
    [[nodiscard]] std::optional<Reason> fault_of_names(const Names& names, const AccountKey& account) const;
    [[nodiscard]] Session show(const SessionKey& key, const SessionState& state) const;
    [[nodiscard]] bool is_alive(const SessionKey& key, const SessionState& session, Instant now) const;
    [[nodiscard]] Instant last_use(const SessionKey& key, const SessionState& session) const;
    [[nodiscard]] Account show(const AccountKey& key, const AccountState& state) const;

    // Passwords and codes (secrets.cpp, sign_in.cpp).
    using Order = std::function<std::optional<Refusal>(Draft&, const AccountState&, Instant)>;
    Answer<Made> rule(std::string_view verb,
                      const Actor& by,
                      const AccountKey& account,
                      const std::string& key,
                      const Order& order);
    std::string hash(const std::string& password);
    bool is_right(const std::string& hash, std::string_view password);
    Result<std::string> hash_of(const AccountKey& account, const std::string& sealed) const;
    std::optional<Reason> fault_of(const AccountKey& account, const std::string& password) const;
    template <class Named>
    std::optional<Refusal> seal_names(Draft& draft, Named event, const Names& names);
    std::optional<Refusal> seal_password(Draft& draft, const AccountKey& account, const std::string& hashed);
    [[nodiscard]] std::optional<Instant> locked_until(const AccountKey& account, Instant now) const;
    Refusal fail(const AccountKey& account, const SignIn& sign_in, Reason reason);
    std::optional<Instant> fail_within(Draft& draft, const AccountKey& account, Instant now) const;
    Answer<SignedInNow> begin(Entry entry, const SignIn& sign_in);
    std::optional<Refusal> admit(Draft& draft, Entry& entry, Instant now);
    std::optional<Refusal> admit_identity(Draft& draft, const Entry& entry, SignedIn& event);
    Refusal fail_unknown(const SignInBy& sign_in);
    [[nodiscard]] AccountKey account_of(const ProvenIdentity& who) const;
    [[nodiscard]] AccountKey invited(const std::string& mark, Instant now) const;
    std::optional<Refusal> seal_identity(Draft& draft, IdentityLinked event, const ProvenIdentity& who);
    [[nodiscard]] bool is_vouched(const AccountState& account) const;
    [[nodiscard]] bool needs_vouching(const AccountState& account, const std::vector<Grant>& grants) const;
    std::optional<Reason> check_code(Draft& draft,
                                     SignedIn& event,
                                     const std::string& code,
                                     Instant now) const;
    [[nodiscard]] std::string mark_of(const AccountKey& account, std::string_view code) const;

    journal::Store& store_;
    const Clock& clock_;
    journal::Persons persons_;
    crypto::SecretKey secrets_;  // what invitations and recovery codes grow out of
    crypto::SecretKey marks_;    // what recovery codes are kept by
    crypto::SecretKey tickets_;  // what seals an enrolment
    Settings settings_;
    std::string decoy_;  // the hash that a password is tried on when there is none
    std::counting_semaphore<64> hashing_;
    Lockouts peers_;
    Lockouts strangers_;  // names that no account has

    std::mutex writing_;  // one command at a time; what it guards is also read under `mutex_`
    std::map<std::string, journal::StreamEnd> ends_;
    mutable std::mutex mutex_;  // held briefly; whoever changes what follows holds both
    Roll roll_;
    std::map<AccountKey, Names> names_;
    std::map<std::string, AccountKey, std::less<>> by_name_;  // folded
    std::map<std::string, KnownIdentity> by_identity_;
    std::map<SessionKey, Instant> used_;  // here, since it was last recorded
};

}  // namespace balcao::staff
