#include "outcomes/spread.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace balcao::outcomes {
namespace {

using std::chrono::milliseconds;

constexpr double least = 1'000;  // ms; whatever is shorter takes a second

// In milliseconds, whole, so that a duration lies in the same step whoever computes it.
milliseconds end_of(int place) {
    return milliseconds{std::llround(std::ceil(least * std::pow(Spread::growth, place)))};
}

}  // namespace

int Spread::place_of(milliseconds duration) {
    const auto length = static_cast<double>(duration.count());
    if (length <= least) return 0;
    int place = static_cast<int>(std::ceil(std::log(length / least) / std::log(growth)));
    // What a logarithm rounds away is put right by the ends themselves.
    while (place > 0 && end_of(place - 1) >= duration)
        --place;
    while (end_of(place) < duration)
        ++place;
    return place;
}

void Spread::take_back(milliseconds duration) {
    const auto found = counts_.find(place_of(duration));
    BALCAO_CHECK(found != counts_.end());
    if (--found->second == 0) counts_.erase(found);
}

void Spread::add(const Spread& other) {
    for (const auto& [place, count] : other.counts_)
        counts_[place] += count;
}

std::uint64_t Spread::count() const {
    std::uint64_t all = 0;
    for (const auto& [place, count] : counts_)
        all += count;
    return all;
}

std::optional<milliseconds> Spread::within(double share) const {
    const auto all = static_cast<double>(count());
    if (all == 0) return std::nullopt;
    const double wanted = std::max(1.0, std::ceil(share * all - 1e-9));
    double so_far = 0;
    for (const auto& [place, count] : counts_) {
        so_far += static_cast<double>(count);
        if (so_far >= wanted) return end_of(place);
    }
    return end_of(counts_.rbegin()->first);
}

}  // namespace balcao::outcomes
