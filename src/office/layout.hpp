#pragma once
// The hall of one site as its model draws it: which services it gives tickets for, which queues there are,
// which desks serve them. Made once per site and edition of the model; shared by every day's hall; never
// changed. The queues are for `rules`, so that the live hall and the simulated one choose by the same rule.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/result.hpp"
#include "model/model.hpp"
#include "office/visit.hpp"
#include "rules/hall_now.hpp"
#include "rules/hall_plan.hpp"

namespace balcao::office {

class Layouts;

// The number of a version of the model, in the order in which they came into force. A hall that names none
// follows the first.
using Edition = std::uint32_t;
inline constexpr Edition first_edition = 1;

class Layout {
public:
    // `layouts` are those among which `in_edition` looks. Error: invalid when the site has more queues or
    // desk groups than `rules` can hold.
    static Result<std::shared_ptr<const Layout>> of(std::shared_ptr<const model::Model> model,
                                                    const model::SiteKey& site,
                                                    Edition edition = first_edition,
                                                    std::weak_ptr<Layouts> layouts = {});

    [[nodiscard]] Edition edition() const { return edition_; }

    // The same site in another edition; null when that is not to be had.
    [[nodiscard]] std::shared_ptr<const Layout> in_edition(Edition edition) const;

    [[nodiscard]] const model::Site& site() const { return *site_; }

    [[nodiscard]] const model::Model& city() const { return *model_; }

    [[nodiscard]] const rules::HallPlan& plan() const { return plan_; }

    // Who stands in each queue of the plan, in its order.
    [[nodiscard]] const std::vector<rules::QueueName>& names() const { return names_; }

    // What a person can take a ticket for without an appointment, in the order of the model: each of its
    // steps has a desk for such people.
    [[nodiscard]] const std::vector<ServiceKey>& services() const { return services_; }

    [[nodiscard]] bool offers(const ServiceKey& service) const;

    // Somebody with an appointment for it can be served at this site.
    [[nodiscard]] bool offers_booked(const ServiceKey& service) const;

    // The service can become part of that visit.
    [[nodiscard]] bool offers_to(const Visit& visit, const ServiceKey& service) const;

    // The first leg of a service that is offered.
    [[nodiscard]] Leg first_leg(const ServiceKey& service) const;

    // The legs that may follow one that was served, besides leaving; `may_leave` says whether leaving is one.
    // Empty for a service without steps, and for a last step.
    struct Onward {
        std::vector<Leg> legs;
        bool may_leave = true;
    };

    [[nodiscard]] Onward after(const Leg& leg) const;

    // The queue of a leg; nothing when nobody at this site serves it.
    [[nodiscard]] std::optional<rules::QueueIndex> queue_of(const Leg& leg,
                                                            int rank,
                                                            Standing standing) const;

    // The number of a desk's group in the plan; nothing for a desk that the site does not have.
    [[nodiscard]] std::optional<rules::GroupIndex> group_of(const DeskId& desk) const;

    // The same for a leg of that visit: for who has an appointment that of booked people, where there is one.
    [[nodiscard]] std::optional<rules::QueueIndex> queue_of(const Leg& leg, const Visit& visit) const;

    // A desk of that group serves this leg for who comes without an appointment; or for that visit.
    [[nodiscard]] bool serves(rules::GroupIndex group, const Leg& leg) const;
    [[nodiscard]] bool serves(rules::GroupIndex group, const Leg& leg, const Visit& visit) const;

    // The most desks that the group ever has.
    [[nodiscard]] int desks_in(const DeskKey& group) const;

    // The priority number of who comes for a service without saying more: the largest of the model's demand
    // for it at this site, since those who go before are the exception; 0 where there is no such demand.
    [[nodiscard]] int rank_of(const ServiceKey& service) const;

private:
    using QueueName = std::tuple<ServiceKey, StepKey, int, Standing, bool>;  // true: with an appointment

    struct Entrance {
        Standing standing;
        bool is_booked;
    };

    Layout() = default;
    void add_queues(const model::Service& service);
    void add_queue(const model::Service& service, std::size_t leg, int rank, Entrance entrance);
    [[nodiscard]] int rank_of_booked(const ServiceKey& service) const;
    [[nodiscard]] bool is_served(const ServiceKey& service, bool is_booked) const;
    Result<void> finish();

    std::shared_ptr<const model::Model> model_;
    const model::Site* site_ = nullptr;
    Edition edition_ = first_edition;
    std::weak_ptr<Layouts> layouts_;
    std::vector<ServiceKey> services_;
    std::map<QueueName, rules::QueueIndex> queues_;
    std::vector<rules::QueueTraits> traits_;
    std::vector<std::vector<rules::QueueIndex>> serves_;
    rules::HallPlan plan_;
    std::vector<rules::QueueName> names_;
};

}  // namespace balcao::office
