#pragma once
// The streams of money of a journal in memory, for the tests that look for faults in them.
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "journal/memory_store.hpp"
#include "pay/inspect.hpp"

namespace balcao::pay::town {

using Streams = std::map<std::string, std::vector<journal::Event>>;

inline Streams streams_in(const journal::MemoryStore& store) {
    Streams streams;
    const auto all = store.follow({}, 1'000'000);
    REQUIRE(all.has_value());
    for (const auto& event : all->events)
        if (is_inspected(event.stream)) streams[event.stream].push_back(event);
    return streams;
}

inline std::vector<std::string> faults_of(const Streams& streams) {
    Inspection inspection;
    std::vector<std::string> found;
    for (const auto& stream : streams)
        for (const auto& fault : inspection.take(stream.second))
            found.push_back(stream.first + ": " + fault);
    for (auto& fault : inspection.finish())
        found.push_back(std::move(fault));
    return found;
}

}  // namespace balcao::pay::town
