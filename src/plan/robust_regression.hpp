#pragma once
// Penalised least absolute deviations: the one estimator behind every calibrated figure. Sparse rows, a dense
// penalty, solved by iteratively reweighted least squares with Cholesky; the same sums in the same order on
// every run. It knows nothing of shops or days.
#include <cstdint>
#include <span>
#include <vector>

namespace balcao::plan {

// Rows of mostly zeros; within a row columns ascend.
struct SparseRows {
    std::vector<std::size_t> begins{0};  // one more than rows
    std::vector<std::uint16_t> columns;
    std::vector<double> values;

    [[nodiscard]] std::size_t size() const { return begins.size() - 1; }

    void add(std::uint16_t column, double value) {
        columns.push_back(column);
        values.push_back(value);
    }

    void end_row() { begins.push_back(columns.size()); }

    // The row's product with a vector of coefficients.
    [[nodiscard]] double times(std::size_t row, std::span<const double> coefficients) const;
};

// A symmetric matrix of which the lower triangle is kept.
class LowerMatrix {
public:
    explicit LowerMatrix(std::size_t size) : size_{size}, cells_(size * size, 0.0) {}

    [[nodiscard]] std::size_t size() const { return size_; }

    // column <= row
    [[nodiscard]] double& at(std::size_t row, std::size_t column) { return cells_[row * size_ + column]; }

    [[nodiscard]] double at(std::size_t row, std::size_t column) const {
        return cells_[row * size_ + column];
    }

private:
    std::size_t size_;
    std::vector<double> cells_;
};

// x with A·x = b for a positive definite A, which is replaced by its Cholesky factor. A pivot that rounding
// made too small is raised to 1e-12 of the largest diagonal entry.
std::vector<double> solve_positive(LowerMatrix& a, std::vector<double> b);

// min over b of Σ w·|y - X·b| + (b - m)'P(b - m), smoothed below `smallest_residual`.
struct RobustProblem {
    const SparseRows& rows;
    std::span<const double> response;
    std::span<const double> weights;
    const LowerMatrix& penalty;       // P, positive definite together with the rows
    std::span<const double> centre;   // m
    double smallest_residual = 0.05;  // on the scale of the response
    int iterations = 8;
};

std::vector<double> fit_robust(const RobustProblem& problem);

// The middle value, or the mean of the two in the middle; 0 for none.
double median_of(std::vector<double> values);

// Linear between order statistics (type 7 of Hyndman and Fan 1996); 0 for none.
double quantile_of(std::vector<double> values, double share);

}  // namespace balcao::plan
