#pragma once
// The shape of a day from live samples of how many people wait where: when shops close, and how a day's
// arrivals spread over its hours. The only view inside a day that the open data gives; used for every period.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace balcao::plan {

// Shares of a day's arrivals by range of hours.
struct DayProfile {
    std::vector<double> edges{9, 10, 11, 12, 13, 14, 15, 16};      // hours after midnight, local, ascending
    std::vector<double> shares = std::vector<double>(7, 1.0 / 7);  // one less than edges, sum 1

    [[nodiscard]] double open_hours() const { return edges.back() - edges.front(); }
};

// People waiting at one moment in one branch.
struct LiveMoment {
    int day = 0;         // any counter of days
    double hour = 0;     // local time
    double waiting = 0;  // over the branch's open services
    int open_services = 0;
};

struct LiveSamples {
    std::map<std::string, std::vector<LiveMoment>> branches;  // moments in order
    std::size_t moments = 0;                                  // different moments over all branches
};

// live-samples.csv (packed or not) of the folder: columns branch_id, sampled_at (UTC), people_waiting,
// is_open. Local time is that of Lisbon (Directive 2000/84/EC: one hour ahead from the last Sunday of March,
// 01:00 UTC, to the last of October). No samples where there is no such file.
Result<LiveSamples> read_live_samples(const std::filesystem::path& folder);

// What is usual for a shop, to weigh its samples by.
struct BranchLevel {
    double tickets = 0;       // a day
    double leaving_rate = 0;  // of a waiting person, per minute
};

struct DayShapes {
    DayProfile early;  // of shops that close by half past three
    DayProfile late;
    std::map<std::string, double> closing_hour;  // by branch; only of those seen open

    [[nodiscard]] const DayProfile& of(const std::string& branch) const;
};

// A branch closes at the last sample in which more than a tenth of its services is open, rounded up to half
// an hour; opening is at nine (the samples begin later). The arrivals of an hour are those that the change of
// the queue, the people served and those who left account for (fluid balance), with the day's served people
// spread evenly. Without samples: evenly from nine to four.
DayShapes shapes_of(const LiveSamples& samples, const std::map<std::string, BranchLevel>& levels);

}  // namespace balcao::plan
