#pragma once
// A mean and how far it may be off. Every estimator of `stats` answers with an Estimate; `sim` prints none
// without its half-width.
#include <cstdint>
#include <optional>
#include <span>

namespace balcao::stats {

// `half_width` is absent where the data cannot tell it (a single unit). `units` is the number of independent
// pieces (replications, batches) that it comes from, not of people.
struct Estimate {
    double mean = 0;
    std::optional<double> half_width;
    std::int64_t units = 0;

    friend bool operator==(const Estimate&, const Estimate&) = default;
};

// The mean of independent, nearly normal values: t-interval x̄ ± t(n-1, 1-α/2)·s/√n. None for no values.
[[nodiscard]] std::optional<Estimate> mean_interval(std::span<const double> values, double confidence);

// The level at which each of `statements` intervals must be computed so that all of them hold together with
// `confidence` (Bonferroni).
[[nodiscard]] constexpr double confidence_of_each(double confidence, std::int64_t statements) {
    return 1 - (1 - confidence) / static_cast<double>(statements < 1 ? 1 : statements);
}

}  // namespace balcao::stats
