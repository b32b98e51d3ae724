#pragma once
// Desks and patience corrected by simulation: the exported model is simulated for a year, and each shop's
// effective desks and leaving rate are moved until mean wait and abandonment come out as observed. Used by
// `calibrate`.
#include <vector>

#include "base/result.hpp"
#include "plan/network.hpp"
#include "plan/plan.hpp"

namespace balcao::plan {

struct CorrectionOptions {
    int rounds = 7;
    int days = 364;  // one year, from the model's first day
    int judged_years =
        5;        // simulated with people that no round has seen, to say how near the correction came
    Work work{};  // progress counts simulated years
};

// Moves `network.shops[…].desk_scale` and `leaving_rate`, and staffs the shops anew. Each round simulates all
// shops with the same random streams: log desks move by the distance of simulated and wanted wait on the
// shop's day curve, scaled by what the last move did (secant), and the leaving rate by the ratio of abandoned
// shares. The best round of each shop is kept. What is said of the shops after the correction comes from
// other years, as the best round was chosen on its own. Errors: a model that its own reader refuses;
// unavailable when stopped.
Result<std::vector<ShopCorrection>> correct_by_simulation(Network& network,
                                                          const Fitted& fitted,
                                                          const CorrectionOptions& options);

}  // namespace balcao::plan
