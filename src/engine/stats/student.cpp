#include "stats/student.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "base/check.hpp"

namespace balcao::stats {

namespace bm = boost::math;

double t_quantile(double p, double dof) {
    BALCAO_CHECK(p > 0 && p < 1 && dof > 0);
    return bm::quantile(bm::students_t{dof}, p);
}

double t_factor(double confidence, double dof) {
    BALCAO_CHECK(confidence > 0 && confidence < 1);
    // By the small tail: 1 - 1e-9 is not told from 1 - 1.1e-9 as exactly as 1e-9 from 1.1e-9.
    return -t_quantile((1 - confidence) / 2, dof);
}

double normal_quantile(double p) {
    BALCAO_CHECK(p > 0 && p < 1);
    return bm::quantile(bm::normal{}, p);
}

double t_two_sided_p(double t, double dof) {
    BALCAO_CHECK(dof > 0);
    return 2 * bm::cdf(bm::students_t{dof}, -std::fabs(t));
}

double chi_square_p(double x, double dof) {
    BALCAO_CHECK(x >= 0 && dof > 0);
    return bm::cdf(bm::complement(bm::chi_squared{dof}, x));
}

CountBounds binomial_bounds(std::int64_t trials, double p, double confidence) {
    BALCAO_CHECK(trials >= 0 && p >= 0 && p <= 1 && confidence > 0 && confidence < 1);
    const double tail = (1 - confidence) / 2;
    const bm::binomial distribution{static_cast<double>(trials), p};
    // A search by halves over the distribution function: no rounding policy of a quantile to misread.
    const auto first_count_where = [&](auto holds) {
        std::int64_t low = 0;
        std::int64_t high = trials;
        while (low < high) {
            const std::int64_t middle = low + (high - low) / 2;
            if (holds(static_cast<double>(middle)))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    };
    return {.low = first_count_where([&](double k) { return bm::cdf(distribution, k) > tail; }),
            .high = first_count_where(
                [&](double k) { return bm::cdf(bm::complement(distribution, k)) <= tail; })};
}

}  // namespace balcao::stats
