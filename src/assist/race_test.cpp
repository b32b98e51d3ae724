// Two servers and many threads on one journal: whoever comes first, nothing counts twice or unseen.
#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

namespace {

// What they do at the same time; how many of them were not refused.
template <class Do>
int race(int threads, const Do& one) {
    std::atomic<int> done{0};
    std::atomic<bool> may_go{false};
    std::vector<std::thread> running;
    for (int number = 0; number < threads; ++number)
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

// A town with a second server.
struct Two : Town {
    Sessions& at(int number) { return number % 2 == 0 ? sessions : other; }

    Sessions other{store, clock, key, settings};
};

}  // namespace

TEST_CASE("of many screens that come with one code at the same time, one is the citizen's") {
    for (int round = 0; round < 20; ++round) {
        Two town;
        const auto slip = good(town.sessions.open(Town::opening(), ""));
        const int joined = race(6, [&](int number) {
            const auto answer =
                town.at(number).join(slip.text, {Sessions::new_secret(), ScreenKind::own}, "");
            if (std::holds_alternative<Refusal>(answer)) CHECK(refused(answer) == "code-used");
            return std::holds_alternative<SessionKey>(answer);
        });
        CHECK(joined == 1);
        CHECK(town.count(slip.session, "screen-joined") == 1);
    }
}

TEST_CASE("of many who hand over at the same time with different keys, one does") {
    for (int round = 0; round < 20; ++round) {
        Two town;
        const auto session = town.opened();
        town.go_through(session);
        const int handed = race(6, [&](int number) {
            const auto answer =
                town.at(number).hand_over(town.citizen(session, "k" + std::to_string(number)));
            if (std::holds_alternative<Refusal>(answer)) CHECK(refused(answer) == "already-handed-over");
            return std::holds_alternative<Handover>(answer);
        });
        CHECK(handed == 1);
        CHECK(town.count(session, "session-handed-over") == 1);
    }
}

TEST_CASE("one command sent to two servers at the same time is done once, and both get its answer") {
    for (int round = 0; round < 20; ++round) {
        Two town;
        std::vector<CodeSlip> slips(4);
        race(4, [&](int number) {
            slips[static_cast<std::size_t>(number)] = good(town.at(number).open(Town::opening(), "one key"));
            return true;
        });
        for (const auto& slip : slips)
            CHECK(slip == slips.front());
        const auto secret = Sessions::new_secret();
        const int joined = race(4, [&](int number) {
            return good(town.at(number).join(slips.front().text, {secret, ScreenKind::own}, "j")) ==
                   slips.front().session;
        });
        CHECK(joined == 4);
        CHECK(town.count(slips.front().session, "screen-joined") == 1);
    }
}

TEST_CASE("a step that is shown anew while the citizen confirms is confirmed as it stands, or not at all") {
    for (int round = 0; round < 30; ++round) {
        Two town;
        const auto session = town.opened();
        const auto first = good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
        good(town.other.beat(town.screen(session)));
        race(2, [&](int number) {
            if (number == 0) {
                good(town.sessions.show(Town::mediator(session), sheet(address, "Rua B")));
            } else {
                const auto answer = town.other.confirm(town.screen(session), {first.hash});
                if (std::holds_alternative<Refusal>(answer)) CHECK(refused(answer) == "other-hash");
            }
            return true;
        });
        // "Rua B" was not confirmed by anybody.
        CHECK(refused(town.sessions.hand_over(town.citizen(session))) == "not-confirmed");
        const Session now = town.fold_of(session);
        CHECK(std::holds_alternative<Proposed>(now.find(address)->state));
    }
}

TEST_CASE("a dispute and a handover at the same time: one of them is told of the other") {
    for (int round = 0; round < 30; ++round) {
        Two town;
        const auto session = town.opened();
        town.go_through(session);
        good(town.other.beat(town.screen(session)));
        const int done = race(2, [&](int number) {
            if (number == 0)
                return std::holds_alternative<Done>(town.sessions.dispute(town.screen(session), {}));
            return std::holds_alternative<Handover>(town.other.hand_over(Town::mediator(session)));
        });
        CHECK(done == 1);
    }
}

TEST_CASE("of two servers that let time pass at the same time, each session expires once") {
    Two town;
    std::vector<SessionKey> sessions;
    for (int number = 0; number < 10; ++number)
        sessions.push_back(town.opened());
    while (*town.other.catch_up(100) > 0) {
    }
    town.clock.pass(hours{20});
    std::atomic<std::size_t> ended{0};
    race(2, [&](int number) {
        ended += town.at(number).let_time_pass();
        return true;
    });
    CHECK(ended == sessions.size());
    for (const auto& session : sessions)
        CHECK(town.count(session, "session-expired") == 1);
}

TEST_CASE("a server hears what another one did, tells it once, and knows the same") {
    Two town;
    std::atomic<int> told{0};
    town.other.listen([&](const SessionKey&) { ++told; });
    const auto session = town.opened();
    town.go_through(session, address);
    while (*town.other.catch_up(100) > 0) {
    }
    CHECK(told == static_cast<int>(town.fold_of(session).end.version));
    const auto known = town.other.open_sessions([](const Session&) { return true; });
    REQUIRE(known.size() == 1);
    CHECK(known[0] == good(town.sessions.outline(session)));
    good(town.other.abandon(town.citizen(session)));
    while (*town.other.catch_up(100) > 0) {
    }
    CHECK(told == static_cast<int>(town.fold_of(session).end.version));
}
