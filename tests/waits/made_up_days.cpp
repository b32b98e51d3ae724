#include "made_up_days.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <stdexcept>

#include "base/check.hpp"
#include "model/read.hpp"
#include "random/variates.hpp"

namespace balcao::waits {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr std::string_view shop_text = R"(balcao: 1
name: A made-up shop
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  card: {duration: 10 min, source: demonstration}
  tax: {duration: 10 min, source: demonstration}
  deeds: {duration: 10 min, source: demonstration}
sites:
  shop:
    open: {mon-fri: "09:00-17:00"}
    desks:
      a: {count: 3, serves: [card], breaks: [{"11:30": 20 min}]}
      b: {count: 3, serves: [card, tax], breaks: [{"12:30": 30 min}]}
      c: {count: 2, serves: [tax, deeds], breaks: [{"13:30": 30 min}]}
    tickets: {calls: 2, pause: 5 min}
    source: demonstration
demand:
  - {service: card, site: shop, arrivals: {poisson: 5 per hour}, source: demonstration}
  - {service: tax, site: shop, arrivals: {poisson: 5 per hour}, source: demonstration}
  - {service: deeds, site: shop, arrivals: {poisson: 5 per hour}, source: demonstration}
)";

// What is true, and told to nobody. Minutes.
struct Truth {
    const char* service;
    double per_day;
    double mean;
    double cv;
};

constexpr Truth truths[] = {{"card", 88, 18, 0.7}, {"tax", 46, 20, 0.9}, {"deeds", 20, 27, 0.6}};
constexpr double share_priority = 0.12;
constexpr double share_absent = 0.08;  // goes without a word, and is called in vain
constexpr double patience_mean = 240;  // of who gives the ticket back
constexpr double way_mean = 0.5;
constexpr double gap_mean = 0.6;       // between two people
constexpr milliseconds hold = 90s;     // until an attendant gives up
constexpr double cv_of_day = 0.07;     // the pace of a day
constexpr double cv_of_person = 0.10;  // the pace of an attendant
constexpr double cv_of_demand = 0.12;

// The share of a day's people by hour from nine o'clock on: two peaks.
constexpr double shape[] = {1.5, 1.45, 1.2, 0.8, 0.7, 1.0, 0.85, 0.5};

