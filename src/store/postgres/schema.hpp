#pragma once
// The tables of a journal's database, their version, and the two locks that all servers on it know. Made by
// whoever comes first; a database that is something else, newer, or that would lose commits is refused.
#include "base/result.hpp"
#include "postgres/connection.hpp"

namespace balcao::postgres {

inline constexpr std::int64_t schema_version = 1;

// Makes the tables in the schema "balcao" when there are none, if it may. Error: not_found where there are
// none and it may not; conflict when the database is not one
// for this Balcão, in words for who runs it. Throws Failure.
Result<void> prepare(Connection& connection, bool makes_tables);

}  // namespace balcao::postgres
