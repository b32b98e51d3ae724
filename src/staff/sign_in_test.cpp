// Signing in: passwords, second factors, locks.
#include <algorithm>
#include <chrono>
#include <set>

#include "crypto/hash.hpp"
#include "staff/town_test.hpp"

using namespace balcao;
using namespace balcao::staff;
using namespace balcao::staff::town;

TEST_CASE("who knows name and password is signed in, however the name is spelt") {
    Town town;
    const auto ana = town.person("ana.so", {});
    for (const char* name : {"ana.so", "ANA.SO", "  Ána.Só "}) {
        const auto now = good(town.sign_in(name, good_password));
        CHECK(now.session.account == ana);
        CHECK(now.session.names == Names{"ana.so", "Ana Só"});
        CHECK(now.token.size() == 43);
        CHECK(town.staff->session(now.token)->account == ana);
    }
    CHECK(town.staff->sessions_of(ana).size() == 3);
    CHECK_FALSE(town.staff->session("no such token"));
    CHECK_FALSE(town.staff->session(""));
}

TEST_CASE("an unknown name and a wrong password are refused alike, and locked alike") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    for (int failure = 0; failure < 15; ++failure) {
        const auto known = std::get<Refusal>(town.sign_in("ana.so", "wrong"));
        const auto unknown = std::get<Refusal>(town.sign_in("nobody.here", "wrong"));
        CHECK(known == unknown);
        if (failure % 3 == 2) town.clock.pass(minutes{7});
    }
    // Both leave one event each time, so that both wait for the disk.
    const auto all = town.journal();
    std::size_t known = 0;
    std::size_t unknown = 0;
    for (auto place = all.find("sign-in-failed"); place != std::string::npos;
         place = all.find("sign-in-failed", place + 1))
        ++(all.substr(place, all.find('\n', place) - place).find("account") == std::string::npos ? unknown
                                                                                                 : known);
    CHECK(known == unknown);
    CHECK(known >= 5);
}

TEST_CASE("an unknown name takes about as long as a wrong password") {
    Town town;
    Settings slow = fast();
    slow.cost = crypto::PasswordCost::interactive;
    town.staff = open(town.store, town.clock, slow);
    const auto eva = good(town.staff->add(Actor::installation(), {"eva.so", "Eva Só"}, {}, ""));
    const auto token = good(town.staff->invite(Actor::installation(), eva, "")).token;
    good(town.staff->accept(token, good_password, ""));
    const auto fastest = [&](const std::string& name) {
        auto least = std::chrono::steady_clock::duration::max();
        for (int round = 0; round < 3; ++round) {
            const auto before = std::chrono::steady_clock::now();
            CHECK(refused(town.sign_in(name, "wrong")) == "sign-in-wrong");
            least = std::min(least, std::chrono::steady_clock::now() - before);
        }
        return least;
    };
    const auto known = fastest("eva.so");
    const auto unknown = fastest("nobody.here");
    CHECK(unknown > known / 3);
    CHECK(known > unknown / 3);
}

TEST_CASE("five failures lock an account for a minute, and each further one doubles it up to an hour") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    for (int failure = 1; failure < 5; ++failure)
        CHECK(std::get<Refusal>(town.sign_in("ana.so", "wrong")) == Refusal{Reason::sign_in_wrong});
    for (const int length : {1, 2, 4, 8, 16, 32, 60, 60}) {
        const Instant until = town.clock.now() + minutes{length};
        CHECK(std::get<Refusal>(town.sign_in("ana.so", "wrong")) == Refusal{Reason::sign_in_wrong, until});
        town.clock.pass(minutes{length} - seconds{1});
        CHECK(std::get<Refusal>(town.sign_in("ana.so", good_password)) == Refusal{Reason::locked, until});
        const auto elsewhere = open(town.store, town.clock);  // a lock survives a restart
        CHECK(refused(elsewhere->sign_in({"ana.so", good_password, "", ""})) == "locked");
        town.clock.pass(seconds{1});
    }
    good(town.sign_in("ana.so", good_password));
    CHECK(std::get<Refusal>(town.sign_in("ana.so", "wrong")) == Refusal{Reason::sign_in_wrong});
}

