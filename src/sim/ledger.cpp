#include "sim/ledger.hpp"

#include <algorithm>

namespace balcao::sim {

void Ledger::clear() {
    std::ranges::fill(contacts, ContactCell{});
    std::ranges::fill(legs, LegCell{});
    std::ranges::fill(sites, SiteCell{});
    std::ranges::fill(desks, DeskCell{});
    std::ranges::fill(needs, NeedCell{});
}

void Histograms::add(const Histograms& other) {
    const auto merge = [](auto& to, const auto& from) {
        if (to.empty()) to.resize(from.size());
        for (std::size_t index = 0; index < from.size(); ++index)
            to[index].merge(from[index]);
    };
    merge(wait_served, other.wait_served);
    merge(wait_unserved, other.wait_unserved);
    merge(in_system, other.in_system);
}

void Histograms::clear() {
    for (auto* all : {&wait_served, &wait_unserved, &in_system})
        for (auto& histogram : *all)
            histogram.clear();
}

}  // namespace balcao::sim
