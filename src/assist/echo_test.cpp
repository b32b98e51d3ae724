// What is being typed, before anything is shown.
#include <thread>

#include <doctest/doctest.h>

#include "assist/town_test.hpp"

using namespace balcao;
using namespace balcao::assist;
using namespace balcao::assist::town;

namespace {

const FieldKey street{"street"};
const FieldKey pin{"pin"};

Typed typed(const std::string& text, std::uint64_t stroke, const FieldKey& field = street) {
    return {address, field, text, field == pin, stroke};
}

}  // namespace

TEST_CASE("what the mediator types stands on the citizen's screen, letter by letter, and nowhere else") {
    Town town;
    std::vector<std::string> heard;
    town.sessions.listen_to_echo(
        [&](const SessionKey&, const EchoLine& line) { heard.push_back(line.text); });
    const auto session = town.opened();
    const auto events = town.fold_of(session).end.version;
    CHECK(good(town.sessions.type(Town::mediator(session), typed("R", 1))) == 1);
    CHECK(good(town.sessions.type(Town::mediator(session), typed("Ru", 2))) == 2);
    CHECK(good(town.sessions.type(Town::mediator(session), typed("47 11", 3, pin))) == 3);
    CHECK(heard == std::vector<std::string>{"R", "Ru", std::string{secret_mask}});
    const auto lines = good(town.sessions.echoed(town.citizen(session), 0));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].text == "Ru");
    CHECK(lines[0].from == Side::mediator);
    CHECK(lines[1].text == secret_mask);
    CHECK(town.fold_of(session).end.version == events);
    CHECK(town.bytes().find("47 11") == std::string::npos);
}

TEST_CASE("a page that lost its line gets what it missed, and all of it from a server that began anew") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.type(Town::mediator(session), typed("R", 1)));
    good(town.sessions.type(Town::mediator(session), typed("47", 2, pin)));
    CHECK(good(town.sessions.echoed(town.citizen(session), 1)).size() == 1);
    CHECK(good(town.sessions.echoed(town.citizen(session), 2)).empty());
    CHECK(good(town.sessions.echoed(town.citizen(session), 900)).size() == 2);
}

TEST_CASE("a letter that was overtaken undoes nothing; the other side's does not wait for it") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.type(Town::mediator(session), typed("Rua", 30)));
    CHECK(good(town.sessions.type(Town::mediator(session), typed("Ru", 20))) == 0);
    CHECK(good(town.sessions.echoed(town.citizen(session), 0)).at(0).text == "Rua");
    good(town.sessions.set_lesson(town.citizen(session), {Mode::let_me_try, Side::citizen}));
    CHECK(good(town.sessions.type(town.citizen(session), typed("R", 1))) == 2);
    CHECK(refused(town.sessions.type(Town::mediator(session), typed("Rua A", 40))) == "not-driving");
    CHECK(refused(town.sessions.type({session, ByScreen{Sessions::new_secret()}, {}}, typed("x", 50))) ==
          "no-such-screen");
}

TEST_CASE("when a step is shown, what was typed of it is gone, and both screens are told") {
    Town town;
    const auto session = town.opened();
    good(town.sessions.type(Town::mediator(session), typed("Rua A", 1)));
    good(town.sessions.type(Town::mediator(session), {review, street, "B", false, 2}));
    good(town.sessions.show(Town::mediator(session), sheet(address, "Rua A")));
    const auto lines = good(town.sessions.echoed(town.citizen(session), 0));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].step == review);
    CHECK(lines[1].is_cleared);
    CHECK(lines[1].step == address);
}

TEST_CASE("what is typed is bounded, and gone with the session") {
    Town town;
    const auto session = town.opened();
    CHECK(good(town.sessions.type(Town::mediator(session),
                                  typed(std::string(echo_bytes_most + 1, 'a'), 1))) == 0);
    std::uint64_t last = 1;
    for (std::size_t field = 0; field <= echo_fields_most; ++field)
        last = good(town.sessions.type(Town::mediator(session),
                                       typed("a", field + 2, FieldKey{"f" + std::to_string(field)})));
    CHECK(last == 0);
    // It ended on another server; this one hears of it and forgets.
    Sessions other{town.store, town.clock, town.key, town.settings};
    good(other.abandon(town.citizen(session)));
    while (*town.sessions.catch_up(100) > 0) {
    }
    town.sessions.let_time_pass();
    CHECK(good(town.sessions.echoed(town.citizen(session), 0)).empty());
}

TEST_CASE("the lines of a session reach a listener in their order, however many type at once") {
    Echo echo;
    std::vector<std::uint64_t> heard;
    echo.listen([&](const SessionKey&, const EchoLine& line) { heard.push_back(line.sequence); });
    const SessionKey session{"s"};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&echo, &session, thread] {
            for (std::uint64_t stroke = 1; stroke <= 500; ++stroke)
                echo.type(session, Side::mediator, typed("a", stroke, FieldKey{std::to_string(thread)}));
        });
    for (auto& thread : threads)
        thread.join();
    REQUIRE(heard.size() == 2'000);
    for (std::size_t place = 0; place < heard.size(); ++place)
        CHECK(heard[place] == place + 1);
}
