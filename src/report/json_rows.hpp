#pragma once
// Rows and targets as they stand in every JSON of results, simulated or measured
// (docs/results.schema.json). Used by json.cpp and by who writes results of the live office.
#include "sim/results.hpp"
#include "text/json.hpp"

namespace balcao::report {

// The keys of a breakdown as members of an object that has been begun.
void write_breakdown(text::JsonWriter& json, const sim::Breakdown& of);

// An object each.
void write_row(text::JsonWriter& json, const sim::Row& row);
void write_target(text::JsonWriter& json, const sim::TargetOutcome& outcome);

}  // namespace balcao::report
