#pragma once
// What must never stand in the streams of the double screen, looked for with nothing but the streams: an
// event that cannot follow those before it, a door to a session that is not there, a code that was let in
// twice. Used after races, crashes and restores, by tests and by who verifies a journal. It opens no seal.
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assist/names.hpp"
#include "journal/event.hpp"

namespace balcao::assist {

// "assist/…", "assist-door/…" and "learnt/…".
bool is_inspected(std::string_view stream);

class Inspection {
public:
    // Whole streams, each once: a sentence for each fault within it, with the version.
    std::vector<std::string> take(const std::vector<journal::Event>& stream);
    // After the last one: what does not fit together, with the streams.
    std::vector<std::string> finish() const;

private:
    std::vector<std::string> take_door(const std::vector<journal::Event>& stream);

    std::set<SessionKey> sessions_;
    std::vector<std::pair<std::string, SessionKey>> doors_;  // with their streams
};

}  // namespace balcao::assist
