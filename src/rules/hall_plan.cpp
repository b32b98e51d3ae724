#include "rules/hall_plan.hpp"

#include <algorithm>
#include <numeric>

namespace balcao::rules {

namespace {

using model::Criterion;

bool is_fixed(Criterion criterion) {
    return criterion == Criterion::priority || criterion == Criterion::shortest_mean;
}

bool is_time(Criterion criterion) {
    return criterion == Criterion::arrival || criterion == Criterion::leg_arrival ||
           criterion == Criterion::last_arrival;
}

// -1, 0 or 1 as a goes before, with or after b by one fixed criterion.
int compare_fixed(Criterion criterion, const QueueTraits& a, const QueueTraits& b) {
    const auto sign = [](auto x, auto y) { return x < y ? -1 : x > y ? 1 : 0; };
    return criterion == Criterion::priority ? sign(a.priority, b.priority)
                                            : sign(a.expected_minutes, b.expected_minutes);
}

void rank_queues(HallPlan& plan, std::vector<QueueTraits> queues, const std::vector<Criterion>& fixed) {
    std::vector<QueueIndex> order(queues.size());
    std::iota(order.begin(), order.end(), QueueIndex{0});
    const auto compare = [&](QueueIndex a, QueueIndex b) {
        for (const auto criterion : fixed)
            if (const int sign = compare_fixed(criterion, queues[a], queues[b]); sign != 0) return sign;
        return 0;
    };
    std::ranges::stable_sort(order, [&](QueueIndex a, QueueIndex b) { return compare(a, b) < 0; });

    plan.place_of.resize(queues.size());
    std::uint32_t rank = 0;
    for (std::size_t place = 0; place < order.size(); ++place) {
        if (place > 0 && compare(order[place - 1], order[place]) != 0) ++rank;
        plan.place_of[order[place]] = static_cast<QueueIndex>(place);
        plan.queues.push_back(queues[order[place]]);
        plan.static_rank.push_back(rank);
    }
    plan.same_rank.resize(queues.size());
    for (std::size_t a = 0; a < queues.size(); ++a)
        for (std::size_t b = 0; b < queues.size(); ++b)
            if (plan.static_rank[a] == plan.static_rank[b])
                plan.same_rank[a].insert(static_cast<QueueIndex>(b));
}

}  // namespace

Result<HallPlan> make_hall_plan(std::vector<QueueTraits> queues,
                                const std::vector<std::vector<QueueIndex>>& serves,
                                const model::QueueOrder& order) {
    if (queues.size() > QueueSet::queues_max)
        return Error{Errc::invalid, "one site can hold at most 512 queues; split the site or merge services"};
    if (serves.size() > HallPlan::groups_max)
        return Error{Errc::invalid,
                     "one site can hold at most 64 desk groups; merge groups that serve alike"};

    HallPlan plan;
    const auto first_changing = std::ranges::find_if_not(order.criteria, is_fixed);
    const std::vector<Criterion> fixed(order.criteria.begin(), first_changing);
    plan.criteria.assign(first_changing, order.criteria.end());
    const auto time = std::ranges::find_if(order.criteria, is_time);
    plan.order_within = time != order.criteria.end() ? *time : Criterion::arrival;
    for (const auto& queue : queues)
        plan.services = std::max<std::size_t>(plan.services, queue.service + std::size_t{1});
    plan.words = std::max<std::size_t>(1, (queues.size() + 63) / 64);

    const std::size_t count = queues.size();
    rank_queues(plan, std::move(queues), fixed);
    plan.serves.resize(serves.size());
    plan.served_by.assign(count, 0);
    for (std::size_t group = 0; group < serves.size(); ++group) {
        for (const auto queue : serves[group]) {
            plan.serves[group].insert(plan.place_of[queue]);
            plan.served_by[plan.place_of[queue]] |= std::uint64_t{1} << group;
        }
    }
    return plan;
}

}  // namespace balcao::rules
