#include "rules/slots.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "rules/window_day.hpp"

namespace balcao::rules {
namespace {

bool starts_before(const Booking& a, const Booking& b) { return a.start < b.start; }

// The public holidays of all years that the days touch.
std::vector<Date> holidays_of(const SlotPlan& plan, const LocalDays& days) {
    std::vector<Date> found;
    if (plan.holidays.empty() || days.all().empty()) return found;
    const auto year_of = [](const LocalDay& day) {
        return static_cast<int>(std::chrono::year_month_day{day.date}.year());
    };
    for (int year = year_of(days.all().front()); year <= year_of(days.all().back()); ++year) {
        const auto of_year = public_holidays(plan.holidays, year);
        found.insert(found.end(), of_year.begin(), of_year.end());
    }
    return found;
}

bool is_among(const std::vector<Date>& dates, Date date) {
    return std::find(dates.begin(), dates.end(), date) != dates.end();
}

// The bookings of a site, in order of start, by the day they touch.
class Book {
public:
    explicit Book(std::span<const Booking> bookings) : bookings_{bookings} {
        BALCAO_CHECK(std::is_sorted(bookings.begin(), bookings.end(), starts_before));
        for (const Booking& booking : bookings)
            longest_ = std::max(longest_, booking.minutes);
    }

    // Those that may share a minute with the day.
    [[nodiscard]] std::span<const Booking> around(const LocalDay& day) const {
        if (day.count == 0) return {};
        const auto from = instant_of(day.parts.front().begin - longest_);
        const auto to = instant_of(day.parts[day.count - 1].end);
        const auto before = [](const Booking& booking, balcao::Instant at) { return booking.start < at; };
        const auto begin = std::lower_bound(bookings_.begin(), bookings_.end(), from, before);
        return {begin, std::lower_bound(begin, bookings_.end(), to, before)};
    }

private:
    std::span<const Booking> bookings_;
    int longest_ = 0;
};

// What one person asks of one window.
struct Need {
    WindowIndex window = no_window;
    int minutes = 0;  // whole slots
    bool is_too_long = false;
    std::uint64_t limited = 0;
};

// Nothing when the window does not have all of it by that channel.
std::optional<Need> need_of(const SlotPlan& plan, WindowIndex index, const Asked& asked) {
    const WindowPlan& window = plan.windows[index];
    if (window.slot_minutes <= 0 || asked.services.empty()) return std::nullopt;
    std::int64_t minutes = 0;
    for (const model::ServiceKey& wanted : asked.services) {
        const auto has_it = [&](const OfferedService& one) {
            return one.service == wanted &&
                   std::find(one.channels.begin(), one.channels.end(), asked.channel) != one.channels.end();
        };
        const auto found = std::find_if(window.services.begin(), window.services.end(), has_it);
        if (found == window.services.end()) return std::nullopt;
        minutes += found->minutes;
    }
    const auto whole_slots = (minutes + window.slot_minutes - 1) / window.slot_minutes;
    const auto slots =
        static_cast<int>(std::min<std::int64_t>(whole_slots, model::AppointmentWindow::slots_at_once));
    return Need{index, slots * window.slot_minutes, slots > window.window.slots_at_most,
                plan.limited_of(index, asked.services)};
}

class Offer {
public:
    Offer(const SlotPlan& plan, const LocalDays& days, std::span<const Booking> bookings, const Asked& asked)
        : plan_{plan},
          days_{days},
          asked_{asked},
          book_{bookings},
          holidays_{holidays_of(plan, days)},
          local_now_{days.zone().at(asked.now)} {
        for (std::size_t i = 0; i < plan.windows.size(); ++i)
            if (auto need = need_of(plan, static_cast<WindowIndex>(i), asked)) needs_.push_back(*need);
    }

    [[nodiscard]] const std::vector<Need>& needs() const { return needs_; }

    // Appends the free starts of one day, in order.
    void add_starts(const LocalDay& day, std::vector<FreeStart>& starts) {
        const auto first = static_cast<std::ptrdiff_t>(starts.size());
        for (const Need& need : needs_) {
            if (need.is_too_long || bounds(need, day.date) || !open(need, day)) continue;
            on_.each_start([&](Minute at, int offset) {
                if (instant_of(at) < asked_.now || !on_.is_open(at, at + need.minutes)) return;
                const int left = on_.left(at, at + need.minutes, asked_.who);
                if (left > 0) starts.push_back({instant_of(at), need.minutes, need.window, left, offset});
            });
        }
        if (needs_.size() > 1)
            std::sort(starts.begin() + first, starts.end(), [](const FreeStart& a, const FreeStart& b) {
                return a.start != b.start ? a.start < b.start : a.window < b.window;
            });
    }

