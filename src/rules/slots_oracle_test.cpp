// Free slots beside an oracle that steps through the world minute by minute of UTC and asks at each what the
// clocks show, whether the window is open and who is there. It shares no code with the rule but the model's
// values and the zone.
#include <algorithm>
#include <map>
#include <rapidcheck.h>
#include <set>

#include <doctest/doctest.h>

#include "rules/slots_building_test.hpp"

using namespace balcao;
using namespace balcao::rules;
using namespace std::chrono_literals;
using model::ServiceKey;

namespace {

template <class T>
T among(std::vector<T> values) {
    return *rc::gen::elementOf(values);
}

int between(int low, int high) { return *rc::gen::inRange(low, high + 1); }

class Oracle {
public:
    Oracle(const Fixture& shop, Date first, Date last)
        : shop_{shop},
          window_{shop.model.sites.front().appointments.windows.front()},
          first_{first},
          last_{last} {}

    // Every start, with the number of places left.
    std::map<balcao::Instant, int> starts() const {
        std::map<balcao::Instant, int> found;
        const auto begin = balcao::Instant{first_.time_since_epoch()} - 24h;
        const auto end = balcao::Instant{last_.time_since_epoch()} + 48h;
        for (auto at = begin; at < end; at += 1min)
            if (const int left = left_at(at); left > 0) found[at] = left;
        return found;
    }

private:
    [[nodiscard]] int minutes_needed() const {
        int minutes = 0;
        for (const ServiceKey& service : shop_.asked.services) {
            int length = static_cast<int>(window_.slot / 1min);
            for (const auto& offered : window_.services)
                if (offered.service == service && offered.length)
                    length = static_cast<int>(*offered.length / 1min);
            minutes += length;
        }
        const int slot = static_cast<int>(window_.slot / 1min);
        int slots = 0;
        while (slots * slot < minutes)
            ++slots;
        return std::min(slots, 25) * slot;
    }

    // The window comes on that date, counted by hand: week by week, day by day of the month.
    [[nodiscard]] bool comes_on(Date date) const {
        if (!window_.days.has(weekday_index(date))) return false;
        if (window_.from && date < *window_.from) return false;
        if (window_.until && date > *window_.until) return false;
        if (window_.every_weeks > 1) {
            Date week = *window_.from;
            while (weekday_index(week) != 0)
                week -= std::chrono::days{1};
            while (week + std::chrono::days{7} <= date)
                week += std::chrono::days{7 * window_.every_weeks};
            if (week > date) return false;
        }
        if (window_.weeks_of_month.empty()) return true;
        const auto month = std::chrono::year_month_day{date}.month();
        std::vector<Date> same;
        for (Date day = date - std::chrono::days{35}; day <= date + std::chrono::days{35};
             day += std::chrono::days{7})
            if (std::chrono::year_month_day{day}.month() == month) same.push_back(day);
        return std::any_of(window_.weeks_of_month.begin(), window_.weeks_of_month.end(), [&](int week) {
            return week == 5 ? same.back() == date : same[static_cast<std::size_t>(week - 1)] == date;
        });
    }

    [[nodiscard]] bool is_holiday(Date date) const {
        const auto& country = shop_.model.sites.front().open.holidays;
        const auto year = static_cast<int>(std::chrono::year_month_day{date}.year());
        for (const Date day : public_holidays(country, year))
            if (day == date) return true;
        return false;
    }

    static bool has(const std::vector<TimeRange>& ranges, int minute) {
        return std::any_of(ranges.begin(), ranges.end(), [&](TimeRange range) {
            return range.begin_minute <= minute && minute < range.end_minute;
        });
    }

