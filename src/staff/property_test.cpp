// Whatever people do, in whatever order: what a server knows is what a new one reads, no code is good twice,
// and a session that was ended stays so.
#include <map>
#include <rapidcheck.h>
#include <set>

#include "staff/town_test.hpp"

using namespace balcao;
using namespace balcao::staff;
using namespace balcao::staff::town;

namespace {

// A town that is told what to do by numbers.
struct Life {
    Town town;
    std::unique_ptr<Staff> elsewhere = open(town.store, town.clock);
    AccountKey root = town.founder();
    std::vector<AccountKey> people{root};
    std::vector<std::string> names{"root"};
    std::map<AccountKey, std::string> secrets;
    std::map<AccountKey, std::vector<std::string>> codes;
    std::map<AccountKey, std::string> passwords{{root, good_password}};
    std::vector<std::string> tokens;
    std::map<AccountKey, std::vector<std::string>> tokens_of;
    std::set<std::string> ended;
    std::set<std::string> spent;  // account and code with which somebody got in

    [[nodiscard]] Staff& either(int choice) const { return choice % 2 == 0 ? *town.staff : *elsewhere; }

    void join(Staff& staff) {
        const std::string name = "person" + std::to_string(people.size());
        const auto answer = staff.add(root, {name, "Ana Só"}, {{Role::attendant, north}}, "");
        if (const auto* account = std::get_if<AccountKey>(&answer)) {
            people.push_back(*account);
            names.push_back(name);
        }
    }

    void set_password(Staff& staff, const AccountKey& who, int choice) {
        const auto invited = staff.invite(Actor::installation(), who, "");
        const auto* invitation = std::get_if<Invitation>(&invited);
        if (invitation == nullptr) return;
        const auto& password = choice % 3 == 0 ? other_password : good_password;
        if (refused(staff.accept(invitation->token, password, "")) != "nothing") return;
        passwords[who] = password;
        end_all(who);
    }

    void enrol(Staff& staff, const AccountKey& who) {
        const auto answer = staff.propose_totp(who);
        const auto* offered = std::get_if<Enrolment>(&answer);
        if (offered == nullptr) return;
        const auto secret = from_base32(offered->secret);
        if (refused(staff.enrol_totp(who, offered->ticket, town.code(secret), "")) != "nothing") return;
        secrets[who] = secret;
        const auto made = staff.make_recovery_codes(who, "");
        if (const auto* fresh = std::get_if<std::vector<std::string>>(&made)) codes[who] = *fresh;
    }

    void sign_in(Staff& staff, std::size_t who, int choice) {
        const auto& account = people[who];
        std::string code;
        if (secrets.contains(account)) code = town.code(secrets[account]);
        if (choice % 4 == 0 && !codes[account].empty())
            code = codes[account][static_cast<std::size_t>(choice / 4) % codes[account].size()];
        const auto& password = choice % 5 == 0 ? "a wrong password" : passwords[account];
        const auto answer = staff.sign_in({names[who], password, code, ""});
        const auto* now = std::get_if<SignedInNow>(&answer);
        if (now == nullptr) return;
        RC_ASSERT(choice % 5 != 0);
        RC_ASSERT(now->session.account == account);
        if (now->session.has_second_factor) RC_ASSERT(spent.insert(account.text() + code).second);
        tokens.push_back(now->token);
        tokens_of[account].push_back(now->token);
    }

    void end_all(const AccountKey& account) {
        for (const auto& token : tokens_of[account])
            ended.insert(token);
    }

    void step(int verb, int choice) {
        Staff& staff = either(choice);
        const std::size_t who = static_cast<std::size_t>(choice / 2) % people.size();
        const AccountKey account = people[who];
        switch (verb) {
            case 0:
                return join(staff);
            case 1:
                return set_password(staff, account, choice);
            case 2:
                return enrol(staff, account);
            case 3:
            case 4:
            case 5:
                return sign_in(staff, who, choice);
            case 6:
                if (refused(staff.disable(root, account, "")) == "nothing") end_all(account);
                return;
            case 7:
                static_cast<void>(staff.enable(root, account, ""));
                return;
            case 8:
                static_cast<void>(staff.remove_totp(account, account, ""));
                return;
            case 9:
                if (refused(staff.end_sessions(root, account, "")) == "nothing") end_all(account);
                return;
            case 10:
                if (choice % 7 == 0 && refused(staff.erase(root, account, "")) == "nothing") end_all(account);
                return;
            case 11:
                if (tokens.empty()) return;
                good(staff.sign_out(tokens[who % tokens.size()]));
                ended.insert(tokens[who % tokens.size()]);
                return;
            case 12:
                town.clock.pass(minutes{choice % 50});
                return;
            case 13:
                town.clock.pass(hours{choice % 30});
                return;
            default:
                static_cast<void>(staff.give_role(root, account, {Role::mediator, south}, ""));
                return;
        }
    }

    void check() {
        RC_ASSERT(town.staff->catch_up().has_value());
        RC_ASSERT(elsewhere->catch_up().has_value());
        RC_ASSERT(town.staff->catch_up().has_value());
        const auto fresh = open(town.store, town.clock);
        RC_ASSERT(fresh->roll() == town.staff->roll());
        RC_ASSERT(fresh->roll() == elsewhere->roll());
        for (const auto& token : ended)
            RC_ASSERT(!town.staff->session(token) && !elsewhere->session(token));
        for (const auto& token : tokens) {
            const auto here = town.staff->session(token);
            RC_ASSERT(here.has_value() == fresh->session(token).has_value() || !here.has_value());
            if (here) RC_ASSERT(town.staff->account(here->account)->is_enabled);
        }
    }
};

}  // namespace

TEST_CASE("whatever people do, two servers and one that starts now know the same") {
    CHECK(rc::check("fold is replay", [](const std::vector<std::pair<std::uint8_t, std::uint16_t>>& steps) {
        Life life;
        for (const auto& [verb, choice] : steps)
            life.step(verb % 15, choice);
        life.check();
    }));
}
