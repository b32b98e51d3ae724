#pragma once
// What became of the promises of a hall: kept, broken, withdrawn by who left before. Pure functions of the
// hall's visits; the record is public, and it sets how sure the next promises must be.
#include <cstdint>

#include "office/hall.hpp"

namespace balcao::office {

enum class PromiseFate : std::uint8_t {
    open,       // its time has not come
    kept,       // the first call came by then
    broken,     // it came later, or never
    withdrawn,  // left before that time without having been called
};

// Of a visit with a promise.
PromiseFate fate_of(const Visit& visit, Instant now);

// Promises whose time has come, withdrawn ones left out.
struct PromiseRecord {
    int kept = 0;
    int broken = 0;
    int simulated = 0;         // of these, found by simulating the hall
    std::int64_t minutes = 0;  // from the earlier end of the range to the promise, added up

    [[nodiscard]] int made() const { return kept + broken; }

    // 0 to 1; 0 while there are none.
    [[nodiscard]] double share_kept() const { return made() > 0 ? kept / static_cast<double>(made()) : 0; }

    [[nodiscard]] double mean_width() const { return made() > 0 ? static_cast<double>(minutes) / made() : 0; }

    void add(const PromiseRecord& other);

    friend bool operator==(const PromiseRecord&, const PromiseRecord&) = default;
};

PromiseRecord record_of(const Hall& hall, Instant now);

// How sure a promise must look so that in the end the target is kept: the quantile of the forecast that is
// promised. Each promise that is broken raises it, each kept one lowers it, in proportion to the target, so
// that in the long run the target is kept whatever is wrong with the forecast (adaptive conformal inference,
// Gibbs & Candès 2021).
class PromiseLevel {
public:
    static constexpr double target = 0.8;

    void take(const Hall& hall, Instant now);

    [[nodiscard]] double value() const { return level_; }

private:
    double level_ = target;
};

}  // namespace balcao::office