TEST_CASE("failures are forgotten after a day without one") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    for (int failure = 1; failure < 5; ++failure)
        CHECK(refused(town.sign_in("ana.so", "wrong")) == "sign-in-wrong");
    town.clock.pass(hours{24});
    CHECK(std::get<Refusal>(town.sign_in("ana.so", "wrong")) == Refusal{Reason::sign_in_wrong});
}

TEST_CASE("an address with twenty failures is shut out, and nobody else is") {
    Town town;
    static_cast<void>(town.person("ana.so", {}));
    for (int failure = 0; failure < 20; ++failure)
        CHECK(refused(town.staff->sign_in({"name" + std::to_string(failure), "wrong", "", "192.0.2.7"})) ==
              "sign-in-wrong");
    const SignIn hers{"ana.so", good_password, "", "192.0.2.7"};
    CHECK(std::get<Refusal>(town.staff->sign_in(hers)) ==
          Refusal{Reason::locked, town.clock.now() + minutes{1}});
    good(town.staff->sign_in({"ana.so", good_password, "", "192.0.2.8"}));
    town.clock.pass(minutes{1});
    good(town.staff->sign_in(hers));
}

TEST_CASE("of many guesses at once no more than five are looked at") {
    Town town;
    Settings slow = fast();
    slow.cost = crypto::PasswordCost::interactive;  // so that all are let in before the first has failed
    slow.hashing_most = 2;
    town.staff = open(town.store, town.clock, slow);
    static_cast<void>(town.person("ana.so", {}));
    for (const char* name : {"ana.so", "nobody.here"}) {
        CHECK(race(8, [&](int number) {
                  const auto answer = town.sign_in(name, "wrong" + std::to_string(number));
                  return refused(answer) == "sign-in-wrong";
              }) == 5);
        CHECK(refused(town.sign_in(name, good_password)) == "locked");
    }
}

TEST_CASE("an account and an invitation made on one server are known on the other at once") {
    Town town;
    const auto elsewhere = open(town.store, town.clock);
    const auto ana = good(town.staff->add(Actor::installation(), {"ana.so", "Ana Só"}, {}, ""));
    const auto token = good(town.staff->invite(Actor::installation(), ana, "")).token;
    CHECK(good(elsewhere->accept(token, good_password, "")) == ana);
    good(town.staff->change_password(ana, good_password, other_password, ""));
    good(elsewhere->sign_in({"ana.so", other_password, "", ""}));
}

TEST_CASE("with an authenticator the password is not enough, and a code is accepted once") {
    Town town;
    const auto ana = town.person("ana.so", {});
    const auto offered = good(town.staff->propose_totp(ana));
    const std::string secret = from_base32(offered.secret);
    CHECK(secret.size() == 20);
    CHECK(refused(town.staff->enrol_totp(ana, offered.ticket, "000000", "")) == "code-wrong");
    good(town.staff->enrol_totp(ana, offered.ticket, town.code(secret), ""));
    CHECK(refused(town.sign_in("ana.so", good_password)) == "code-needed");
    CHECK(refused(town.sign_in("ana.so", good_password, town.code(secret))) == "code-used");
    town.clock.pass(seconds{30});
    const std::string code = town.code(secret);
    CHECK(good(town.sign_in("ana.so", good_password, code.substr(0, 3) + " " + code.substr(3)))
              .session.has_second_factor);
    CHECK(refused(town.sign_in("ana.so", good_password, code)) == "code-used");
    town.clock.pass(seconds{30});
    CHECK(refused(town.sign_in("ana.so", good_password, code)) == "code-used");
    CHECK(refused(town.sign_in("ana.so", "wrong", town.code(secret))) == "sign-in-wrong");
    good(town.sign_in("ana.so", good_password, town.code(secret)));
    good(town.staff->remove_totp(ana, ana, ""));
    CHECK_FALSE(good(town.sign_in("ana.so", good_password)).session.has_second_factor);
}

