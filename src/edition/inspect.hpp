#pragma once
// What must never stand in the stream of the model: a version that is not the text of its hash, or that
// cannot be read as a model. Used by `balcao verify`.
#include <string>
#include <vector>

#include "journal/event.hpp"

namespace balcao::edition {

// One sentence for each thing found; empty when the stream is in order.
std::vector<std::string> inspect(const std::vector<journal::Event>& events);

}  // namespace balcao::edition
