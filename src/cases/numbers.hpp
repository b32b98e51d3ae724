#pragma once
// The serials of cases: each server takes a run of them from the year's stream and gives them out in order. A
// number is assigned by the commit that opens its case, whose stream bears it: the journal refuses a second
// one. What a server that stops has not given out stays a gap, at most one run for each time that a server
// runs. Internal to `cases`; from any thread.
#include <mutex>

#include "cases/settings.hpp"
#include "journal/store.hpp"

namespace balcao::cases {

class Numbers {
public:
    Numbers(journal::Store& store, const Settings& settings) : store_{store}, settings_{settings} {}

    // Error: unavailable.
    Result<CaseNumber> next(Instant now);

private:
    Result<void> take_run(int year, Instant now);

    journal::Store& store_;
    const Settings& settings_;
    std::mutex mutex_;
    int year_ = 0;
    std::uint32_t first_ = 0;
    std::uint32_t left_ = 0;
};

}  // namespace balcao::cases
