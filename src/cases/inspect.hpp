#pragma once
// What must never stand in the streams of cases, looked for with nothing but the streams: a step that was
// delivered twice, concluded without having been sent or sent before those it comes after, a key of an effect
// that its name does not give, a number out of no run of serials. Used after races, crashes and restores, by
// tests and by who verifies a journal. It goes by the fold of a case, and shares no code with the decisions
// that it checks.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "cases/case_number.hpp"
#include "journal/event.hpp"

namespace balcao::cases {

// "case/…" and "case-numbers/…".
bool is_inspected(std::string_view stream);

class Inspection {
public:
    // Without a zone the years of numbers are not compared with the days on which they were given.
    explicit Inspection(std::optional<Zone> zone = {}) : zone_{std::move(zone)} {}

    // Whole streams, each once: a sentence for each fault within it, with the version.
    std::vector<std::string> take(const std::vector<journal::Event>& stream);
    // After the last one: what does not fit together, with the streams.
    std::vector<std::string> finish();

private:
    std::vector<std::string> take_runs(const std::vector<journal::Event>& stream);

    std::optional<Zone> zone_;
    std::map<CaseNumber, std::uint64_t> runs_;  // by their first number: the serial after the last
    std::vector<CaseNumber> numbers_;           // of the cases
};

}  // namespace balcao::cases