    // Whether the window is open in the minute that begins then.
    [[nodiscard]] bool is_open(balcao::Instant at) const {
        const auto civil = shop_.zone.at(at);
        const int minute = static_cast<int>(civil.since_midnight / 1min);
        const auto& open = shop_.model.sites.front().open;
        if (std::find(open.closed.begin(), open.closed.end(), civil.date) != open.closed.end()) return false;
        if (!comes_on(civil.date) || !has(window_.hours, minute)) return false;
        if (window_.from && window_.until && *window_.from == *window_.until) return true;
        if (is_holiday(civil.date)) return false;
        return open.always ||
               (open.weekly[0].first.has(weekday_index(civil.date)) && has(open.weekly[0].second, minute));
    }

    [[nodiscard]] bool can_be_booked(balcao::Instant at) const {
        const auto now = shop_.zone.at(shop_.asked.now);
        const auto ahead = (shop_.zone.at(at).date - now.date).count();
        if (at < shop_.asked.now || ahead > window_.last_day_ahead) return false;
        if (shop_.asked.who == Who::staff) return true;
        if (ahead < window_.first_day_ahead) return false;
        return ahead < window_.last_day_ahead ||
               now.since_midnight >= std::chrono::minutes{window_.hours.front().begin_minute};
    }

    // Places left in that minute.
    [[nodiscard]] int places_at(balcao::Instant at) const {
        int all = window_.places.value_or(std::get<int>(shop_.model.sites.front().desks.front().count));
        int of_public = window_.for_public.value_or(1'000'000);
        const bool is_public = shop_.asked.who == Who::citizen;
        for (const Booking& booking : shop_.bookings) {
            if (booking.window != 0 || booking.number == shop_.asked.instead_of) continue;
            if (at < booking.start || at >= booking.start + std::chrono::minutes{booking.minutes}) continue;
            if (booking.standing != Standing::confirmed && booking.until <= shop_.asked.now) continue;
            if (booking.standing == Standing::blocked && !is_public) continue;
            all -= 1;
            of_public -= booking.who == Who::citizen ? 1 : 0;
        }
        return is_public ? std::min(all, of_public) : all;
    }

    [[nodiscard]] int left_at(balcao::Instant at) const {
        const auto civil = shop_.zone.at(at);
        if (civil.date < first_ || civil.date > last_ || !is_open(at) || !can_be_booked(at)) return 0;
        const int minute = static_cast<int>(civil.since_midnight / 1min);
        const auto on_grid = [&](TimeRange range) {
            return range.begin_minute <= minute && minute < range.end_minute &&
                   (minute - range.begin_minute) % (window_.slot / 1min) == 0;
        };
        if (std::none_of(window_.hours.begin(), window_.hours.end(), on_grid)) return 0;
        int left = 1'000'000;
        const int needed = minutes_needed();
        if (needed > window_.slots_at_most * (window_.slot / 1min)) return 0;
        for (int i = 0; i < needed; ++i) {
            const auto during = at + std::chrono::minutes{i};
            if (shop_.zone.at(during).date != civil.date || !is_open(during)) return 0;
            left = std::min(left, places_at(during));
        }
        return left;
    }

