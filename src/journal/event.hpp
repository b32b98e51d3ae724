#pragma once
// What happened, as it is kept: events in streams. An event is never changed; what is true now is the fold of
// its stream. Used by every module that decides something that must be remembered, and by the stores that
// keep it. Personal data is in an event only as a text sealed with the key of its person
// (journal/person.hpp).
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "crypto/hash.hpp"

namespace balcao::journal {

using balcao::Instant;

// What a decision wants to be recorded. `type` is a name in the past tense ("visit-begun"); `body` is a JSON
// object.
struct Draft {
    std::string type;
    std::string body;
    friend bool operator==(const Draft&, const Draft&) = default;
};

// One event. `version` counts the events of its stream from 1. `salt` is 16 random bytes, so that nobody who
// sees the hash of an event can find it by trying what it may say.
struct Event {
    std::string stream;
    std::uint64_t version = 0;
    Instant at{};
    std::string type;
    std::string body;
    std::string salt;
    friend bool operator==(const Event&, const Event&) = default;
};

// The event as one line of JSON, always the same bytes: the entry of the Merkle log, and what an outsider is
// shown. {"stream": …, "version": …, "at": milliseconds since 1970, "type": …, "salt": hex, "body": …}
std::string entry_of(const Event& event);

}  // namespace balcao::journal
