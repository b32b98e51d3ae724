#include "office/in_the_way.hpp"

#include <algorithm>

#include "model/serving.hpp"

namespace balcao::office {
namespace {

class Counting {
public:
    Counting(const Hall& hall, const Layout* after) : site_{hall.layout().site().key}, after_{after} {}

    void take(const Visit& visit) {
        const bool waits =
            std::holds_alternative<Waiting>(visit.state) || std::holds_alternative<Parked>(visit.state);
        const DeskId* desk = desk_of(visit.state);
        if ((!waits && desk == nullptr) || visit.leg >= visit.legs.size()) return;
        if (after_ == nullptr) return count({.what = Lost::site, .site = site_}, desk != nullptr);
        std::vector<InTheWay> lost;  // each counts a person once
        for (std::size_t leg = visit.leg; leg < visit.legs.size(); ++leg)
            add_lost(lost, visit, visit.legs[leg]);
        if (desk != nullptr) add_desks(lost, *desk);
        for (const auto& one : lost)
            count(one, desk != nullptr);
    }

    [[nodiscard]] std::vector<InTheWay> found() && { return std::move(found_); }

private:
    static void add(std::vector<InTheWay>& lost, InTheWay one) {
        if (std::ranges::find(lost, one) == lost.end()) lost.push_back(std::move(one));
    }

    void add_lost(std::vector<InTheWay>& lost, const Visit& visit, const Leg& leg) const {
        if (leg.only) add_desks(lost, *leg.only);
        if (!after_->queue_of(leg, visit))
            add(lost, {.what = Lost::service, .site = site_, .service = leg.service});
    }

    void add_desks(std::vector<InTheWay>& lost, const DeskId& desk) const {
        if (model::find_desk(after_->site(), desk.group) == nullptr)
            add(lost, {.what = Lost::desks, .site = site_, .desks = desk.group});
    }

    void count(const InTheWay& lost, bool is_served) {
        auto place = std::ranges::find_if(found_, [&](const InTheWay& one) {
            return one.what == lost.what && one.service == lost.service && one.desks == lost.desks;
        });
        if (place == found_.end()) place = found_.insert(place, lost);
        ++(is_served ? place->served : place->waiting);
    }

    const model::SiteKey site_;
    const Layout* after_;
    std::vector<InTheWay> found_;
};

}  // namespace

std::vector<InTheWay> in_the_way(const Hall& hall, const Layout* after) {
    if (hall.has_ended()) return {};
    Counting counting{hall, after};
    for (const Visit& visit : hall.visits())
        counting.take(visit);
    return std::move(counting).found();
}

}  // namespace balcao::office