    const Fixture& shop_;
    const model::AppointmentWindow& window_;
    Date first_;
    Date last_;
};

void draw_window(Fixture& shop, Date around) {
    auto& window = shop.window();
    const int slot = among(std::vector{5, 10, 15, 20, 20, 30, 45, 60});
    window.slot = 1min * slot;
    window.hours.clear();
    int minute = among(std::vector{0, 0, 15, 30, 60, 90, 480, 541});
    for (int i = between(1, 2); i > 0 && minute + slot <= 1440; --i) {
        const int slots = between(1, std::min(240 / slot + 1, (1440 - minute) / slot));
        window.hours.push_back({minute, minute + slots * slot});
        minute += slots * slot + among(std::vector{0, 20, 60});
    }
    window.days = {static_cast<std::uint8_t>(among(std::vector{0x7F, 0x7F, 0x7F, between(1, 127)}))};
    window.places = among(std::vector{0, 1, 2, 2, 3, 3});
    if (between(0, 2) == 0) window.for_public = between(0, *window.places);
    if (between(0, 5) == 0) window.places.reset();  // as many as there are desks
    window.services = {{ServiceKey{"identity"}},
                       {ServiceKey{"works"}, 1min * among(std::vector{3, 10, 20, 40, 90})}};
    window.slots_at_most = among(std::vector{1, 2, 25, 25, 25});
    window.first_day_ahead = among(std::vector{0, 0, 0, 0, 1, 2});
    window.last_day_ahead = among(std::vector{0, 1, 3, 60, 60, 60});
    const Date near = around + std::chrono::days{between(-20, 2)};
    switch (among(std::vector{0, 1, 2, 3, 3, 4, 4})) {
        case 0:
            window.from = near;
            window.every_weeks = between(1, 3);
            break;
        case 1:
            window.weeks_of_month = among(std::vector<std::vector<int>>{{1, 2, 3}, {2, 4}, {5}, {3, 4, 5}});
            break;
        case 2:
            window.from = window.until = around + std::chrono::days{between(-1, 1)};
            break;
        case 3:
            window.until = near + std::chrono::days{19};
            break;
        default:
            break;  // for ever
    }
}

void draw_site(Fixture& shop, Date around) {
    auto& open = shop.site().open;
    if (*rc::gen::arbitrary<bool>()) {
        open = {};
        open.always = true;
        return;
    }
    const int begin = among(std::vector{0, 0, 30, 60, 75, 480});
    const int end = begin + among(std::vector{45, 58, 60, 98, 100, 200, 600});
    open.weekly = {{{static_cast<std::uint8_t>(among(std::vector{0x7F, 0x7F, between(1, 127)}))},
                    {TimeRange{begin, end}, TimeRange{end, end + among(std::vector{1, 30, 300})}}}};
    if (*rc::gen::arbitrary<bool>()) open.holidays = "PT";
    if (between(0, 3) == 0) open.closed = {around};
}

void draw_bookings(Fixture& shop, Date around) {
    const auto midnight = shop.zone.midnight(around);
    for (int i = between(0, 12); i > 0; --i) {
        Booking booking;
        booking.number = static_cast<std::uint64_t>(i);
        booking.start = midnight + 1min * between(-120, 800);
        booking.minutes = among(std::vector{1, 5, 10, 20, 30, 45, 60, 150});
        booking.window = among(std::vector<WindowIndex>{0, 0, 0, 1, no_window});
        booking.standing = among(std::vector{Standing::confirmed, Standing::held, Standing::blocked});
        booking.who = among(std::vector{Who::citizen, Who::staff});
        booking.until = shop.asked.now + 1min * between(-2, 2);
        shop.bookings.push_back(booking);
    }
    std::stable_sort(shop.bookings.begin(), shop.bookings.end(),
                     [](const Booking& a, const Booking& b) { return a.start < b.start; });
}

// A day on which the clocks change, a holiday, or any.
Date draw_day() {
    const Date day = date_of(among(std::vector{"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31",
                                               "2026-12-25", "2026-02-28", "2026-07-15"}));
    return day + std::chrono::days{among(std::vector{0, 0, 0, -1, 1})};
}

Fixture draw_shop(Date around) {
    Fixture shop;
    shop.zone = *Zone::find(among(std::vector{"Europe/Lisbon", "Atlantic/Azores"}));
    draw_site(shop, around);
    draw_window(shop, around);
    shop.asked.who = among(std::vector{Who::citizen, Who::staff});
    shop.asked.services.assign(static_cast<std::size_t>(between(1, 3)),
                               ServiceKey{among(std::vector{"identity", "works"})});
    shop.asked.now = shop.zone.midnight(around) +
                     1min * among(std::vector{-3000, -3000, -1500, -1500, -600, -60, 0, 45, 90, 610});
    shop.asked.instead_of = static_cast<std::uint64_t>(between(0, 3));
    draw_bookings(shop, around);
    return shop;
}

}  // namespace

