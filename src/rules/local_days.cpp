#include "rules/local_days.hpp"

namespace balcao::rules {
namespace {

using std::chrono::minutes;

// The first minute in (from, to) with another offset than `from`; `to` when the end has the same.
Minute next_change(const Zone& zone, Minute from, Minute to, int offset) {
    if (zone.offset_minutes(instant_of(to - 1)) == offset) return to;
    Minute same = from;
    Minute other = to - 1;
    while (other - same > 1) {
        const Minute middle = same + (other - same) / 2;
        (zone.offset_minutes(instant_of(middle)) == offset ? same : other) = middle;
    }
    return other;
}

LocalDay day_between(const Zone& zone, Date date, Minute begin, Minute end) {
    LocalDay day;
    day.date = date;
    while (begin < end && day.count < day.parts.size()) {
        const int offset = zone.offset_minutes(instant_of(begin));
        const Minute change = next_change(zone, begin, end, offset);
        day.parts[day.count++] = {begin, change, offset};
        begin = change;
    }
    return day;
}

}  // namespace

LocalDays::LocalDays(const Zone& zone, Date first, Date last) : zone_{zone} {
    if (last < first) return;
    days_.reserve(static_cast<std::size_t>((last - first).count()) + 1);
    Minute begin = minute_of(zone.midnight(first));
    for (Date date = first; date <= last; date += std::chrono::days{1}) {
        const Minute end = minute_of(zone.midnight(date + std::chrono::days{1}));
        days_.push_back(day_between(zone, date, begin, end));
        begin = end;
    }
}

const LocalDay* LocalDays::find(Date date) const {
    if (days_.empty() || date < days_.front().date || date > days_.back().date) return nullptr;
    return &days_[static_cast<std::size_t>((date - days_.front().date).count())];
}

}  // namespace balcao::rules
