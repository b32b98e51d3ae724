#include "rules/window_day.hpp"

#include <algorithm>

namespace balcao::rules {
namespace {

bool is_closed(const SlotPlan& plan, const model::AppointmentWindow& window, Date date, bool is_holiday) {
    if (std::binary_search(plan.closed.begin(), plan.closed.end(), date)) return true;
    return is_holiday && !window.is_of_one_day() && !plan.has_own_hours(date);
}

}  // namespace

bool WindowDay::open(
    const SlotPlan& plan, WindowIndex window, const LocalDay& day, bool is_holiday, std::uint64_t limited) {
    window_ = &plan.windows[window];
    day_ = &day;
    stretches_.clear();
    const auto& rule = window_->window;
    if (window_->slot_minutes <= 0 || !rule.comes_on(day.date) || is_closed(plan, rule, day.date, is_holiday))
        return false;
    for (const LocalPiece& piece : day.pieces())
        for (const TimeRange& hours : rule.hours)
            add_hours(plan, piece, hours);
    if (stretches_.empty()) return false;
    has_quota_ = rule.for_public.has_value();
    for (StepLine* line : {&for_all_, &for_public_, &of_public_})
        line->clear();
    limits_.resize(0);
    for (std::size_t i = 0; i < rule.most.size(); ++i)
        if (((limited >> i) & 1U) != 0) {
            Limit& limit = limits_.emplace_back();
            limit.bit = std::uint64_t{1} << i;
            limit.line.add(stretches_.front().begin, stretches_.back().end, rule.most[i].second);
        }
    for (const LocalPiece& piece : day.pieces())
        add_places(piece);
    return true;
}

void WindowDay::add_hours(const SlotPlan& plan, const LocalPiece& piece, TimeRange hours) {
    if (window_->window.is_of_one_day()) {
        add_stretch(piece, hours);
        return;
    }
    for (const TimeRange& open : plan.open_on(day_->date))
        add_stretch(piece, {std::max(hours.begin_minute, open.begin_minute),
                            std::min(hours.end_minute, open.end_minute)});
}

void WindowDay::add_stretch(const LocalPiece& piece, TimeRange hours) {
    const Minute midnight = day_->midnight(piece.offset);
    const Minute begin = std::max(midnight + hours.begin_minute, piece.begin);
    const Minute end = std::min(midnight + hours.end_minute, piece.end);
    if (begin >= end) return;
    if (!stretches_.empty() && stretches_.back().end == begin)
        stretches_.back().end = end;
    else
        stretches_.push_back({begin, end});
}

void WindowDay::add_places(const LocalPiece& piece) {
    const auto& places = window_->places[static_cast<std::size_t>(weekday_index(day_->date))];
    const Minute midnight = day_->midnight(piece.offset);
    for (const auto& [hours, count] : places) {
        const Minute begin = std::max(midnight + hours.begin_minute, piece.begin);
        const Minute end = std::min(midnight + hours.end_minute, piece.end);
        for_all_.add(begin, end, count);
        for_public_.add(begin, end, count);
    }
    if (has_quota_) of_public_.add(piece.begin, piece.end, *window_->window.for_public);
}

void WindowDay::take(const Booking& booking) {
    const Minute begin = minute_of(booking.start);
    const Minute end = begin + booking.minutes;
    for_public_.add(begin, end, -1);
    if (has_quota_ && booking.who == Who::citizen) of_public_.add(begin, end, -1);
    if (booking.standing == Standing::blocked) return;
    for_all_.add(begin, end, -1);
    for (Limit& limit : limits_)
        if ((booking.limited & limit.bit) != 0) limit.line.add(begin, end, -1);
}

bool WindowDay::is_open(Minute from, Minute to) const {
    return std::any_of(stretches_.begin(), stretches_.end(),
                       [&](const Stretch& one) { return one.begin <= from && to <= one.end; });
}

int WindowDay::left(Minute from, Minute to, Who who) const {
    int least = who == Who::citizen ? for_public_.least(from, to) : for_all_.least(from, to);
    if (who == Who::citizen && has_quota_) least = std::min(least, of_public_.least(from, to));
    for (const Limit& limit : limits_)
        least = std::min(least, limit.line.least(from, to));
    return least;
}

bool WindowDay::has_room(const Booking& booking) const {
    const Minute begin = minute_of(booking.start);
    const Minute end = begin + booking.minutes;
    return for_all_.least(begin, end) > 0 &&
           std::all_of(limits_.begin(), limits_.end(), [&](const Limit& limit) {
               return (booking.limited & limit.bit) == 0 || limit.line.least(begin, end) > 0;
           });
}

}  // namespace balcao::rules
