// Random commands against a plain model of what must be true, which counts people minute by minute.
#include <algorithm>
#include <rapidcheck.h>
#include <tuple>

#include <doctest/doctest.h>

#include "booking/town_test.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace balcao::booking::town;

namespace {

enum class Stage : std::uint8_t { held, named, confirmed, over };

// What the plain model knows of a booking.
struct Plain {
    int site = 0;
    Instant start{};
    int minutes = 0;
    Stage stage = Stage::held;
    Instant until{};
    int person = -1;
    Slip slip{};
    int namings = 0;  // a person changes who it is for five times

    [[nodiscard]] bool stands(Instant now) const {
        return stage == Stage::confirmed || (stage != Stage::over && until > now);
    }
};

struct Blocked {
    int site = 0;
    Instant start{};
    int minutes = 0;
    Instant until{};
};

bool covers(Instant start, int length, Instant moment) {
    return start <= moment && moment < start + minutes{length};
}

class Comparison {
public:
    Comparison() : town_{plain_city()} {}

    void step(const std::tuple<int, int, int, int>& command) {
        const auto [verb, which, where, when] = command;
        const int site = where % 2;
        const Instant start =
            town_.time("2026-11-24 09:00") + hours{24 * (where / 2 % 2)} + minutes{20 * (when % 9)};
        if (verb == 0) return hold(site, start, which % 3 == 0);
        if (verb == 1) return town_.clock.pass(minutes{when % 16});
        if (bookings_.empty()) return;
        Plain& booking = bookings_[static_cast<std::size_t>(which) % bookings_.size()];
        if (verb == 2) return name(booking, when % 4);
        if (verb == 3) return confirm(booking);
        if (verb == 4) return cancel(booking);
        move(booking, site, start);
    }

    void compare_free() {
        for (int site = 0; site < 2; ++site) {
            const auto date = day_of("2026-11-24");
            const auto free = town_.bookings->free_starts({{site == 0 ? shop : hall},
                                                           {identity},
                                                           model::ChannelKey{"counter"},
                                                           rules::Who::citizen,
                                                           date,
                                                           date + std::chrono::days{1}});
            RC_ASSERT(free.has_value());
            std::vector<std::pair<Instant, int>> here;
            for (const auto& one : free->front().starts)
                here.emplace_back(one.start, one.left);
            std::vector<std::pair<Instant, int>> wanted;
            for (int slot = 0; slot < 18; ++slot) {
                const Instant start =
                    town_.time("2026-11-24 09:00") + hours{24 * (slot / 9)} + minutes{20 * (slot % 9)};
                const int left = room(site, start, 20, nullptr);
                if (left > 0) wanted.emplace_back(start, left);
            }
            RC_ASSERT(here == wanted);
        }
    }

    void finish() {
        compare_free();
        for (const auto& booking : bookings_)
            if (booking.stage == Stage::confirmed) RC_ASSERT(town_.state(booking.slip) == "confirmed");
        const auto faults = town_.faults();
        RC_ASSERT(faults.empty());
        const auto fresh = open(town_.store, town_.clock, town_.model);
        for (const auto& site : {shop, hall})
            for (const char* date : {"2026-11-24", "2026-11-25"})
                RC_ASSERT(good(fresh->day(site, day_of(date))) ==
                          good(town_.bookings->day(site, day_of(date))));
    }

private:
    // What is cancelled or moved is blocked for half an hour, neither more nor less.
    static model::Model plain_city() {
        auto model = city();
        for (auto& site : model.sites)
            site.appointments.blocked_after_cancel = {minutes{30}, minutes{30}};
        return model;
    }

    [[nodiscard]] Instant now() const { return town_.clock.now(); }

    [[nodiscard]] int room(int site, Instant start, int length, const Plain* without) const {
        int least = 2;
        for (int minute = 0; minute < length; ++minute) {
            const Instant moment = start + minutes{minute};
            int left = 2;
            for (const auto& one : bookings_)
                if (&one != without && one.site == site && one.stands(now()) &&
                    covers(one.start, one.minutes, moment))
                    --left;
            for (const auto& one : blocked_)
                if (one.site == site && one.until > now() && covers(one.start, one.minutes, moment)) --left;
            least = std::min(least, left);
        }
        return least;
    }

    [[nodiscard]] Date date_of(Instant start) const { return town_.zone.at(start).date; }

