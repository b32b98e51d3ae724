#pragma once
// Everything that happened to cases, for who looks for patterns in it: as an OCEL 2.0 log (JSON) and as an
// IEEE 1849 event stream (XES). Cases bear pseudonyms; nothing sealed, no name, no words of anybody, and no
// account of whoever worked on it is in either. Used by `balcao export`.
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/zone.hpp"
#include "journal/store.hpp"
#include "outcomes/pseudonym.hpp"
#include "outcomes/trail.hpp"
#include "record/ocel_log.hpp"

namespace balcao::outcomes {

// Who did what an event tells of.
std::string_view actor_of(const cases::CaseEvent& event);

// Case by case; each gets what happened to it in order.
class CaseLog {
public:
    virtual ~CaseLog() = default;

    struct Happened {
        Instant at{};
        std::string type;  // of the event, as the journal calls it
        cases::CaseEvent event;
    };

    virtual void add(const std::string& name, const std::vector<Happened>& events) = 0;
    // Whatever was written is whole after it.
    virtual void finish() = 0;
};

// Objects: a case, its steps, services and entities. Events: those of the journal, each with its case, and
// with its step where it is of one.
class OcelOfCases final : public CaseLog {
public:
    // The zone must outlive it.
    OcelOfCases(record::Sink sink, const Zone& zone);
    void add(const std::string& name, const std::vector<Happened>& events) override;

    void finish() override { log_.finish(); }

private:
    void name(const std::string& kind, const std::string& key);

    record::OcelLog log_;
    const Zone& zone_;
    std::vector<std::string> named_;  // in order
};

// A trace is a case.
class XesOfCases final : public CaseLog {
public:
    // The zone must outlive it.
    XesOfCases(record::Sink sink, const Zone& zone);
    void add(const std::string& name, const std::vector<Happened>& events) override;
    void finish() override;

private:
    record::Sink write_;
    const Zone& zone_;
};

struct Counted {
    std::size_t cases = 0;
    std::size_t events = 0;
};

// Cases that were opened on those days, as the zone counts them; of all where neither is said.
struct OpenedOn {
    std::optional<Date> from{};
    std::optional<Date> to{};
};

// Reads the journal and writes every case that was opened then. `goes_on` is asked before each case; where it
// says no, unavailable with "stopped". Error: unavailable, invalid.
Result<Counted> write_cases(
    const journal::Store& store,
    const Zone& zone,
    const OpenedOn& days,
    const std::function<void(const cases::CaseNumber&, const std::vector<CaseLog::Happened>&)>& write,
    const std::function<bool()>& goes_on);

}  // namespace balcao::outcomes
