// Sessions: how long they live, what ends them, and what other servers know of them.
#include "staff/town_test.hpp"

using namespace balcao;
using namespace balcao::staff;
using namespace balcao::staff::town;

TEST_CASE("a session ends after half an hour without use, and after twelve hours of use") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    const auto idle = good(town.sign_in("ana.so", good_password)).token;
    const auto busy = good(town.sign_in("ana.so", good_password)).token;
    for (int use = 1; use < 48; ++use) {
        town.clock.pass(minutes{15});
        CHECK(town.staff->session(busy));
        if (use == 2) CHECK_FALSE(town.staff->session(idle));
    }
    town.clock.pass(minutes{15} - seconds{1});
    CHECK(town.staff->session(busy));
    town.clock.pass(seconds{1});
    CHECK_FALSE(town.staff->session(busy));
}

TEST_CASE("signing out ends one session, and signing out twice changes nothing") {
    Town town;
    const auto ana = town.person("ana.so", {});
    const auto one = good(town.sign_in("ana.so", good_password)).token;
    const auto two = good(town.sign_in("ana.so", good_password));
    good(town.staff->sign_out(one));
    good(town.staff->sign_out(one));
    CHECK_FALSE(town.staff->session(one));
    CHECK(town.staff->session(two.token));
    const auto rui = town.person("rui.so", {});
    CHECK(refused(town.staff->end_session(rui, two.session.key)) == "not-allowed");
    good(town.staff->end_session(ana, two.session.key));
    CHECK_FALSE(town.staff->session(two.token));
    CHECK(refused(town.staff->end_session(ana, two.session.key)) == "no-such-session");
}

TEST_CASE("a new password, disabling, erasing and an order end every session") {
    Town town;
    const auto root = town.founder();
    const auto ana = town.person("ana.so", {});
    const auto enter = [&](const std::string& password) {
        return good(town.sign_in("ana.so", password)).token;
    };
    auto token = enter(good_password);
    CHECK(refused(town.staff->change_password(ana, "wrong", other_password, "k1")) == "password-wrong");
    CHECK(refused(town.staff->change_password(ana, good_password, "short", "k2")) == "password-too-short");
    CHECK(town.staff->session(token));
    good(town.staff->change_password(ana, good_password, other_password, "k3"));
    good(town.staff->change_password(ana, good_password, other_password, "k3"));
    CHECK_FALSE(town.staff->session(token));
    CHECK(refused(town.sign_in("ana.so", good_password)) == "sign-in-wrong");
    token = enter(other_password);
    good(town.staff->end_sessions(root, ana, ""));
    CHECK_FALSE(town.staff->session(token));
    token = enter(other_password);
    good(town.staff->disable(root, ana, ""));
    CHECK_FALSE(town.staff->session(token));
    good(town.staff->enable(root, ana, ""));
    CHECK_FALSE(town.staff->session(token));
    token = enter(other_password);
    good(town.staff->erase(root, ana, ""));
    CHECK_FALSE(town.staff->session(token));
    CHECK(refused(town.sign_in("ana.so", other_password)) == "sign-in-wrong");
}

TEST_CASE("a session survives a restart, with its last use nearly as it was") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    const auto used = good(town.sign_in("ana.so", good_password)).token;
    const auto unused = good(town.sign_in("ana.so", good_password)).token;
    town.clock.pass(minutes{25});
    CHECK(town.staff->session(used));
    CHECK(town.staff->catch_up());
    town.clock.pass(minutes{15});
    town.staff = open(town.store, town.clock);
    CHECK(town.staff->session(used));
    CHECK_FALSE(town.staff->session(unused));
}

TEST_CASE("a session lives on over midnight, and its end is known after a restart") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    town.clock.pass(hours{13});
    const auto token = good(town.sign_in("ana.so", good_password)).token;
    for (int use = 0; use < 8; ++use) {
        town.clock.pass(minutes{25});
        CHECK(town.staff->session(token));
        CHECK(town.staff->catch_up());
    }
    town.staff = open(town.store, town.clock);
    CHECK(town.staff->session(token));
    good(town.staff->sign_out(token));
    town.staff = open(town.store, town.clock);
    CHECK_FALSE(town.staff->session(token));
}

TEST_CASE("using a session is recorded at most every five minutes") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    const auto token = good(town.sign_in("ana.so", good_password)).token;
    for (int second = 0; second < 1800; ++second) {
        town.clock.pass(seconds{1});
        CHECK(town.staff->session(token));
        if (second % 5 == 0) CHECK(town.staff->catch_up());
    }
    const auto all = town.journal();
    int recorded = 0;
    for (auto place = all.find("session-seen"); place != std::string::npos;
         place = all.find("session-seen", place + 1))
        ++recorded;
    CHECK(recorded >= 5);
    CHECK(recorded <= 6);
}

TEST_CASE("what begins on one server holds on the other at once, what ends holds there until it catches up") {
    Town town;
    const auto root = town.founder();
    const auto ana = town.person("ana.so", {});
    const auto elsewhere = open(town.store, town.clock);
    const auto one = good(town.sign_in("ana.so", good_password)).token;
    const auto two = good(town.sign_in("ana.so", good_password)).token;
    CHECK(elsewhere->session(one));
    CHECK(elsewhere->session(two));
    good(town.staff->sign_out(one));
    CHECK(elsewhere->catch_up());
    CHECK_FALSE(elsewhere->session(one));
    CHECK(elsewhere->session(two));
    good(town.staff->disable(root, ana, ""));
    CHECK(elsewhere->catch_up());
    CHECK_FALSE(elsewhere->session(two));
    CHECK_FALSE(elsewhere->may(ana, Permission::see_hall, {}));
}

TEST_CASE("who is disabled on one server while signing in on another does not get in") {
    for (int round = 0; round < 20; ++round) {
        Town town;
        const auto root = town.founder();
        const auto ana = town.person("ana.so", {});
        const auto elsewhere = open(town.store, town.clock);
        std::string token;
        race(2, [&](int number) {
            if (number == 0) return refused(town.staff->disable(root, ana, "")) == "nothing";
            const auto answer = elsewhere->sign_in({"ana.so", good_password, "", ""});
            if (const auto* now = std::get_if<SignedInNow>(&answer)) token = now->token;
            return true;
        });
        CHECK(elsewhere->catch_up());
        CHECK_FALSE(elsewhere->session(token));
        CHECK_FALSE(town.staff->session(token));
    }
}
