#include "plan/robust_regression.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace balcao::plan {

double SparseRows::times(std::size_t row, std::span<const double> coefficients) const {
    double sum = 0;
    for (std::size_t i = begins[row]; i < begins[row + 1]; ++i)
        sum += values[i] * coefficients[columns[i]];
    return sum;
}

std::vector<double> solve_positive(LowerMatrix& a, std::vector<double> b) {
    const std::size_t n = a.size();
    BALCAO_CHECK(b.size() == n);
    double largest = 0;
    for (std::size_t i = 0; i < n; ++i)
        largest = std::max(largest, a.at(i, i));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a.at(i, j);
            for (std::size_t k = 0; k < j; ++k)
                sum -= a.at(i, k) * a.at(j, k);
            a.at(i, j) = i == j ? std::sqrt(std::max(sum, 1e-12 * largest)) : sum / a.at(j, j);
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            b[i] -= a.at(i, k) * b[k];
        b[i] /= a.at(i, i);
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            b[i] -= a.at(k, i) * b[k];
        b[i] /= a.at(i, i);
    }
    return b;
}

namespace {

// X'WX + P and X'Wy + Pm.
std::vector<double> solve_weighted(const RobustProblem& problem,
                                   std::span<const double> weights,
                                   const std::vector<double>& pull) {
    LowerMatrix normal = problem.penalty;
    std::vector<double> right = pull;
    const SparseRows& rows = problem.rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double weight = weights[row];
        if (weight == 0) continue;
        const std::size_t begin = rows.begins[row];
        const std::size_t end = rows.begins[row + 1];
        for (std::size_t i = begin; i < end; ++i) {
            const double scaled = weight * rows.values[i];
            const std::size_t at = rows.columns[i];
            right[at] += scaled * problem.response[row];
            for (std::size_t j = begin; j <= i; ++j)
                normal.at(at, rows.columns[j]) += scaled * rows.values[j];
        }
    }
    return solve_positive(normal, std::move(right));
}

}  // namespace

std::vector<double> fit_robust(const RobustProblem& problem) {
    const std::size_t size = problem.penalty.size();
    const std::size_t count = problem.rows.size();
    BALCAO_CHECK(problem.response.size() == count && problem.weights.size() == count);
    BALCAO_CHECK(problem.centre.size() == size);
    std::vector<double> pull(size, 0.0);
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t j = 0; j < size; ++j)
            pull[i] += problem.penalty.at(std::max(i, j), std::min(i, j)) * problem.centre[j];
    std::vector<double> residuals(count);
    for (std::size_t row = 0; row < count; ++row)
        residuals[row] = problem.response[row] - problem.rows.times(row, problem.centre);
    const double middle = median_of(residuals);
    for (double& residual : residuals)
        residual -= middle;
    std::vector<double> coefficients{problem.centre.begin(), problem.centre.end()};
    std::vector<double> weights(count);
    for (int iteration = 0; iteration < problem.iterations; ++iteration) {
        for (std::size_t row = 0; row < count; ++row)
            weights[row] =
                problem.weights[row] / std::max(std::abs(residuals[row]), problem.smallest_residual);
        coefficients = solve_weighted(problem, weights, pull);
        for (std::size_t row = 0; row < count; ++row)
            residuals[row] = problem.response[row] - problem.rows.times(row, coefficients);
    }
    return coefficients;
}

double median_of(std::vector<double> values) { return quantile_of(std::move(values), 0.5); }

double quantile_of(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1);
    const std::size_t below = static_cast<std::size_t>(place);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), middle, values.end());
    const double low = *middle;
    if (below + 1 >= values.size()) return low;
    const double high = *std::min_element(middle + 1, values.end());
    return low + (place - static_cast<double>(below)) * (high - low);
}

}  // namespace balcao::plan
