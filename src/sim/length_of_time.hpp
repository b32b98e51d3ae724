#pragma once
// How long something takes, known from a model or from what was measured: drawn anew, or what is left of it
// once some of it has passed. Used where a hall is simulated forward from the middle of a day.
#include <vector>

#include "des/time.hpp"
#include "random/variates.hpp"

namespace balcao::sim {

class LengthOfTime {
public:
    LengthOfTime() = default;  // no time at all

    // A distribution in microseconds; what is negative counts as zero.
    static LengthOfTime of(const random::Sampler& sampler);

    // Each of the measured lengths (microseconds, not empty) as likely as the others.
    static LengthOfTime learnt(std::vector<double> measured);

    [[nodiscard]] des::Time draw(random::Draws draws, double factor = 1) const;

    // What is left, given that so much has passed: by inversion of the conditional distribution, so that one
    // draw is used and more time passed never makes the whole shorter. Past the longest that is known the
    // rest is exponential, with the mean excess over the last 256th of what is known.
    [[nodiscard]] des::Time draw_rest(random::Draws draws, des::Time passed, double factor = 1) const;

    // The same, each length times `pace`.
    [[nodiscard]] LengthOfTime at_pace(double pace) const;

    // Microseconds.
    [[nodiscard]] double mean() const { return mean_; }

private:
    void keep(std::vector<double> sorted);

    random::Sampler sampler_;
    std::vector<double> sorted_;  // quantiles
    double mean_ = 0;
    double pace_ = 1;
    double tail_ = 0;  // mean excess over the last 256th
};

}  // namespace balcao::sim
