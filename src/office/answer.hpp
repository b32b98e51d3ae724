#pragma once
// What a command is answered, as JSON: what is true of its visit or desk afterwards. Kept with the command's
// key, so it holds no personal data. Internal to `office`.
#include <string>
#include <utility>
#include <vector>

#include "office/command.hpp"
#include "office/hall.hpp"

namespace balcao::office {

std::string answer_of(const Hall& hall,
                      const Command& command,
                      const std::vector<std::pair<HallEvent, Instant>>& events);

}  // namespace balcao::office
