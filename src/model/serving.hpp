#pragma once
// Which desks serve whom: the rules of the language page that the checks share with whoever lays a model out
// for running. Pure functions of a model's values.
#include <vector>

#include "model/model.hpp"

namespace balcao::model {

// The entry's channels and shares; all by the counter where it names none.
std::vector<ChannelShare> channels_of_demand(const Demand& demand);

const DeskGroup* find_desk(const Site& site, const DeskKey& key);

// Channels for which nobody leaves home; a channel of the model's own name is a place to go to.
bool is_remote(const ChannelKey& channel);

// A group without channels serves the counter.
bool serves_channel(const DeskGroup& desk, const ChannelKey& channel);

// The groups that can serve each leg of a visit, in their order: one list for a service without steps, else
// one for each step. Who takes walk-ins or booked people is not asked.
std::vector<std::vector<const DeskGroup*>> desks_by_step(const Site& site,
                                                         const Service& service,
                                                         const ChannelKey& channel);

// Every leg of a visit has a desk.
bool serves(const Site& site, const Service& service, const ChannelKey& channel);
// The same, by some channel.
bool serves_somehow(const Site& site, const Service& service);

}  // namespace balcao::model
