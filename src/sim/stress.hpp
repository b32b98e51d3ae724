#pragma once
// Flexibility: raises demand, removes desks, closes sites and channels in steps, and finds where each target
// of a model breaks. Used by `main`, for one model or two side by side.
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "sim/simulate.hpp"

namespace balcao::sim {

enum class Axis : std::uint8_t { demand, desks, sites, channels };

const char* name_of(Axis axis);

struct StressPoint {
    double level = 0;    // demand: factor; desks: share removed; sites, channels: how many are closed
    std::string label;   // "+20 %", "-10 %", "without saldanha", "without phone"
    std::string closed;  // the key of the site or channel that this step closes; else empty
    std::vector<TargetOutcome> targets;  // in the order of the model's targets
    double unserved_share = 0;           // people for whom no other site or channel is left, of all who ask
};

struct StressCurve {
    Axis axis{};
    std::vector<StressPoint> points;  // the first is the model as it is
    // By target: the first level at which it is missed for certain; none when it holds to the end or was
    // missed from the start.
    std::vector<std::optional<double>> breaks_at;
};

struct StressOptions {
    RunOptions run;
    double demand_step = 0.1;
    int demand_steps = 10;
    double desk_step = 0.1;
    int desk_steps = 5;
    int sites_max = 5;
};

struct StressResult {
    std::string model;
    Results as_it_is;  // of the first point of every curve
    std::vector<model::Target> targets;
    bool are_targets_ours = false;    // the model has none, and two common ones stand in for them
    std::vector<StressCurve> curves;  // sites only with two or more, channels likewise
};

// A model without targets is measured by the share abandoned (at most 5 %) and the share served within 20
// minutes (at least 80 %); `targets` of the result says so. Invalid as `simulate`.
Result<StressResult> stress(const model::Model& model, const StressOptions& options);

// The steps themselves, for tests and for who wants one of them. Of a log every so many-th row comes twice,
// the second on the way to the next of its day, or is left out: as evenly as whole people can be.
model::Model with_demand(const model::Model& model, double factor);
// That share of each group's desks less, rounded, at least one left.
model::Model without_desks(const model::Model& model, double share);

struct Reduced {
    model::Model model;
    double lost = 0;  // arrivals a week (roughly) that nobody takes any more
    double all = 0;
};

// Its people go to the nearest other site that serves them (by the group's distances, else by location).
Reduced without_site(const model::Model& model, const model::SiteKey& closed);
// Its people take the next channel that their entry names.
Reduced without_channel(const model::Model& model, const model::ChannelKey& closed);

}  // namespace balcao::sim
