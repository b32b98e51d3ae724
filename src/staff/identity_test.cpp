// Accounts at providers: linking them, coming in by them, and what never lets anybody in.
#include "staff/town_test.hpp"

using namespace balcao;
using namespace balcao::staff;
using namespace balcao::staff::town;

namespace {

const std::string provider = "https://login.city.example";
const std::string other_provider = "https://other.example";

ProvenIdentity ana_there(bool has_second_factor = false) {
    return {provider, "ana-4711", has_second_factor, {}};
}

SignInBy by(ProvenIdentity who, std::string code = {}, std::string once = {}) {
    return {std::move(who), std::move(code), "", std::move(once)};
}

std::string invited(const Town& town, const AccountKey& account) {
    return good(town.staff->invite(Actor::installation(), account, "")).token;
}

// A town in which a second factor is due for strong rights and the provider's word for one is taken.
struct StrictTown {
    journal::MemoryStore store;
    SetClock clock{Instant{std::chrono::milliseconds{1'795'341'600'000}}};
    std::unique_ptr<Staff> staff;

    StrictTown() {
        auto settings = fast();
        settings.second_factor = SecondFactor::for_strong_rights;
        settings.vouching_issuers = {provider};
        staff = open(store, clock, settings);
    }

    // Somebody with that role who gets in by the provider alone.
    [[nodiscard]] AccountKey person(Role role) const {
        auto account = good(staff->add(Actor::installation(), {"ana", "Ana Só"}, {{role, {}}}, ""));
        const auto token = good(staff->invite(Actor::installation(), account, "")).token;
        good(staff->accept_by(token, ana_there(true), ""));
        return account;
    }
};

}  // namespace

TEST_CASE("who linked an account elsewhere comes in by it") {
    Town town;
    const auto account = town.person("ana", {{Role::attendant, north}});
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "identity-unknown");
    good(town.staff->link(account, ana_there(), "link"));
    const auto in = good(town.staff->sign_in_by(by(ana_there())));
    CHECK(in.session.account == account);
    CHECK(in.session.issuer == provider);
    CHECK_FALSE(in.session.has_second_factor);
    CHECK(town.staff->session(in.token)->key == in.session.key);
    const auto shown = town.staff->account(account)->identities;
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].issuer == provider);
    // The same person at another provider is nobody yet, and so is another person at this one.
    CHECK(refused(town.staff->sign_in_by(by({other_provider, "ana-4711", false, {}}))) == "identity-unknown");
    CHECK(refused(town.staff->sign_in_by(by({provider, "ana-4712", false, {}}))) == "identity-unknown");
    CHECK(town.staff->roll() == open(town.store, town.clock)->roll());
}

TEST_CASE("an account elsewhere belongs to one account here") {
    Town town;
    const auto ana = town.person("ana", {});
    const auto rui = town.person("rui", {});
    good(town.staff->link(ana, ana_there(), ""));
    good(town.staff->link(ana, ana_there(), ""));  // again changes nothing
    CHECK(town.staff->account(ana)->identities.size() == 1);
    CHECK(refused(town.staff->link(rui, ana_there(), "")) == "identity-taken");
    CHECK(refused(town.staff->accept_by(invited(town, rui), ana_there(), "")) == "identity-taken");
}

TEST_CASE("two servers link the same account elsewhere to one person alone") {
    Town town;
    const auto elsewhere = open(town.store, town.clock);
    const auto ana = town.person("ana", {});
    const auto rui = town.person("rui", {});
    const int linked = race(2, [&](int number) {
        Staff& staff = number == 0 ? *town.staff : *elsewhere;
        return std::holds_alternative<Done>(staff.link(number == 0 ? ana : rui, ana_there(), ""));
    });
    CHECK(linked == 1);
    good(elsewhere->sign_in_by(by(ana_there())));
    CHECK(town.staff->catch_up().has_value());
    CHECK(town.staff->roll() == elsewhere->roll());
}

