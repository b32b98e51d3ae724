// Accounts: founding, inviting, roles and who may give them, erasing.
#include <set>

#include "staff/town_test.hpp"

using namespace balcao;
using namespace balcao::staff;
using namespace balcao::staff::town;

TEST_CASE("the first account is founded once, and the same key gives the same one") {
    Town town;
    CHECK_FALSE(town.staff->is_founded());
    CHECK(refused(town.staff->found({"root", "Rita Raiz"}, "short", "k")) == "password-too-short");
    CHECK(refused(town.staff->found({"root", "Rita Raiz"}, "rita raiz 22", "k")) == "password-names-person");
    CHECK(refused(town.staff->found({"root", ""}, good_password, "k")) == "name-missing");
    const auto root = good(town.staff->found({"root", "Rita Raiz"}, good_password, "k"));
    CHECK(town.staff->is_founded());
    CHECK(good(town.staff->found({"root", "Rita Raiz"}, good_password, "k")) == root);
    CHECK(refused(town.staff->found({"other", "Rui"}, good_password, "l")) == "already-founded");
    CHECK(town.staff->may(root, Permission::manage_people, {}));
    good(town.sign_in("root", good_password));
}

TEST_CASE("of two servers that found at the same time, one does") {
    for (int round = 0; round < 10; ++round) {
        Town town;
        const auto elsewhere = open(town.store, town.clock);
        CHECK(race(4, [&](int number) {
                  auto& staff = number % 2 == 0 ? *town.staff : *elsewhere;
                  return refused(staff.found({"root", "Rita Raiz"}, good_password, std::to_string(number))) ==
                         "nothing";
              }) == 1);
    }
}

TEST_CASE("a role holds at its site, or everywhere") {
    Town town;
    const auto ana = town.person("ana.so", {{Role::attendant, north}});
    const auto eva = town.person("eva.so", {{Role::auditor, {}}});
    CHECK(town.staff->may(ana, Permission::run_desk, north));
    CHECK_FALSE(town.staff->may(ana, Permission::run_desk, south));
    CHECK_FALSE(town.staff->may(ana, Permission::run_desk, {}));
    CHECK_FALSE(town.staff->may(ana, Permission::manage_hall, north));
    CHECK(town.staff->may(eva, Permission::see_journal, {}));
    CHECK(town.staff->may(eva, Permission::see_statistics, south));
    CHECK_FALSE(town.staff->may(eva, Permission::see_personal_data, south));
    CHECK_FALSE(town.staff->may(AccountKey{"nobody"}, Permission::see_hall, north));
    CHECK_FALSE(town.staff->may(AccountKey{}, Permission::see_hall, north));
    good(town.staff->disable(Actor::installation(), ana, ""));
    CHECK_FALSE(town.staff->may(ana, Permission::run_desk, north));
}

TEST_CASE("nobody makes somebody mightier than oneself, nor rules over who is") {
    Town town;
    const auto root = town.founder();
    const auto mia = town.person("mia.so", {{Role::manager, north}});
    const auto ana = town.person("ana.so", {{Role::attendant, north}});
    const auto rui = town.person("rui.so", {{Role::attendant, south}});
    auto& staff = *town.staff;
    good(staff.give_role(mia, ana, {Role::mediator, north}, ""));
    good(staff.take_role(mia, ana, {Role::attendant, north}, ""));
    CHECK(staff.account(ana)->grants == std::vector<Grant>{{Role::mediator, north}});
    CHECK(refused(staff.give_role(mia, ana, {Role::mediator, south}, "")) == "not-allowed");
    CHECK(refused(staff.give_role(mia, ana, {Role::mediator, {}}, "")) == "not-allowed");
    CHECK(refused(staff.give_role(mia, ana, {Role::administrator, north}, "")) == "not-allowed");
    CHECK(refused(staff.give_role(mia, ana, {Role::auditor, north}, "")) == "not-allowed");
    CHECK(refused(staff.give_role(mia, mia, {Role::administrator, {}}, "")) == "not-allowed");
    CHECK(refused(staff.disable(mia, rui, "")) == "not-allowed");
    CHECK(refused(staff.invite(mia, root, "")) == "not-allowed");
    CHECK(refused(staff.remove_totp(mia, root, "")) == "not-allowed");
    CHECK(refused(staff.add(mia, {"new.so", "New"}, {{Role::attendant, south}}, "")) == "not-allowed");
    CHECK(refused(staff.add(ana, {"new.so", "New"}, {}, "")) == "not-allowed");
    CHECK(refused(staff.add(AccountKey{}, {"new.so", "New"}, {}, "")) == "not-allowed");
    good(staff.add(mia, {"new.so", "New"}, {{Role::attendant, north}}, ""));
    CHECK(staff.may_manage(mia, ana));
    CHECK_FALSE(staff.may_manage(mia, rui));
    CHECK_FALSE(staff.may_manage(ana, ana));
    CHECK(refused(staff.disable(root, AccountKey{"nobody"}, "")) == "no-such-account");
}

