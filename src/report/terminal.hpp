#pragma once
// What a run or a comparison found, as a person reads it on standard output: aligned columns in English, the
// keys of the model, each mean with its half-width. Short by design; it says what it left out. Used by
// `main`.
#include <string>

#include "sim/results.hpp"

namespace balcao::report {

// The whole city, then sites and services, then targets and notes. Ends with a line's end.
std::string results_table(const sim::Results& results);

// The same without the line that says what run it was and without the one that says what was left out.
std::string results_body(const sim::Results& results);

// What each scenario changes of the whole city and of each service's wait, the ranking, targets and notes.
std::string comparison_table(const sim::Comparison& comparison);

}  // namespace balcao::report