TEST_CASE("an enrolment is for one account and a quarter of an hour") {
    Town town;
    const auto ana = town.person("ana.so", {});
    const auto rui = town.person("rui.so", {});
    const auto offered = good(town.staff->propose_totp(ana));
    const std::string secret = from_base32(offered.secret);
    CHECK(refused(town.staff->enrol_totp(rui, offered.ticket, town.code(secret), "")) == "enrolment-over");
    CHECK(refused(town.staff->enrol_totp(ana, offered.ticket + "x", town.code(secret), "")) ==
          "enrolment-over");
    town.clock.pass(minutes{15});
    CHECK(refused(town.staff->enrol_totp(ana, offered.ticket, town.code(secret), "")) == "enrolment-over");
}

TEST_CASE("each recovery code lets its owner in once") {
    Town town;
    const auto ana = town.person("ana.so", {});
    CHECK(refused(town.staff->make_recovery_codes(ana, "")) == "no-totp");
    town.enrol(ana);
    const auto codes = good(town.staff->make_recovery_codes(ana, "codes"));
    CHECK(codes.size() == 10);
    CHECK(std::set<std::string>(codes.begin(), codes.end()).size() == 10);
    CHECK(good(town.staff->make_recovery_codes(ana, "codes")) == codes);
    for (std::size_t number = 0; number < codes.size(); ++number) {
        CHECK(codes[number].size() == 19);
        good(town.sign_in("ana.so", good_password, codes[number]));
        CHECK(refused(town.sign_in("ana.so", good_password, codes[number])) == "code-wrong");
        CHECK(town.staff->account(ana)->recovery_codes_left == 9 - number);
    }
    const auto fresh = good(town.staff->make_recovery_codes(ana, "again"));
    CHECK(good(town.staff->make_recovery_codes(ana, "once more")) != fresh);
    CHECK(refused(town.sign_in("ana.so", good_password, fresh[0])) == "code-wrong");
}

TEST_CASE("of many who race with one code on two servers, one gets in, also across midnight") {
    Town town;
    const auto ana = town.person("ana.so", {});
    const std::string secret = town.enrol(ana);
    const auto codes = good(town.staff->make_recovery_codes(ana, ""));
    const auto elsewhere = open(town.store, town.clock);
    const auto rush = [&](const std::string& code, bool is_at_midnight) {
        return race(8, [&](int number) {
            if (is_at_midnight && number == 3) town.clock.pass(seconds{2});
            auto& staff = number % 2 == 0 ? *town.staff : *elsewhere;
            return refused(staff.sign_in({"ana.so", good_password, code, ""})) == "nothing";
        });
    };
    for (int round = 0; round < 6; ++round) {
        CHECK(rush(town.code(secret), false) == 1);
        town.clock.pass(hours{2});  // locks are over
        CHECK(rush(codes[static_cast<std::size_t>(round)], false) == 1);
        town.clock.pass(hours{2});
    }
    const auto day = std::chrono::ceil<std::chrono::days>(town.clock.now());
    town.clock.pass(day - town.clock.now() - seconds{1});
    CHECK(rush(town.code(secret), true) == 1);
}

