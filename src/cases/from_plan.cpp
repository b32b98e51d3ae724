#include "cases/from_plan.hpp"

namespace balcao::cases {

Planned steps_of(const model::Model& model,
                 const rules::LifePlan& plan,
                 const model::ChannelKey& channel,
                 const Zone& zone) {
    Planned planned;
    for (const auto& service : plan.services) {
        if (service.refused) continue;
        const model::Service* found = model.find(service.service);
        if (found == nullptr || !found->entity) {
            planned.no_entity.push_back(service.service);
            continue;
        }
        StepWanted step;
        step.step = StepKey{service.service.text()};
        step.entity = *found->entity;
        step.service = service.service;
        for (const auto& before : service.waits_for)
            step.after.emplace_back(before.service.text());
        if (service.ends) step.term = zone.midnight(*service.ends + std::chrono::days{1});
        if (const Money* fee = service.quote.fee.find(channel)) step.fee = *fee;
        planned.steps.push_back(std::move(step));
    }
    return planned;
}

}  // namespace balcao::cases
