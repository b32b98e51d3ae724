#pragma once
// A whole number that changes in steps along the minutes: how many places are left at each moment. Used by
// the rule of free slots; it knows nothing of clocks or people.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace balcao::rules {

using Minute = std::int64_t;  // of UTC, since 1970

class StepLine {
public:
    // Zero everywhere; keeps its memory.
    void clear() { steps_.assign(1, {std::numeric_limits<Minute>::min(), 0}); }

    // Adds to the value from `from` (included) to `to` (not included).
    void add(Minute from, Minute to, int difference) {
        if (from >= to || difference == 0) return;
        cut(to);
        for (std::size_t i = cut(from); steps_[i].from < to; ++i)
            steps_[i].value += difference;
    }

    // The smallest value within [from, to), which has a minute.
    [[nodiscard]] int least(Minute from, Minute to) const {
        std::size_t i = at(from);
        int value = steps_[i].value;
        for (++i; i < steps_.size() && steps_[i].from < to; ++i)
            value = std::min(value, steps_[i].value);
        return value;
    }

private:
    struct Step {
        Minute from;
        int value;
    };

    // The step that a minute is in.
    [[nodiscard]] std::size_t at(Minute minute) const {
        const auto after =
            std::upper_bound(steps_.begin(), steps_.end(), minute,
                             [](Minute wanted, const Step& step) { return wanted < step.from; });
        return static_cast<std::size_t>(after - steps_.begin()) - 1;
    }

    // A step that begins at that minute, made if there is none.
    std::size_t cut(Minute minute) {
        const std::size_t place = at(minute);
        if (steps_[place].from == minute) return place;
        steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(place) + 1, {minute, steps_[place].value});
        return place + 1;
    }

    std::vector<Step> steps_{{std::numeric_limits<Minute>::min(), 0}};
};

}  // namespace balcao::rules
