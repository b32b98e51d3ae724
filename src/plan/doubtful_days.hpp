#pragma once
// Rows of the daily indicators that cannot be true, judged by rules with names: a day that nobody was served,
// a stub of a day, a wait that nobody can have had. Calibration leaves them out and names them; scoring takes
// every row.
#include <cstdint>
#include <vector>

#include "plan/daily_data.hpp"

namespace balcao::plan {

enum class Doubt : std::uint8_t {
    none_attended,    // tickets, but nobody was attended
    stub_day,         // below 15 % of what is usual for the shop and weekday, where at least 30 are usual
    wait_impossible,  // a mean wait above four hours
    wait_zero_busy,   // no wait on a day with over half the usual tickets, where people usually wait
    no_mean,          // a mean is missing
    service_zero,     // a mean service time of zero with 20 and more attended: the clock was not used
    service_long,     // above four times the shop's usual
    waits_but_nobody_left,  // above two hours of mean wait and nobody gave up
};
inline constexpr std::size_t doubts = 8;

const char* name_of(Doubt doubt);
LeftOutOf use_of(Doubt doubt);

struct DoubtfulDay {
    std::size_t row = 0;  // of DailyData::days
    Doubt doubt{};
    std::string why;
};

// What each day may be used for, judged only by days up to `until`: later days do not move what is usual.
struct DayJudgement {
    std::vector<LeftOutOf> use;         // one a row of `days`; the strictest of its doubts
    std::vector<DoubtfulDay> doubtful;  // by rule, then in the order of `days`
};

DayJudgement judge_days(const DailyData& data, Date until);

}  // namespace balcao::plan
