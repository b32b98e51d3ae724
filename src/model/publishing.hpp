#pragma once
// What a city promises of all that it publishes. A model takes on the rules that it names; `check` warns
// where one of them is not kept, and changes nothing.
#include <string>

namespace balcao::model {

enum class PublishingRule : unsigned char {
    spot_below_counter,  // wherever the counter charges, a spot charges less
    simple_is_free,      // information and simple services cost nothing
    every_language,      // each text in each language of the model, and a name for whatever people read of
    offline_way,         // nobody needs the web for a service
};

// "spot_below_counter" …: as a model says them.
std::string name_of(PublishingRule rule);

}  // namespace balcao::model
