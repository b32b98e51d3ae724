#include "base/moment.hpp"

#include <rapidcheck.h>

#include <doctest/doctest.h>

using namespace balcao;

TEST_CASE("a moment is read with any offset and written in UTC") {
    const Instant moment{std::chrono::milliseconds{1'767'690'000'123}};
    CHECK(format_moment(Instant{}) == "1970-01-01T00:00:00Z");
    CHECK(format_moment(moment) == "2026-01-06T09:00:00.123Z");
    for (const char* text : {"2026-01-06T09:00:00.123Z", "2026-01-06T10:00:00.123+01:00",
                             "2026-01-06t08:30:00.1234-00:30", "2026-01-06T09:00:00.123999z"})
        CHECK(parse_moment(text) == moment);
}

TEST_CASE("what is not a whole moment is none") {
    for (const char* wrong :
         {"", "2026-01-06", "2026-01-06T09:00:00", "2026-13-06T09:00:00Z", "2026-01-06T25:00:00Z",
          "2026-01-06T09:61:00Z", "2026-01-06T09:00:61Z", "2026-01-06T09:00:00+1", "2026-01-06T09:00:00.Z",
          "2026-01-06 09:00:00Z", "2026-01-06T09:00:0aZ", "2026-01-06T09:00:00Z ", "2026-01-06T09:00:00.12"})
        CHECK_FALSE(parse_moment(wrong).has_value());
}

TEST_CASE("every moment of our time comes back as it was written") {
    CHECK(rc::check("moments", [](std::uint32_t seconds, std::uint16_t rest) {
        const Instant at{std::chrono::seconds{seconds} + std::chrono::milliseconds{rest % 1000}};
        RC_ASSERT(parse_moment(format_moment(at)) == at);
    }));
}
