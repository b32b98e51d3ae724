#include "auditor.hpp"

#include "base/check.hpp"
#include "booking/inspect.hpp"
#include "office/hall_event.hpp"
#include "town.hpp"

namespace balcao::rehearsal {
namespace {

rules::SlotPlan plan_of() {
    auto plan = rules::make_slot_plan(*town_model(), *town_model()->find(shop));
    BALCAO_CHECK(plan.has_value());
    return *std::move(plan);
}

}  // namespace

Auditor::Auditor(const journal::MemoryStore& disk, Tally& tally)
    : disk_{disk},
      tally_{tally},
      links_{installation_key()},
      plan_{plan_of()},
      zone_{*Zone::find(town_model()->time_zone)} {}

void Auditor::look() {
    for (;;) {
        auto followed = disk_.follow(cursor_, 1000);
        BALCAO_CHECK(followed.has_value());
        cursor_ = followed->next;
        if (followed->events.empty()) break;
        for (const auto& event : followed->events)
            see(event);
    }
    for (const auto& [stream, inspector] : inspectors_)
        for (const auto& fault : inspector.found())
            if (faults_seen_.insert(fault).second) find(fault);
}

void Auditor::see(const journal::Event& event) {
    if (event.stream.starts_with("book")) bookings_.push_back(event);
    if (!event.stream.starts_with("site/")) return;
    inspectors_[event.stream].see(event);
    halls_[event.stream].push_back(event);
    const auto decoded = office::decode(event);
    if (!decoded) return;
    if (std::holds_alternative<office::VisitCalled>(*decoded)) ++tally_.calls;
    const auto* begun = std::get_if<office::VisitBegun>(&*decoded);
    if (begun == nullptr) return;
    ++tally_.tickets;
    begun_[event.stream].insert(begun->number.value);
    if (begun->appointment == Instant{}) ++walk_ins_;
}

void Auditor::look_at_bookings() {
    const auto plan = [this](const model::SiteKey& site, Instant) { return site == shop ? &plan_ : nullptr; };
    for (const auto& fault : booking::inspect(bookings_, zone_, plan))
        if (faults_seen_.insert(fault).second) find(fault);
}

bool Auditor::has_begun(const front::TicketName& ticket) const {
    const auto found = begun_.find("site/" + ticket.site.text() + "/" + format_date(ticket.date));
    return found != begun_.end() && found->second.contains(ticket.number.value);
}

void Auditor::told_of_ticket(const std::string& key, const std::string& link) {
    const auto ticket = links_.read(link);
    if (!ticket) return find("somebody was given a ticket that is none: " + link);
    if (!has_begun(*ticket)) find("somebody was told of ticket " + link + ", which is not in the journal");
    if (const auto [known, is_new] = told_.emplace(key, link); !is_new && known->second != link)
        find("one press, two tickets: " + known->second + " and " + link);
    if (const auto [known, is_new] = told_to_.emplace(link, key); !is_new && known->second != key)
        find("two people have ticket " + link);
}

void Auditor::told_of_hold(const std::string& key, const std::string& link) {
    const auto answer = disk_.answer_to("booking/hold//form/" + key);
    if (!answer || !*answer)
        find("somebody was told that a place is kept, which is not in the journal: " + link);
    if (const auto [known, is_new] = held_.emplace(key, link); !is_new && known->second != link)
        find("one press, two places: " + known->second + " and " + link);
}

void Auditor::told_of_arrival(const std::string& link) {
    const auto ticket = links_.read(link);
    if (!ticket || !has_begun(*ticket))
        find("who came with an appointment was told of ticket " + link + ", which is not in the journal");
}

void Auditor::compare_tickets() {
    if (walk_ins_ != told_.size())
        find(std::to_string(walk_ins_) + " tickets were given, and " + std::to_string(told_.size()) +
             " were asked for by people who know of them");
}

}  // namespace balcao::rehearsal
