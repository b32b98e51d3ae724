#pragma once
// A case whose person is erased: what its stream has to say of it, in the commit that destroys the key, so
// that no server goes on with what nobody can read any more. Used by `keeping`; it destroys nothing itself.
#include <optional>
#include <vector>

#include "base/instant.hpp"
#include "journal/event.hpp"
#include "journal/store.hpp"

namespace balcao::cases {

// What is to be written after these events, which are all of a case's stream: that its person is erased, and
// that what was not sent will not be. Nothing where they say so already, and where they are no case: nobody
// carries what cannot be read.
std::optional<journal::Writing> erasing_of(const std::vector<journal::Event>& stream, Instant at);

}  // namespace balcao::cases
