#include "booking/calendar.hpp"

#include <algorithm>

namespace balcao::booking {
namespace {

constexpr int applied_most = 256;  // events, between two looks for places that nobody takes any more

bool starts_before(const rules::Booking& a, const rules::Booking& b) {
    return a.start != b.start ? a.start < b.start : a.number < b.number;
}

using Read = std::vector<std::pair<journal::Event, BookEvent>>;

Result<Read> read_day(const journal::Store& store, const DayName& day, std::uint64_t after) {
    BALCAO_TRY(auto events, store.read(stream_of(day), after));
    Read read;
    read.reserve(events.size());
    for (auto& event : events) {
        BALCAO_TRY(auto decoded, decode_book(event));
        read.emplace_back(std::move(event), std::move(decoded));
    }
    return read;
}

}  // namespace

Calendar::Calendar(model::SiteKey site, rules::SlotPlan plan, const Zone& zone)
    : site_{std::move(site)}, zone_{zone}, plan_{std::move(plan)} {}

void Calendar::offer(rules::SlotPlan plan) {
    const std::lock_guard lock{mutex_};
    plan_ = std::move(plan);
    lay_out();
}

Result<void> Calendar::read_on(const journal::Store& store, Date date) {
    std::uint64_t known = 0;
    {
        const auto looking = look();
        if (const Day* there = day(date)) known = there->end.version;
    }
    BALCAO_TRY(const auto read, read_day(store, {site_, date}, known));
    const std::lock_guard lock{mutex_};
    apply(date, read);
    return {};
}

Result<void> Calendar::read_new_days(const journal::Store& store, Date first, Date last) {
    std::vector<Date> unread;
    {
        const auto looking = look();
        for (Date date = first; date <= last; date += std::chrono::days{1})
            if (!days_.contains(date)) unread.push_back(date);
    }
    for (const Date date : unread)
        if (auto read = read_on(store, date); !read) return read;
    return {};
}

Result<void> Calendar::hear(const journal::Event& event, Date date) {
    {
        const auto looking = look();
        const Day* there = day(date);
        if (there == nullptr || event.version != there->end.version + 1) return {};
    }
    BALCAO_TRY(auto decoded, decode_book(event));
    const std::lock_guard lock{mutex_};
    if (days_.contains(date)) apply(date, {{event, std::move(decoded)}});
    return {};
}

void Calendar::forget_before(Date date, const Readers& readers) {
    const std::lock_guard lock{mutex_};
    if (!readers.is_empty()) return;
    days_.erase(days_.begin(), days_.lower_bound(date));
    const auto midnight = zone_.midnight(date);
    std::erase_if(taken_, [&](const rules::Booking& one) { return one.start < midnight; });
}

int Calendar::last_day_ahead() const {
    const auto looking = look();
    int last = 0;
    for (const auto& window : plan_.windows)
        last = std::max(last, window.window.last_day_ahead);
    return last;
}

std::optional<BookingKey> Calendar::with_code(const std::string& code, Date first, Date last) const {
    const auto looking = look();
    for (auto day = days_.lower_bound(first); day != days_.end() && day->first <= last; ++day)
        for (const auto& [booking, record] : day->second.records)
            if (record.what.code == code && record.state.index() < State{Cancelled{}}.index()) return booking;
    return std::nullopt;
}

const Day* Calendar::day(Date date) const {
    const auto found = days_.find(date);
    return found == days_.end() ? nullptr : &found->second;
}

std::span<const rules::Booking> Calendar::taken_on(Date date) const {
    const auto before = [](const rules::Booking& one, Instant at) { return one.start < at; };
    const auto begin = std::lower_bound(taken_.begin(), taken_.end(), zone_.midnight(date), before);
    return {begin,
            std::lower_bound(begin, taken_.end(), zone_.midnight(date + std::chrono::days{1}), before)};
}

void Calendar::apply(Date date, const Read& events) {
    Day& day = days_[date];
    for (const auto& [event, decoded] : events) {
        if (event.version != day.end.version + 1) continue;
        auto booking = booking_of(decoded);
        if (const Record* before = day.find(booking)) {
            take_off(*before);
            if (std::holds_alternative<BookingMovedAway>(decoded))
                booking = left_behind(booking, before->number);
        }
        day.apply(decoded, event, zone_);
        if (const Record* after = day.find(booking)) put(*after);
        if (++applied_ >= applied_most) drop_past(date, event.at);
    }
}

// Places are an order of all records; only after another offer are they made anew.
void Calendar::lay_out() { taken_ = taken_under(plan_); }

std::vector<rules::Booking> Calendar::taken_under(const rules::SlotPlan& plan) const {
    std::vector<rules::Booking> taken;
    for (const auto& [date, day] : days_)
        for (const auto& [booking, record] : day.records)
            if (auto place = place_of(record, plan)) taken.push_back(*place);
    std::sort(taken.begin(), taken.end(), starts_before);
    return taken;
}

void Calendar::put(const Record& record) {
    if (const auto place = place_of(record, plan_))
        taken_.insert(std::upper_bound(taken_.begin(), taken_.end(), *place, starts_before), *place);
}

void Calendar::take_off(const Record& record) {
    rules::Booking place;
    place.start = record.what.start;
    place.number = record.number;
    const auto [begin, end] = std::equal_range(taken_.begin(), taken_.end(), place, starts_before);
    taken_.erase(begin, end);
}

// What was held or blocked and is free again would slow down who looks for places.
void Calendar::drop_past(Date date, Instant now) {
    applied_ = 0;
    const auto on = taken_on(date);
    const auto begin = taken_.begin() + (on.data() - taken_.data());
    const auto end = begin + static_cast<std::ptrdiff_t>(on.size());
    taken_.erase(
        std::remove_if(begin, end, [&](const rules::Booking& one) { return !rules::takes_place(one, now); }),
        end);
}

}  // namespace balcao::booking
