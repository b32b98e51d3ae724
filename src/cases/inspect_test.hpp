#pragma once
// What stands in a journal of the stage, looked at by who only reads: every stream of cases and of their
// numbers.
#include <map>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "cases/inspect.hpp"
#include "journal/memory_store.hpp"

namespace balcao::cases::stage {

inline std::map<std::string, std::vector<journal::Event>> streams_in(const journal::MemoryStore& disk) {
    constexpr std::size_t all = 10'000'000;
    std::map<std::string, std::vector<journal::Event>> streams;
    const auto followed = disk.follow({}, all);
    for (const auto& event : followed->events)
        if (is_inspected(event.stream)) streams[event.stream].push_back(event);
    return streams;
}

// A sentence for each fault, with its stream.
inline std::vector<std::string> faults_in(const journal::MemoryStore& disk) {
    Inspection inspection{*Zone::find("Europe/Lisbon")};
    std::vector<std::string> found;
    const auto streams = streams_in(disk);
    for (const auto& [stream, events] : streams) {
        const auto within = inspection.take(events);
        for (const auto& what : within)
            found.push_back(stream + ", " + what);
    }
    const auto together = inspection.finish();
    found.insert(found.end(), together.begin(), together.end());
    return found;
}

}  // namespace balcao::cases::stage
