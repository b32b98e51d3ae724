#pragma once
// Multiplying what stands at a path of a model's tree: numbers with or without a unit, and all numbers below
// maps and lists. Internal to `model`.
#include "model/change.hpp"

namespace balcao::model {

// An entry of `demand` scales its arrivals and bookings per day; arrivals scale their rates, whatever the
// pattern; a distribution scales its lengths, not its shape.
void scale_at_path(text::Yaml& node, const Change& change, Remarks& remarks);

}  // namespace balcao::model
