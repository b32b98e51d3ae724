#pragma once
// The parts of the table of the language, in its order. Internal to `model`; others use key_table.hpp. Rows
// of one object stand together: keys_of() counts on it.
#include "model/key_table.hpp"

namespace balcao::model {

std::span<const KeyRow> key_rows_of_services();
std::span<const KeyRow> key_rows_of_sites();
std::span<const KeyRow> key_rows_of_runs();

}  // namespace balcao::model
