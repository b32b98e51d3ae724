#include <variant>

#include "sim/world_plan.hpp"

namespace balcao::sim {

namespace {

using random::Sampler;

struct ToSampler {
    Sampler operator()(const model::Constant& d) const { return Sampler::constant(d.value); }

    Sampler operator()(const model::Exponential& d) const { return Sampler::exponential(d.mean); }

    Sampler operator()(const model::Erlang& d) const { return Sampler::erlang(d.mean, d.k); }

    Sampler operator()(const model::Gamma& d) const { return Sampler::gamma(d.mean, d.cv); }

    Sampler operator()(const model::Lognormal& d) const { return Sampler::lognormal(d.mean, d.cv); }

    Sampler operator()(const model::Weibull& d) const { return Sampler::weibull(d.mean, d.cv); }

    Sampler operator()(const model::Hyperexponential& d) const {
        return Sampler::hyperexponential(d.mean, d.cv);
    }

    Sampler operator()(const model::Normal& d) const { return Sampler::normal(d.mean, d.sd); }

    Sampler operator()(const model::Uniform& d) const { return Sampler::uniform(d.low, d.high); }

    Sampler operator()(const model::Triangular& d) const {
        return Sampler::triangular(d.low, d.mode, d.high);
    }

    Sampler operator()(const model::Mixture& d) const {
        std::vector<random::MixturePart> parts;
        for (const auto& branch : d.branches)
            parts.push_back({branch.share, make_sampler(branch.distribution)});
        return Sampler::mixture(std::move(parts));
    }

    Sampler operator()(const model::Empirical& d) const { return Sampler::empirical(d.values); }
};

}  // namespace

random::Sampler make_sampler(const model::Distribution& distribution) {
    return std::visit(ToSampler{}, distribution.shape);
}

}  // namespace balcao::sim
