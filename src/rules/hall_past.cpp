#include "rules/hall_past.hpp"

namespace balcao::rules {

void HallPast::add(const HallPast& other) {
    const auto append = [](std::vector<double>& to, const std::vector<double>& from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    days += other.days;
    for (const auto& [leg, lengths] : other.served)
        append(served[leg], lengths);
    append(ways, other.ways);
    append(holds, other.holds);
    append(gaps, other.gaps);
    append(rests, other.rests);
    waited += other.waited;
    left += other.left;
    for (const auto& [queue, counts] : other.arrivals) {
        auto& sums = arrivals[queue];
        for (std::size_t place = 0; place < half_hours; ++place)
            sums.at(place) += counts.at(place);
    }
}

}  // namespace balcao::rules