    // Others of a person, in all and at that site on that day.
    [[nodiscard]] std::pair<int, int> others(int person,
                                             const Plain& without,
                                             int site,
                                             Instant start) const {
        std::pair<int, int> count{0, 0};
        for (const auto& one : bookings_) {
            if (&one == &without || one.person != person || !one.stands(now())) continue;
            ++count.first;
            if (one.site == site && date_of(one.start) == date_of(start)) ++count.second;
        }
        return count;
    }

    void hold(int site, Instant start, bool is_long) {
        Wanted wish{site == 0 ? shop : hall,
                    {is_long ? works : identity},
                    model::ChannelKey{"counter"},
                    start,
                    {},
                    {}};
        const int length = is_long ? 40 : 20;
        const bool fits = start + minutes{length} <= town_.time(format_date(date_of(start)) + " 12:00");
        const auto answer = town_.bookings->hold(wish, "");
        RC_ASSERT(std::holds_alternative<Slip>(answer) == (fits && room(site, start, length, nullptr) > 0));
        if (std::holds_alternative<Slip>(answer))
            bookings_.push_back(
                {site, start, length, Stage::held, now() + minutes{10}, -1, std::get<Slip>(answer), 0});
    }

    void name(Plain& booking, int person) {
        const auto [open, that_day] = others(person, booking, booking.site, booking.start);
        const bool may = booking.stands(now()) && booking.namings <= 5 &&
                         (booking.person == person || (open < 2 && that_day < 1));
        const auto answer = town_.bookings->give_contact(ByLink{booking.slip.link},
                                                         town::person("p" + std::to_string(person)), "");
        RC_ASSERT(std::holds_alternative<Slip>(answer) == may);
        if (!may) return;
        ++booking.namings;
        booking.person = person;
        booking.slip = std::get<Slip>(answer);
        if (booking.stage != Stage::held) return;
        booking.stage = Stage::named;
        booking.until = now() + minutes{10};
    }

    void confirm(Plain& booking) {
        if (booking.stage == Stage::confirmed || booking.stage == Stage::over) return;
        const auto answer = town_.bookings->confirm(ByLink{booking.slip.confirmation}, "");
        const bool may = booking.stage == Stage::named && booking.stands(now());
        RC_ASSERT(std::holds_alternative<Slip>(answer) == may);
        if (!may) return;
        booking.stage = Stage::confirmed;
        booking.slip = std::get<Slip>(answer);
    }

    void cancel(Plain& booking) {
        const auto answer = town_.bookings->cancel(ByLink{booking.slip.link}, CancelReason::person_asked, "");
        RC_ASSERT(std::holds_alternative<Slip>(answer) == booking.stands(now()));
        if (!booking.stands(now())) return;
        if (booking.stage == Stage::confirmed) block(booking);
        booking.stage = Stage::over;
    }

    void move(Plain& booking, int site, Instant start) {
        const auto answer =
            town_.bookings->move(ByLink{booking.slip.link}, {site == 0 ? shop : hall, start, {}}, "");
        const bool stays = site == booking.site && start == booking.start;
        const bool same_day = site == booking.site && date_of(start) == date_of(booking.start);
        const bool fits =
            start + minutes{booking.minutes} <= town_.time(format_date(date_of(start)) + " 12:00");
        const bool has_room = fits && room(site, start, booking.minutes, &booking) > 0 &&
                              (same_day || others(booking.person, booking, site, start).second < 1);
        RC_ASSERT(std::holds_alternative<Slip>(answer) ==
                  (booking.stage == Stage::confirmed && (stays || has_room)));
        if (std::holds_alternative<Refusal>(answer) || stays) return;
        block(booking);
        booking.site = site;
        booking.start = start;
    }

    void block(const Plain& booking) {
        blocked_.push_back({booking.site, booking.start, booking.minutes, now() + minutes{30}});
    }

    Town town_;
    std::vector<Plain> bookings_;
    std::vector<Blocked> blocked_;
};

}  // namespace

TEST_CASE("whatever people do in whatever order, a plain model that counts minute by minute says the same") {
    const auto number = [](int most) { return rc::gen::inRange(0, most); };
    CHECK(rc::check("commands against a plain model", [&] {
        const auto commands = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
            rc::gen::tuple(number(6), number(1000), number(4), number(1000)));
        Comparison comparison;
        for (const auto& command : commands) {
            comparison.step(command);
            comparison.compare_free();
        }
        comparison.finish();
    }));
}
