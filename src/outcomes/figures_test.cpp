// Figures of what became of requests, against the plain reading of the same journal.
#include "outcomes/figures.hpp"

#include <algorithm>
#include <cmath>
#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "outcomes/building_test.hpp"

using namespace balcao;
using namespace balcao::outcomes;
using std::chrono::milliseconds;

namespace {

void read_all(Outcomes& outcomes, std::size_t at_once = 7) {
    for (;;) {
        const auto taken = outcomes.catch_up(at_once);
        REQUIRE(taken.has_value());
        if (*taken == 0) return;
    }
}

Trail trail_of(const Busy& town, const cases::CaseNumber& number) {
    Trail trail;
    trail.number = number;
    const auto events = town.world.disk.read(cases::stream_of(number), 0);
    for (const auto& event : *events)
        trail.hear(*cases::decode_case(event), event.at);
    return trail;
}

int month_of(Instant at) {
    const std::chrono::year_month_day day{lisbon.at(at).date};
    return static_cast<int>(day.year()) * 12 + static_cast<int>(static_cast<unsigned>(day.month()));
}

// The same by brute force, without any limit.
struct Plain {
    std::vector<milliseconds> had;
    std::uint64_t denied = 0;
    std::uint64_t dropped = 0;
};

Plain plain_of(const Busy& town, const model::ServiceKey& service, Date today) {
    Plain plain;
    const int last = month_of(lisbon.midnight(today));
    for (const auto& number : town.numbers) {
        const Trail trail = trail_of(town, number);
        for (const auto& step : trail.steps) {
            if (step.service != service || step.fate == Fate::open) continue;
            if (const int month = month_of(step.ended); month > last || month <= last - Outcomes::months)
                continue;
            if (step.fate == Fate::had) plain.had.push_back(step.ended - trail.opened);
            if (step.fate == Fate::denied) ++plain.denied;
            if (step.fate == Fate::dropped) ++plain.dropped;
        }
    }
    std::ranges::sort(plain.had);
    return plain;
}

std::optional<std::uint64_t> told(std::uint64_t count) {
    return count < 10 ? std::nullopt : std::optional{count};
}

void check_share(const std::optional<milliseconds>& found,
                 const std::vector<milliseconds>& had,
                 double share) {
    REQUIRE(found.has_value());
    const auto place =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(had.size()) - 1e-9)) - 1;
    const auto exact = static_cast<double>(std::max(had[place], milliseconds{1'000}).count());
    CHECK(static_cast<double>(found->count()) >= exact);
    CHECK(static_cast<double>(found->count()) <= exact * Spread::growth + 1);
}

}  // namespace

TEST_CASE(
    "however cases go, a step's fate is what its page says, and the time with the citizen is the journal's") {
    rc::check([] {
        Busy town;
        cases::stage::Dice dice{*rc::gen::arbitrary<std::uint64_t>()};
        town.live(dice, 6);
        for (const auto& number : town.numbers) {
            const Trail trail = trail_of(town, number);
            const auto view = town.see(number);
            RC_ASSERT(trail.steps.size() == view.steps.size());
            for (std::size_t place = 0; place < view.steps.size(); ++place) {
                RC_ASSERT(trail.steps[place].fate == fate_of(view.steps[place].progress));
                RC_ASSERT(trail.steps[place].asks_since.has_value() ==
                          (view.steps[place].progress == cases::Progress::waits_for_you));
                if (trail.steps[place].fate != Fate::open)
                    RC_ASSERT(trail.steps[place].ended == view.steps[place].since);
                RC_ASSERT(trail.steps[place].with_citizen >= milliseconds{0});
            }
        }
    });
}

TEST_CASE("GO-04 figures are those of the journal, and of fewer than ten people nothing is told") {
    Busy town;
    cases::stage::Dice dice{20'261'124};
    town.live(dice, 260);
    Outcomes outcomes{town.world.disk, lisbon, installation};
    CHECK_FALSE(outcomes.is_current());
    read_all(outcomes);
    CHECK(outcomes.is_current());
    const Date today = lisbon.at(town.server->clock.now()).date;
    int told_ones = 0;
    int kept_ones = 0;
    for (int back = -1; back < 20; ++back) {
        const Date then = today - std::chrono::days{30 * back};
        for (const char* name : {"card", "licence", "pass"}) {
            const auto plain = plain_of(town, model::ServiceKey{name}, then);
            const auto figures = outcomes.of(model::ServiceKey{name}, then);
            if (back > 0) {
                // Months that are long gone are not kept: the twelve before today are.
                if (figures.had) CHECK(*figures.had <= plain.had.size());
                continue;
            }
            CHECK(figures.had == told(plain.had.size()));
            CHECK(figures.denied == told(plain.denied));
            CHECK(figures.dropped == told(plain.dropped));
            CHECK(figures.half.has_value() == figures.had.has_value());
            (figures.had ? told_ones : kept_ones) += 1;
            if (!figures.had) continue;
            check_share(figures.half, plain.had, 0.5);
            check_share(figures.nine_of_ten, plain.had, 0.9);
            CHECK(*figures.with_citizen >= 0);
            CHECK(*figures.with_citizen <= 1);
        }
    }
    CHECK(told_ones > 0);
    CHECK(outcomes.of(model::ServiceKey{"nobody-asked"}, today) ==
          Figures{.service = model::ServiceKey{"nobody-asked"}});
    for (const auto& one : outcomes.all(today))
        for (const auto& count : {one.had, one.denied, one.dropped})
            if (count) CHECK(*count >= told_from);
}

TEST_CASE("GO-04 nine people are told of in no way, the tenth makes all ten") {
    Busy town;
    Outcomes outcomes{town.world.disk, lisbon, installation};
    const model::ServiceKey card{"card"};
    for (int one = 1; one <= 10; ++one) {
        town.accept({cases::stage::wanted("card", cases::stage::keyed)});
        town.run();
        read_all(outcomes);
        const auto figures = outcomes.of(card, lisbon.at(town.server->clock.now()).date);
        CHECK(figures.had == told(static_cast<std::uint64_t>(one)));
        CHECK(outcomes.lately(card).size() == (one < 10 ? 0 : 10));
        CHECK(outcomes.all(lisbon.at(town.server->clock.now()).date).empty() == (one < 10));
    }
}

TEST_CASE("GO-04 what ended lately bears names from which nobody finds the case") {
    Busy town;
    cases::stage::Dice dice{4};
    town.live(dice, 40);
    Outcomes outcomes{town.world.disk, lisbon, installation};
    read_all(outcomes, 1'000);
    const auto lately = outcomes.lately(model::ServiceKey{"card"});
    REQUIRE(lately.size() >= 10);
    CHECK(lately.size() <= Outcomes::lately_most);
    CHECK(std::ranges::is_sorted(lately, std::ranges::greater{}, &Ended::ended));
    const Pseudonyms names{installation};
    const Pseudonyms others{*crypto::SecretKey::from(std::string(32, 'j'))};
    for (const auto& one : lately) {
        CHECK(one.name.size() == 18);
        CHECK(std::ranges::count_if(town.numbers,
                                    [&](const auto& number) { return names.of(number) == one.name; }) == 1);
        for (const auto& number : town.numbers) {
            CHECK(one.name.find(cases::to_text(number)) == std::string::npos);
            CHECK(others.of(number) != names.of(number));
        }
    }
}

TEST_CASE("a spread is within five in a hundred of what was put into it, and forgets what is taken back") {
    rc::check([](const std::vector<std::uint32_t>& values) {
        RC_PRE(!values.empty());
        Spread spread;
        Spread in_two;
        Spread other;
        std::vector<milliseconds> all;
        for (std::size_t place = 0; place < values.size(); ++place) {
            const milliseconds one{values[place]};
            all.push_back(one);
            spread.add(one);
            (place % 2 == 0 ? in_two : other).add(one);
        }
        in_two.add(other);
        std::ranges::sort(all);
        for (const double share : {0.1, 0.5, 0.9, 1.0}) {
            check_share(spread.within(share), all, share);
            RC_ASSERT(in_two.within(share) == spread.within(share));
        }
        for (const auto& one : all)
            spread.take_back(one);
        RC_ASSERT(spread.count() == 0U);
        RC_ASSERT(!spread.within(0.5).has_value());
    });
}

TEST_CASE("an event that no version has written stops the counting of its case alone, and is told once") {
    Busy town;
    const auto first = town.accept({cases::stage::wanted("card", cases::stage::keyed)});
    journal::Commit commit;
    commit.writings.push_back(
        {cases::stream_of(first),
         1,
         {{cases::stream_of(first), 2, Instant{}, "step-vanished", "{}", std::string(16, 's')}},
         {}});
    town.world.disk.submit(commit,
                           [](journal::Outcome outcome) { CHECK(outcome == journal::Outcome::written); });
    for (int one = 0; one < 10; ++one)
        town.accept({cases::stage::wanted("card", cases::stage::looked)});
    Outcomes outcomes{town.world.disk, lisbon, installation};
    const auto taken = outcomes.catch_up(1'000);
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().code == Errc::invalid);
    read_all(outcomes);
    town.run();
    read_all(outcomes);
    CHECK(outcomes.of(model::ServiceKey{"card"}, lisbon.at(town.server->clock.now()).date).had == 10);
}
