// Two servers on one journal, and everybody comes at the same moment.
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "pay/town_test.hpp"

using namespace balcao;
using namespace balcao::pay;
using namespace balcao::pay::town;

namespace {

// How many of them say that they did it.
int all_at_once(int count, const std::function<bool(int)>& one) {
    std::atomic<bool> may_go{false};
    std::atomic<int> done{0};
    std::vector<std::thread> running;
    for (int number = 0; number < count; ++number)
        running.emplace_back([&, number] {
            while (!may_go)
                std::this_thread::yield();
            if (one(number)) ++done;
        });
    may_go = true;
    for (auto& thread : running)
        thread.join();
    return done;
}

struct TwoServers : Town {
    Server& at(int number) { return number % 2 == 0 ? server : other; }

    void follow() {
        for (auto* one : {&server, &other})
            while (*one->payments.catch_up(100) > 0) {
            }
    }

    Server other{store, clock, settings, providers};
};

}  // namespace

TEST_CASE("of many tills that take cash for one payment at the same time, one does") {
    for (int round = 0; round < 20; ++round) {
        TwoServers town;
        const auto number = town.asked();
        std::vector<TillKey> tills;
        for (int desk = 0; desk < 6; ++desk) {
            tills.push_back(town.till(std::to_string(desk).c_str()));
            good(town.server.tills.open({tills.back(), ana}, 0));
        }
        const int taken = all_at_once(6, [&](int one) {
            const auto answer =
                town.at(one).tills.take_cash({tills[static_cast<std::size_t>(one)], ana}, number, 4800);
            if (std::holds_alternative<Refusal>(answer)) CHECK(refused(answer) == "payment-over");
            return std::holds_alternative<CashTaken>(answer);
        });
        CHECK(taken == 1);
        std::int64_t in_tills = 0;
        for (const auto& till : tills)
            in_tills += expected_cash(good(town.server.tills.find(till)));
        CHECK(in_tills == 4800);
        CHECK(town.totals(number).taken == 4800);
    }
}

TEST_CASE("one notice that comes to two servers at the same time is money once") {
    for (int round = 0; round < 20; ++round) {
        TwoServers town;
        const auto number = town.asked();
        REQUIRE(town.at_bank.pay(town.reference(number), Money{4800}));
        const auto notice = town.at_bank.notices().at(0);
        const int taken = all_at_once(
            6, [&](int one) { return good(town.at(one).payments.hear(bank, notice)) == Heard::taken; });
        CHECK(taken == 1);
        CHECK(town.totals(number) == Totals{4800, 4800, 0, 0, 0});
    }
}

TEST_CASE("of many who give back one item at the same time, one does, and it leaves once") {
    for (int round = 0; round < 20; ++round) {
        TwoServers town;
        const auto number = town.paid();
        const int given = all_at_once(6, [&](int one) {
            const auto answer = town.at(one).payments.give_back(number, {{ItemKey{"card"}, Because::refused}},
                                                                ana, "k" + std::to_string(one));
            if (std::holds_alternative<Refusal>(answer)) CHECK(refused(answer) == "nothing-owed");
            return !std::holds_alternative<Refusal>(answer);
        });
        CHECK(given == 1);
        town.follow();
        all_at_once(4, [&](int one) { return town.at(one).payments.work(); });
        for (int minute = 0; minute < 10; ++minute) {
            town.follow();
            for (int one : {0, 1})
                town.at(one).go_on(1, minutes{1});
        }
        CHECK(town.at_bank.refunds() == 1);
        CHECK(town.at_bank.sent_again() == 0);
        CHECK(town.totals(number) == Totals{4800, 3000, 1800, 0, 0});
    }
}

TEST_CASE("a card is charged once though two servers would carry its charge") {
    for (int round = 0; round < 20; ++round) {
        TwoServers town;
        const auto till = town.opened();
        const auto number = town.asked();
        all_at_once(4, [&](int one) {
            good(town.at(one).payments.begin({number, terminal, till, ana}, ""));
            return true;
        });
        town.follow();
        all_at_once(4, [&](int one) { return town.at(one).payments.work(); });
        town.follow();
        for (int one : {0, 1})
            town.at(one).go_on(10, minutes{1});
        CHECK(town.find(number).collections.size() == 1);
        CHECK(town.at_terminal.charges() == 1);
        CHECK(town.at_terminal.sent_again() == 0);
        CHECK(town.state(number) == State::paid);
    }
}

TEST_CASE("receipts of payments that are made at the same time have all numbers, each once") {
    TwoServers town;
    std::vector<TillKey> tills;
    std::vector<PaymentNumber> numbers;
    for (int desk = 0; desk < 8; ++desk) {
        tills.push_back(town.till(std::to_string(desk).c_str()));
        good(town.server.tills.open({tills.back(), ana}, 0));
    }
    for (int payment = 0; payment < 80; ++payment)
        numbers.push_back(town.asked());
    std::vector<std::atomic<int>> seen(81);
    all_at_once(8, [&](int one) {
        for (int payment = one; payment < 80; payment += 8) {
            const auto taken =
                good(town.at(one).tills.take_cash({tills[static_cast<std::size_t>(one)], ana},
                                                  numbers[static_cast<std::size_t>(payment)], 4800));
            ++seen.at(taken.receipt.serial);
        }
        return true;
    });
    for (std::size_t serial = 1; serial <= 80; ++serial)
        CHECK(seen[serial] == 1);
}

TEST_CASE("cash that is taken while the till is counted is in the count, or is not taken") {
    for (int round = 0; round < 30; ++round) {
        TwoServers town;
        const auto till = town.opened();
        const auto number = town.asked();
        std::atomic<bool> is_taken{false};
        all_at_once(2, [&](int one) {
            if (one == 0) {
                const auto answer = town.server.tills.take_cash({till, ana}, number, 4800);
                if (std::holds_alternative<Refusal>(answer)) CHECK(refused(answer) == "till-counted");
                is_taken = std::holds_alternative<CashTaken>(answer);
            } else {
                good(
                    town.other.tills.count({till, rui}, {10'000, {}, "if it is wrong, somebody was faster"}));
            }
            return true;
        });
        const auto sheet = good(town.server.tills.sheet(till));
        CHECK(sheet.count->expected == 10'000 + (is_taken ? 4'800 : 0));
        CHECK(sheet.is_closed == !is_taken);
        CHECK(town.totals(number).taken == (is_taken ? 4'800 : 0));
    }
}

TEST_CASE("numbers of payments are given out once by all servers") {
    TwoServers town;
    std::vector<std::atomic<int>> seen(400);
    all_at_once(4, [&](int one) {
        for (int times = 0; times < 20; ++times)
            ++seen.at(good(town.at(one).payments.ask({town.quote({card}), {}, shop}, "")).serial);
        return true;
    });
    int all = 0;
    for (const auto& count : seen) {
        CHECK(count <= 1);
        all += count;
    }
    CHECK(all == 80);
}
