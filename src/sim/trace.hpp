#pragma once
// A record per visit, for who asks for one with --trace: never part of a normal run. The simulator hands over
// finished visits; a Trace writes them somewhere (CSV, an OCEL 2.0 log, a test's list).
#include <cstdint>
#include <string>
#include <vector>

#include "des/time.hpp"

namespace balcao::sim {

enum class Outcome : std::uint8_t { served, abandoned, balked, sent_away };

// As it stands in logs: "sent_away".
constexpr const char* name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::served:
            return "served";
        case Outcome::abandoned:
            return "abandoned";
        case Outcome::balked:
            return "balked";
        case Outcome::sent_away:
            return "sent_away";
    }
    return "";
}

struct TracedLeg {
    std::string step;
    std::string desk;  // group and place, "counter 2"; empty when nobody served it
    des::Time joined = 0;
    des::Time started = -1;  // -1: never
    des::Time ended = -1;
};

// Times in microseconds from midnight of the run's first day.
struct TracedVisit {
    std::uint64_t replication = 0;
    std::uint64_t number = 0;  // in order of arrival at those sites that share people with this one
    std::string site;
    std::string service;
    std::string channel;
    std::string group;
    des::Time arrived = 0;
    des::Time left = 0;
    des::Time waited = 0;
    bool is_booked = false;
    Outcome outcome = Outcome::served;
    std::vector<TracedLeg> legs;
};

class Trace {
public:
    virtual ~Trace() = default;
    virtual void visit(const TracedVisit& visit) = 0;
};

}  // namespace balcao::sim