milliseconds minutes(double length) {
    return milliseconds{static_cast<std::int64_t>(std::llround(length * 60'000))};
}

class Driver {
public:
    Driver(const std::shared_ptr<const office::Layout>& layout,
           const Zone& zone,
           int number,
           const MadeUpDay::Promises& promises)
        : day_{office::Hall{layout, date_of(number)}, {}},
          promises_{promises},
          begin_{zone.midnight(date_of(number)) + 9h},
          stream_{random::Stream::of({2026, static_cast<std::uint64_t>(number)}, 0, 0)} {
        pace_ = draw("lognormal", 1, cv_of_day);
        for (const auto& group : layout->site().desks)
            for (int place = 1; place <= layout->desks_in(group.key); ++place) {
                auto& desk = desks_.emplace_back();
                desk.id = {group.key, place};
                desk.pace = draw("lognormal", 1, cv_of_person);
                desk.break_at = begin_ + std::chrono::minutes{group.breaks.front().at_minute - 9 * 60};
                desk.break_length = minutes(
                    draw("lognormal", static_cast<double>(group.breaks.front().length.count()) / 60e6, 0.2));
            }
    }

    MadeUpDay run() && {
        for (std::size_t desk = 0; desk < desks_.size(); ++desk) {
            at(begin_, [this, desk] { come_to_work(desk); });
        }
        for (const Truth& truth : truths)
            send_people(truth);
        while (!agenda_.empty()) {
            const auto [when, order] = agenda_.begin()->first;
            const auto what = std::move(agenda_.begin()->second);
            agenda_.erase(agenda_.begin());
            now_ = when;
            day_.hall.rest_until(now_);
            what();
        }
        accept(office::EndDay{});
        return std::move(day_);
    }

private:
    struct Desk {
        office::DeskId id;
        double pace = 1;
        Instant break_at{};
        milliseconds break_length{};
        bool is_idle = false;
        bool has_rested = false;
    };

    static Date date_of(int number) {
        // Weeks of five days.
        return *parse_date("2026-01-05") + std::chrono::days{number / 5 * 7 + number % 5};
    }

    double uniform() { return random::Draws{stream_, drawn_++}.uniform(); }

    double draw(std::string_view kind, double mean, double cv) {
        random::Draws draws{stream_, drawn_++};
        if (kind == "exponential") return mean * random::exponential(draws);
        return random::Sampler::lognormal(mean, cv).draw(draws);
    }

    void at(Instant when, std::function<void()> what) {
        agenda_.emplace(std::pair{when, ordered_++}, std::move(what));
    }

    void after(milliseconds length, std::function<void()> what) { at(now_ + length, std::move(what)); }

    [[nodiscard]] office::Now now() const {
        return {now_, 9 * 60 + static_cast<int>((now_ - begin_) / 1min)};
    }

    // Nothing happens where it is refused.
    bool accept(const office::Command& command) {
        auto decision = office::decide(day_.hall, command, now());
        if (std::holds_alternative<office::Refusal>(decision)) return false;
        for (auto& event : std::get<std::vector<office::HallEvent>>(decision)) {
            day_.hall.apply(event, now_);
            day_.events.emplace_back(std::move(event), now_);
        }
        return true;
    }

    void send_people(const Truth& truth) {
        double sum = 0;
        for (const double part : shape)
            sum += part;
        const double people = truth.per_day * draw("lognormal", 1, cv_of_demand);
        for (int hour = 0; hour < 8; ++hour) {
            const double gap = 60 / (people * shape[hour] / sum);
            double minute = draw("exponential", gap, 0);
            while (minute < 60) {
                at(begin_ + std::chrono::hours{hour} + minutes(minute), [this, &truth] { arrive(truth); });
                minute += draw("exponential", gap, 0);
            }
        }
    }

    void arrive(const Truth& truth) {
        office::TakeTicket take{.services = {office::ServiceKey{truth.service}}, .channel = "kiosk"};
        if (uniform() < share_priority) take.standing = office::Standing::priority;
        if (!accept(take)) return;
        const auto number = std::get<office::VisitBegun>(day_.events.back().first).number;
        length_[number] = draw("lognormal", truth.mean, truth.cv) * pace_;
        if (uniform() < share_absent) absent_.insert(number);
        after(minutes(draw("exponential", patience_mean, 0)), [this, number] {
            if (std::holds_alternative<office::Waiting>(day_.hall.find(number)->state))
                accept(office::Leave{number});
        });
        if (promises_) {
            auto made = promises_(day_.hall, now(), number);
            if (!made.empty()) accept(office::MakePromises{std::move(made)});
        }
        wake_for(number);
    }

    void wake_for(office::Number number) {
        const auto& visit = *day_.hall.find(number);
        for (std::size_t desk = 0; desk < desks_.size(); ++desk) {
            const auto group = *day_.hall.layout().group_of(desks_[desk].id);
            if (!desks_[desk].is_idle || !day_.hall.layout().serves(group, visit.legs[visit.leg])) continue;
            desks_[desk].is_idle = false;
            after(minutes(draw("exponential", gap_mean, 0)), [this, desk] { call(desk); });
            return;
        }
    }

    void come_to_work(std::size_t desk) {
        accept(office::OpenDesk{desks_[desk].id, office::StaffKey{"of-" + to_string(desks_[desk].id)}});
        call(desk);
    }

    void call(std::size_t which) {
        Desk& desk = desks_[which];
        desk.is_idle = false;
        if (!desk.has_rested && now_ >= desk.break_at) {
            desk.has_rested = true;
            accept(office::PauseDesk{desk.id});
            return after(desk.break_length, [this, which] {
                accept(office::ResumeDesk{desks_[which].id});
                call(which);
            });
        }
        if (!accept(office::CallNext{desk.id})) {
            desk.is_idle = true;
            if (!desk.has_rested)
                at(std::max(now_ + 1min, desk.break_at), [this, which] {
                    if (desks_[which].is_idle) call(which);
                });
            else if (now_ < begin_ + 12h)
                after(1min, [this, which] {
                    if (desks_[which].is_idle) call(which);
                });
            return;
        }
        const auto number = day_.hall.visit_at(desk.id)->number;
        if (absent_.contains(number))
            return after(hold, [this, which] {
                accept(office::NotCome{desks_[which].id});
                call_after_gap(which);
            });
        after(minutes(draw("exponential", way_mean, 0)), [this, which, number] { serve(which, number); });
    }

    void serve(std::size_t which, office::Number number) {
        accept(office::Start{desks_[which].id});
        after(minutes(length_[number] * desks_[which].pace), [this, which] {
            accept(office::Finish{desks_[which].id});
            call_after_gap(which);
        });
    }

    void call_after_gap(std::size_t which) {
        after(minutes(draw("exponential", gap_mean, 0)), [this, which] { call(which); });
    }

    MadeUpDay day_;
    const MadeUpDay::Promises& promises_;
    Instant begin_;
    Instant now_{};
    random::Stream stream_;
    std::uint64_t drawn_ = 0;
    std::uint64_t ordered_ = 0;
    double pace_ = 1;
    std::vector<Desk> desks_;
    std::map<office::Number, double> length_;
    std::set<office::Number> absent_;
    std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> agenda_;
};

}  // namespace

std::shared_ptr<const model::Model> made_up_shop() {
    const model::MemoryFiles files{{{"shop.yaml", std::string{shop_text}}}};
    auto read = model::read_model("shop.yaml", files, {});
    for (const auto& remark : read.remarks)
        if (remark.severity == model::Severity::mistake) throw std::logic_error(format_remark(remark));
    return std::make_shared<const model::Model>(*std::move(read.value));
}

MadeUpDay made_up_day(const std::shared_ptr<const office::Layout>& layout,
                      const Zone& zone,
                      int number,
                      const MadeUpDay::Promises& promises) {
    return Driver{layout, zone, number, promises}.run();
}

}  // namespace balcao::waits
