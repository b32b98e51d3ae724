#include "cases/from_plan.hpp"

#include <algorithm>

namespace balcao::cases {
namespace {

const Money* fee_of(const rules::Quote& quote, const model::ChannelKey& channel) {
    const Money* fee = quote.fee.find(channel);
    return fee != nullptr ? fee : quote.fee.find(model::ChannelKey{"counter"});
}

EffectClass class_of(model::EffectClass effect) {
    switch (effect) {
        case model::EffectClass::reversible:
            return EffectClass::reversible;
        case model::EffectClass::compensable:
            return EffectClass::compensable;
        case model::EffectClass::point_of_no_return:
            return EffectClass::point_of_no_return;
    }
    return EffectClass::point_of_no_return;
}

bool is_filed(const Planned& planned, const StepKey& step) {
    return std::ranges::any_of(planned.steps, [&](const StepWanted& one) { return one.step == step; });
}

}  // namespace

// A plan names each service after those that it waits for.
Planned steps_of(const model::Model& model,
                 const rules::LifePlan& plan,
                 const model::ChannelKey& channel,
                 const Zone& zone) {
    Planned planned;
    for (const auto& service : plan.services) {
        if (service.refused) continue;
        const model::Service* found = model.find(service.service);
        StepWanted step;
        step.step = StepKey{service.service.text()};
        step.service = service.service;
        for (const auto& before : service.waits_for)
            step.after.emplace_back(before.service.text());
        const bool is_possible =
            found != nullptr && found->entity && found->request &&
            std::ranges::all_of(step.after, [&](const StepKey& one) { return is_filed(planned, one); });
        if (!is_possible) {
            planned.elsewhere.push_back(service.service);
            continue;
        }
        step.entity = *found->entity;
        step.effect_class = class_of(found->request->effect);
        if (service.ends) step.term = zone.midnight(*service.ends + std::chrono::days{1});
        if (const Money* fee = fee_of(service.quote, channel)) step.fee = *fee;
        planned.steps.push_back(std::move(step));
    }
    return planned;
}

}  // namespace balcao::cases
