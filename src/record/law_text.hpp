#pragma once
// How the duties were kept, as a person reads it on standard output, and as JSON (docs/law.schema.json). Used
// by `balcao law`; the pages have words of their own.
#include <string>
#include <vector>

#include "record/law.hpp"

namespace balcao::record {

// In English; ends with a line's end.
std::string law_table(const std::vector<LawDay>& days, const model::Model& model, const Zone& zone);

// {"balcao": 1, "model": …, "duties": [...], "days": [one a line]}
std::string law_json(const std::vector<LawDay>& days, const model::Model& model, const Zone& zone);

}  // namespace balcao::record
