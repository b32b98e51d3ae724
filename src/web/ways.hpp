#pragma once
// How an appointment takes place: at the site, by telephone or by video. Which of these ways a person can
// choose for what, and what a person is told of it. Internal to `web`; what is free is asked of `booking`.
#include <string>
#include <vector>

#include "booking/appointment.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// The ways that the windows of a site offer to people: the site first, then telephone and video.
std::vector<model::ChannelKey> ways_of(const Shared& shared, const model::Site& site);

// The site, telephone and video.
const std::vector<model::ChannelKey>& all_ways();

bool can_book(const Shared& shared,
              const model::Site& site,
              const model::ChannelKey& way,
              const model::Service& service);

// What can be booked there that way, in the order of the model.
std::vector<const model::Service*> bookable(const Shared& shared,
                                            const model::Site& site,
                                            const model::ChannelKey& way);

// "In person", "By telephone", "By video".
std::string way_text(const model::ChannelKey& way, const Words& words);

// "At the counter", "By telephone", "Online": by which channel a service is had.
std::string channel_text(const model::ChannelKey& channel, const Words& words);

// Some desk of the site calls people or meets them by video.
bool has_remote(const model::Site& site);

bool is_remote(const booking::Appointment& appointment);
bool is_video(const booking::Appointment& appointment);

// From then on the room of a meeting should be opened.
Instant opens_at(const booking::Appointment& appointment);

// What happens at the time, when nobody comes to the site: a sentence or two; empty for who comes. Holds the
// telephone number where it is known, so it is for the person alone.
std::string what_happens(const booking::Appointment& appointment, const Shared& shared, const Words& words);

}  // namespace balcao::web
