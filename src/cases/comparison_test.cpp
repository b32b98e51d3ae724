// The daily comparison: every planted difference is found, and none is invented.
#include "cases/comparison.hpp"

#include <algorithm>
#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;
using namespace balcao::cases;

namespace {

std::string numbered(char letter, std::size_t number) { return letter + std::to_string(number); }

HeldState any_state() {
    return *rc::gen::element(HeldState::accepted, HeldState::concluded, HeldState::denied, HeldState::undone);
}

// Agreeing lists, into which differences are planted.
struct PlantedLists {
    std::vector<SentHere> sent;
    std::vector<HeldThere> held;
    std::vector<Difference> expected;
};

void plant_one(PlantedLists& into, std::size_t number) {
    const std::string key = numbered('k', number);
    const std::string reference = numbered('r', number);
    const HeldState state = any_state();
    const HeldState other = state == HeldState::denied ? HeldState::accepted : HeldState::denied;
    const SentHere sent{key, reference, state, false};
    switch (*rc::gen::inRange(0, 9)) {
        case 0:
            into.sent.push_back(sent);
            return into.expected.push_back({key, DifferenceKind::missing_there, reference, {}});
        case 1:
            into.held.push_back({key, reference, state});
            return into.expected.push_back({key, DifferenceKind::unknown_here, {}, reference});
        case 2:
            into.sent.push_back(sent);
            into.held.push_back({key, reference, other});
            return into.expected.push_back(
                {key, DifferenceKind::other_state, std::string{name_of(state)}, std::string{name_of(other)}});
        case 3:
            into.sent.push_back(sent);
            into.held.push_back({key, "x" + reference, state});
            return into.expected.push_back(
                {key, DifferenceKind::other_reference, reference, "x" + reference});
        case 4:
            into.sent.push_back(sent);
            into.held.push_back({key, reference, state});
            into.held.push_back({key, "x" + reference, state});
            return into.expected.push_back({key, DifferenceKind::doubled, reference, "x" + reference});
        case 5:  // on its way, and not there yet
            return into.sent.push_back({key, {}, HeldState::accepted, true});
        case 6:  // on its way, and there already
            into.sent.push_back({key, {}, HeldState::accepted, true});
            return into.held.push_back({key, reference, state});
        default:
            into.sent.push_back(sent);
            return into.held.push_back({key, reference, state});
    }
}

}  // namespace

TEST_CASE("every difference that is there is named, and none besides, in whatever order the lists come") {
    CHECK(rc::check("differences", [] {
        PlantedLists planted;
        const auto count = *rc::gen::inRange<std::size_t>(0, 40);
        for (std::size_t number = 0; number < count; ++number)
            plant_one(planted, number);
        std::sort(planted.expected.begin(), planted.expected.end());
        // Of a pair the one that stands first is the one that the other is told apart from.
        std::stable_sort(planted.held.begin(), planted.held.end(), [](const auto& a, const auto& b) {
            return std::hash<std::string>{}(a.key) < std::hash<std::string>{}(b.key);
        });
        std::reverse(planted.sent.begin(), planted.sent.end());
        RC_ASSERT(differences_of(planted.sent, planted.held) == planted.expected);
    }));
}

TEST_CASE("a list that agrees with nothing sent is all unknown") {
    CHECK(differences_of({}, {{"k", "r", HeldState::accepted}}) ==
          std::vector<Difference>{{"k", DifferenceKind::unknown_here, {}, "r"}});
    CHECK(differences_of({}, {}).empty());
}

TEST_CASE("of a case an entity was sent what it has, may have or had, and nothing that waits for its turn") {
    Case whole;
    whole.number = {2026, 7};
    const auto add = [&](const char* key, StepState state, const char* reference, const char* entity) {
        Step step;
        step.asked.step = StepKey{key};
        step.asked.entity = model::EntityKey{entity};
        step.asked.kind = ConnectorKind::idempotent_key;
        step.state = std::move(state);
        step.reference = reference;
        whole.steps.push_back(std::move(step));
    };
    Owed unsure;
    unsure.is_unknown = true;
    Owed undoing;
    undoing.errand = Errand::undo;
    add("waits", Owed{}, "", "registry");
    add("unsure", unsure, "", "registry");
    add("under-way", UnderWay{}, "", "registry");
    add("taken", Accepted{}, "r1", "registry");
    add("done", Concluded{}, "r2", "registry");
    add("denied", Denied{"no"}, "", "registry");
    add("denied-later", Denied{"no"}, "r3", "registry");
    add("stopped", Stopped{}, "", "registry");
    add("undone", Undone{}, "r4", "registry");
    add("undoing", undoing, "r5", "registry");
    add("elsewhere", Accepted{}, "r6", "club");
    const auto sent = sent_to(model::EntityKey{"registry"}, whole, Instant{});
    const auto key = [&](const char* step) {
        return key_of({whole.number, StepKey{step}, Errand::deliver, 1, 0});
    };
    CHECK(sent ==
          std::vector<SentHere>{
              {key("unsure"), "", HeldState::accepted, true, false, "2026-000007/unsure"},
              {key("under-way"), "", HeldState::accepted, true, false, "2026-000007/under-way"},
              {key("taken"), "r1", HeldState::accepted, false, false, "2026-000007/taken"},
              {key("done"), "r2", HeldState::concluded, false, false, "2026-000007/done"},
              {key("denied"), "", HeldState::denied, true, false, "2026-000007/denied"},
              {key("denied-later"), "r3", HeldState::denied, false, false, "2026-000007/denied-later"},
              {key("undone"), "r4", HeldState::undone, false, false, "2026-000007/undone"},
              {key("undoing"), "r5", HeldState::accepted, true, false, "2026-000007/undoing"}});
    // Of a case from before the list, what is not in it may have come before.
    whole.opened = Instant{std::chrono::hours{1}};
    const auto older = sent_to(model::EntityKey{"registry"}, whole, Instant{std::chrono::hours{2}});
    CHECK(differences_of(older, {}).empty());
    CHECK(differences_of(sent, {}).size() == 4);
}
