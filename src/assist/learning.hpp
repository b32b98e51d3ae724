#pragma once
// What somebody has learnt, where they want it kept: the stream "learnt/<mark>", found by a code that the
// person keeps and nobody else has. The mark is a keyed hash of that code; what is in the events is sealed
// with a key of that stream alone, which the person may have destroyed. Nothing leads from it to a session or
// to anything else that is known of them. Used by `Sessions`, and by pages that show it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assist/names.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "journal/event.hpp"
#include "journal/settle.hpp"

namespace balcao::assist {

// One session that was gone through to its end.
struct Learnt {
    Subject subject;
    model::SiteKey site;
    Instant at{};
    Mode mode = Mode::show_me;
    std::int64_t alone = 0;  // steps, by who did them
    std::int64_t with_help = 0;
    std::int64_t by_mediator = 0;
    bool is_practice = false;
    friend bool operator==(const Learnt&, const Learnt&) = default;
};

// How to go on: who has never done it is shown; who has done it with somebody tries; who has done all of it
// alone does it again, and is watched.
Lesson lesson_for(const Subject& subject, const std::vector<Learnt>& learnt);

struct LearningBegun {
    static constexpr std::string_view type = "learning-begun";
    PersonName person;
};

struct LessonLearnt {
    static constexpr std::string_view type = "lesson-learnt";
    std::string sealed;
};

struct LearningErased {
    static constexpr std::string_view type = "learning-erased";
};

using LearningEvent = std::variant<LearningBegun, LessonLearnt, LearningErased>;

journal::Draft encode(const LearningEvent& event);
// Error: invalid, with the place, for what no version of Balcão has written.
Result<LearningEvent> decode_learning(const journal::Event& event);

// What is known of a learner: the fold of the stream.
struct Learner {
    journal::StreamEnd end;
    Instant last{};
    PersonName person;  // empty: nothing is kept
    std::vector<std::string> sealed;
};

std::string stream_of_learner(std::string_view mark);

// Error: invalid.
Result<Learner> fold_learner(const std::vector<journal::Event>& events);

std::string write_learnt(const Learnt& learnt);
// Error: invalid.
Result<Learnt> read_learnt(std::string_view text);

}  // namespace balcao::assist
