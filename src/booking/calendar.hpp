#pragma once
// One site's bookings in memory: the days that have been read, and the places that they take in the order in
// which the rule of free slots wants them. Internal to `booking`. Any number of threads may look; it decides
// nothing and writes nothing.
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "booking/book.hpp"
#include "booking/readers.hpp"
#include "journal/store.hpp"
#include "rules/slot_plan.hpp"

namespace balcao::booking {

class Calendar {
public:
    Calendar(model::SiteKey site, rules::SlotPlan plan, const Zone& zone);

    [[nodiscard]] const model::SiteKey& site() const { return site_; }

    // While one of these is held, what `day` and `taken` hand out stays as it is.
    [[nodiscard]] std::shared_lock<std::shared_mutex> look() const {
        return std::shared_lock<std::shared_mutex>{mutex_};
    }

    // Another offer from here on; bookings stay.
    void offer(rules::SlotPlan plan);

    // Reads what a day's stream has more than is known here. Error: unavailable, or invalid when it holds
    // what this version does not know.
    Result<void> read_on(const journal::Store& store, Date date);

    // Reads the days from the first to the last that have never been read. Error: as `read_on`.
    Result<void> read_new_days(const journal::Store& store, Date first, Date last);

    // An event that somebody saw go by: taken when it is the next one of a day that has been read. Error:
    // invalid.
    Result<void> hear(const journal::Event& event, Date date);

    // Drops the days before a date, unless anybody reads; they are read again when somebody asks.
    void forget_before(Date date, const Readers& readers);

    // How many days after today anybody may book.
    [[nodiscard]] int last_day_ahead() const;

    // The booking with that code on one of the days that have been read, the first such day; not a cancelled
    // one.
    [[nodiscard]] std::optional<BookingKey> with_code(const std::string& code, Date first, Date last) const;

    // The following are for who holds a look.

    [[nodiscard]] const rules::SlotPlan& plan() const { return plan_; }

    // Null when it has not been read.
    [[nodiscard]] const Day* day(Date date) const;

    // All places, in order of start; those of one day.
    [[nodiscard]] std::span<const rules::Booking> taken() const { return taken_; }

    [[nodiscard]] std::span<const rules::Booking> taken_on(Date date) const;

    // All places as they would be under another offer.
    [[nodiscard]] std::vector<rules::Booking> taken_under(const rules::SlotPlan& plan) const;

private:
    // Events that are not the next ones are passed by.
    void apply(Date date, const std::vector<std::pair<journal::Event, BookEvent>>& events);
    void lay_out();
    void put(const Record& record);
    void take_off(const Record& record);
    void drop_past(Date date, Instant now);

    const model::SiteKey site_;
    const Zone zone_;
    mutable std::shared_mutex mutex_;
    rules::SlotPlan plan_;
    std::map<Date, Day> days_;
    std::vector<rules::Booking> taken_;
    int applied_ = 0;  // events, since places that nobody takes any more were dropped
};

}  // namespace balcao::booking
