#pragma once
// The forecast of waits beside the rules in use, on made-up days: everybody who takes a ticket is told a wait
// by each of them, and what it came to is seen. Parameters are learnt from other days through the events that
// the journal would keep. Used by a test (a few days) and by the benchmark (the whole).
#include <string>
#include <vector>

#include "office/promises.hpp"

namespace balcao::waits {

// Of one rule, in minutes.
struct Score {
    std::string name;
    double rmse = 0;
    double mae = 0;
    double bias = 0;  // told minus come true
};

struct Compared {
    std::vector<Score> rules;     // those in use
    std::vector<Score> forecast;  // mean and median of the paths
    office::PromiseRecord promises;
    double level = 0;        // of promises, at the end
    std::size_t people = 0;  // who were called
    double mean_wait = 0;    // minutes
    double forecast_ms = 0;  // one forecast of a whole hall, on average
    double longest_ms = 0;
    std::size_t most_waiting = 0;

    [[nodiscard]] const Score& best_rule() const;
};

// Learns from days 0 .. learnt-1, tries the days after.
Compared compare_on_made_up_days(int learnt, int tried, int paths);

// Milliseconds of one forecast for 150 people who wait at 12 desks, all served; the median of several.
double time_of_large_hall(int paths);

}  // namespace balcao::waits
