#include "random/variates.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace balcao::random;  // NOLINT(google-build-using-namespace): the test speaks of nothing else

namespace {

template <class Draw>
std::vector<double> sorted_sample(Draw draw, int count, std::uint64_t purpose) {
    const Stream stream = Stream::of({.seed = 11}, hash_text("sample"), purpose);
    std::vector<double> sample(count);
    for (int i = 0; i < count; ++i) {
        Draws draws{stream, std::uint64_t(i)};
        sample[i] = draw(draws);
    }
    std::sort(sample.begin(), sample.end());
    return sample;
}

// sqrt(n) times the Kolmogorov-Smirnov distance. Under the null hypothesis above 1.95 once in 1,000 samples.
template <class Cdf>
double ks_score(const std::vector<double>& sorted, Cdf cdf) {
    const double count = static_cast<double>(sorted.size());
    double distance = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double p = cdf(sorted[i]);
        distance =
            std::max({distance, static_cast<double>(i + 1) / count - p, p - static_cast<double>(i) / count});
    }
    return distance * std::sqrt(count);
}

double normal_cdf(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

double log_factorial(double n) {
    double sum = 0;
    for (int k = 2; k <= static_cast<int>(n); ++k)
        sum += std::log(k);
    return sum;
}

struct Moments {
    double mean_score;       // distance of the sample mean from the stated mean, in standard errors
    double deviation_ratio;  // sample over stated standard deviation
};

Moments moments_of(const Sampler& sampler, std::uint64_t purpose, int count = 200'000) {
    const std::vector<double> sample =
        sorted_sample([&](Draws& d) { return sampler.draw(d); }, count, purpose);
    double sum = 0;
    double squares = 0;
    for (const double x : sample) {
        sum += x - sampler.mean();
        squares += (x - sampler.mean()) * (x - sampler.mean());
    }
    const double sd = sampler.standard_deviation();
    return {sum / (sd * std::sqrt(static_cast<double>(count))), std::sqrt(squares / count) / sd};
}

// `tolerance` of the standard deviation: about four of its own standard errors, so wide for heavy tails.
void check_moments(const Sampler& sampler, double mean, double sd, double tolerance, std::uint64_t purpose) {
    CHECK(sampler.mean() == doctest::Approx(mean).epsilon(1e-9));
    CHECK(sampler.standard_deviation() == doctest::Approx(sd).epsilon(1e-6));
    const Moments moments = moments_of(sampler, purpose);
    CHECK(std::abs(moments.mean_score) < 4);
    CHECK(std::abs(moments.deviation_ratio - 1) < tolerance);
}

}  // namespace

TEST_CASE("the layers of the ziggurat have equal areas and end at the peak") {
    const auto& zig = detail::exponential_ziggurat;
    const double area = (7.69711747013104972 + 1) * std::exp(-7.69711747013104972);
    for (std::size_t i = 1; i < 256; ++i) {
        const double right = zig.layers[i].width * 0x1p53;
        CHECK(zig.height[i] == doctest::Approx(std::exp(-right)).epsilon(1e-13));
        CHECK(right * (zig.height[i + 1] - zig.height[i]) == doctest::Approx(area).epsilon(1e-9));
    }
    CHECK(zig.height[256] == 1);
    CHECK(zig.layers[255].accept == 0);
}

TEST_CASE("a million exponentials follow 1 - exp(-x), in the tail as well") {
    const auto sample = sorted_sample([](Draws& d) { return exponential(d); }, 1'000'000, 1);
    CHECK(sample.front() > 0);
    CHECK(ks_score(sample, [](double x) { return -std::expm1(-x); }) < 1.95);
    // Behind the base layer of the ziggurat another piece of code answers: exp(-7.697) of a million is 454.
    const auto tail = sample.end() - std::upper_bound(sample.begin(), sample.end(), 7.69711747013104972);
    CHECK(std::abs(static_cast<double>(tail) - 454.1) < 4 * std::sqrt(454.1));
    double sum = 0;
    for (const double x : sample)
        sum += x;
    CHECK(std::abs(sum / 1e6 - 1) < 4e-3);
}

