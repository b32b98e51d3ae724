#include "main/demonstration.hpp"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <queue>

#include <fmt/format.h>

#include "sim/simulate.hpp"
#include "text/json.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

thread_local std::optional<Instant> own_now;

constexpr milliseconds way_to_desk = 25s;
constexpr milliseconds look_again = 5s;  // of a desk for which nobody waits
constexpr milliseconds stays_open = 4h;  // after closing, for those still inside

milliseconds of_day(des::Time time) { return milliseconds{time / 1000}; }

struct Pool final : sim::Trace {
    std::vector<sim::TracedVisit> visits;

    void visit(const sim::TracedVisit& visit) override { visits.push_back(visit); }
};

int desks_at(const model::DeskGroup& group, Date date, int minute) {
    if (const int* count = std::get_if<int>(&group.count)) return *count;
    int desks = 0;
    if (const auto* roster = std::get_if<model::Roster>(&group.count))
        for (const auto& [days, hours] : roster->weekly)
            for (const auto& [range, count] : hours)
                if (days.has(weekday_index(date)) && range.begin_minute <= minute &&
                    minute < range.end_minute)
                    desks = std::max(desks, count);
    return desks;
}

}  // namespace

DemonstrationClock::DemonstrationClock(Instant begins) : ahead_{begins - SystemClock{}.now()} {}

Instant DemonstrationClock::now() const { return own_now.value_or(SystemClock{}.now() + ahead_); }

void DemonstrationClock::set_back(std::optional<Instant> to) { own_now = to; }

Instant beginning_of_demonstration(const model::Model& model, const Zone& zone, Date today) {
    constexpr auto hour = 10h + 30min;
    Date best = today;
    std::ptrdiff_t most = -1;
    for (Date date = today; date < today + std::chrono::days{7}; date += std::chrono::days{1}) {
        const auto open =
            std::ranges::count_if(model.sites, [&](const auto& site) { return !site.open.on(date).empty(); });
        if (open > most) {
            most = open;
            best = date;
        }
    }
    return zone.midnight(best) + hour;
}

Result<std::vector<sim::TracedVisit>> people_of(const model::Model& model, Date date) {
    model::Model of_that_day = model;
    of_that_day.first_day = date;
    Pool pool;
    sim::RunOptions options;
    options.days = 1;
    options.replications = 1;
    options.trace = &pool;
    const auto run = sim::simulate(of_that_day, options);
    if (!run) return run.error();
    std::ranges::stable_sort(pool.visits, {}, &sim::TracedVisit::arrived);
    return std::move(pool.visits);
}

// One site's day: what is due next, in order of time, and the commands that come of it.
class Demonstration::Hall {
public:
    Hall(office::FrontOffice& office,
         const DemonstrationClock& clock,
         const model::Site& site,
         std::vector<sim::TracedVisit> people)
        : office_{office},
          clock_{clock},
          site_{site},
          people_{std::move(people)},
          date_{office.zone().at(clock.now()).date} {
        for (std::size_t person = 0; person < people_.size(); ++person)
            plan(of_day(people_[person].arrived), [this, person] { come(person); });
        for (const auto& group : site_.desks)
            plan_desks(group);
    }

    // What was due until then, each at its own time.
    void catch_up(milliseconds until, const std::function<void(const model::SiteKey&)>& told) {
        while (!due_.empty() && due_.top().at <= until) {
            now_ = due_.top().at;
            DemonstrationClock::set_back(midnight() + now_);
            const auto tickets = person_of_.size();
            take_next();
            if (person_of_.size() > tickets) told(site_.key);
        }
        DemonstrationClock::set_back(std::nullopt);
    }

    void go_on(const std::stop_token& stop) {
        while (!stop.stop_requested() && !due_.empty()) {
            const auto at = midnight() + due_.top().at;
            if (const auto now = clock_.now(); now < at) {
                std::unique_lock lock{mutex_};
                stopped_.wait_for(lock, stop, std::min<milliseconds>(at - now, 1h), [] { return false; });
                continue;
            }
            now_ = clock_.now() - midnight();
            take_next();
        }
    }

private:
    struct Due {
        milliseconds at{};
        std::uint64_t order = 0;
        std::function<void()> what;

        bool operator<(const Due& other) const {
            return std::pair{at, order} > std::pair{other.at, other.order};
        }
    };

    [[nodiscard]] Instant midnight() const { return office_.zone().midnight(date_); }

    void plan(milliseconds at, std::function<void()> what) { due_.push({at, order_++, std::move(what)}); }

    void take_next() {
        const auto what = due_.top().what;
        due_.pop();
        what();
    }

    // The number that the answer names; nothing when the office refused.
    std::optional<std::int64_t> ask(office::Command command) {
        std::promise<std::optional<std::int64_t>> promise;
        auto number = promise.get_future();
        const std::string key =
            fmt::format("demonstration/{}/{}/{}", site_.key.text(), format_date(date_), ++commands_);
        const auto handled = office_.handle(
            {.site = site_.key, .date = date_, .key = key, .command = std::move(command)},
            [&promise](const office::Reply& reply) {
                const auto* accepted = std::get_if<office::Accepted>(&reply);
                if (accepted == nullptr) return promise.set_value(std::nullopt);
                const auto json = text::Json::parse(accepted->json, "answer");
                promise.set_value(json ? json->root()["number"].as_whole_number().value_or(0) : 0);
            });
        return handled ? number.get() : std::nullopt;
    }