TEST_CASE("the last administrator stays") {
    Town town;
    const auto root = town.founder();
    const Grant everything{Role::administrator, {}};
    CHECK(refused(town.staff->disable(root, root, "")) == "last-administrator");
    CHECK(refused(town.staff->take_role(root, root, everything, "")) == "last-administrator");
    CHECK(refused(town.staff->erase(Actor::installation(), root, "")) == "last-administrator");
    const auto eva = town.person("eva.so", {everything});
    good(town.staff->take_role(eva, root, everything, ""));
    CHECK(refused(town.staff->disable(eva, eva, "")) == "last-administrator");
}

TEST_CASE("two administrators who remove each other at the same time leave one") {
    for (int round = 0; round < 10; ++round) {
        Town town;
        const auto root = town.founder();
        const auto eva = town.person("eva.so", {{Role::administrator, {}}});
        const auto elsewhere = open(town.store, town.clock);
        CHECK(race(2, [&](int number) {
                  return refused(number == 0 ? town.staff->disable(root, eva, "")
                                             : elsewhere->disable(eva, root, "")) == "nothing";
              }) == 1);
    }
}

TEST_CASE("a strong right waits for the second factor") {
    Town town;
    const auto root = town.founder();
    Settings strict = fast();
    strict.second_factor = SecondFactor::for_strong_rights;
    town.staff = open(town.store, town.clock, strict);
    CHECK(good(town.sign_in("root", good_password)).session.is_second_factor_due);
    CHECK(town.staff->may(root, Permission::manage_hall, {}));
    CHECK_FALSE(town.staff->may(root, Permission::manage_people, {}));
    CHECK(refused(town.staff->add(root, {"ana.so", "Ana"}, {}, "")) == "not-allowed");
    const auto secret = town.enrol(root);
    CHECK(town.staff->may(root, Permission::manage_people, {}));
    CHECK_FALSE(good(town.sign_in("root", good_password, town.code(secret))).session.is_second_factor_due);
}

TEST_CASE("an invitation sets one password, within three days, and a later one voids it") {
    Town town;
    const auto ana = good(town.staff->add(Actor::installation(), {"ana.so", "Ana Só"}, {}, "add"));
    CHECK(refused(town.sign_in("ana.so", "")) == "sign-in-wrong");
    auto& staff = *town.staff;
    const auto first = good(staff.invite(Actor::installation(), ana, "k1"));
    CHECK(first.until == town.clock.now() + hours{72});
    town.clock.pass(hours{1});
    const auto again = good(staff.invite(Actor::installation(), ana, "k1"));
    CHECK(again.token == first.token);
    CHECK(again.until == first.until);
    const auto second = good(staff.invite(Actor::installation(), ana, "k2"));
    CHECK(second.token != first.token);
    CHECK(refused(staff.accept(first.token, good_password, "")) == "invitation-over");
    CHECK(refused(staff.accept("", good_password, "")) == "invitation-over");
    CHECK(refused(staff.accept(second.token, "ana.so ana.so", "")) == "password-names-person");
    CHECK(refused(staff.accept(second.token, "Lisboa Lisboa", "")) == "password-names-city");
    CHECK(good(staff.accept(second.token, good_password, "once")) == ana);
    CHECK(good(staff.accept(second.token, good_password, "once")) == ana);
    CHECK(refused(staff.accept(second.token, other_password, "")) == "invitation-over");
    const auto late = good(staff.invite(Actor::installation(), ana, "k3"));
    town.clock.pass(hours{72});
    CHECK(refused(staff.accept(late.token, other_password, "")) == "invitation-over");
    good(town.sign_in("ana.so", good_password));
}

