#pragma once
// Random variates and compiled distributions. `sim` turns each distribution of a model into a Sampler once
// and then draws from it per customer. The exponential is inline because queues are made of it; nothing here
// allocates while drawing, and no draw depends on any other than those of its own index.
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "random/stream.hpp"

namespace balcao::random {

namespace detail {

// One layer of the ziggurat under exp(-x): of the 53-bit tries those below `accept` lie wholly under the
// curve.
struct Layer {
    std::uint64_t accept;
    double width;  // of the layer, times 2^-53
};

struct Ziggurat {
    std::array<Layer, 256> layers;
    std::array<double, 257> height;  // exp(-right edge) of each layer; the last is 1
};

extern const Ziggurat exponential_ziggurat;  // constant-initialised: no guard, no order of initialisation

double exponential_beyond(std::uint64_t word, Draws& draws);  // the 1 % that the fast path leaves

// Gamma of shape d + 1/3 >= 1 and scale 1, where c = 1/sqrt(9d).
double marsaglia_tsang(double d, double c, Draws& draws);

}  // namespace detail

// Exponential of mean 1, positive. Ziggurat of 256 layers (Marsaglia & Tsang 2000): one word, one
// multiplication and one comparison in 98.9 % of the draws. Layer and position use different bits of the
// word.
[[nodiscard]] inline double exponential(Draws& draws) {
    const std::uint64_t word = draws.next();
    const detail::Layer& layer = detail::exponential_ziggurat.layers[word & 255];
    const std::uint64_t position = word >> 11;
    if (position < layer.accept) [[likely]]
        return (static_cast<double>(static_cast<std::int64_t>(position)) + 0.5) * layer.width;
    return detail::exponential_beyond(word, draws);
}

// The standard normal quantile for 0 < p < 1, to about 1e-15 relative (Wichura 1988, AS 241, PPND16).
[[nodiscard]] double normal_quantile(double p);

// Standard normal by inversion: one word, and monotone in it.
[[nodiscard]] inline double normal(Draws& draws) { return normal_quantile(draws.uniform()); }

// Gamma of that shape (> 0) and scale 1 (Marsaglia & Tsang 2000; below shape 1 by their boost
// Gamma(a) = Gamma(a + 1)·U^(1/a)).
[[nodiscard]] double gamma(double shape, Draws& draws);

// Poisson count of that mean (0 <= mean <= 1e9): inversion below 10, else the transformed rejection PTRS of
// Hörmann (1993).
[[nodiscard]] std::int64_t poisson(double mean, Draws& draws);

class Sampler;

struct MixturePart;

// A distribution made ready for drawing. Copies are cheap (56 bytes; tables are shared), but the hot path
// should hold a reference. Means and values are in whatever unit the caller used. Parameters out of range are
// broken promises of the caller (the model has been checked), and stop the program.
class Sampler {
public:
    Sampler() = default;  // the constant 0

    static Sampler constant(double value);
    static Sampler exponential(double mean);           // mean >= 0
    static Sampler erlang(double mean, int phases);    // mean >= 0, phases >= 1
    static Sampler gamma(double mean, double cv);      // mean >= 0, 0 <= cv <= 100; cv 0 is the constant
    static Sampler lognormal(double mean, double cv);  // as gamma
    static Sampler weibull(double mean, double cv);    // as gamma; the shape is solved from cv
    static Sampler hyperexponential(double mean, double cv);  // two phases of balanced means, cv >= 1
    static Sampler normal(double mean, double sd);            // not cut: may be negative
    static Sampler uniform(double low, double high);          // low <= high
    static Sampler triangular(double low, double mode, double high);
    static Sampler mixture(std::vector<MixturePart> parts);    // shares > 0, of any sum
    static Sampler empirical(std::span<const double> values);  // not empty; each as likely as the others

    [[nodiscard]] double draw(Draws& draws) const {
        if (kind_ == Kind::exponential) return mean_ * random::exponential(draws);
        if (kind_ == Kind::constant) return mean_;
        return draw_other(draws);
    }

    // The exact mean of what draw() gives.
    [[nodiscard]] double mean() const { return mean_; }

    // The exact standard deviation of what draw() gives.
    [[nodiscard]] double standard_deviation() const;

    // Always the same value, with no draw made.
    [[nodiscard]] bool is_constant() const { return kind_ == Kind::constant; }

private:
    enum class Kind : std::uint8_t {
        constant,
        exponential,
        erlang,
        gamma,
        gamma_below_one,
        lognormal,
        weibull,
        hyperexponential,
        normal,
        uniform,
        triangular,
        mixture,
        empirical
    };

    struct Table;

    Sampler(Kind kind, double mean) : kind_{kind}, mean_{mean} {}

    [[nodiscard]] double draw_other(Draws& draws) const;
    [[nodiscard]] double draw_from_table(Draws& draws) const;

    Kind kind_ = Kind::constant;
    std::int32_t phases_ = 1;
    double mean_ = 0;
    double a_ = 0;  // what a_, b_, c_ hold depends on the kind; each factory says it
    double b_ = 0;
    double c_ = 0;
    std::shared_ptr<const Table> table_;
};

struct MixturePart {
    double share = 0;
    Sampler sampler;
};

}  // namespace balcao::random