TEST_CASE("every start that is offered is free minute by minute, and every other is not") {
    std::size_t offered = 0;
    std::size_t with_change = 0;  // on days of clock change
    const auto compare = [&] {
        const Date around = draw_day();
        const Fixture shop = draw_shop(around);
        const Date first = around - std::chrono::days{1};
        const Date last = around + std::chrono::days{1};
        std::map<balcao::Instant, int> found;
        balcao::Instant before{};
        for (const FreeStart& start :
             free_starts(shop.plan(), LocalDays{shop.zone, first, last}, shop.bookings, shop.asked)) {
            RC_ASSERT(before == balcao::Instant{} || before < start.start);
            RC_ASSERT(start.offset_minutes == shop.zone.offset_minutes(start.start));
            before = start.start;
            found[start.start] = start.left;
            const auto midnight = shop.zone.midnight(shop.zone.at(start.start).date);
            with_change +=
                shop.zone.offset_minutes(midnight - 2h) != shop.zone.offset_minutes(midnight + 26h);
        }
        offered += found.size();
        RC_ASSERT((found == Oracle{shop, first, last}.starts()));
    };
    std::size_t checks = 0;
    CHECK(rc::check([&] {
        ++checks;
        for (int i = 0; i < 25; ++i)  // drawn anew each time; a check by itself makes a hundred draws
            compare();
    }));
    CHECK(offered > 20 * checks);
    CHECK(with_change > 4 * checks);
}

TEST_CASE("what may be booked is what is free, minute by minute, and a refusal names what is free next") {
    std::size_t taken = 0;
    const auto compare = [&taken] {
        const Date around = draw_day();
        const Fixture shop = draw_shop(around);
        const SlotPlan plan = shop.plan();
        const LocalDays days{shop.zone, around, around + std::chrono::days{1}};
        const auto free = free_starts(plan, days, shop.bookings, shop.asked);
        taken += free.size();
        std::set<balcao::Instant> starts;
        for (const FreeStart& one : free)
            starts.insert(one.start);
        for (auto at = shop.zone.midnight(around); at < shop.zone.midnight(around) + 25h; at += 5min) {
            const auto decision = may_book(plan, days, shop.bookings, shop.asked, {at, no_window, {}});
            RC_ASSERT(decision.refusal.has_value() == !starts.contains(at));
            if (!decision.refusal) continue;
            const auto after = starts.lower_bound(at);
            const auto next = after != starts.end() ? after : starts.begin();
            RC_ASSERT(decision.next.has_value() == (next != starts.end()));
            if (decision.next) RC_ASSERT(decision.next->start == *next);
        }
    };
    std::size_t checks = 0;
    CHECK(rc::check([&] {
        ++checks;
        for (int i = 0; i < 5; ++i)
            compare();
    }));
    CHECK(taken > 2 * checks);
}

TEST_CASE("bookings made one after the other, each where it is free, are never in conflict") {
    CHECK(rc::check([] {
        const Date around = draw_day();
        Fixture shop = draw_shop(around);
        shop.bookings.clear();
        shop.asked.instead_of = 0;
        const SlotPlan plan = shop.plan();
        const LocalDays days{shop.zone, around, around + std::chrono::days{1}};
        for (std::uint64_t number = 1; number < 60; ++number) {
            const auto free = free_starts(plan, days, shop.bookings, shop.asked);
            if (free.empty()) break;
            const FreeStart& chosen = free[*rc::gen::inRange<std::size_t>(0, free.size())];
            Booking booking;
            booking.number = number;
            booking.start = chosen.start;
            booking.minutes = chosen.minutes;
            booking.window = chosen.window;
            booking.who = shop.asked.who;
            const auto place =
                std::upper_bound(shop.bookings.begin(), shop.bookings.end(), booking,
                                 [](const Booking& a, const Booking& b) { return a.start < b.start; });
            shop.bookings.insert(place, booking);
        }
        RC_ASSERT(conflicts(plan, days, shop.bookings, shop.asked.now).empty());
    }));
}
