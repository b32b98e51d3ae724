#pragma once
// What single observations say about a length of time: its distribution by maximum likelihood, and patience
// from waits that ended before it did, or from leaving that nobody saw. Used for logs of single tickets; it
// draws nothing and knows no log.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace balcao::plan {

enum class Shape : std::uint8_t { gamma, lognormal };

struct DurationFit {
    Shape shape = Shape::gamma;
    double mean = 0;  // in the unit of the observations
    double cv = 1;
    double aic = 0;  // Akaike's criterion, smaller is better
};

// ψ(x) for x > 0: recurrence to x >= 10, then the asymptotic series (Abramowitz and Stegun 6.3.18).
double digamma(double x);

// Maximum likelihood. Gamma: k from log k - ψ(k) = log x̄ - mean of log x, by Newton from Minka's (2002)
// start. Lognormal: mean and variance of logs. Values must be > 0; nothing for fewer than two, or when none
// differs.
std::optional<DurationFit> fit_gamma(std::span<const double> values);
std::optional<DurationFit> fit_lognormal(std::span<const double> values);
// The one of smaller AIC.
std::optional<DurationFit> fit_duration(std::span<const double> values);

// How a wait ended: by leaving (the event), by being called (patience was longer), or by leaving at a moment
// that nobody noted, somewhere before the wait's length.
enum class WaitEnd : std::uint8_t { left, called, left_before };

struct CensoredWait {
    double length = 0;
    WaitEnd end = WaitEnd::called;
};

struct SurvivalStep {
    double length = 0;
    double surviving = 1;             // share whose patience is longer
    std::optional<double> deviation;  // standard error by Greenwood's formula (1926); none with left_before
};

// Kaplan and Meier (1958): Π (1 - d/n) over the lengths at which somebody left; who is called at the same
// length counts as still there. With people who left at an unknown moment it is the self-consistent estimate
// of Turnbull (1974), of which Kaplan and Meier's is the case without them.
std::vector<SurvivalStep> survival_of(std::vector<CensoredWait> waits);

// Exponential patience by maximum likelihood, per unit of length. Where every moment of leaving is known:
// people who left / total length waited. Who left at an unknown moment before U adds 1 - exp(-rate·U) to the
// likelihood. Nothing when nobody waited.
std::optional<double> leaving_rate(std::span<const CensoredWait> waits);

}  // namespace balcao::plan
