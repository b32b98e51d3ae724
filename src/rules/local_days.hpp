#pragma once
// A run of days of one time zone, with the minutes of UTC that belong to each: a day on which the clocks
// change has two pieces with different offsets. Made once for a range of days and shared by all sites of a
// zone, so that the rule of free slots need not ask the zone for each slot. It looks at no clock.
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/zone.hpp"
#include "rules/step_line.hpp"

namespace balcao::rules {

inline Minute minute_of(balcao::Instant instant) {
    return std::chrono::floor<std::chrono::minutes>(instant.time_since_epoch()).count();
}

inline balcao::Instant instant_of(Minute minute) { return balcao::Instant{std::chrono::minutes{minute}}; }

// Minutes of UTC, the last not included, in which the clocks of the place are `offset` minutes ahead.
struct LocalPiece {
    Minute begin = 0;
    Minute end = 0;
    int offset = 0;
};

struct LocalDay {
    Date date{};
    std::array<LocalPiece, 3> parts{};
    std::size_t count = 0;

    [[nodiscard]] std::span<const LocalPiece> pieces() const { return {parts.data(), count}; }

    // The minute of UTC at which a clock of that offset shows midnight of this date.
    [[nodiscard]] Minute midnight(int offset) const {
        return std::chrono::floor<std::chrono::minutes>(date.time_since_epoch()).count() - offset;
    }
};

class LocalDays {
public:
    // From the first date to the last, both included.
    LocalDays(const Zone& zone, Date first, Date last);

    [[nodiscard]] const Zone& zone() const { return zone_; }

    [[nodiscard]] std::span<const LocalDay> all() const { return days_; }

    // Null outside of the range.
    [[nodiscard]] const LocalDay* find(Date date) const;

private:
    Zone zone_;
    std::vector<LocalDay> days_;
};

}  // namespace balcao::rules