TEST_CASE("the normal quantile inverts the normal distribution function to the last digits") {
    for (const double p :
         {1e-300, 1e-20, 1e-9, 0.001, 0.02, 0.0749, 0.0751, 0.3, 0.5, 0.6, 0.925, 0.975, 0.999})
        CHECK(normal_cdf(normal_quantile(p)) == doctest::Approx(p).epsilon(2e-13));
    CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(1e-15));
    CHECK(normal_quantile(0.5) == 0);
    for (int i = 1; i < 1000; ++i)
        CHECK(normal_quantile(i / 1000.0) > normal_quantile((i - 0.5) / 1000.0));
}

TEST_CASE("normals follow the normal distribution") {
    CHECK(ks_score(sorted_sample([](Draws& d) { return normal(d); }, 200'000, 2), normal_cdf) < 1.95);
}

TEST_CASE("gamma variates of shape 1 are exponential, of shape 1/2 squared normals") {
    CHECK(ks_score(sorted_sample([](Draws& d) { return gamma(1, d); }, 100'000, 3),
                   [](double x) { return -std::expm1(-x); }) < 1.95);
    CHECK(ks_score(sorted_sample([](Draws& d) { return gamma(0.5, d); }, 100'000, 4),
                   [](double x) { return std::erf(std::sqrt(x)); }) < 1.95);
    CHECK(ks_score(sorted_sample([](Draws& d) { return gamma(3, d); }, 100'000, 5),
                   [](double x) { return 1 - std::exp(-x) * (1 + x + x * x / 2); }) < 1.95);
}

TEST_CASE("Poisson counts have their mean, their variance and their distribution") {
    for (const double mean : {0.0, 0.3, 4.0, 9.9, 10.1, 40.0, 1500.0}) {
        const int count = 50'000;
        const auto sample =
            sorted_sample([&](Draws& d) { return static_cast<double>(poisson(mean, d)); }, count, 6);
        double sum = 0;
        double squares = 0;
        for (const double x : sample) {
            sum += x - mean;
            squares += (x - mean) * (x - mean);
        }
        CHECK(std::abs(sum) <= 4 * std::sqrt(mean * count));
        CHECK(std::abs(squares / count - mean) <= 4 * std::sqrt((2 * mean * mean + mean) / count));
        // One point probability against theory: at the mode.
        const double mode = std::floor(mean);
        const double p = std::exp(mode * std::log(std::max(mean, 1e-300)) - mean - log_factorial(mode));
        const auto hits = std::upper_bound(sample.begin(), sample.end(), mode) -
                          std::lower_bound(sample.begin(), sample.end(), mode);
        CHECK(std::abs(static_cast<double>(hits) - p * count) <= 4 * std::sqrt(p * (1 - p) * count) + 1e-9);
    }
}

TEST_CASE("every compiled distribution has the mean and the spread that the model states") {
    check_moments(Sampler::exponential(6), 6, 6, 0.02, 10);
    check_moments(Sampler::erlang(6, 3), 6, 6 / std::sqrt(3.0), 0.015, 11);
    check_moments(Sampler::erlang(6, 12), 6, 6 / std::sqrt(12.0), 0.015, 12);
    check_moments(Sampler::gamma(6, 0.8), 6, 4.8, 0.02, 13);
    check_moments(Sampler::gamma(6, 1.7), 6, 10.2, 0.03, 14);
    check_moments(Sampler::lognormal(6, 0.8), 6, 4.8, 0.05, 15);
    check_moments(Sampler::weibull(6, 0.8), 6, 4.8, 0.02, 16);
    check_moments(Sampler::weibull(6, 1.8), 6, 10.8, 0.05, 17);
    check_moments(Sampler::weibull(6, 0.05), 6, 0.3, 0.02, 18);
    check_moments(Sampler::hyperexponential(6, 1.5), 6, 9, 0.03, 19);
    check_moments(Sampler::normal(-4, 6), -4, 6, 0.01, 20);
    check_moments(Sampler::uniform(3, 9), 6, 6 / std::sqrt(12.0), 0.01, 21);
    check_moments(Sampler::triangular(2, 5, 12), 19.0 / 3, std::sqrt((4 + 25 + 144 - 10 - 24 - 60) / 18.0),
                  0.01, 22);
}

TEST_CASE("a mixture draws its parts by their shares, an empirical distribution its values alike") {
    const Sampler mixture =
        Sampler::mixture({{0.7, Sampler::exponential(2)}, {0.3, Sampler::exponential(9)}});
    check_moments(mixture, 4.1, std::sqrt(0.7 * 8 + 0.3 * 162 - 4.1 * 4.1), 0.03, 23);
    const auto sample = sorted_sample([&](Draws& d) { return mixture.draw(d); }, 100'000, 24);
    CHECK(ks_score(sample, [](double x) { return -0.7 * std::expm1(-x / 2) - 0.3 * std::expm1(-x / 9); }) <
          1.95);

    const std::vector<double> values{1, 2, 2, 7};
    const Sampler empirical = Sampler::empirical(values);
    check_moments(empirical, 3, std::sqrt((4 + 1 + 1 + 16) / 4.0), 0.01, 25);
    const auto drawn = sorted_sample([&](Draws& d) { return empirical.draw(d); }, 40'000, 26);
    CHECK(std::abs(static_cast<double>(std::count(drawn.begin(), drawn.end(), 2.0)) - 20'000) < 400);
    CHECK(std::count(drawn.begin(), drawn.end(), 7.0) + std::count(drawn.begin(), drawn.end(), 1.0) +
              std::count(drawn.begin(), drawn.end(), 2.0) ==
          40'000);
}

TEST_CASE(
    "lognormal, Weibull, hyperexponential and triangular draws have their distribution, not only moments") {
    const auto score = [](const Sampler& sampler, auto cdf, std::uint64_t purpose) {
        return ks_score(sorted_sample([&](Draws& d) { return sampler.draw(d); }, 100'000, purpose), cdf);
    };
    const double sigma = std::sqrt(std::log(2.0));  // cv 1
    CHECK(score(
              Sampler::lognormal(1, 1), [&](double x) { return normal_cdf(std::log(x) / sigma + sigma / 2); },
              30) < 1.95);
    // Weibull of shape 2 (Rayleigh): cv² = 4/π - 1.
    const double pi = 3.14159265358979323846;
    CHECK(score(
              Sampler::weibull(std::sqrt(pi) / 2, std::sqrt(4 / pi - 1)),
              [](double x) { return -std::expm1(-x * x); }, 31) < 1.95);
    CHECK(score(
              Sampler::triangular(0, 1, 2),
              [](double x) { return x < 1 ? x * x / 2 : 1 - (2 - x) * (2 - x) / 2; }, 32) < 1.95);
    const double p = (1 + std::sqrt(3.0 / 5)) / 2;  // cv 2
    CHECK(score(
              Sampler::hyperexponential(1, 2),
              [&](double x) { return -p * std::expm1(-2 * p * x) - (1 - p) * std::expm1(-2 * (1 - p) * x); },
              33) < 1.95);
}

TEST_CASE("distributions without spread are constants and draw nothing") {
    Draws draws{Stream::of({}, 1, 1), 1};
    for (const Sampler& sampler :
         {Sampler::constant(5), Sampler::gamma(5, 0), Sampler::lognormal(5, 0), Sampler::weibull(5, 0),
          Sampler::normal(5, 0), Sampler::uniform(5, 5), Sampler::triangular(5, 5, 5)}) {
        CHECK(sampler.is_constant());
        CHECK(sampler.draw(draws) == 5);
        CHECK(sampler.standard_deviation() == 0);
    }
    CHECK(draws.next() == Stream::of({}, 1, 1).at(1));
    CHECK(Sampler{}.draw(draws) == 0);
}

TEST_CASE("the same person needs proportionally longer where the mean is longer") {
    const Stream stream = Stream::of({.seed = 4}, hash_text("citizen"), 1);
    const Sampler quick = Sampler::gamma(3, 0.7);
    const Sampler slow = Sampler::gamma(6, 0.7);
    for (std::uint64_t person = 0; person < 1000; ++person) {
        Draws first{stream, person};
        Draws second{stream, person};
        CHECK(slow.draw(second) == doctest::Approx(2 * quick.draw(first)).epsilon(1e-14));
    }
}
