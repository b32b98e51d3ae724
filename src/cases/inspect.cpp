#include "cases/inspect.hpp"

#include <algorithm>
#include <limits>

#include "cases/case_event.hpp"
#include "cases/comparison.hpp"
#include "cases/inspect_case.hpp"

namespace balcao::cases {

namespace {

// Each says what it found, and no more than it counts.
std::vector<std::string> faults_of_comparisons(const std::vector<journal::Event>& stream) {
    std::vector<std::string> found;
    for (const auto& event : stream) {
        const auto compared = decode_comparison(event);
        const std::string where = "event " + std::to_string(event.version) + ": ";
        if (!compared)
            found.push_back(where + compared.error().what);
        else if (compared->differences.size() != std::min<std::size_t>(compared->differing, differences_kept))
            found.push_back(where + "says otherwise how many differences there were");
    }
    return found;
}

}  // namespace

bool is_inspected(std::string_view stream) {
    return stream.starts_with(cases_prefix) || stream.starts_with(runs_prefix) ||
           stream.starts_with(comparisons_prefix);
}

std::vector<std::string> Inspection::take(const std::vector<journal::Event>& stream) {
    if (stream.empty()) return {};
    const std::string& name = stream.front().stream;
    if (name.starts_with(runs_prefix)) return take_runs(stream);
    if (name.starts_with(comparisons_prefix)) return faults_of_comparisons(stream);
    const auto number = case_of_stream(name);
    if (!number) return {"its name is the number of no case"};
    numbers_.push_back(*number);
    return faults_of(*number, stream, zone_);
}

// Each run goes on where the one before it ended.
std::vector<std::string> Inspection::take_runs(const std::vector<journal::Event>& stream) {
    std::vector<std::string> found;
    const auto say = [&](const journal::Event& event, const std::string& what) {
        found.push_back("event " + std::to_string(event.version) + ": " + what);
    };
    CaseNumber first;
    if (!from_text(stream.front().stream.substr(runs_prefix.size()) + "-000001", first))
        return {"its name is no year"};
    std::uint64_t next = 1;
    for (const auto& event : stream) {
        const auto taken = decode_numbers(event);
        if (!taken) {
            say(event, taken.error().what);
            continue;
        }
        const std::uint64_t end = std::uint64_t{taken->first} + taken->count;
        if (taken->first < next) say(event, "takes serials that were taken before");
        if (taken->first > next) say(event, "leaves serials out");
        if (taken->count == 0 || end > std::numeric_limits<std::uint32_t>::max())
            say(event, "takes no serials that there are");
        first.serial = taken->first;
        auto& last = runs_[first];
        last = std::max(last, end);
        next = std::max(next, end);
    }
    return found;
}

std::vector<std::string> Inspection::finish() {
    std::vector<std::string> found;
    for (const auto& number : numbers_) {
        auto run = runs_.upper_bound(number);
        const bool is_any = run != runs_.begin();
        if (is_any) --run;
        if (!is_any || run->first.year != number.year || number.serial >= run->second)
            found.push_back(stream_of(number) + ": its number is out of no run that was taken");
    }
    return found;
}

}  // namespace balcao::cases
