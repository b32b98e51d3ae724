#pragma once
// When to stop replicating: the run goes on until every wanted measure is known as precisely as asked, and
// says how many replications that took. Used by `sim` for `--precision`; it holds no data, only what was
// decided.
#include <cstdint>
#include <optional>
#include <span>

#include "stats/interval.hpp"

namespace balcao::stats {

struct Precision {
    double relative = 0.05;         // wanted half-width over the true mean, > 0
    double absolute = 0;            // a half-width that is always good enough, for measures near zero
    double confidence = 0.95;       // of all measures together
    std::int64_t at_least = 10;     // replications before the first look, >= 2
    std::int64_t at_most = 10'000;  // replications
    std::int64_t look_ahead = 5;    // k of Hoad, Robinson & Davies (2010)
};

enum class Progress : std::uint8_t { go_on, reached, exhausted };

// Stop at the first n >= n₀ where t·s/√n <= γ'·|X̄| with γ' = γ/(1+γ) (Chow & Robbins 1965; Law), and where
// that also holds at each look over the next k·max(n,100)/100 replications, so that luck does not stop the
// run.
class StoppingRule {
public:
    explicit StoppingRule(const Precision& wanted);

    // The confidence at which each of that many estimates must be computed (Bonferroni).
    [[nodiscard]] double confidence_of_one(std::int64_t measures) const;

    // What `replications` so far say, with the estimates of all measures, each at confidence_of_one. Look
    // after every replication or every fixed block of them, never after a block that depends on the threads.
    // Measures of which nothing was ever observed are left out by the caller; one without a half-width is not
    // precise.
    Progress look(std::int64_t replications, std::span<const Estimate> measures);

    // The half-width that is wanted for a measure of that mean.
    [[nodiscard]] double wanted_half_width(double mean) const;

    // How many replications the estimate suggests, at most `at_most`: n·(half-width / wanted)². For a
    // progress bar, not for a decision.
    [[nodiscard]] std::int64_t expected_replications(std::span<const Estimate> measures) const;

private:
    Precision wanted_;
    std::optional<std::int64_t> precise_since_;
};

}  // namespace balcao::stats
