// Compiled distributions: each factory turns the parameters of a model into what its draw needs.
#include <cmath>
#include <numeric>
#include <utility>

#include "base/check.hpp"
#include "random/variates.hpp"

namespace balcao::random {

static_assert(sizeof(Sampler) <= 64, "one line of the cache");

struct Sampler::Table {
    std::vector<double> cumulative;  // mixture: shares summed up, the last is 1
    std::vector<Sampler> parts;
    std::vector<double> values;  // empirical
};

namespace {

// Squared coefficient of variation of a Weibull whose inverse shape is `t`: Γ(1+2t)/Γ(1+t)² - 1.
double weibull_scv(double t) {
    const double first = std::tgamma(1 + t);
    return std::tgamma(1 + 2 * t) / (first * first) - 1;
}

// The inverse shape that has this cv. weibull_scv grows in t, so bisection cannot miss; below a cv of 0.001
// the difference of the two gamma functions loses its digits and its first term, π²/6·t², is exact enough.
double weibull_inverse_shape(double cv) {
    if (cv < 1e-3) return cv * std::sqrt(6.0) / 3.14159265358979323846;
    double low = 0;
    double high = 10;
    for (int round = 0; round < 80; ++round) {
        const double middle = (low + high) / 2;
        (weibull_scv(middle) < cv * cv ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

Sampler Sampler::constant(double value) { return {Kind::constant, value}; }

Sampler Sampler::exponential(double mean) {
    BALCAO_CHECK(mean >= 0);
    return {Kind::exponential, mean};
}

// a_: mean of one phase
Sampler Sampler::erlang(double mean, int phases) {
    BALCAO_CHECK(mean >= 0 && phases >= 1);
    if (phases == 1) return exponential(mean);
    if (phases > 6) return gamma(mean, 1 / std::sqrt(static_cast<double>(phases)));  // the same, and faster
    Sampler sampler{Kind::erlang, mean};
    sampler.phases_ = phases;
    sampler.a_ = mean / phases;
    return sampler;
}

// a_: d, b_: scale, c_: c of Marsaglia & Tsang
Sampler Sampler::gamma(double mean, double cv) {
    BALCAO_CHECK(mean >= 0 && cv >= 0 && cv <= 100);
    if (cv < 1e-6) return constant(mean);
    const double shape = 1 / (cv * cv);
    Sampler sampler{shape < 1 ? Kind::gamma_below_one : Kind::gamma, mean};
    sampler.a_ = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    sampler.b_ = mean / shape;
    sampler.c_ = 1 / std::sqrt(9 * sampler.a_);
    return sampler;
}

// a_: median, b_: sigma
Sampler Sampler::lognormal(double mean, double cv) {
    BALCAO_CHECK(mean >= 0 && cv >= 0 && cv <= 100);
    if (cv < 1e-6) return constant(mean);
    const double variance = std::log1p(cv * cv);
    Sampler sampler{Kind::lognormal, mean};
    sampler.a_ = mean * std::exp(-variance / 2);
    sampler.b_ = std::sqrt(variance);
    return sampler;
}

// a_: scale, b_: 1 / shape, c_: cv
Sampler Sampler::weibull(double mean, double cv) {
    BALCAO_CHECK(mean >= 0 && cv >= 0 && cv <= 100);
    if (cv < 1e-6) return constant(mean);
    Sampler sampler{Kind::weibull, mean};
    sampler.b_ = weibull_inverse_shape(cv);
    sampler.a_ = mean / std::tgamma(1 + sampler.b_);
    sampler.c_ = cv;
    return sampler;
}

// a_: probability of the first phase, b_ and c_: means of the phases; each carries half of the load (Whitt
// 1982)
Sampler Sampler::hyperexponential(double mean, double cv) {
    BALCAO_CHECK(mean >= 0 && cv >= 1);
    if (cv == 1) return exponential(mean);
    Sampler sampler{Kind::hyperexponential, mean};
    sampler.a_ = (1 + std::sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
    sampler.b_ = mean / (2 * sampler.a_);
    sampler.c_ = mean / (2 * (1 - sampler.a_));
    return sampler;
}

// a_: standard deviation
Sampler Sampler::normal(double mean, double sd) {
    BALCAO_CHECK(sd >= 0);
    if (sd == 0) return constant(mean);
    Sampler sampler{Kind::normal, mean};
    sampler.a_ = sd;
    return sampler;
}

// a_: low, b_: high - low
Sampler Sampler::uniform(double low, double high) {
    BALCAO_CHECK(low <= high);
    if (low == high) return constant(low);
    Sampler sampler{Kind::uniform, (low + high) / 2};
    sampler.a_ = low;
    sampler.b_ = high - low;
    return sampler;
}

// a_: low, b_: mode, c_: high
Sampler Sampler::triangular(double low, double mode, double high) {
    BALCAO_CHECK(low <= mode && mode <= high);
    if (low == high) return constant(low);
    Sampler sampler{Kind::triangular, (low + mode + high) / 3};
    sampler.a_ = low;
    sampler.b_ = mode;
    sampler.c_ = high;
    return sampler;
}

// a_: standard deviation
Sampler Sampler::mixture(std::vector<MixturePart> parts) {
    BALCAO_CHECK(!parts.empty());
    double total = 0;
    for (const MixturePart& part : parts) {
        BALCAO_CHECK(part.share > 0);
        total += part.share;
    }
    auto table = std::make_shared<Table>();
    double before = 0;
    double mean = 0;
    for (MixturePart& part : parts) {
        before += part.share / total;
        mean += part.share / total * part.sampler.mean();
        table->cumulative.push_back(before);
    }
    table->cumulative.back() = 1;
    double variance = 0;
    for (MixturePart& part : parts) {
        const double sd = part.sampler.standard_deviation();
        const double distance = part.sampler.mean() - mean;
        variance += part.share / total * (sd * sd + distance * distance);
        table->parts.push_back(std::move(part.sampler));
    }
    Sampler sampler{Kind::mixture, mean};
    sampler.a_ = std::sqrt(variance);
    sampler.table_ = std::move(table);
    return sampler;
}

// a_: standard deviation
Sampler Sampler::empirical(std::span<const double> values) {
    BALCAO_CHECK(!values.empty() && values.size() < (std::size_t{1} << 32));
    const double count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    auto table = std::make_shared<Table>();
    table->values.assign(values.begin(), values.end());
    Sampler sampler{Kind::empirical, mean};
    sampler.a_ = std::sqrt(squares / count);
    sampler.table_ = std::move(table);
    return sampler;
}

double Sampler::standard_deviation() const {
    switch (kind_) {
        case Kind::constant:
            return 0;
        case Kind::exponential:
            return mean_;
        case Kind::erlang:
            return mean_ / std::sqrt(static_cast<double>(phases_));
        case Kind::gamma:
            return mean_ / std::sqrt(a_ + 1.0 / 3);
        case Kind::gamma_below_one:
            return mean_ / std::sqrt(a_ - 2.0 / 3);
        case Kind::lognormal:
            return mean_ * std::sqrt(std::expm1(b_ * b_));
        case Kind::weibull:
            return mean_ * c_;
        case Kind::hyperexponential:
            return std::sqrt(2 * (a_ * b_ * b_ + (1 - a_) * c_ * c_) - mean_ * mean_);
        case Kind::uniform:
            return b_ / std::sqrt(12.0);
        case Kind::triangular:
            return std::sqrt((a_ * a_ + b_ * b_ + c_ * c_ - a_ * b_ - a_ * c_ - b_ * c_) / 18);
        case Kind::normal:
        case Kind::mixture:
        case Kind::empirical:
            return a_;
    }
    return 0;
}

double Sampler::draw_other(Draws& draws) const {
    switch (kind_) {
        case Kind::constant:
            return mean_;
        case Kind::exponential:
            return mean_ * random::exponential(draws);
        case Kind::erlang: {
            double sum = 0;
            for (int phase = 0; phase < phases_; ++phase)
                sum += random::exponential(draws);
            return a_ * sum;
        }
        case Kind::gamma:
            return b_ * detail::marsaglia_tsang(a_, c_, draws);
        case Kind::gamma_below_one: {
            const double value = detail::marsaglia_tsang(a_, c_, draws);
            return b_ * value * std::exp(-random::exponential(draws) / (a_ - 2.0 / 3));
        }
        case Kind::lognormal:
            return a_ * std::exp(b_ * random::normal(draws));
        case Kind::weibull:
            return a_ * std::pow(random::exponential(draws), b_);
        case Kind::hyperexponential: {
            const double phase_mean = draws.chance(a_) ? b_ : c_;
            return phase_mean * random::exponential(draws);
        }
        case Kind::normal:
            return mean_ + a_ * random::normal(draws);
        case Kind::uniform:
            return a_ + b_ * draws.uniform();
        case Kind::triangular: {
            const double u = draws.uniform();
            const double width = c_ - a_;
            if (u * width < b_ - a_) return a_ + std::sqrt(u * width * (b_ - a_));
            return c_ - std::sqrt((1 - u) * width * (c_ - b_));
        }
        case Kind::mixture:
        case Kind::empirical:
            return draw_from_table(draws);
    }
    return mean_;
}

double Sampler::draw_from_table(Draws& draws) const {
    if (kind_ == Kind::empirical)
        return table_->values[draws.below(static_cast<std::uint32_t>(table_->values.size()))];
    const double u = draws.uniform();
    std::size_t i = 0;
    while (table_->cumulative[i] < u)
        ++i;  // few parts: a walk is faster than a search
    return table_->parts[i].draw(draws);
}

}  // namespace balcao::random
