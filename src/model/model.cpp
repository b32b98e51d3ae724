#include "model/model.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <variant>

namespace balcao::model {
namespace {

template <class Things, class K>
const typename Things::value_type* find_in(const Things& things, const K& key) {
    const auto found =
        std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.key == key; });
    return found == things.end() ? nullptr : &*found;
}

struct MeanOf {
    double operator()(const Constant& shape) const { return shape.value; }

    double operator()(const Uniform& shape) const { return (shape.low + shape.high) / 2; }

    double operator()(const Triangular& shape) const { return (shape.low + shape.mode + shape.high) / 3; }

    double operator()(const Mixture& shape) const {
        double mean = 0;
        for (const Branch& branch : shape.branches)
            mean += branch.share * mean_of(branch.distribution);
        return mean;
    }

    double operator()(const Empirical& shape) const {
        if (shape.values.empty()) return 0;
        return std::accumulate(shape.values.begin(), shape.values.end(), 0.0) /
               static_cast<double>(shape.values.size());
    }

    template <class Shape>
    double operator()(const Shape& shape) const {
        return shape.mean;
    }
};

}  // namespace

double mean_of(const Distribution& distribution) { return std::visit(MeanOf{}, distribution.shape); }

const DateHours* OpeningHours::find(Date date) const {
    const auto found = std::lower_bound(dates.begin(), dates.end(), date,
                                        [](const DateHours& one, Date wanted) { return one.date < wanted; });
    return found == dates.end() || found->date != date ? nullptr : &*found;
}

std::vector<TimeRange> OpeningHours::on(Date date) const {
    if (always) return {TimeRange{0, 1440}};
    if (const DateHours* said = find(date)) return said->hours;
    if (std::binary_search(closed.begin(), closed.end(), date)) return {};
    const int weekday = weekday_index(date);
    for (const auto& [days, ranges] : weekly) {
        if (!days.has(weekday)) continue;
        if (!holidays.empty()) {
            const auto year = static_cast<int>(std::chrono::year_month_day{date}.year());
            const auto free_days = public_holidays(holidays, year);
            if (std::find(free_days.begin(), free_days.end(), date) != free_days.end()) return {};
        }
        return ranges;
    }
    return {};
}

const Service* Model::find(const ServiceKey& wanted) const { return find_in(services, wanted); }

const Site* Model::find(const SiteKey& wanted) const { return find_in(sites, wanted); }

const Group* Model::find(const GroupKey& wanted) const { return find_in(people, wanted); }

const Entity* Model::find(const EntityKey& wanted) const { return find_in(entities, wanted); }

const LifeEvent* Model::find(const LifeEventKey& wanted) const { return find_in(life_events, wanted); }

const Document* Model::find(const DocumentKey& wanted) const { return find_in(documents, wanted); }

const Fact* Model::find(const FactKey& wanted) const { return find_in(facts, wanted); }

const Detail* Model::find(const DetailKey& wanted) const { return find_in(details, wanted); }

bool Model::is_steady_state() const {
    return std::any_of(sites.begin(), sites.end(), [](const Site& site) { return site.open.always; });
}

}  // namespace balcao::model
