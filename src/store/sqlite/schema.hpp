#pragma once
// The tables of a journal's file and their version. Opened and made by the writer; a reader finds them there.
#include "sqlite/connection.hpp"

namespace balcao::sqlite {

// Marks the file as ours (SQLite's application_id): "BALC".
inline constexpr int application_id = 0x42414C43;
inline constexpr int schema_version = 1;

enum class SchemaState : std::uint8_t { ready, foreign, newer };

// Sets the connection up for durable writing and makes the tables when the file is new. Throws Failure.
SchemaState prepare_for_writing(Connection& connection);

// Sets a reading connection up. Throws Failure.
void prepare_for_reading(Connection& connection);

}  // namespace balcao::sqlite
