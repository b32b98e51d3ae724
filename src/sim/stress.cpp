#include "sim/stress.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "model/week.hpp"
#include "sim/city_parts.hpp"

namespace balcao::sim {

namespace {

using model::Model;

std::vector<model::Target> default_targets() {
    model::Target abandoned;
    abandoned.measure = "abandoned_share";
    abandoned.at_most = 0.05;
    model::Target within;
    within.measure = "served_within";
    within.limit = std::chrono::minutes{20};
    within.at_least = 0.8;
    return {abandoned, within};
}

struct Step {
    double level = 0;
    std::string label;
    std::string closed;
    Model model;
    double unserved = 0;
};

Step reduced_step(double level, const std::string& closed, Reduced reduced) {
    const double share = reduced.all > 0 ? reduced.lost / reduced.all : 0;
    return {level, "without " + closed, closed, std::move(reduced.model), share};
}

std::vector<Step> demand_steps(const Model& model, const StressOptions& options) {
    std::vector<Step> steps;
    for (int step = 1; step <= options.demand_steps; ++step) {
        const double more = options.demand_step * step;
        steps.push_back(
            {1 + more, fmt::format("+{:.0f} %", more * 100), "", with_demand(model, 1 + more), 0});
    }
    return steps;
}

std::vector<Step> desk_steps(const Model& model, const StressOptions& options) {
    std::vector<Step> steps;
    for (int step = 1; step <= options.desk_steps; ++step) {
        const double less = options.desk_step * step;
        steps.push_back({less, fmt::format("-{:.0f} %", less * 100), "", without_desks(model, less), 0});
    }
    return steps;
}

// The sites with the most arrivals close one after the other.
std::vector<Step> site_steps(const Model& model, const StressOptions& options) {
    std::vector<std::pair<double, model::SiteKey>> busiest;
    for (const auto& site : model.sites) {
        double weekly = 0;
        for (const auto& demand : model.demand)
            if (demand.site == site.key) weekly += model::people_of_week(demand, site.open).all();
        busiest.emplace_back(weekly, site.key);
    }
    std::ranges::stable_sort(busiest, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Step> steps;
    Reduced reduced{model, 0, 0};
    double lost = 0;
    double all = 0;
    const auto count = std::min<std::size_t>(busiest.size() - 1, static_cast<std::size_t>(options.sites_max));
    for (std::size_t closed = 0; closed < count; ++closed) {
        reduced = without_site(reduced.model, busiest[closed].second);
        if (closed == 0) all = reduced.all;
        lost += reduced.lost;
        reduced.lost = lost;
        reduced.all = all;
        steps.push_back(
            reduced_step(static_cast<double>(closed + 1), busiest[closed].second.text(), reduced));
    }
    return steps;
}

std::vector<Step> channel_steps(const Model& model) {
    std::vector<model::ChannelKey> channels;
    for (const auto& demand : model.demand)
        for (const auto& choice : channels_of(demand))
            if (std::ranges::find(channels, choice.channel) == channels.end())
                channels.push_back(choice.channel);
    std::vector<Step> steps;
    for (std::size_t number = 0; channels.size() > 1 && number < channels.size(); ++number)
        steps.push_back(reduced_step(static_cast<double>(number + 1), channels[number].text(),
                                     without_channel(model, channels[number])));
    return steps;
}

Result<StressCurve> walk(Axis axis,
                         const Results& as_it_is,
                         const std::vector<Step>& steps,
                         const StressOptions& options) {
    StressCurve curve;
    curve.axis = axis;
    curve.points.push_back({axis == Axis::demand ? 1.0 : 0.0, "as it is", "", as_it_is.targets, 0});
    for (const auto& step : steps) {
        if (options.run.stop != nullptr && options.run.stop->load()) break;
        BALCAO_TRY(auto results, simulate(step.model, options.run));
        curve.points.push_back(
            {step.level, step.label, step.closed, std::move(results.targets), step.unserved});
    }
    // Channels are closed one at a time and not one after the other: there is no point at which they break.
    for (std::size_t target = 0; target < as_it_is.targets.size(); ++target) {
        std::optional<double> broken;
        const bool is_missed_already = curve.points.front().targets[target].verdict == Verdict::missed;
        for (const auto& point : curve.points)
            if (!broken && !is_missed_already && axis != Axis::channels &&
                point.targets[target].verdict == Verdict::missed)
                broken = point.level;
        curve.breaks_at.push_back(broken);
    }
    return curve;
}

}  // namespace

const char* name_of(Axis axis) {
    switch (axis) {
        case Axis::demand:
            return "demand";
        case Axis::desks:
            return "desks";
        case Axis::sites:
            return "sites";
        case Axis::channels:
            return "channels";
    }
    return "";
}

Result<StressResult> stress(const Model& model, const StressOptions& options) {
    Model measured = model;
    StressResult result;
    result.are_targets_ours = measured.targets.empty();
    if (measured.targets.empty()) measured.targets = default_targets();
    result.model = model.key;
    result.targets = measured.targets;
    std::vector<std::pair<Axis, std::vector<Step>>> axes;
    axes.emplace_back(Axis::demand, demand_steps(measured, options));
    axes.emplace_back(Axis::desks, desk_steps(measured, options));
    if (measured.sites.size() > 1) axes.emplace_back(Axis::sites, site_steps(measured, options));
    axes.emplace_back(Axis::channels, channel_steps(measured));
    BALCAO_TRY(result.as_it_is, simulate(measured, options.run));
    for (const auto& [axis, steps] : axes) {
        if (steps.empty()) continue;
        BALCAO_TRY(auto curve, walk(axis, result.as_it_is, steps, options));
        result.curves.push_back(std::move(curve));
    }
    return result;
}

}  // namespace balcao::sim
