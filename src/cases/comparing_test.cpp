// The daily comparison of what was sent with what an entity says it has.
#include <doctest/doctest.h>

#include "cases/inspect.hpp"
#include "cases/town_test.hpp"

using namespace balcao;
using namespace balcao::cases;
using namespace balcao::cases::stage;

namespace {

constexpr std::chrono::hours a_week{7 * 24};

struct ListTown : Town {
    [[nodiscard]] Instant since() const { return server->clock.now() - a_week; }

    [[nodiscard]] std::vector<SentHere> before() const {
        return std::get<std::vector<SentHere>>(server->cases->sent_to(keyed, since()));
    }

    // What the entity would list.
    [[nodiscard]] std::vector<HeldThere> there() const {
        std::vector<HeldThere> held;
        for (const auto& sent : before())
            held.push_back({sent.key, sent.reference, sent.state});
        return held;
    }

    EntityCompared compare(std::vector<SentHere> sent,
                           std::vector<HeldThere> held,
                           const std::string& key) const {
        return std::get<EntityCompared>(
            server->cases->compare({keyed, since(), std::move(sent), std::move(held)}, key));
    }
};

}  // namespace

TEST_CASE("a day on which both have the same has no difference, and that is kept") {
    ListTown town;
    town.accept({wanted("card", keyed), wanted("letter", looked)});
    town.accept({wanted("card", keyed)});
    town.run();
    const auto compared = town.compare(town.before(), town.there(), "monday");
    CHECK(compared.sent == 2);
    CHECK(compared.there == 2);
    CHECK(compared.differing == 0);
    const auto last = std::get<std::optional<ComparedAt>>(town.server->cases->last_comparison(keyed));
    REQUIRE(last.has_value());
    CHECK(last->compared.sent == 2);
    CHECK_FALSE(std::get<std::optional<ComparedAt>>(town.server->cases->last_comparison(looked)));
}

TEST_CASE("what one of both does not have, or has otherwise, is named with its case, after a restart too") {
    ListTown town;
    const auto lost = town.accept({wanted("card", keyed)});
    const auto other = town.accept({wanted("card", keyed)});
    town.run();
    auto held = town.there();
    REQUIRE(held.size() == 2);
    held.erase(held.begin());
    held.front().reference = "another";
    held.push_back({"nobody-sent-it", "r", HeldState::accepted});
    const auto compared = town.compare(town.before(), held, "monday");
    REQUIRE(compared.differing == 3);
    const auto has = [&](DifferenceKind kind, const std::string& of) {
        return std::any_of(compared.differences.begin(), compared.differences.end(),
                           [&](const Difference& one) { return one.kind == kind && one.of == of; });
    };
    CHECK(has(DifferenceKind::missing_there, to_text(lost) + "/card"));
    CHECK(has(DifferenceKind::other_reference, to_text(other) + "/card"));
    CHECK(has(DifferenceKind::unknown_here, ""));
    town.restart();
    const auto last = std::get<std::optional<ComparedAt>>(town.server->cases->last_comparison(keyed));
    REQUIRE(last.has_value());
    CHECK(last->compared.differences == compared.differences);
    CHECK(town.compare(town.before(), town.there(), "monday").differing == 3);  // that day was compared
    CHECK(town.compare(town.before(), town.there(), "tuesday").differing == 0);
    const auto events = *town.world.disk.read(comparisons_of(keyed), 0);
    CHECK(events.size() == 2);
    CHECK(is_inspected(comparisons_of(keyed)));
    Inspection inspection{town.settings.zone};
    CHECK(inspection.take(events).empty());
    auto changed = events;
    changed.front().body.replace(changed.front().body.find("\"differing\": 3"), 14, "\"differing\": 4");
    CHECK(inspection.take(changed).size() == 1);
}

TEST_CASE("what happened while the list was asked for is no difference") {
    ListTown town;
    town.accept({wanted("card", keyed)});
    town.run();
    const auto before = town.before();
    const auto newer = town.accept({wanted("card", keyed)});
    town.run();
    auto held = town.there();  // the newer one is in it, and was not known before
    REQUIRE(held.size() == 2);
    CHECK(town.compare(before, held, "monday").differing == 0);
    held = {held.front()};  // or came there only after the list was made
    CHECK(town.compare(before, held, "tuesday").differing == 0);
    CHECK(town.compare(town.before(), held, "wednesday").differences.front().of == to_text(newer) + "/card");
}

TEST_CASE("a case from before the list may be missing in it") {
    ListTown town;
    town.accept({wanted("card", keyed)});
    town.run();
    town.run_for(a_week + std::chrono::hours{1});
    CHECK(town.before().empty());
    CHECK(town.compare(town.before(), {}, "monday").differing == 0);
}