TEST_CASE("an invitation is accepted by a provider, once") {
    Town town;
    const auto account = good(town.staff->add(Actor::installation(), {"eva", "Eva Lá"}, {}, ""));
    const auto token = invited(town, account);
    CHECK(good(town.staff->accept_by(token, ana_there(), "first")) == account);
    CHECK(good(town.staff->accept_by(token, ana_there(), "first")) == account);  // the same again
    CHECK(refused(town.staff->accept_by(token, {provider, "eva-2", false, {}}, "second")) ==
          "invitation-over");
    CHECK(refused(town.staff->accept(token, good_password, "")) == "invitation-over");
    CHECK_FALSE(town.staff->account(account)->has_password);
    CHECK_FALSE(town.staff->account(account)->invited_until.has_value());
    CHECK(good(town.staff->sign_in_by(by(ana_there()))).session.account == account);
}

TEST_CASE("a second factor here is asked for unless the provider vouches for one") {
    Town town;
    const auto account = town.person("ana", {});
    const auto secret = town.enrol(account);
    good(town.staff->link(account, ana_there(), ""));
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "code-needed");
    CHECK(refused(town.staff->sign_in_by(by(ana_there(), "000000"))) == "code-wrong");
    const auto code = town.code(secret);
    CHECK(good(town.staff->sign_in_by(by(ana_there(), code))).session.has_second_factor);
    CHECK(refused(town.staff->sign_in_by(by(ana_there(), code))) == "code-used");
    CHECK(good(town.staff->sign_in_by(by(ana_there(true)))).session.has_second_factor);
}

TEST_CASE("wrong codes lock an account for every way in") {
    Town town;
    const auto account = town.person("ana", {});
    town.enrol(account);
    good(town.staff->link(account, ana_there(), ""));
    for (int tries = 0; tries < LockRule{}.failures; ++tries)
        CHECK(refused(town.staff->sign_in_by(by(ana_there(), "000000"))) == "code-wrong");
    CHECK(refused(town.staff->sign_in_by(by(ana_there(true)))) == "locked");
    CHECK(refused(town.sign_in("ana", good_password)) == "locked");
    town.clock.pass(minutes{1});
    good(town.staff->sign_in_by(by(ana_there(true))));
}

TEST_CASE("who is shut out does not come in by a provider either") {
    Town town;
    const auto root = town.founder();
    const auto account = town.person("ana", {});
    good(town.staff->link(account, ana_there(), ""));
    const auto in = good(town.staff->sign_in_by(by(ana_there())));
    good(town.staff->disable(root, account, ""));
    CHECK_FALSE(town.staff->session(in.token).has_value());
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "account-disabled");
    CHECK(refused(town.staff->link(account, {other_provider, "ana", false, {}}, "")) == "account-disabled");
}

TEST_CASE("one way back from a provider is one session, on two servers as well") {
    Town town;
    const auto elsewhere = open(town.store, town.clock);
    const auto account = town.person("ana", {});
    good(town.staff->link(account, ana_there(), ""));
    const int begun = race(4, [&](int number) {
        Staff& staff = number % 2 == 0 ? *town.staff : *elsewhere;
        return std::holds_alternative<SignedInNow>(staff.sign_in_by(by(ana_there(), {}, "trip-1")));
    });
    CHECK(begun == 1);
    CHECK(refused(elsewhere->sign_in_by(by(ana_there(), {}, "trip-1"))) == "sign-in-over");
    good(elsewhere->sign_in_by(by(ana_there(), {}, "trip-2")));
}

TEST_CASE("an unlinked account elsewhere lets nobody in, and its sessions end") {
    Town town;
    const auto account = town.person("ana", {});
    good(town.staff->link(account, ana_there(), ""));
    const auto in = good(town.staff->sign_in_by(by(ana_there())));
    const auto link = town.staff->account(account)->identities.at(0).link;
    CHECK(refused(town.staff->unlink(account, account, "another", "")) == "identity-missing");
    const auto rui = town.person("rui", {{Role::attendant, north}});
    CHECK(refused(town.staff->unlink(rui, account, link, "")) == "not-allowed");
    good(town.staff->unlink(account, account, link, ""));
    CHECK_FALSE(town.staff->session(in.token).has_value());
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "identity-unknown");
    good(town.staff->link(rui, ana_there(), ""));  // it is free again
    CHECK(good(town.staff->sign_in_by(by(ana_there()))).session.account == rui);
    CHECK(town.staff->roll() == open(town.store, town.clock)->roll());
}