TEST_CASE(
    "a code is good once, though one server writes before midnight and the other after, neither seeing") {
    journal::MemoryStore store{journal::MemoryStore::Writing::when_told};
    SetClock clock;
    std::atomic<bool> may_write{true};
    std::atomic<bool> is_over{false};
    std::thread disk{[&] {
        for (; !is_over; std::this_thread::yield())
            if (may_write) store.write(1);
    }};
    const auto one = open(store, clock);
    const auto two = open(store, clock);
    const auto root = good(one->found({"root", "Rita Raiz"}, good_password, ""));
    const auto offered = good(one->propose_totp(root));
    const auto secret = from_base32(offered.secret);
    good(one->enrol_totp(root, offered.ticket, totp_code(secret, step_of(clock.now())), ""));
    clock.pass(std::chrono::ceil<std::chrono::days>(clock.now()) - clock.now() - seconds{1});
    const auto code = totp_code(secret, step_of(clock.now()));
    std::atomic<int> inside{0};
    const auto enter = [&](Staff& staff) {
        if (refused(staff.sign_in({"root", good_password, code, ""})) == "nothing") ++inside;
    };
    const auto wait_for = [&](std::size_t commits) {
        while (store.held_back() < commits)
            std::this_thread::yield();
    };
    may_write = false;
    std::thread before{[&] { enter(*one); }};
    wait_for(1);
    clock.pass(seconds{2});
    std::thread after{[&] { enter(*two); }};
    wait_for(2);
    may_write = true;
    before.join();
    after.join();
    is_over = true;
    disk.join();
    CHECK(inside == 1);
}

TEST_CASE("a disabled account is told so only with its password") {
    Town town;
    const auto root = town.founder();
    const auto ana = town.person("ana.so", {});
    good(town.staff->disable(root, ana, ""));
    CHECK(refused(town.sign_in("ana.so", "wrong")) == "sign-in-wrong");
    CHECK(refused(town.sign_in("ana.so", good_password)) == "account-disabled");
    good(town.staff->enable(root, ana, ""));
    good(town.sign_in("ana.so", good_password));
}

TEST_CASE("nothing secret and no name is in the journal") {
    Town town;
    const auto ana = town.person("ana.so", {{Role::attendant, north}});
    const auto offered = good(town.staff->propose_totp(ana));
    const std::string secret = from_base32(offered.secret);
    good(town.staff->enrol_totp(ana, offered.ticket, town.code(secret), "enrol"));
    const auto codes = good(town.staff->make_recovery_codes(ana, "codes"));
    const auto invitation = good(town.staff->invite(Actor::installation(), ana, "again"));
    const auto now = good(town.sign_in("ana.so", good_password, codes[0]));
    CHECK(refused(town.sign_in("typed password here", "wrong")) == "sign-in-wrong");
    good(town.staff->change_password(ana, good_password, other_password, "change"));
    std::string all = town.journal();
    CHECK(all.find(ana.text()) != std::string::npos);
    for (const char* command : {"staff/add//add ana.so", "staff/recovery-codes/codes"})
        all += (*town.store.answer_to(command)).value_or("");
    std::string plain_code = codes[1];
    std::erase(plain_code, '-');
    for (const std::string& hidden :
         {good_password, other_password, std::string{"ana.so"}, std::string{"Ana S"}, std::string{"typed"},
          std::string{"argon2"}, offered.secret, secret, crypto::to_base64url(secret), offered.ticket,
          codes[0], codes[1], plain_code, invitation.token, now.token, town.code(secret)})
        CHECK_MESSAGE(all.find(hidden) == std::string::npos, hidden);
}

TEST_CASE("while the journal cannot be written nobody signs in, and a guess learns nothing") {
    Town town;
    const auto ana = town.person("ana.so", {});
    const auto now = good(town.sign_in("ana.so", good_password));
    town.store.set_broken(true);
    CHECK(refused(town.sign_in("ana.so", good_password)) == "unavailable");
    CHECK(refused(town.sign_in("ana.so", "wrong")) == "unavailable");
    CHECK(refused(town.sign_in("nobody.here", "wrong")) == "unavailable");
    CHECK(refused(town.staff->disable(Actor::installation(), ana, "")) == "unavailable");
    CHECK(town.staff->session(now.token));
    town.store.set_broken(false);
    good(town.sign_in("ana.so", good_password));
}
