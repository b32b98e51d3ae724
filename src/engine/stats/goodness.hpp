#pragma once
// Tests of fit for calibration: are these values exponential, do these people arrive by a Poisson process, do
// these days differ more than chance? Used by `plan`; small p-values speak against. Nothing here is fitted.
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace balcao::stats {

struct FitTest {
    double statistic = 0;
    double p = 1;             // 1 when there is nothing to test
    std::int64_t values = 0;  // how many entered
};

// Kolmogorov-Smirnov distance of the sorted values from a fully specified continuous distribution, with the
// p-value of its limit law and Stephens's (1970) correction for n: right to about 0.01 from n = 5 on.
[[nodiscard]] FitTest kolmogorov_smirnov(std::span<const double> sorted,
                                         const std::function<double(double)>& cdf);

// Poisson arrivals of constant rate within one interval (0, length), by Brown et al. (2005), eq. 1: with
// ordered times T_j and J arrivals, R_j = (J+1-j)·(-ln((L-T_j)/(L-T_{j-1}))) are independent Exp(1) whatever
// the rate. Appends the R_j of an interval to `scores`; gather them over days and test them together.
// `sorted` in (0, length), in any unit, ascending; ties (rounded times) must be spread before.
void poisson_scores(std::span<const double> sorted, double length, std::vector<double>& scores);

// The scores against Exp(1) by Kolmogorov-Smirnov. Sorts them.
[[nodiscard]] FitTest poisson_test(std::vector<double>& scores);

// Counts of equal intervals on different days against one Poisson mean: Σ(N - N̄)²/N̄ against chi-square of n-1
// degrees of freedom. Small p: overdispersed; the factor belongs to the day (model: day_factor).
[[nodiscard]] FitTest dispersion_test(std::span<const double> counts);

}  // namespace balcao::stats
