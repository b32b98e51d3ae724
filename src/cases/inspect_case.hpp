#pragma once
// The faults within the stream of one case. Internal to `cases`: the sentences of `Inspection`.
#include <optional>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "cases/case_number.hpp"
#include "journal/event.hpp"

namespace balcao::cases {

// A sentence for each, with the version. Where an event does not follow from those before it at all, what
// comes after is not read. `zone` as for Inspection.
std::vector<std::string> faults_of(const CaseNumber& number,
                                   const std::vector<journal::Event>& stream,
                                   const std::optional<Zone>& zone);

}  // namespace balcao::cases