    // What speaks against that start in that window; `found` is filled when nothing does.
    std::optional<Refusal> judge(const Need& need, balcao::Instant start, FreeStart& found) {
        const LocalDay* day = days_.find(days_.zone().at(start).date);
        if (day == nullptr || !open(need, *day)) return Refusal::no_such_slot;
        const int slot = plan_.windows[need.window].slot_minutes;
        const Minute wanted = minute_of(start);
        bool is_start = false;
        on_.each_start([&](Minute at, int offset) {
            if (instant_of(at) != start || !on_.is_open(at, at + slot)) return;
            is_start = true;
            found.offset_minutes = offset;
        });
        if (!is_start) return Refusal::no_such_slot;
        if (start < asked_.now) return Refusal::past;
        if (need.is_too_long) return Refusal::too_many_slots;
        if (const auto refusal = bounds(need, day->date)) return refusal;
        const Minute end = wanted + need.minutes;
        if (!on_.is_open(wanted, end)) return Refusal::does_not_fit;
        if (on_.left(wanted, wanted + slot, asked_.who) <= 0) return Refusal::full;
        const int left = on_.left(wanted, end, asked_.who);
        if (left <= 0) return Refusal::following_full;
        found = {start, need.minutes, need.window, left, found.offset_minutes};
        return std::nullopt;
    }

    // The first free start from an instant on; else the first at all.
    std::optional<FreeStart> next_from(balcao::Instant instant) {
        std::optional<FreeStart> earlier;
        std::vector<FreeStart> starts;
        for (const LocalDay& day : days_.all()) {
            const bool is_before = day.count > 0 && instant_of(day.parts[day.count - 1].end) <= instant;
            if (is_before && earlier) continue;
            starts.clear();
            add_starts(day, starts);
            for (const FreeStart& one : starts) {
                if (one.start >= instant) return one;
                if (!earlier) earlier = one;
            }
        }
        return earlier;
    }

private:
    // Whether that day can be booked now at all.
    [[nodiscard]] std::optional<Refusal> bounds(const Need& need, Date date) const {
        const auto& window = plan_.windows[need.window].window;
        const auto ahead = (date - local_now_.date).count();
        if (ahead < 0) return Refusal::past;
        if (ahead > window.last_day_ahead) return Refusal::not_yet_released;
        if (asked_.who == Who::staff) return std::nullopt;
        if (ahead < window.first_day_ahead) return Refusal::too_soon;
        const std::chrono::minutes opening{window.hours.empty() ? 0 : window.hours.front().begin_minute};
        if (ahead == window.last_day_ahead && local_now_.since_midnight < opening)
            return Refusal::not_yet_released;
        return std::nullopt;
    }

    bool open(const Need& need, const LocalDay& day) {
        if (!on_.open(plan_, need.window, day, is_among(holidays_, day.date), need.limited)) return false;
        for (const Booking& booking : book_.around(day))
            if (booking.window == need.window && takes_place(booking, asked_.now) &&
                (asked_.instead_of == 0 || booking.number != asked_.instead_of))
                on_.take(booking);
        return true;
    }

    const SlotPlan& plan_;
    const LocalDays& days_;
    const Asked& asked_;
    Book book_;
    std::vector<Date> holidays_;
    CivilTime local_now_;
    std::vector<Need> needs_;
    WindowDay on_;
};

// The limits of one person, the booking that would be moved left out.
std::optional<Refusal> person_refusal(const SlotPlan& plan,
                                      const Zone& zone,
                                      const Asked& asked,
                                      const Wish& wish) {
    int open = 0;
    int same_day = 0;
    const Date date = zone.at(wish.start).date;
    for (const OwnBooking& own : wish.own) {
        if (asked.instead_of != 0 && own.number == asked.instead_of) continue;
        open += own.start >= asked.now ? 1 : 0;
        same_day += own.is_here && zone.at(own.start).date == date ? 1 : 0;
    }
    const auto& limits = plan.limits;
    if (limits.open_per_person && open >= *limits.open_per_person) return Refusal::too_many_open;
    if (limits.per_person_and_day && same_day >= *limits.per_person_and_day)
        return Refusal::too_many_that_day;
    return std::nullopt;
}

struct Placed {
    const LocalDay* day = nullptr;
    WindowIndex window = no_window;
    std::size_t place = 0;
};

// The bookings on these days that still stand and are not over, day by day and window by window, in the order
// in which they were made.
std::vector<Placed> placed_bookings(const LocalDays& days,
                                    std::span<const Booking> bookings,
                                    balcao::Instant now) {
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < bookings.size(); ++i) {
        const Booking& booking = bookings[i];
        const bool is_over = booking.start + std::chrono::minutes{booking.minutes} <= now;
        if (is_over || booking.standing == Standing::blocked || !takes_place(booking, now)) continue;
        if (const LocalDay* day = days.find(days.zone().at(booking.start).date))
            placed.push_back({day, booking.window, i});
    }
    std::sort(placed.begin(), placed.end(), [&](const Placed& a, const Placed& b) {
        if (a.day != b.day) return a.day->date < b.day->date;
        if (a.window != b.window) return a.window < b.window;
        return bookings[a.place].number < bookings[b.place].number;
    });
    return placed;
}

// A calendar that is read from its begin to its end.
struct Reader {
    explicit Reader(const std::vector<FreeStart>& of) : starts{&of} {}

