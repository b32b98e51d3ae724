#pragma once
// Choosing the best of a few systems with a guarantee (Kim & Nelson 2001, "A fully sequential procedure for
// indifference-zone selection in simulation"): with probability 1 - α the chosen one is the best whenever the
// best is better than every other by at least δ; otherwise it is no worse than δ. Valid with common random
// numbers. Used by `sim` to rank scenarios; it draws nothing itself.
#include <cstdint>
#include <span>
#include <vector>

namespace balcao::stats {

enum class Better : std::uint8_t { larger, smaller };

struct Selection {
    double indifference = 0;   // δ > 0, in the unit of the measure
    double confidence = 0.95;  // 1 - α
    Better better = Better::smaller;
    std::int64_t first_replications = 10;  // n₀ >= 2 before anyone can fall; at least 10 in earnest
};

class KimNelson {
public:
    struct Eliminated {
        std::size_t system = 0;
        std::int64_t at_replication = 0;
    };

    // `systems` >= 2.
    KimNelson(std::size_t systems, const Selection& selection);

    // One replication: a value per system, near normal (a mean over a day or a batch). Of systems that have
    // fallen the value is ignored: they need not be simulated. May be called only while nothing is decided.
    void add(std::span<const double> values);

    // One is left, or the bound is reached at which the best mean may be taken.
    [[nodiscard]] bool is_decided() const { return is_decided_; }

    // The chosen one when decided, else the one with the best mean so far among the survivors. Needs one
    // replication.
    [[nodiscard]] std::size_t best() const;

    // Still in the race, in their order; only the chosen one when decided.
    [[nodiscard]] const std::vector<std::size_t>& survivors() const { return survivors_; }

    // In the order in which they fell.
    [[nodiscard]] const std::vector<Eliminated>& eliminated() const { return eliminated_; }

    [[nodiscard]] std::int64_t replications() const { return replications_; }

private:
    [[nodiscard]] double mean(std::size_t system) const;

    [[nodiscard]] double bound(std::size_t a, std::size_t b) const { return bounds_[a * systems_ + b]; }

    [[nodiscard]] double largest_bound() const;
    void fix_variances();
    void screen();
    void take_best_mean();
    void eliminate(std::size_t system);

    std::size_t systems_;
    Selection selection_;
    std::int64_t replications_ = 0;
    std::vector<double> sums_;  // of values turned so that larger is better
    std::vector<double>
        first_;  // the first n₀ replications, row by row; emptied when the variances are fixed
    std::vector<double> bounds_;  // h²·S²/δ² of each pair, from the first n₀ replications
    std::vector<std::size_t> survivors_;
    std::vector<Eliminated> eliminated_;
    bool is_decided_ = false;
};

}  // namespace balcao::stats
