// Which measure is known of which part of the city: what a run counts (sim/breakdowns.hpp), said before the
// run, so that no target waits for a figure that never comes.
#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/context.hpp"
#include "model/serving.hpp"

namespace balcao::model {
namespace {

using Parts = std::vector<std::string>;  // in this order: site, service, group, channel

Parts parts_of(const Target& target) {
    Parts parts;
    if (target.site) parts.emplace_back("site");
    if (target.service) parts.emplace_back("service");
    if (target.group) parts.emplace_back("group");
    if (target.channel) parts.emplace_back("channel");
    return parts;
}

// Why no row speaks of that measure of those parts; empty when one does.
std::string why_unknown(const std::string& measure, const Parts& parts, bool has_one_site) {
    const auto has = [&](std::string_view part) {
        return std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    if (measure == "utilisation" && (has("service") || has("group") || has("channel")))
        return "utilisation is of desks: it is known of the whole city and of a site, not of a service, a "
               "group "
               "or a channel";
    if (measure == "queue_length" || measure == "number_in_system") {
        if (has("group") || has("channel"))
            return fmt::format("{} is known of a site, and of a service there; not of a group or a channel",
                               measure);
        if (!has("site") && !has_one_site)
            return fmt::format("{} is an average over the opening hours of one site: name the site", measure);
        return {};
    }
    static const std::array<Parts, 4> known_pairs{
        {{"site", "service"}, {"service", "group"}, {"service", "channel"}, {"group", "channel"}}};
    if (parts.size() < 2 || std::find(known_pairs.begin(), known_pairs.end(), parts) != known_pairs.end())
        return {};
    return fmt::format(
        "{} is not known of {} together: expected one of them, a service with one of the others, or a group "
        "with a channel",
        measure, listed(parts));
}

// No mistake, as another scenario may answer it; but this model cannot.
std::string why_empty(const Model& model, const Target& target) {
    if (target.measure == "no_show_share" &&
        std::none_of(model.demand.begin(), model.demand.end(),
                     [](const Demand& demand) { return demand.bookings.has_value(); }))
        return "nobody has an appointment here, so this target stays undecided";
    if (!target.channel) return {};
    std::set<ChannelKey> channels;
    for (const Demand& demand : model.demand)
        for (const ChannelShare& share : channels_of_demand(demand))
            channels.insert(share.channel);
    if (channels.size() > 1 && channels.contains(*target.channel)) return {};
    return fmt::format("{}, so this target stays undecided{}",
                       channels.contains(*target.channel)
                           ? fmt::format("everybody comes by {}", target.channel->text())
                           : fmt::format("nobody comes by {}", target.channel->text()),
                       channels.contains(*target.channel) ? ": leave out channel" : "");
}

}  // namespace

void check_targets(const CheckedModel& checked) {
    const Model& model = checked.model;
    for (std::size_t i = 0; i < model.targets.size(); ++i) {
        const Target& target = model.targets[i];
        const std::vector<std::string> path{"targets", std::to_string(i)};
        const std::string unknown = why_unknown(target.measure, parts_of(target), model.sites.size() == 1);
        if (!unknown.empty()) {
            checked.mistake_at(path, unknown);
            continue;
        }
        const std::string empty = why_empty(model, target);
        if (!empty.empty()) checked.remarks.warning(checked.places.value(path), empty);
    }
}

}  // namespace balcao::model