    const std::vector<FreeStart>* starts;
    std::size_t place = 0;

    [[nodiscard]] std::optional<balcao::Instant> time() const {
        return place < starts->size() ? std::optional{(*starts)[place].start} : std::nullopt;
    }

    [[nodiscard]] bool has(balcao::Instant wanted) const { return time() == wanted; }

    void pass(balcao::Instant passed) {
        while (has(passed))
            ++place;
    }
};

std::optional<balcao::Instant> earliest_of(const std::vector<Reader>& readers) {
    std::optional<balcao::Instant> earliest;
    for (const Reader& reader : readers)
        if (const auto time = reader.time(); time && (!earliest || *time < *earliest)) earliest = time;
    return earliest;
}

}  // namespace

std::vector<FreeStart> free_starts(const SlotPlan& plan,
                                   const LocalDays& days,
                                   std::span<const Booking> bookings,
                                   const Asked& asked) {
    Offer offer{plan, days, bookings, asked};
    std::vector<FreeStart> starts;
    for (const LocalDay& day : days.all())
        offer.add_starts(day, starts);
    return starts;
}

BookingDecision may_book(const SlotPlan& plan,
                         const LocalDays& days,
                         std::span<const Booking> bookings,
                         const Asked& asked,
                         const Wish& wish) {
    Offer offer{plan, days, bookings, asked};
    BookingDecision decision;
    decision.refusal = Refusal::not_offered;
    if (offer.needs().empty()) return decision;
    decision.refusal =
        asked.who == Who::citizen ? person_refusal(plan, days.zone(), asked, wish) : std::nullopt;
    if (decision.refusal) return decision;
    decision.refusal = Refusal::not_offered;
    for (const Need& need : offer.needs()) {
        if (wish.window != no_window && wish.window != need.window) continue;
        FreeStart found;
        const auto refusal = offer.judge(need, wish.start, found);
        if (!refusal) return {std::nullopt, found, std::nullopt};
        decision.refusal = std::max(*decision.refusal, *refusal);
    }
    decision.next = offer.next_from(wish.start);
    return decision;
}

std::vector<Conflict> conflicts(const SlotPlan& plan,
                                const LocalDays& days,
                                std::span<const Booking> bookings,
                                balcao::Instant now) {
    const std::vector<Placed> placed = placed_bookings(days, bookings, now);
    const std::vector<Date> holidays = holidays_of(plan, days);
    std::vector<Conflict> found;
    WindowDay on;
    bool is_open = false;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const auto& [day, window, place] = placed[i];
        if (i == 0 || day != placed[i - 1].day || window != placed[i - 1].window)
            is_open = window < plan.windows.size() &&
                      on.open(plan, window, *day, is_among(holidays, day->date), ~std::uint64_t{0});
        const Booking& booking = bookings[place];
        const Minute begin = minute_of(booking.start);
        if (!is_open || !on.is_open(begin, begin + booking.minutes))
            found.push_back({place, ConflictKind::outside_hours});
        else if (!on.has_room(booking))
            found.push_back({place, ConflictKind::overbooked});
        else
            on.take(booking);
    }
    std::sort(found.begin(), found.end(),
              [](const Conflict& a, const Conflict& b) { return a.booking < b.booking; });
    return found;
}

std::vector<FreeStart> nearest_free(std::vector<FreeStart> free, balcao::Instant near, std::size_t count) {
    const auto distance = [near](const FreeStart& one) {
        return one.start < near ? near - one.start : one.start - near;
    };
    const auto is_nearer = [&](const FreeStart& a, const FreeStart& b) {
        return distance(a) != distance(b) ? distance(a) < distance(b) : a.start < b.start;
    };
    std::stable_sort(free.begin(), free.end(), is_nearer);
    if (free.size() > count) free.resize(count);
    return free;
}

std::vector<Turn> in_turn(std::span<const std::vector<FreeStart>> calendars) {
    std::vector<Reader> readers(calendars.begin(), calendars.end());
    std::vector<Turn> turns;
    std::size_t next = 0;  // whose turn it is
    for (auto time = earliest_of(readers); time; time = earliest_of(readers)) {
        std::size_t chosen = next;
        while (!readers[chosen].has(*time))
            chosen = (chosen + 1) % readers.size();
        turns.push_back({chosen, readers[chosen].place});
        next = (chosen + 1) % readers.size();
        for (Reader& reader : readers)
            reader.pass(*time);
    }
    return turns;
}

}  // namespace balcao::rules
