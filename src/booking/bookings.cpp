#include "booking/bookings.hpp"

#include "booking/draft.hpp"

namespace balcao::booking {
namespace {

using Plans = std::vector<std::pair<model::SiteKey, rules::SlotPlan>>;

Result<Plans> plans_of(const model::Model& model) {
    Plans plans;
    for (const auto& site : model.sites) {
        BALCAO_TRY(auto plan, rules::make_slot_plan(model, site));
        plans.emplace_back(site.key, std::move(plan));
    }
    return plans;
}

constexpr std::chrono::days kept_days{2};  // in memory, after they are over

}  // namespace

Bookings::Bookings(journal::Store& store,
                   const Clock& clock,
                   const crypto::SecretKey& installation,
                   const Zone& zone,
                   Settings settings)
    : store_{store},
      clock_{clock},
      persons_{store, installation},
      zone_{zone},
      settings_{std::move(settings)},
      links_{installation} {}

Result<std::unique_ptr<Bookings>> Bookings::open(journal::Store& store,
                                                 const Clock& clock,
                                                 const crypto::SecretKey& installation,
                                                 const model::Model& model,
                                                 Settings settings) {
    BALCAO_TRY(const auto zone, Zone::find(model.time_zone));
    std::unique_ptr<Bookings> bookings{new Bookings{store, clock, installation, zone, std::move(settings)}};
    if (auto adopted = bookings->adopt(model); !adopted) return adopted.error();
    return bookings;
}

Result<void> Bookings::adopt(const model::Model& model) {
    if (model.time_zone != zone_.name())
        return Error{Errc::invalid, "The time zone of a city with bookings cannot change.", "time_zone"};
    BALCAO_TRY(auto plans, plans_of(model));
    const std::lock_guard lock{sites_mutex_};
    for (const auto& [site, calendar] : sites_)
        if (model.find(site) == nullptr) calendar->offer({});
    for (auto& [site, plan] : plans) {
        auto& there = sites_[site];
        if (there)
            there->offer(std::move(plan));
        else
            there = std::make_unique<Calendar>(site, std::move(plan), zone_);
    }
    return {};
}

Result<void> Bookings::can_offer(const model::Model& model) {
    if (const auto plans = plans_of(model); !plans) return plans.error();
    return {};
}

std::vector<model::SiteKey> Bookings::sites() const {
    const std::shared_lock lock{sites_mutex_};
    std::vector<model::SiteKey> all;
    for (const auto& [site, there] : sites_)
        all.push_back(site);
    return all;
}

Calendar* Bookings::calendar(const model::SiteKey& site) const {
    const std::shared_lock lock{sites_mutex_};
    const auto found = sites_.find(site);
    return found == sites_.end() ? nullptr : found->second.get();
}

std::vector<Calendar*> Bookings::calendars() const {
    const std::shared_lock lock{sites_mutex_};
    std::vector<Calendar*> all;
    for (const auto& [site, there] : sites_)
        all.push_back(there.get());
    return all;
}

Result<std::size_t> Bookings::catch_up(std::size_t limit) {
    const std::lock_guard lock{following_};
    BALCAO_TRY(const auto followed, store_.follow(cursor_, limit));
    for (const auto& event : followed.events) {
        const auto day = day_of_stream(event.stream);
        Calendar* there = day ? calendar(day->site) : nullptr;
        if (there == nullptr) continue;
        if (auto heard = there->hear(event, day->date); !heard) return heard.error();
    }
    cursor_ = followed.next;
    const Date today = zone_.at(clock_.now()).date;
    for (Calendar* there : calendars())
        there->forget_before(today - kept_days, readers_);
    return followed.events.size();
}

}  // namespace balcao::booking
