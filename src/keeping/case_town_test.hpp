#pragma once
// The town of the tests of cases with a log over its journal, for the tests of this folder.
#include <array>

#include "cases/erasing_test.hpp"
#include "cases/town_test.hpp"
#include "keeping/backup.hpp"
#include "keeping/receipt.hpp"
#include "keeping/verify.hpp"

namespace balcao::keeping {

using namespace cases::stage;  // NOLINT(google-build-using-namespace): its words are the words of the tests

// By which the servers on that stage seal.
inline const crypto::SecretKey& stage_key() {
    static const auto key = *crypto::SecretKey::from(std::string(32, 'i'));
    return key;
}

inline journal::Log log_over(journal::LogStore& store) {
    return {store, "balcao/town", signing_key_of(stage_key())};
}

struct CaseTown : Town {
    journal::Log log = log_over(world.disk);

    [[nodiscard]] Instant now() const { return morning + world.time.passed; }

    // The notary comes.
    void take() { REQUIRE(log.take(now(), 100'000)); }

    [[nodiscard]] Report checked(const model::Model* offer = nullptr) const {
        const auto kinds = known_kinds(offer);
        REQUIRE(kinds);
        const auto report = verify({world.disk, world.disk, log.verifier()}, {}, *kinds);
        REQUIRE_MESSAGE(report, (report ? "" : report.error().what));
        return *report;
    }

    [[nodiscard]] std::string person(const cases::CaseNumber& number) const {
        return find(number).person.text();
    }

    [[nodiscard]] std::vector<journal::Event> events(const cases::CaseNumber& number) const {
        return *world.disk.read(stream_of(number), 0);
    }

    // What no server would write.
    void write(const cases::CaseNumber& number, const cases::CaseEvent& event) {
        const auto before = events(number);
        journal::Commit commit;
        journal::append(commit, stream_of(number), {before.size(), {}}, encode(event), now());
        REQUIRE(journal::write_and_wait(world.disk, std::move(commit)) == journal::Outcome::written);
    }
};

// Weeks of it by a seed: cases come, entities lose and refuse things, people withdraw, are erased, or wait.
struct RandomTown : CaseTown {
    explicit RandomTown(std::uint64_t seed) {
        constexpr int days = 60;
        world.dice = Dice{seed};
        world.faults.reply_lost = 6;
        world.faults.request_lost = 6;
        world.faults.overloaded = 6;
        world.faults.refused = 8;
        world.faults.refused_for_now = 12;
        for (auto& [key, entity] : entities)
            entity->concludes_at_once = world.dice.once_in(2);
        for (int day = 0; day < days; ++day) {
            act();
            run_for(hours{world.dice.below(48)});
        }
    }

    std::vector<cases::CaseNumber> numbers;

private:
    void act() {
        if (numbers.empty() || world.dice.once_in(3)) return hand_in();
        const auto number = numbers[world.dice.below(numbers.size())];
        const auto what = world.dice.below(8);
        if (what == 0) static_cast<void>(server->cases->cancel(number, {}, ""));
        if (what == 1) erase_person_of(world, number);
        if (what > 1) report_on(find(number));
        while (*server->cases->catch_up(1000) > 0) {
        }
    }

    void hand_in() {
        static constexpr std::array names{"one", "two", "three", "four"};
        const std::array where{keyed, looked, blind, inbox, by_hand};
        std::vector<cases::StepWanted> steps;
        for (std::size_t count = 0; count <= world.dice.below(names.size()); ++count) {
            steps.push_back(wanted(names.at(count), where.at(world.dice.below(where.size()))));
            if (count > 0 && world.dice.once_in(2)) steps.back().after.emplace_back(names.at(count - 1));
        }
        numbers.push_back(accept(std::move(steps)));
    }

    // What entities and people make of what they have.
    void report_on(const cases::Case& whole) {
        for (const auto& step : whole.steps)
            if (std::holds_alternative<cases::Accepted>(step.state))
                good(server->cases->report({whole.number, step.asked.step},
                                           {cases::Report::Word::concluded, step.reference, {}, {}}, ""));
        for (const auto& incident : whole.incidents)
            if (!incident.settled)
                static_cast<void>(server->cases->settle({whole.number, incident.id},
                                                        {cases::Settlement::give_up, {}, rita}, ""));
    }
};

}  // namespace balcao::keeping
