#pragma once
// What calls about appointments have in common. Inside `api`.
#include <string>

#include "api/call.hpp"

namespace balcao::api {

// Of a body that was checked.
Instant instant_in(const Call& call, std::string_view member);

// `mail` or `phone` of the body, and nothing else of who it is.
booking::Contact reached_at(const Call& call);

// How one meets, as people ask for it; and what they asked for: at the counter where they said nothing.
SchemaRef way();
model::ChannelKey way_of(std::string_view said);

// Answers with the appointment that a command led to, as its holder sees it; `link` is the one that was good
// before, where the command gave no new one.
void show_slip(const CallRef& call, const booking::Answer<booking::Slip>& slip, const std::string& link);

// Answers with what is free; at most so many days (slots.cpp).
void show_slots(const CallRef& call, const booking::Search& search, int days_most);

}  // namespace balcao::api
