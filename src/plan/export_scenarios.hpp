#pragma once
// Two questions to a fitted network, in the model language: what if all desks served everybody, and what if
// shops opened on Saturday mornings with the same hours of work. With the words that they share with
// export_model.cpp.
#include <string>

#include "plan/network.hpp"

namespace balcao::plan {

// One group of the same number of desks in each shop, with the same factor for each family.
std::string integrated_desks(const Network& network);

// Shops closed on Saturdays open from nine to one with as many desks as on their weekdays, and close so much
// earlier from Monday to Friday that weekly opening hours, staffed hours and people stay the same; people
// spread by hours of opening. Empty when every shop opens on Saturdays.
std::string saturday_opening(const Network& network);

std::string minutes_in_words(double minutes);
std::string duration_in_words(double minutes);
std::string hours_in_words(double begin, double end);  // hours after midnight, to the minute
std::string opening_in_words(const NetworkShop& shop);
// One line a kind of weekday, for a share of the shop's people.
std::string weekdays_in_words(const NetworkShop& shop, double share, const std::string& indent);

}  // namespace balcao::plan