    void come(std::size_t person) {
        const auto& visit = people_[person];
        office::TakeTicket command;
        command.services = {office::ServiceKey{visit.service}};
        command.channel = "kiosk";
        const auto number = ask(std::move(command));
        if (!number) return;
        person_of_[*number] = person;
        if (visit.outcome == sim::Outcome::abandoned)
            plan(std::max(now_, of_day(visit.left)),
                 [this, number] { ask(office::Leave{{static_cast<std::uint32_t>(*number)}}); });
    }

    // Each desk opens and closes with the hours of the roster.
    void plan_desks(const model::DeskGroup& group) {
        const auto layout = office_.layout(site_.key);
        std::vector<int> edges;
        for (const auto& range : site_.open.on(date_))
            for (int minute = range.begin_minute; minute <= range.end_minute; minute += 15)
                edges.push_back(minute);
        const int driven = layout->desks_in(group.key) - (group.key == left_to_visitors() ? 1 : 0);
        for (int place = 1; place <= driven; ++place) {
            bool is_open = false;
            for (const int minute : edges) {
                const bool opens = minute != edges.back() && desks_at(group, date_, minute) >= place;
                if (opens == is_open) continue;
                is_open = opens;
                const office::DeskId desk{group.key, place};
                if (opens)
                    plan(std::chrono::minutes{minute}, [this, desk] { open(desk); });
                else
                    closes_[desk] = std::chrono::minutes{minute};
            }
        }
    }

    // The group whose last desk is left to whoever tries the office: of those with several people the one
    // that serves most.
    [[nodiscard]] model::DeskKey left_to_visitors() const {
        const auto layout = office_.layout(site_.key);
        const model::DeskGroup* most = nullptr;
        for (const auto& group : site_.desks)
            if (group.kind != model::DeskKind::kiosk && layout->desks_in(group.key) > 1 &&
                (most == nullptr || group.serves.size() > most->serves.size()))
                most = &group;
        return most != nullptr ? most->key : model::DeskKey{};
    }

    void open(const office::DeskId& desk) {
        const office::StaffKey staff{fmt::format("demonstration-{}", office::to_string(desk))};
        if (ask(office::OpenDesk{desk, staff})) call(desk);
    }

    void call(const office::DeskId& desk) {
        if (const auto number = ask(office::CallNext{desk})) {
            plan(now_ + way_to_desk, [this, desk, number] { serve(desk, *number); });
            return;
        }
        const auto closes = closes_.find(desk);
        if (closes != closes_.end() && now_ >= closes->second) {
            ask(office::CloseDesk{desk});
            return;
        }
        if (now_ < 24h) plan(now_ + look_again, [this, desk] { call(desk); });
    }

    void serve(const office::DeskId& desk, std::int64_t number) {
        ask(office::Start{desk});
        plan(now_ + time_of(number), [this, desk] { finish(desk); });
    }

    // As long as that person was served in the simulated day.
    [[nodiscard]] milliseconds time_of(std::int64_t number) const {
        const auto person = person_of_.find(number);
        if (person == person_of_.end()) return 5min;
        for (const auto& leg : people_[person->second].legs)
            if (leg.started >= 0 && leg.ended > leg.started) return of_day(leg.ended - leg.started);
        return 5min;
    }

    void finish(const office::DeskId& desk) {
        office::Finish command{.desk = desk};
        const auto layout = office_.layout(site_.key);
        const auto looked = office_.look(site_.key, date_, [&](const office::Hall& hall) {
            const auto* visit = hall.visit_at(desk);
            if (visit == nullptr || visit->leg >= visit->legs.size()) return;
            const auto onward = layout->after(visit->legs[visit->leg]);
            if (!onward.legs.empty() && !onward.may_leave) command.next = onward.legs.front().step;
        });
        if (looked) ask(std::move(command));
        call(desk);
    }

    office::FrontOffice& office_;
    const DemonstrationClock& clock_;
    const model::Site& site_;
    std::vector<sim::TracedVisit> people_;
    Date date_;
    milliseconds now_{};
    std::uint64_t order_ = 0;
    std::uint64_t commands_ = 0;
    std::priority_queue<Due> due_;
    std::map<std::int64_t, std::size_t> person_of_;
    std::map<office::DeskId, milliseconds> closes_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
};

Demonstration::Demonstration(office::FrontOffice& office,
                             const DemonstrationClock& clock,
                             const std::vector<sim::TracedVisit>& people,
                             const std::function<void(const model::SiteKey&)>& told) {
    for (const auto& site : office.model().sites) {
        const auto layout = office.layout(site.key);
        std::vector<sim::TracedVisit> here;
        for (const auto& visit : people)
            if (visit.site == site.key.text() && visit.outcome != sim::Outcome::balked &&
                layout->offers(office::ServiceKey{visit.service}))
                here.push_back(visit);
        if (!here.empty()) halls_.push_back(std::make_unique<Hall>(office, clock, site, std::move(here)));
    }
    const auto until = clock.now() - office.zone().midnight(office.zone().at(clock.now()).date);
    std::latch is_past{static_cast<std::ptrdiff_t>(halls_.size())};
    for (const auto& hall : halls_)
        threads_.emplace_back([&is_past, &told, until, &hall = *hall](const std::stop_token& stop) {
            hall.catch_up(until, told);
            is_past.count_down();
            hall.go_on(stop);
        });
    is_past.wait();
}

Demonstration::~Demonstration() = default;

}  // namespace balcao::cli
