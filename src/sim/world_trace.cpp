// The record of each visit, for who asks for one.
#include <string>

#include "sim/world.hpp"

namespace balcao::sim {

void World::open_trace(std::uint32_t person) {
    if (person >= traced_.size()) traced_.resize(static_cast<std::size_t>(person) + 1);
    const auto& contact = plan_.classes[persons_[person].contact_class];
    auto& visit = traced_[person];
    visit = {};
    visit.replication = seed_.replication;
    visit.number = ++visits_traced_;
    visit.site = plan_.sites[contact.site].key;
    visit.service = contact.service;
    visit.channel = contact.channel;
    visit.group = contact.group;
    visit.arrived = clock();
    visit.is_booked = persons_[person].is_booked;
}

void World::trace_join(std::uint32_t person) {
    TracedLeg leg;
    leg.step = plan_.legs[persons_[person].leg].step;
    leg.joined = clock();
    traced_[person].legs.push_back(std::move(leg));
}

void World::trace_start(std::uint32_t person, std::uint32_t desk) {
    auto& leg = traced_[person].legs.back();
    const auto& group = plan_.groups[desks_[desk].group];
    leg.desk = group.desk + " " + std::to_string(desks_[desk].place + 1);
    if (leg.started < 0) leg.started = clock();
}

void World::trace_end(std::uint32_t person) { traced_[person].legs.back().ended = clock(); }

void World::close_trace(std::uint32_t person, Outcome outcome) {
    auto& visit = traced_[person];
    visit.left = clock();
    visit.waited = persons_[person].waited;
    visit.outcome = outcome;
    trace->visit(visit);
}

}  // namespace balcao::sim
