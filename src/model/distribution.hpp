#pragma once
// Distributions as a model names them: shapes and parameters, no drawing (that is `random`). Lengths of time
// are held in microseconds, so that "45 s" is exact; factors have no unit. Which of the two it is, the field
// that holds the distribution says.
#include <string>
#include <variant>
#include <vector>

namespace balcao::model {

struct Distribution;

struct Constant {
    double value = 0;
    friend bool operator==(const Constant&, const Constant&) = default;
};

struct Exponential {
    double mean = 0;
    friend bool operator==(const Exponential&, const Exponential&) = default;
};

// The sum of k exponential phases, k >= 1.
struct Erlang {
    double mean = 0;
    int k = 1;
    friend bool operator==(const Erlang&, const Erlang&) = default;
};

// cv is the coefficient of variation, sd / mean, > 0.
struct Gamma {
    double mean = 0;
    double cv = 1;
    friend bool operator==(const Gamma&, const Gamma&) = default;
};

struct Lognormal {
    double mean = 0;
    double cv = 1;
    friend bool operator==(const Lognormal&, const Lognormal&) = default;
};

struct Weibull {
    double mean = 0;
    double cv = 1;
    friend bool operator==(const Weibull&, const Weibull&) = default;
};

// Two exponential phases of equal load (balanced means), cv >= 1.
struct Hyperexponential {
    double mean = 0;
    double cv = 1;
    friend bool operator==(const Hyperexponential&, const Hyperexponential&) = default;
};

// Where a length of time cannot be negative, it is cut at zero (negative draws become zero).
struct Normal {
    double mean = 0;
    double sd = 0;
    friend bool operator==(const Normal&, const Normal&) = default;
};

struct Uniform {
    double low = 0;
    double high = 0;
    friend bool operator==(const Uniform&, const Uniform&) = default;
};

struct Triangular {
    double low = 0;
    double mode = 0;
    double high = 0;
    friend bool operator==(const Triangular&, const Triangular&) = default;
};

struct Branch;

// Shares add up to one.
struct Mixture {
    std::vector<Branch> branches;
    friend bool operator==(const Mixture&, const Mixture&);
};

// Draws one of the values, each as likely as the others. `file` is as the model names it.
struct Empirical {
    std::string file;
    std::vector<double> values;
    friend bool operator==(const Empirical&, const Empirical&) = default;
};

struct Distribution {
    std::variant<Constant,
                 Exponential,
                 Erlang,
                 Gamma,
                 Lognormal,
                 Weibull,
                 Hyperexponential,
                 Normal,
                 Uniform,
                 Triangular,
                 Mixture,
                 Empirical>
        shape;
    friend bool operator==(const Distribution&, const Distribution&) = default;
};

struct Branch {
    double share = 0;
    Distribution distribution;
    friend bool operator==(const Branch&, const Branch&) = default;
};

inline bool operator==(const Mixture& a, const Mixture& b) { return a.branches == b.branches; }

// The mean, in the unit of the parameters (Normal: of the uncut distribution).
double mean_of(const Distribution& distribution);

}  // namespace balcao::model
