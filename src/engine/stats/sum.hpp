#pragma once
#include <numeric>
#include <span>

namespace balcao::stats {

// In the order of the values; 0 for none.
inline double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace balcao::stats
