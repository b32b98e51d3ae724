#pragma once
// What an entity's answer means, by the contract of docs/entities.md: pure functions, for whatever bytes came
// back. What is no clear word of the entity is never taken for one: it is unknown. Used by the connector and
// by the check that an entity runs against itself.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "cases/connector.hpp"
#include "connect/http_client.hpp"

namespace balcao::connect {

// Beyond this an answer is no answer.
inline constexpr std::size_t entity_answer_bytes_most = 64 * std::size_t{1024};

// Whether it counts that the entity took it, whatever it says of it (an event), or only its word (a request).
enum class Taking : std::uint8_t { by_word, by_status };

// To a request or an event. Texts of refusals are the entity's own, without what it was told of a person.
cases::Outcome outcome_of(const HttpResult& result, const cases::Effect& effect, Taking taking, Instant now);

// To the question whether it has the effect of that key. It does not have it when it says so of that key.
cases::Looked looked_of(const HttpResult& result, std::string_view key);

// Retry-After (RFC 9110, 10.2.3): seconds, or a date, counted from the date of the answer where that has one.
std::optional<std::chrono::milliseconds> wait_of(std::string_view retry_after,
                                                 std::string_view date,
                                                 Instant now);

// The text with "…" in place of what it says of that data: the values, and their words of four letters and
// more.
std::string without_data(std::string_view text, const std::vector<cases::Datum>& data);

}  // namespace balcao::connect
