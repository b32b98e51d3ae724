#pragma once
// Time zones: what the clocks of a city show at an instant, and back. The zone database is the system's. Used
// where instants meet opening hours, dates and people; the model's own reckoning is civil and knows no zone.
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

namespace date {
class time_zone;
}

namespace balcao {

// What the clocks show: a date and the time since its midnight (below 24 hours; on a day of 25 hours one hour
// is shown twice).
struct CivilTime {
    Date date{};
    std::chrono::milliseconds since_midnight{};
    friend auto operator<=>(const CivilTime&, const CivilTime&) = default;
};

class Zone {
public:
    // "Europe/Lisbon". Error: not_found for a name that the database does not have.
    static Result<Zone> find(std::string_view name);

    [[nodiscard]] CivilTime at(Instant instant) const;

    // The instants at which the clocks show that time: one; none in the hour that is left out in spring; two,
    // in order, in the hour that comes twice in autumn.
    [[nodiscard]] std::vector<Instant> instants_of(const CivilTime& civil) const;

    // The first instant of a date.
    [[nodiscard]] Instant midnight(Date date) const;

    // Minutes ahead of UTC at that instant.
    [[nodiscard]] int offset_minutes(Instant instant) const;

    [[nodiscard]] const std::string& name() const { return name_; }

private:
    Zone(const date::time_zone* zone, std::string_view name) : zone_{zone}, name_{name} {}

    const date::time_zone* zone_;
    std::string name_;
};

}  // namespace balcao
