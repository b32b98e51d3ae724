#include "office/layout.hpp"

#include <algorithm>
#include <utility>

#include "model/distribution.hpp"
#include "model/serving.hpp"
#include "office/layouts.hpp"

namespace balcao::office {
namespace {

const model::ChannelKey counter{"counter"};

// Priority by law goes before every priority number of a model.
constexpr int rank_by_law = -1'000'000;

std::size_t place_of(const model::Model& model, const ServiceKey& key) {
    return static_cast<std::size_t>(model.find(key) - model.services.data());
}

const model::Step* find_step(const model::Service& service, const StepKey& key) {
    const auto found = std::ranges::find(service.steps, key, &model::Step::key);
    return found == service.steps.end() ? nullptr : &*found;
}

double minutes_of(const model::Service& service, const model::Step* step) {
    const auto& durations = step != nullptr ? step->duration : service.duration;
    const auto* duration = durations.find(counter);
    return duration == nullptr ? 0 : model::mean_of(*duration) / 60e6;
}

// What the site's model says of the order, with priority by law in front where the model does not name
// priorities.
model::QueueOrder order_of(const model::Site& site) {
    model::QueueOrder order = site.queue;
    if (std::ranges::find(order.criteria, model::Criterion::priority) == order.criteria.end())
        order.criteria.insert(order.criteria.begin(), model::Criterion::priority);
    return order;
}

bool names_priority(const model::Site& site) {
    return std::ranges::find(site.queue.criteria, model::Criterion::priority) != site.queue.criteria.end();
}

}  // namespace

Result<std::shared_ptr<const Layout>> Layout::of(std::shared_ptr<const model::Model> model,
                                                 const model::SiteKey& site,
                                                 Edition edition,
                                                 std::weak_ptr<Layouts> layouts) {
    const std::shared_ptr<Layout> layout{new Layout};
    layout->edition_ = edition;
    layout->layouts_ = std::move(layouts);
    layout->site_ = model->find(site);
    if (layout->site_ == nullptr)
        return Error{Errc::not_found, "the model has no site " + site.text(), "site"};
    layout->model_ = std::move(model);
    layout->serves_.resize(layout->site_->desks.size());
    // In the order of the demand, which is the order that breaks ties in the simulator too.
    for (const auto& demand : layout->model_->demand)
        if (demand.site == site) layout->add_queues(*layout->model_->find(demand.service));
    for (const auto& service : layout->model_->services) {
        if (!model::serves(*layout->site_, service, counter)) continue;
        layout->add_queues(service);
        if (layout->is_served(service.key, false)) layout->services_.push_back(service.key);
    }
    auto finished = layout->finish();
    if (!finished) return finished.error();
    return std::shared_ptr<const Layout>{layout};
}

std::shared_ptr<const Layout> Layout::in_edition(Edition edition) const {
    const auto layouts = layouts_.lock();
    if (layouts == nullptr) return nullptr;
    auto found = layouts->find(site_->key, edition);
    return found ? *std::move(found) : nullptr;
}

// Ordinary people of every priority number that the model's demand names, then priority by law; and who has
// an appointment.
void Layout::add_queues(const model::Service& service) {
    if (!model::serves(*site_, service, counter)) return;
    std::vector<int> ranks{rank_of(service.key)};
    for (const auto& demand : model_->demand)
        if (demand.service == service.key && demand.site == site_->key &&
            std::ranges::find(ranks, demand.priority) == ranks.end())
            ranks.push_back(demand.priority);
    const std::size_t legs = std::max<std::size_t>(1, service.steps.size());
    for (std::size_t leg = 0; leg < legs; ++leg) {
        for (const int rank : ranks)
            add_queue(service, leg, rank, {Standing::ordinary, false});
        add_queue(service, leg, ranks.front(), {Standing::priority, false});
        for (const Standing standing : {Standing::ordinary, Standing::priority})
            add_queue(service, leg, rank_of_booked(service.key), {standing, true});
    }
}

void Layout::add_queue(const model::Service& service, std::size_t leg, int rank, Entrance entrance) {
    const model::Step* step = service.steps.empty() ? nullptr : &service.steps[leg];
    const QueueName name{service.key, step != nullptr ? step->key : StepKey{}, rank, entrance.standing,
                         entrance.is_booked};
    std::vector<std::size_t> groups;
    const auto refuses = entrance.is_booked ? model::Takes::walk_in : model::Takes::booked;
    const auto desks = model::desks_by_step(*site_, service, counter);
    for (const auto* desk : desks[leg])
        if (desk->takes != refuses) groups.push_back(static_cast<std::size_t>(desk - site_->desks.data()));
    // Where nobody takes booked people they wait like all others.
    if (entrance.is_booked && groups.empty()) return;
    const auto number = static_cast<rules::QueueIndex>(traits_.size());
    if (!queues_.emplace(name, number).second) return;
    auto& traits = traits_.emplace_back();
    traits.is_booked = entrance.is_booked;
    traits.priority = names_priority(*site_) ? rank : 0;
    if (entrance.standing == Standing::priority) traits.priority = rank_by_law;
    traits.expected_minutes = minutes_of(service, step);
    traits.service = static_cast<std::uint16_t>(place_of(*model_, service.key));
    for (const auto& [key, weight] : site_->queue.weights)
        if (key == service.key) traits.weight = weight;
    for (const std::size_t group : groups)
        serves_[group].push_back(number);
}

Result<void> Layout::finish() {
    auto plan = rules::make_hall_plan(traits_, serves_, order_of(*site_));
    if (!plan) return plan.error();
    plan_ = *std::move(plan);
    names_.resize(plan_.queues.size());
    for (const auto& [name, number] : queues_) {
        const auto& [service, step, rank, standing, is_booked] = name;
        names_[plan_.place_of[number]] = {service, step, rank, standing == Standing::priority, is_booked};
    }
    return {};
}

bool Layout::offers(const ServiceKey& service) const {
    return std::ranges::find(services_, service) != services_.end();
}

bool Layout::offers_booked(const ServiceKey& service) const {
    return model_->find(service) != nullptr && is_served(service, true);
}

bool Layout::offers_to(const Visit& visit, const ServiceKey& service) const {
    return visit.appointment ? offers_booked(service) : offers(service);
}

// Every step has a desk for such people; for who has an appointment, one for the others does as well.
bool Layout::is_served(const ServiceKey& service, bool is_booked) const {
    const auto desks = model::desks_by_step(*site_, *model_->find(service), counter);
    return !desks.empty() && std::ranges::all_of(desks, [&](const auto& of_step) {
        return std::ranges::any_of(
            of_step, [&](const auto* desk) { return is_booked || desk->takes != model::Takes::booked; });
    });
}

Leg Layout::first_leg(const ServiceKey& service) const {
    const auto& steps = model_->find(service)->steps;
    return {service, steps.empty() ? StepKey{} : steps.front().key, std::nullopt};
}

Layout::Onward Layout::after(const Leg& leg) const {
    Onward onward;
    const auto* service = model_->find(leg.service);
    const model::Step* step = service == nullptr ? nullptr : find_step(*service, leg.step);
    if (step == nullptr) return onward;
    onward.may_leave = step->next.empty();
    for (const auto& next : step->next) {
        if (next.to)
            onward.legs.push_back({leg.service, *next.to, std::nullopt});
        else
            onward.may_leave = true;
    }
    return onward;
}

std::optional<rules::QueueIndex> Layout::queue_of(const Leg& leg, int rank, Standing standing) const {
    const auto* service = model_->find(leg.service);
    if (service == nullptr) return std::nullopt;
    if (standing == Standing::priority) rank = rank_of(leg.service);
    auto found = queues_.find({leg.service, leg.step, rank, standing, false});
    // A priority number that this service's demand does not know counts as the ordinary one.
    if (found == queues_.end())
        found = queues_.find({leg.service, leg.step, rank_of(leg.service), standing, false});
    if (found == queues_.end()) return std::nullopt;
    return plan_.place_of[found->second];
}

std::optional<rules::QueueIndex> Layout::queue_of(const Leg& leg, const Visit& visit) const {
    if (visit.appointment) {
        const auto found =
            queues_.find({leg.service, leg.step, rank_of_booked(leg.service), visit.standing, true});
        if (found != queues_.end()) return plan_.place_of[found->second];
    }
    return queue_of(leg, visit.rank, visit.standing);
}

std::optional<rules::GroupIndex> Layout::group_of(const DeskId& desk) const {
    for (std::size_t group = 0; group < site_->desks.size(); ++group)
        if (site_->desks[group].key == desk.group && desk.place <= desks_in(desk.group))
            return static_cast<rules::GroupIndex>(group);
    return std::nullopt;
}

bool Layout::serves(rules::GroupIndex group, const Leg& leg) const {
    const auto queue = queue_of(leg, rank_of(leg.service), Standing::ordinary);
    return queue && plan_.serves[group].has(*queue);
}

bool Layout::serves(rules::GroupIndex group, const Leg& leg, const Visit& visit) const {
    const auto queue = queue_of(leg, visit);
    return queue && plan_.serves[group].has(*queue);
}

int Layout::desks_in(const DeskKey& group) const {
    const auto* desk = model::find_desk(*site_, group);
    if (desk == nullptr) return 0;
    if (const auto* count = std::get_if<int>(&desk->count)) return *count;
    const auto* roster = std::get_if<model::Roster>(&desk->count);
    if (roster == nullptr) return 999;
    int most = 0;
    for (const auto& [days, hours] : roster->weekly)
        for (const auto& [range, count] : hours)
            most = std::max(most, count);
    return most;
}

int Layout::rank_of(const ServiceKey& service) const {
    std::optional<int> rank;
    // The number of ordinary people is the largest: those who go first are the exception.
    for (const auto& demand : model_->demand)
        if (demand.service == service && demand.site == site_->key)
            rank = std::max(rank.value_or(demand.priority), demand.priority);
    return rank.value_or(0);
}

// That of the model's bookings for it at this site.
int Layout::rank_of_booked(const ServiceKey& service) const {
    for (const auto& demand : model_->demand)
        if (demand.service == service && demand.site == site_->key && demand.bookings) return demand.priority;
    return rank_of(service);
}

}  // namespace balcao::office
