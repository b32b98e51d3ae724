#pragma once
// Functionality: walks each service situation (a person, a need, a channel) through many simulated weeks of a
// model and says in what share of them each thing that must hold came true. Used by `main`.
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "model/situation.hpp"
#include "sim/simulate.hpp"

namespace balcao::sim {

struct MustOutcome {
    model::Must must;
    double share = 0;  // of the weeks in which it came true
    std::optional<double> half_width;
};

// One thing that the person must get done, and how that went over the weeks.
struct ErrandOutcome {
    std::vector<model::ServiceKey> services;  // several when one visit serves them all
    model::SiteKey site;
    model::ChannelKey channel;
    double served_share = 0;
    std::optional<double> served_half_width;
};

// A mean over the weeks in which the person got all that she came for; none where there was no such week.
struct WeekMean {
    double mean = 0;
    std::optional<double> half_width;
};

struct SituationOutcome {
    model::Situation situation;
    std::string how;           // in words: where and by which channel the person went; why nowhere
    bool is_possible = false;  // some desk serves the need by a channel that the person can use
    std::int64_t walks = 0;    // weeks walked, over all replications
    double all_share = 0;      // weeks in which everything came true
    std::optional<double> all_half_width;
    std::vector<MustOutcome> musts;
    std::vector<ErrandOutcome> errands;        // none where it is not possible
    std::optional<model::ServiceKey> refused;  // what no desk serves by a channel that the person can use
    std::optional<WeekMean> visits;
    std::optional<WeekMean> minutes;  // until the last errand is done
    std::optional<WeekMean> cost;     // in the model's money, fee and travel together
};

struct SituationsOptions {
    RunOptions run;  // without `days`: the weeks say how long
    int weeks = 8;   // walked in each replication; as many again are run after them, for what takes long
};

// In the order of the situations. Where a site never closes, nobody is walked in the first week, or in as
// many as `warm_up` takes: the city is empty then. Invalid as `simulate`, and for `days`.
Result<std::vector<SituationOutcome>> walk_situations(const model::Model& model,
                                                      const std::vector<model::Situation>& situations,
                                                      const SituationsOptions& options);

}  // namespace balcao::sim
