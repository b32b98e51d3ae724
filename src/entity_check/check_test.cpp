// The check passes where a promise is kept, and fails in the right place where it is not.
#include "entity_check/check.hpp"

#include <doctest/doctest.h>

#include "stand_in/stand_in.hpp"

using namespace balcao;
using namespace balcao::entity_check;
using namespace std::chrono_literals;
using model::OnDoubt;
using stand_in::Kind;

namespace {

stand_in::Settings unhurried() {
    stand_in::Settings settings;
    settings.habits[Kind::slow] = stand_in::usual_habits(Kind::slow);
    settings.habits[Kind::slow].slowest = {};
    settings.habits[Kind::slow].loses_answers = 0;
    return settings;
}

struct Trial {
    explicit Trial(stand_in::Settings settings = unhurried()) {
        auto started = stand_in::StandIn::start(std::move(settings), clock);
        REQUIRE(started.has_value());
        entities = *std::move(started);
    }

    [[nodiscard]] Declared declared(Kind kind, OnDoubt on_doubt, bool takes_back) const {
        Declared says;
        says.address = entities->address(kind);
        says.on_doubt = on_doubt;
        says.takes_back = takes_back;
        says.gives_up = 5s;
        says.example = {{"applicant.name", "Ana Exemplo"}};
        if (kind == Kind::club) says.by = model::WayKind::events;
        return says;
    }

    SystemClock clock;
    std::unique_ptr<stand_in::StandIn> entities;
};

std::vector<std::string> broken(const std::vector<Finding>& findings) {
    std::vector<std::string> promises;
    for (const auto& finding : findings) {
        if (finding.found == Found::broken) {
            promises.push_back(finding.promise);
            CHECK_FALSE(finding.mend.empty());
        }
        CHECK((finding.found == Found::kept || !finding.saw.empty()));
    }
    return promises;
}

std::size_t not_asked(const std::vector<Finding>& findings) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.found == Found::not_asked; }));
}

}  // namespace

TEST_CASE("an entity that knows keys, can be asked and takes back keeps every promise") {
    const Trial trial;
    std::size_t told = 0;
    const auto findings =
        check(trial.declared(Kind::keys, OnDoubt::send_again, true), [&](const Finding&) { ++told; });
    CHECK(broken(findings).empty());
    CHECK(told == findings.size());
    CHECK(not_asked(findings) == 1);  // without a token
}

TEST_CASE("the same of one that takes events, and of one that asks for a token") {
    const Trial trial;
    CHECK(broken(check(trial.declared(Kind::club, OnDoubt::send_again, true), {})).empty());
    stand_in::Settings settings = unhurried();
    settings.token = "T";
    const Trial guarded{settings};
    auto declared = guarded.declared(Kind::keys, OnDoubt::send_again, true);
    declared.credentials.token = "T";
    const auto findings = check(declared, {});
    CHECK(broken(findings).empty());
    CHECK(not_asked(findings) == 0);
}

TEST_CASE("one that puts off and can be asked keeps its promises, whoever has to come again") {
    const Trial trial;
    CHECK(broken(check(trial.declared(Kind::slow, OnDoubt::look_up, true), {})).empty());
}

TEST_CASE("one that knows no keys and says so is asked nothing of them") {
    const Trial trial;
    const auto findings = check(trial.declared(Kind::no_keys, OnDoubt::ask_person, false), {});
    CHECK(broken(findings).empty());
    CHECK(not_asked(findings) >= 6);
}

TEST_CASE("one that says that it knows keys and does not is told where") {
    const Trial trial;
    CHECK(broken(check(trial.declared(Kind::no_keys, OnDoubt::send_again, true), {})) ==
          std::vector<std::string>{"The same request under the same key is done once.",
                                   "The same request on two lines at once is done once.",
                                   "Another request under the same key is refused.",
                                   "A request without a key is refused.",
                                   "It takes back what it did, once."});
}

TEST_CASE("one that says that it can be asked and cannot is told so") {
    const Trial trial;
    const auto found = broken(check(trial.declared(Kind::no_keys, OnDoubt::look_up, false), {}));
    REQUIRE(found.size() == 2);
    CHECK(found.front() == "It finds what it has by its key, and says of another key that it is absent.");
    CHECK(found.back() == "A request without a key is refused.");
}

TEST_CASE("one that takes back and does not say so breaks its word too") {
    const Trial trial;
    CHECK(broken(check(trial.declared(Kind::keys, OnDoubt::send_again, false), {})) ==
          std::vector<std::string>{"It refuses to take back what it did."});
}

TEST_CASE("one that lets everybody in is told so") {
    const Trial trial;
    auto declared = trial.declared(Kind::keys, OnDoubt::send_again, true);
    declared.credentials.token = "T";
    CHECK(broken(check(declared, {})) ==
          std::vector<std::string>{"Who does not prove to be the city is refused."});
}

TEST_CASE("one that answers too late is told so") {
    stand_in::Settings settings = unhurried();
    settings.habits[Kind::slow].loses_answers = 0.4;
    settings.habits[Kind::slow].is_busy = 0;
    settings.seed = 5;
    const Trial trial{settings};
    auto declared = trial.declared(Kind::slow, OnDoubt::look_up, true);
    declared.gives_up = 300ms;
    const auto found = broken(check(declared, {}));
    REQUIRE_FALSE(found.empty());
    // Not before the first answer came at all.
    if (found.size() > 1) CHECK(found.back() == "Each answer comes within 300 ms.");
}

TEST_CASE("where nothing answers, that is all that is said") {
    Trial trial;
    auto declared = trial.declared(Kind::keys, OnDoubt::send_again, true);
    trial.entities.reset();
    const auto findings = check(declared, {});
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().found == Found::broken);
    CHECK(findings.front().saw == "no answer (no-answer)");
}

TEST_CASE("an example is an object whose ends are texts") {
    const auto data = read_example(R"({"applicant": {"name": "Ana", "card": "1"}, "speed": "urgent"})");
    REQUIRE(data.has_value());
    CHECK(*data ==
          std::vector<cases::Datum>{{"applicant.name", "Ana"}, {"applicant.card", "1"}, {"speed", "urgent"}});
    for (const char* wrong : {"", "[]", "7", R"({"age": 7})", R"({"names": ["Ana"]})"})
        CHECK_FALSE(read_example(wrong).has_value());
    CHECK(read_example(R"({"age": 7})").error().what.find("the example's age") == 0);
}
