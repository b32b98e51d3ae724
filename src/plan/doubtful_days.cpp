#include "plan/doubtful_days.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "plan/robust_regression.hpp"

namespace balcao::plan {
namespace {

// What is usual, from the days up to `until`.
struct Usual {
    std::vector<std::array<double, 7>> tickets;  // by shop and weekday; 0 with fewer than five days
    std::vector<double> wait;
    std::vector<double> service;
};

Usual usual_of(const DailyData& data, Date until) {
    const std::size_t shops = data.shops.size();
    std::vector<std::array<std::vector<double>, 7>> tickets(shops);
    std::vector<std::vector<double>> waits(shops);
    std::vector<std::vector<double>> services(shops);
    for (const ShopDay& day : data.days) {
        if (day.date > until) continue;
        const std::size_t shop = static_cast<std::size_t>(day.shop);
        tickets[shop][static_cast<std::size_t>(weekday_index(day.date))].push_back(day.tickets);
        if (day.wait) waits[shop].push_back(*day.wait);
        if (day.service) services[shop].push_back(*day.service);
    }
    Usual usual;
    for (std::size_t shop = 0; shop < shops; ++shop) {
        std::array<double, 7> medians{};
        for (std::size_t weekday = 0; weekday < 7; ++weekday)
            if (tickets[shop][weekday].size() >= 5) medians[weekday] = median_of(tickets[shop][weekday]);
        usual.tickets.push_back(medians);
        usual.wait.push_back(median_of(waits[shop]));
        usual.service.push_back(median_of(services[shop]));
    }
    return usual;
}

struct Judged {
    const ShopDay& day;
    double tickets;  // usual for the shop and weekday
    double wait;     // usual for the shop
    double service;
};

bool is_doubtful(Doubt doubt, const Judged& judged) {
    const ShopDay& day = judged.day;
    const double wait = day.wait.value_or(-1);
    const double service = day.service.value_or(-1);
    switch (doubt) {
        case Doubt::none_attended:
            return day.attended == 0;
        case Doubt::stub_day:
            return judged.tickets >= 30 && day.tickets < 0.15 * judged.tickets;
        case Doubt::wait_impossible:
            return wait > 240;
        case Doubt::wait_zero_busy:
            return wait == 0 && day.tickets > 0.5 * judged.tickets && judged.tickets >= 50 &&
                   judged.wait >= 5;
        case Doubt::no_mean:
            return wait < 0 || service < 0;
        case Doubt::service_zero:
            return service == 0 && day.attended >= 20;
        case Doubt::service_long:
            return service > 4 * std::max(5.0, judged.service) && day.attended >= 10;
        case Doubt::waits_but_nobody_left:
            return wait > 120 && day.abandoned == 0 && day.tickets >= 20;
    }
    return false;
}

std::string reason(Doubt doubt, const Judged& judged) {
    const ShopDay& day = judged.day;
    switch (doubt) {
        case Doubt::none_attended:
            return fmt::format("{} tickets and nobody attended", day.tickets);
        case Doubt::stub_day:
            return fmt::format("{} tickets where {:.0f} are usual on this weekday", day.tickets,
                               judged.tickets);
        case Doubt::wait_impossible:
            return fmt::format("a mean wait of {} min", day.wait.value_or(0));
        case Doubt::wait_zero_busy:
            return fmt::format("a mean wait of 0 min with {} tickets; {:.0f} min are usual", day.tickets,
                               judged.wait);
        case Doubt::no_mean:
            return day.wait ? "the mean service time is missing" : "the mean wait is missing";
        case Doubt::service_zero:
            return fmt::format("a mean service time of 0 min with {} attended", day.attended);
        case Doubt::service_long:
            return fmt::format("a mean service time of {} min; {:.0f} min are usual", day.service.value_or(0),
                               judged.service);
        case Doubt::waits_but_nobody_left:
            return fmt::format("a mean wait of {} min and none of {} people left", day.wait.value_or(0),
                               day.tickets);
    }
    return {};
}

LeftOutOf stricter(LeftOutOf a, LeftOutOf b) { return std::min(a, b); }

}  // namespace

const char* name_of(Doubt doubt) {
    constexpr std::array<const char*, doubts> names{
        "none_attended", "stub_day",     "wait_impossible", "wait_zero_busy",
        "no_mean",       "service_zero", "service_long",    "waits_but_nobody_left"};
    return names[static_cast<std::size_t>(doubt)];
}

LeftOutOf use_of(Doubt doubt) {
    switch (doubt) {
        case Doubt::none_attended:
        case Doubt::stub_day:
        case Doubt::wait_impossible:
            return LeftOutOf::everything;
        case Doubt::wait_zero_busy:
        case Doubt::no_mean:
            return LeftOutOf::waits;
        case Doubt::service_zero:
        case Doubt::service_long:
        case Doubt::waits_but_nobody_left:
            return LeftOutOf::nothing;
    }
    return LeftOutOf::nothing;
}

DayJudgement judge_days(const DailyData& data, Date until) {
    const Usual usual = usual_of(data, until);
    DayJudgement judgement;
    judgement.use.assign(data.days.size(), LeftOutOf::nothing);
    for (std::size_t rule = 0; rule < doubts; ++rule) {
        const Doubt doubt = static_cast<Doubt>(rule);
        for (std::size_t row = 0; row < data.days.size(); ++row) {
            const ShopDay& day = data.days[row];
            if (day.date > until) continue;
            const std::size_t shop = static_cast<std::size_t>(day.shop);
            const Judged judged{day, usual.tickets[shop][static_cast<std::size_t>(weekday_index(day.date))],
                                usual.wait[shop], usual.service[shop]};
            if (!is_doubtful(doubt, judged)) continue;
            judgement.use[row] = stricter(judgement.use[row], use_of(doubt));
            judgement.doubtful.push_back({row, doubt, reason(doubt, judged)});
        }
    }
    return judgement;
}

}  // namespace balcao::plan