TEST_CASE("a sign-in name is one person's, also when two servers give it at the same time") {
    Town town;
    const auto ana = town.person("ana.so", {});
    auto& staff = *town.staff;
    const Actor us = Actor::installation();
    CHECK(refused(staff.add(us, {"ANA.SÓ", "Another"}, {}, "")) == "sign-in-name-taken");
    for (const char* unfit : {"an", "ana so", "ana/so", "<b>"})
        CHECK(refused(staff.add(us, {unfit, "Another"}, {}, "")) == "sign-in-name-unfit");
    CHECK(refused(staff.add(us, {"new.so", std::string(101, 'x')}, {}, "")) == "name-unfit");
    CHECK(refused(staff.add(us, {"new.so", "a\nb"}, {}, "")) == "name-unfit");
    good(staff.rename(us, ana, {"ana.so", "Ana Silva"}, ""));
    good(staff.rename(us, ana, {"ana.silva", "Ana Silva"}, ""));
    CHECK(refused(town.sign_in("ana.so", good_password)) == "sign-in-wrong");
    good(town.sign_in("ana.silva", good_password));
    const auto elsewhere = open(town.store, town.clock);
    CHECK(race(4, [&](int number) {
              auto& one = number % 2 == 0 ? staff : *elsewhere;
              return refused(one.add(us, {"ana.so", "New"}, {}, "")) == "nothing";
          }) == 1);
    const auto names = [](const Staff& one) {
        std::set<std::string> found;
        for (const auto& account : one.accounts())
            found.insert(account.names.sign_in_name);
        return found;
    };
    CHECK(names(staff) == std::set<std::string>{"ana.silva", "ana.so"});
    CHECK(names(*open(town.store, town.clock)) == names(staff));
}

TEST_CASE("an erased person's names are gone, now and after a restart, and the account is nobody's") {
    Town town;
    const auto root = town.founder();
    const auto ana = town.person("ana.so", {{Role::attendant, north}});
    good(town.staff->erase(root, ana, "once"));
    good(town.staff->erase(root, ana, "once"));
    for (int start = 0; start < 2; ++start) {
        CHECK(town.staff->account(ana)->is_erased);
        CHECK(town.staff->account(ana)->names == Names{});
        CHECK(town.staff->accounts().size() == 1);
        CHECK_FALSE(town.staff->may(ana, Permission::run_desk, north));
        CHECK(refused(town.staff->invite(root, ana, "")) == "no-such-account");
        CHECK(refused(town.staff->enable(root, ana, "")) == "no-such-account");
        town.staff = open(town.store, town.clock);
    }
    CHECK(good(town.staff->add(root, {"ana.so", "Ana Só"}, {}, "another")) != ana);
}

TEST_CASE("another installation's key opens nothing") {
    Town town;
    static_cast<void>(town.founder());
    const auto other =
        Staff::open(town.store, town.clock, *crypto::SecretKey::from(std::string(32, 'j')), fast());
    CHECK_FALSE(other.has_value());
    CHECK(other.error().code == Errc::invalid);
}

TEST_CASE("what no version has written is refused with its place") {
    const auto decoded = [](std::string type, std::string body) {
        return decode({"staff", 7, {}, std::move(type), std::move(body), {}});
    };
    CHECK(decoded("account-disabled", R"({"account":"A","by":"B"})").has_value());
    CHECK(decoded("account-disabled", R"({"by":"B"})").error().what ==
          "staff 7: the account of this account-disabled cannot be read");
    CHECK_FALSE(decoded("account-sold", R"({"account":"A"})").has_value());
    CHECK_FALSE(decoded("role-given", R"({"account":"A","grant":{"role":"king"}})").has_value());
    CHECK_FALSE(decoded("role-given", R"({"account":"A","grant":{"role":"manager","site":7}})").has_value());
    CHECK_FALSE(decoded("signed-in", R"({"account":"A","session":"S","epoch":-1})").has_value());
    CHECK_FALSE(decoded("recovery-codes-made", R"({"account":"A","codes":[1]})").has_value());
}

TEST_CASE("every role, permission and reason has a name of its own") {
    std::set<std::string_view> names;
    for (const auto role : all_roles()) {
        names.insert(name_of(role));
        CHECK(role_of(name_of(role)) == role);
    }
    for (const auto permission : all_permissions()) {
        names.insert(name_of(permission));
        CHECK(allows(Role::administrator, permission));
    }
    for (int reason = 0; reason <= static_cast<int>(Reason::invitation_over); ++reason)
        names.insert(name_of(static_cast<Reason>(reason)));
    CHECK(names.size() == all_roles().size() + all_permissions().size() + 27);
    CHECK_FALSE(role_of("king"));
}
