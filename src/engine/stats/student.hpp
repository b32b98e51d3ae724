#pragma once
// Quantiles and bounds of the distributions that intervals are made of: Student, normal, binomial,
// chi-square. Used by the rest of `stats` and by tests of coverage. It knows no data: only probabilities and
// counts.
#include <cstdint>

namespace balcao::stats {

// The value below which a t variable of `dof` degrees of freedom lies with probability p (0 < p < 1, dof >
// 0).
[[nodiscard]] double t_quantile(double p, double dof);

// The factor of a two-sided interval: t(dof, (1 + confidence) / 2). 0 < confidence < 1.
[[nodiscard]] double t_factor(double confidence, double dof);

[[nodiscard]] double normal_quantile(double p);

// P(|T| >= |t|) for `dof` degrees of freedom.
[[nodiscard]] double t_two_sided_p(double t, double dof);

// P(X >= x) for chi-square of `dof` degrees of freedom, x >= 0.
[[nodiscard]] double chi_square_p(double x, double dof);

struct CountBounds {
    std::int64_t low;
    std::int64_t high;
};

// The hits that `trials` of probability p give: fewer than `low` or more than `high` come with at most
// (1 - confidence) / 2 each.
[[nodiscard]] CountBounds binomial_bounds(std::int64_t trials, double p, double confidence);

}  // namespace balcao::stats
