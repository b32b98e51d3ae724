#include "sim/length_of_time.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.hpp"

namespace balcao::sim {
namespace {

constexpr std::size_t quantiles = 2048;
constexpr std::size_t draws_each = 32;  // behind each quantile
constexpr std::size_t tail_part = 256;

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// The mean excess of the last of them over the one before.
double excess_of(const std::vector<double>& sorted) {
    const std::size_t last = std::max<std::size_t>(1, sorted.size() / tail_part);
    const std::size_t first = sorted.size() - last;
    double excess = 0;
    for (std::size_t place = first; place < sorted.size(); ++place)
        excess += sorted[place] - sorted[first == 0 ? 0 : first - 1];
    return excess / static_cast<double>(last);
}

}  // namespace

LengthOfTime LengthOfTime::of(const random::Sampler& sampler) {
    LengthOfTime length;
    length.sampler_ = sampler;
    if (sampler.is_constant()) {
        length.keep({std::max(0.0, sampler.mean())});
        return length;
    }
    std::vector<double> drawn(quantiles * draws_each);
    const auto stream = random::Stream::of({1, 0}, 0, 0);
    for (std::size_t index = 0; index < drawn.size(); ++index) {
        random::Draws draws{stream, index};
        drawn[index] = std::max(0.0, sampler.draw(draws));
    }
    std::ranges::sort(drawn);
    std::vector<double> sorted(quantiles);
    for (std::size_t place = 0; place < quantiles; ++place)
        sorted[place] = drawn[place * draws_each + draws_each / 2];
    length.keep(std::move(sorted));
    length.mean_ = mean_of(drawn);
    length.tail_ = excess_of(drawn);
    return length;
}

LengthOfTime LengthOfTime::learnt(std::vector<double> measured) {
    BALCAO_CHECK(!measured.empty());
    LengthOfTime length;
    for (double& value : measured)
        value = std::max(0.0, value);
    std::ranges::sort(measured);
    length.sampler_ = random::Sampler::empirical(measured);
    length.keep(std::move(measured));
    return length;
}

void LengthOfTime::keep(std::vector<double> sorted) {
    sorted_ = std::move(sorted);
    mean_ = mean_of(sorted_);
    tail_ = excess_of(sorted_);
}

LengthOfTime LengthOfTime::at_pace(double pace) const {
    LengthOfTime length = *this;
    for (double& value : length.sorted_)
        value *= pace;
    length.mean_ *= pace;
    length.tail_ *= pace;
    length.pace_ *= pace;
    return length;
}

des::Time LengthOfTime::draw(random::Draws draws, double factor) const {
    if (sorted_.empty()) return 0;
    return des::to_time(std::max(0.0, sampler_.draw(draws)) * pace_ * factor);
}

des::Time LengthOfTime::draw_rest(random::Draws draws, des::Time passed, double factor) const {
    if (sorted_.empty()) return 0;
    const double known = static_cast<double>(passed) / factor;
    const auto beyond = std::ranges::upper_bound(sorted_, known);
    const auto left = static_cast<std::size_t>(sorted_.end() - beyond);
    if (left < std::max<std::size_t>(1, sorted_.size() / tail_part))
        return des::to_time(tail_ * factor * random::exponential(draws));
    const auto place = static_cast<std::size_t>(draws.uniform() * static_cast<double>(left));
    return des::to_time((beyond[static_cast<std::ptrdiff_t>(place)] - known) * factor);
}

}  // namespace balcao::sim
