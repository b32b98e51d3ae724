#include "stats/kim_nelson.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.hpp"

namespace balcao::stats {

KimNelson::KimNelson(std::size_t systems, const Selection& selection)
    : systems_{systems}, selection_{selection}, sums_(systems), survivors_(systems) {
    BALCAO_CHECK(systems >= 2 && selection.indifference > 0 && selection.first_replications >= 2);
    BALCAO_CHECK(selection.confidence > 0 && selection.confidence < 1);
    std::iota(survivors_.begin(), survivors_.end(), std::size_t{0});
}

double KimNelson::mean(std::size_t system) const {
    return sums_[system] / static_cast<double>(replications_);
}

std::size_t KimNelson::best() const {
    BALCAO_CHECK(replications_ > 0);
    return *std::max_element(survivors_.begin(), survivors_.end(),
                             [this](std::size_t a, std::size_t b) { return sums_[a] < sums_[b]; });
}

void KimNelson::add(std::span<const double> values) {
    BALCAO_CHECK(!is_decided_ && values.size() == systems_);
    ++replications_;
    const double sign = selection_.better == Better::larger ? 1 : -1;
    for (const std::size_t system : survivors_)
        sums_[system] += sign * values[system];
    if (replications_ <= selection_.first_replications)
        for (const double value : values)
            first_.push_back(sign * value);
    if (replications_ < selection_.first_replications) return;
    if (replications_ == selection_.first_replications) {
        fix_variances();
        if (static_cast<double>(replications_) > largest_bound()) return take_best_mean();
    } else if (static_cast<double>(replications_) >= largest_bound() + 1) {
        return take_best_mean();
    }
    screen();
}

// Steps 1 and 2: η = ½·[(2β)^(-2/(n₀-1)) - 1] with β = α/(k-1), h² = 2η(n₀-1), and h²·S²/δ² of each pair.
void KimNelson::fix_variances() {
    const double freedom = static_cast<double>(selection_.first_replications) - 1;
    const double beta = (1 - selection_.confidence) / static_cast<double>(systems_ - 1);
    const double eta = (std::pow(2 * beta, -2 / freedom) - 1) / 2;
    const double factor = 2 * eta * freedom / (selection_.indifference * selection_.indifference);
    bounds_.assign(systems_ * systems_, 0);
    for (std::size_t a = 0; a < systems_; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const double mean_difference = mean(a) - mean(b);
            double squares = 0;
            for (std::size_t row = 0; row < first_.size(); row += systems_) {
                const double distance = first_[row + a] - first_[row + b] - mean_difference;
                squares += distance * distance;
            }
            bounds_[a * systems_ + b] = bounds_[b * systems_ + a] = factor * squares / freedom;
        }
    }
    first_.clear();
    first_.shrink_to_fit();
}

// max over the survivors of Nᵢ = max over all l of ⌊h²S²ᵢₗ/δ²⌋.
double KimNelson::largest_bound() const {
    double largest = 0;
    for (const std::size_t a : survivors_)
        for (std::size_t b = 0; b < systems_; ++b)
            largest = std::max(largest, std::floor(bound(a, b)));
    return largest;
}

// Step 3: stays who is not behind any other by more than W(r) = max{0, δ/(2r)·(h²S²/δ² - r)}. All comparisons
// are with those that were in the race when the step began.
void KimNelson::screen() {
    const double r = static_cast<double>(replications_);
    std::vector<std::size_t> falling;
    for (const std::size_t i : survivors_) {
        const bool stays = std::all_of(survivors_.begin(), survivors_.end(), [&](std::size_t l) {
            const double slack = std::max(0.0, selection_.indifference / (2 * r) * (bound(i, l) - r));
            return l == i || mean(i) >= mean(l) - slack;
        });
        if (!stays) falling.push_back(i);
    }
    for (const std::size_t system : falling)
        eliminate(system);
    is_decided_ = survivors_.size() == 1;
}

void KimNelson::take_best_mean() {
    const std::size_t chosen = best();
    const std::vector<std::size_t> others = survivors_;
    for (const std::size_t system : others)
        if (system != chosen) eliminate(system);
    is_decided_ = true;
}

void KimNelson::eliminate(std::size_t system) {
    survivors_.erase(std::find(survivors_.begin(), survivors_.end(), system));
    eliminated_.push_back({system, replications_});
}

}  // namespace balcao::stats
