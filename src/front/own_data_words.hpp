#pragma once
// What happened to an appointment or a ticket, as its person reads it: a sentence for each event. Used for
// the file of own data; it names nobody.
#include <string>

#include "booking/booking_event.hpp"
#include "office/hall_event.hpp"
#include "text/words.hpp"

namespace balcao::front {

using text::Words;

std::string text_of(const booking::BookEvent& event, const Words& words);

// Empty for what happens to a desk and to nobody's ticket.
std::string text_of(const office::HallEvent& event, const Words& words);

}  // namespace balcao::front
