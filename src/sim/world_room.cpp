// Who gets in: room, lines of a channel, and the person's own decision to turn round.
#include "sim/world.hpp"

namespace balcao::sim {

using random::Draws;

bool World::turns_away(std::uint32_t contact_class, std::uint64_t index) {
    const auto& contact = plan_.classes[contact_class];
    const auto& site = plan_.sites[contact.site];
    const auto& state = sites_[contact.site];
    if (site.capacity > 0 && !contact.is_remote && state.inside - state.remote_inside >= site.capacity)
        return true;
    if (contact.line >= 0) {
        const auto line = static_cast<std::size_t>(contact.line);
        if (state.line_inside[line] >= site.lines[line].places) return true;
    }
    const auto& balking = plan_.sources[contact.source].demand.balking;
    if (!balking || static_cast<int>(waiting_before(contact_class)) < balking->at_length) return false;
    return balking->share >= 1 || Draws{sources_[contact.source].balking, index}.chance(balking->share);
}

// Those whom she finds waiting: in the room, or by her channel when nobody leaves home for it.
std::uint32_t World::waiting_before(std::uint32_t contact_class) const {
    const auto& contact = plan_.classes[contact_class];
    const auto& hall = sites_[contact.site].hall;
    if (!plan_.sites[contact.site].has_remote) return hall.waiting();
    std::uint32_t waiting = 0;
    for (const auto queue : contact.queues_seen)
        waiting += hall.length(queue);
    return waiting;
}

}  // namespace balcao::sim
