#pragma once
// One decision under way: what it can see of the days and people that it looks at, and what it wants written.
// Internal to `booking`. While it lives nothing of what it sees changes in this process.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "booking/calendar.hpp"
#include "journal/persons.hpp"

namespace balcao::booking {

class Draft {
public:
    using Calendars = std::map<model::SiteKey, const Calendar*>;

    Draft(const Calendars& calendars, std::map<std::string, Booker> bookers)
        : calendars_{calendars}, bookers_{std::move(bookers)} {
        for (const auto& [site, calendar] : calendars_)
            looks_.push_back(calendar->look());
    }

    // Never before what has happened already: another server's clock may be ahead, and what it saw lapse has
    // lapsed.
    void set_time(Instant clock, const std::vector<DayName>& days) {
        now_ = clock;
        for (const auto& name : days)
            now_ = std::max(now_, day(name).last);
        for (const auto& [mark, booker] : bookers_)
            now_ = std::max(now_, booker.last);
    }

    [[nodiscard]] Instant now() const { return now_; }

    [[nodiscard]] const Calendar& calendar(const model::SiteKey& site) const { return *calendars_.at(site); }

    [[nodiscard]] const Day& day(const DayName& name) const {
        const Day* found = calendar(name.site).day(name.date);
        BALCAO_CHECK(found != nullptr);
        return *found;
    }

    [[nodiscard]] const Booker& booker(const std::string& mark) const { return bookers_.at(mark); }

    void record(const DayName& name, const BookEvent& event) {
        journal::append(commit, stream_of(name), day(name).end, encode(event), now_);
    }

    void record(const std::string& mark, const BookerEvent& event) {
        journal::append(commit, stream_of_booker(mark), booker(mark).end, encode(event), now_);
    }

    // Destroys the key of somebody, unless it is nobody's.
    void forget(const PersonName& person) {
        if (!person.empty()) journal::Persons::erase(person.text(), commit);
    }

    journal::Commit commit;

private:
    const Calendars& calendars_;
    std::map<std::string, Booker> bookers_;
    std::vector<std::shared_lock<std::shared_mutex>> looks_;
    Instant now_{};
};

}  // namespace balcao::booking