TEST_CASE("nobody shuts the last door behind oneself, but who manages people may") {
    Town town;
    const auto root = town.founder();
    const auto account = good(town.staff->add(Actor::installation(), {"eva", "Eva Lá"}, {}, ""));
    good(town.staff->accept_by(invited(town, account), ana_there(), ""));
    const auto link = town.staff->account(account)->identities.at(0).link;
    CHECK(refused(town.staff->unlink(account, account, link, "")) == "last-way-in");
    good(town.staff->unlink(root, account, link, ""));
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "identity-unknown");
}

TEST_CASE("an address that the provider verified finds its account only where there is nobody yet") {
    Town town;
    const auto account = town.person("ana@city.example", {});
    const ProvenIdentity ana{provider, "ana-4711", false, "Ana@City.example"};
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "identity-unknown");
    CHECK(good(town.staff->sign_in_by(by(ana))).session.account == account);
    CHECK(town.staff->account(account)->identities.size() == 1);
    // From now on it is who she is there that counts.
    CHECK(good(town.staff->sign_in_by(by(ana_there()))).session.account == account);
    const ProvenIdentity successor{provider, "somebody-new", false, "ana@city.example"};
    CHECK(refused(town.staff->sign_in_by(by(successor))) == "identity-unknown");
    CHECK(town.staff->account(account)->identities.size() == 1);
}

TEST_CASE("strong rights wait for a second factor that somebody vouches for") {
    StrictTown town;
    const auto account = town.person(Role::administrator);
    CHECK(refused(town.staff->sign_in_by(by(ana_there(false)))) == "second-factor-missing");
    const auto in = good(town.staff->sign_in_by(by(ana_there(true))));
    CHECK_FALSE(in.session.is_second_factor_due);
    CHECK(town.staff->may(account, Permission::manage_people, {}));
    // Another way in, which vouches for nothing: the rights wait for a second factor here.
    good(town.staff->link(account, {other_provider, "ana", false, {}}, ""));
    CHECK_FALSE(town.staff->may(account, Permission::manage_people, {}));
    CHECK(town.staff->session(in.token)->is_second_factor_due);
}

TEST_CASE("who gets a strong right signs in again, with a second factor") {
    StrictTown town;
    const auto account = town.person(Role::attendant);
    const auto in = good(town.staff->sign_in_by(by(ana_there(false))));
    good(town.staff->give_role(Actor::installation(), account, {Role::auditor, {}}, ""));
    CHECK_FALSE(town.staff->session(in.token).has_value());
    CHECK(refused(town.staff->sign_in_by(by(ana_there(false)))) == "second-factor-missing");
    good(town.staff->sign_in_by(by(ana_there(true))));
}

TEST_CASE("who one is elsewhere is in no event that can be read, and goes with the person") {
    Town town;
    const auto root = town.founder();
    const auto account = town.person("ana", {});
    good(town.staff->link(account, ana_there(), ""));
    static_cast<void>(town.staff->sign_in_by(by({provider, "stranger-99", false, {}})));
    CHECK(town.journal().find("4711") == std::string::npos);
    CHECK(town.journal().find("stranger-99") == std::string::npos);
    CHECK(town.journal().find(provider) != std::string::npos);
    good(town.staff->erase(root, account, ""));
    CHECK(refused(town.staff->sign_in_by(by(ana_there()))) == "identity-unknown");
    CHECK(refused(open(town.store, town.clock)->sign_in_by(by(ana_there()))) == "identity-unknown");
}
