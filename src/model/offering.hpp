#pragma once
// What a window of appointments offers: which services by which channel, and how many places its desks make.
// Shared by the checks of a model and the rule of free slots (rules/slots.hpp). Pure functions of a model's
// values.
#include <optional>
#include <utility>
#include <vector>

#include "model/model.hpp"

namespace balcao::model {

// The window's channels; the counter where it names none.
std::vector<ChannelKey> channels_of_window(const AppointmentWindow& window);

// Every leg of a visit has a desk that takes booked people.
bool serves_booked(const Site& site, const Service& service, const ChannelKey& channel);

// The services that can be had in the window by some of its channels, in the order of the window or else of
// the model.
std::vector<AppointmentService> services_of_window(const Model& model,
                                                   const Site& site,
                                                   const AppointmentWindow& window);

// The site's desks that take booked people for any of the window's services by any of its channels, by hour
// of an ordinary weekday (Monday is 0), in order and without gaps; one that holds several contacts counts so
// often. Nothing when a group of them is unlimited.
using PlacesByHour = std::vector<std::pair<TimeRange, int>>;
std::optional<PlacesByHour> desks_for_window(const Model& model,
                                             const Site& site,
                                             const AppointmentWindow& window,
                                             int weekday);

}  // namespace balcao::model
