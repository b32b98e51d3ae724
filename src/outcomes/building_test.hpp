#pragma once
// A town in which many cases go well, badly, slowly and back again, for the figures that are made of them.
#include "base/zone.hpp"
#include "cases/town_test.hpp"
#include "outcomes/trail.hpp"

namespace balcao::outcomes {

inline const auto installation = *crypto::SecretKey::from(std::string(32, 'k'));
inline const auto lisbon = *Zone::find("Europe/Lisbon");

// What a page would say of the step, as a fate.
inline Fate fate_of(cases::Progress progress) {
    using cases::Progress;
    switch (progress) {
        case Progress::concluded:
            return Fate::had;
        case Progress::denied:
            return Fate::denied;
        case Progress::not_sent:
        case Progress::undone:
        case Progress::cannot_be_undone:
            return Fate::dropped;
        default:
            return Fate::open;
    }
}

struct Busy : cases::stage::Town {
    // Hands in so many cases over a year and more, each on its own way; `dice` decides.
    void live(cases::stage::Dice& dice, int count) {
        using namespace cases;         // NOLINT(google-build-using-namespace)
        using namespace cases::stage;  // NOLINT(google-build-using-namespace)
        for (auto& [key, entity] : entities)
            entity->concludes_at_once = false;
        for (int one = 0; one < count; ++one) {
            const auto number = accept(
                {wanted("card", keyed), wanted("licence", looked), wanted("pass", keyed, {StepKey{"card"}})});
            numbers.push_back(number);
            run_for(std::chrono::minutes{1 + dice.below(90)});
            for (const char* step : {"card", "licence", "pass"})
                report(dice, {number, StepKey{step}});
            if (dice.once_in(6)) (void)server->cases->cancel(number, {}, "");
            run_for(std::chrono::hours{1 + dice.below(60)});
            for (const char* step : {"card", "pass", "licence"})
                report(dice, {number, StepKey{step}});
            run_for(std::chrono::hours{1 + dice.below(12)});
        }
    }

    void report(cases::stage::Dice& dice, const cases::StepName& step) {
        using Word = cases::Report::Word;
        const auto view = see(step.number);
        const auto found = std::ranges::find(view.steps, step.step, &cases::StepView::step);
        if (found->progress == cases::Progress::waits_for_you) {
            (void)server->cases->answer(step, {{"answer", "Ana Silva"}}, {"answer"}, "");
            run_for(std::chrono::minutes{5});
            return;
        }
        if (found->progress != cases::Progress::taken_up || dice.once_in(4)) return;
        const Word word = dice.once_in(5)   ? Word::denied
                          : dice.once_in(5) ? Word::citizen_needed
                                            : Word::concluded;
        (void)server->cases->report(
            step, {word, found->reference, "Ana Silva", server->clock.now() + std::chrono::days{9}}, "");
    }

    std::vector<cases::CaseNumber> numbers;
};

}  // namespace balcao::outcomes
