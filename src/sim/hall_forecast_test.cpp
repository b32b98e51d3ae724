// Forecasts of waits agree with what theory says of queues that can be worked out, and with plain sense where
// they cannot.
#include "sim/hall_forecast.hpp"

#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "sim/queue_rules.hpp"
#include "sim/running_test.hpp"

using namespace balcao;
using namespace balcao::sim;

namespace {

using des::minute;

constexpr rules::Instant now_at = 1'000 * des::hour;

// One site of a model whose halls are simulated: queues as the live office lays them out, one a service.
struct Place {
    model::Model model;
    rules::HallPlan plan;
    std::vector<rules::QueueName> names;
    HallHabits habits;
    rules::HallNow now;

    explicit Place(const std::string& text, int at_minute = 10 * 60) : model{model_of(text)} {
        const auto& site = model.sites.front();
        std::vector<rules::QueueTraits> traits;
        std::vector<std::vector<rules::QueueIndex>> serves(site.desks.size());
        for (const auto& service : model.services)
            for (const int rank : {0, 1}) {
                const auto queue = static_cast<rules::QueueIndex>(traits.size());
                names.push_back({service.key, {}, rank, rank == 0});
                traits.push_back({.priority = rank});
                for (std::size_t group = 0; group < site.desks.size(); ++group)
                    for (const auto& skill : site.desks[group].serves)
                        if (skill.service == service.key) serves[group].push_back(queue);
            }
        model::QueueOrder order;
        order.criteria = {model::Criterion::priority, model::Criterion::arrival};
        plan = *rules::make_hall_plan(traits, serves, order);
        std::vector<rules::QueueName> placed(names.size());
        for (std::size_t queue = 0; queue < names.size(); ++queue)
            placed[plan.place_of[queue]] = names[queue];
        names = placed;
        habits = habits_by_model(model, site, plan, names, model.first_day);
        now.at = now_at;
        now.minute = at_minute;
        now.date = model.first_day;
    }

    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    Place(Place&&) = delete;
    Place& operator=(Place&&) = delete;
    ~Place() = default;

    [[nodiscard]] rules::QueueIndex queue(std::string_view service, bool by_law = false) const {
        for (std::size_t place = 0; place < names.size(); ++place)
            if (names[place].service.text() == service && names[place].by_law == by_law)
                return static_cast<rules::QueueIndex>(place);
        FAIL("no such queue");
        return 0;
    }

    void open(int desks, rules::DeskDoing doing = rules::DeskDoing::free, des::Time passed = 0) {
        for (int number = 0; number < desks; ++number) {
            rules::DeskNow desk;
            desk.doing = doing;
            desk.since = now.at - passed;
            desk.queue = queue("card");
            desk.ticket = 900 + static_cast<std::uint32_t>(now.desks.size());
            now.desks.push_back(desk);
        }
    }

    // The first is the first who came.
    void wait(int people, std::string_view service = "card", bool by_law = false) {
        for (int number = 0; number < people; ++number) {
            rules::WaiterNow waiter;
            waiter.ticket = static_cast<std::uint32_t>(now.waiting.size()) + 1;
            waiter.queue = queue(service, by_law);
            waiter.arrived = waiter.joined =
                now.at - des::hour + static_cast<rules::Instant>(now.waiting.size()) * des::second;
            now.waiting.push_back(waiter);
        }
    }

    [[nodiscard]] HallWaits forecast(int paths = 200) const {
        return simulate_hall(habits, now, {}, {.paths = paths});
    }
};

std::string shop(std::string_view duration, std::string_view more = "", std::string_view desks = "3") {
    return "services: {card: {duration: " + std::string{duration} +
           "}, tax: {duration: " + std::string{duration} +
           "}}\nsites:\n  s: {open: {mon-fri: \"09-17\"}, desks: {d: {count: " + std::string{desks} +
           ", serves: [card, tax]" + std::string{more} + "}}}\n" +
           "demand: [{service: card, site: s, arrivals: {poisson: 0.001 per hour}}]\n";
}

}  // namespace

TEST_CASE("with n ahead at c busy desks of exponential services the wait is Erlang of n + 1 phases") {
    Place place{shop("{exponential: 6 min}")};
    place.open(3, rules::DeskDoing::serving, 12 * minute);  // how long they have been at it says nothing
    place.wait(9);
    constexpr int paths = 4000;
    const auto waits = place.forecast(paths);
    for (const std::uint32_t ahead : {0U, 3U, 8U}) {
        const double phase = 2.0 * static_cast<double>(minute);  // 6 min over 3 desks
        const double phases = ahead + 1.0;
        const auto& one = waits.tickets.at(ahead + 1);
        REQUIRE(one.waits.size() == paths);
        // Four standard errors, and the residual times are inverted in 2,048 steps.
        const double error = 4 * phase * std::sqrt(phases / paths) + 0.01 * phase * phases;
        CHECK(one.mean() == doctest::Approx(phase * phases).epsilon(error / (phase * phases)));
        double squares = 0;
        for (const auto wait : one.waits)
            squares += (static_cast<double>(wait) - one.mean()) * (static_cast<double>(wait) - one.mean());
        CHECK(std::sqrt(squares / paths) == doctest::Approx(phase * std::sqrt(phases)).epsilon(0.06));
    }
    // The first of the line: exponential, so the promise is ln 5 times the mean.
    const double promise = 2.0 * static_cast<double>(minute) * std::log(5.0);
    CHECK(static_cast<double>(*waits.tickets.at(1).quantile(0.8)) == doctest::Approx(promise).epsilon(0.06));
}

TEST_CASE("an exponential service has no memory, a constant one remembers everything") {
    const auto exponential = LengthOfTime::of(random::Sampler::exponential(1e6));
    const auto constant = LengthOfTime::of(random::Sampler::constant(1e6));
    const auto stream = random::Stream::of({7, 0}, 0, 0);
    for (const des::Time passed : {0, 500'000, 2'000'000}) {
        double sum = 0;
        constexpr int draws = 20'000;
        for (std::uint64_t index = 0; index < draws; ++index) {
            sum += static_cast<double>(exponential.draw_rest({stream, index}, passed));
            CHECK(constant.draw_rest({stream, index}, passed) == std::max<des::Time>(0, 1'000'000 - passed));
        }
        CHECK(sum / draws == doctest::Approx(1e6).epsilon(0.03));
    }
    // Longer than nearly all that was drawn to know it by: the rest is estimated from the longest of them.
    double sum = 0;
    constexpr int draws = 20'000;
    for (std::uint64_t index = 0; index < draws; ++index)
        sum += static_cast<double>(exponential.draw_rest({stream, index}, 8'000'000));
    CHECK(sum / draws == doctest::Approx(1e6).epsilon(0.2));
}

TEST_CASE("what is left of a measured length is drawn from those that are longer") {
    const auto length = LengthOfTime::learnt({1e6, 2e6, 3e6, 10e6});
    const auto stream = random::Stream::of({7, 0}, 0, 0);
    for (std::uint64_t index = 0; index < 200; ++index) {
        const auto rest = length.draw_rest({stream, index}, 2'500'000);
        CHECK((rest == 500'000 || rest == 7'500'000));
    }
    CHECK(length.mean() == doctest::Approx(4e6));
    CHECK(length.at_pace(2).mean() == doctest::Approx(8e6));
}

TEST_CASE("constant services leave no doubt") {
    Place place{shop("6 min")};
    place.open(2, rules::DeskDoing::serving, 2 * minute);
    place.wait(5);
    const auto waits = place.forecast(20);
    const std::vector<des::Time> expected{4 * minute, 4 * minute, 10 * minute, 10 * minute, 16 * minute};
    for (std::uint32_t ticket = 1; ticket <= 5; ++ticket) {
        CHECK(waits.tickets.at(ticket).waits.front() == expected[ticket - 1]);
        CHECK(waits.tickets.at(ticket).waits.back() == expected[ticket - 1]);
    }
}

TEST_CASE("one more person ahead never brings anybody forward, path by path") {
    Place few{shop("{lognormal: {mean: 6 min, cv: 1.2}}")};
    Place more{shop("{lognormal: {mean: 6 min, cv: 1.2}}")};
    for (Place* place : {&few, &more}) {
        place->open(3, rules::DeskDoing::serving, 3 * minute);
        place->wait(12);
    }
    rules::WaiterNow first = more.now.waiting.front();
    first.ticket = 500;
    first.arrived = first.joined = first.arrived - minute;
    more.now.waiting.insert(more.now.waiting.begin(), first);
    for (std::uint64_t path = 0; path < 100; ++path) {
        const auto short_line = simulate_hall(few.habits, few.now, {}, {.paths = 1, .seed = path});
        const auto long_line = simulate_hall(more.habits, more.now, {}, {.paths = 1, .seed = path});
        for (std::uint32_t ticket = 1; ticket <= 12; ++ticket)
            CHECK(long_line.tickets.at(ticket).waits.front() >= short_line.tickets.at(ticket).waits.front());
    }
}

TEST_CASE("who comes later with priority overtakes, and the forecast knows it") {
    Place place{shop("6 min")};
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(4);
    const double before = place.forecast().tickets.at(4).mean();
    rules::HallPast past;
    past.days = 1;
    for (auto& count : past.arrivals[{model::ServiceKey{"card"}, {}, 0, true}])
        count = 2;  // in each half hour
    learn_from(place.habits, past, place.names);
    const double after = place.forecast(500).tickets.at(4).mean();
    CHECK(before == doctest::Approx(24.0 * static_cast<double>(minute)));
    // 24 minutes of work, and 6 minutes more for each of 4 an hour who come meanwhile: 24 / (1 - 0.4).
    CHECK(after > 1.3 * before);
    CHECK(after < 1.8 * before);
}

TEST_CASE("people with priority by law who wait go first, whoever came before them") {
    Place place{shop("6 min")};
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(2);
    place.wait(1, "tax", true);
    const auto waits = place.forecast(1);
    CHECK(waits.tickets.at(3).waits.front() == 6 * minute);
    CHECK(waits.tickets.at(1).waits.front() == 12 * minute);
}

TEST_CASE("who gives up makes the way shorter for those behind, and is told the wait of who stays") {
    Place place{shop("{exponential: 6 min}")};
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(10);
    const double patient = place.forecast(1000).tickets.at(10).mean();
    rules::HallPast past;
    past.left = 10;
    past.waited = 10 * 60.0 * static_cast<double>(minute);  // one gives up for each hour waited
    learn_from(place.habits, past, place.names);
    const auto waits = place.forecast(1000);
    // Birth and death: with i ahead the next goes after 1 / (mu + i theta), mu = 10 an hour, theta = 1.
    double expected = 0;
    for (int ahead = 0; ahead < 10; ++ahead)
        expected += 60.0 / (10 + ahead);
    CHECK(waits.tickets.at(10).waits.size() == 1000);
    CHECK(waits.tickets.at(10).mean() / static_cast<double>(minute) ==
          doctest::Approx(expected).epsilon(0.06));
    CHECK(patient / static_cast<double>(minute) == doctest::Approx(60).epsilon(0.06));
}

TEST_CASE("some who are called do not come, and cost their desk less than who does") {
    Place place{shop("6 min")};
    place.habits.comes = 0.5;
    place.habits.hold = LengthOfTime::of(random::Sampler::constant(static_cast<double>(minute)));
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(11);
    // Six minutes of who is served, then ten people who each cost 6 or 1.
    CHECK(place.forecast(2000).tickets.at(11).mean() / static_cast<double>(minute) ==
          doctest::Approx(6 + 10 * 3.5).epsilon(0.03));
}

TEST_CASE("an appointment that is due takes its desk, as often as people come to appointments") {
    Place place{shop("6 min")};
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(2);
    for (const double share : {0.0, 0.75, 1.0}) {
        place.now.expected = {{place.queue("card", true), place.now.at + 3 * minute, share}};
        CHECK(place.forecast(2000).tickets.at(2).mean() / static_cast<double>(minute) ==
              doctest::Approx(12 + 6 * share).epsilon(0.02));
    }
}

TEST_CASE("breaks and the roster are foreseen") {
    Place place{shop("6 min", ", breaks: [{\"10:05\": 20 min}]")};
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(2);
    CHECK(place.forecast(1).tickets.at(1).waits.front() == 26 * minute);
    place.now.desks.front().rested = place.now.at - 10 * minute;  // has had it
    CHECK(place.forecast(1).tickets.at(1).waits.front() == 6 * minute);

    Place growing{shop("6 min", "", "{mon-fri: {\"09-10:15\": 1, \"10:15-17\": 2}}")};
    growing.open(1, rules::DeskDoing::serving, 0);
    growing.wait(4);
    const auto waits = growing.forecast(1);
    CHECK(waits.tickets.at(2).waits.front() == 12 * minute);
    CHECK(waits.tickets.at(3).waits.front() == 15 * minute);  // by the desk that is added
    CHECK(waits.tickets.at(4).waits.front() == 18 * minute);
}

TEST_CASE("a desk at rest comes back, and who was sent to it waits for it") {
    Place place{shop("6 min")};
    place.habits.rest = LengthOfTime::of(random::Sampler::constant(10.0 * static_cast<double>(minute)));
    place.open(1, rules::DeskDoing::serving, 0);
    place.open(1, rules::DeskDoing::resting, 2 * minute);
    place.wait(3);
    place.now.waiting[0].only = 1;
    auto waits = place.forecast(1);
    CHECK(waits.tickets.at(1).waits.front() == 8 * minute);
    CHECK(waits.tickets.at(2).waits.front() == 6 * minute);
    place.now.waiting[0].only = rules::closed_desk;
    waits = place.forecast(1);
    CHECK(waits.tickets.at(1).waits.empty());
    CHECK_FALSE(waits.tickets.at(1).quantile(0.8).has_value());
}

TEST_CASE("who would come now is told a wait and makes nobody else wait") {
    Place place{shop("6 min")};
    place.open(2, rules::DeskDoing::serving, 0);
    place.wait(3);
    const auto alone = place.forecast(1);
    const auto waits =
        simulate_hall(place.habits, place.now, {place.queue("card"), place.queue("tax")}, {.paths = 1});
    CHECK(waits.newcomers.at(place.queue("card")).waits.front() == 12 * minute);
    CHECK(waits.newcomers.at(place.queue("tax")).waits.front() == 12 * minute);
    for (std::uint32_t ticket = 1; ticket <= 3; ++ticket)
        CHECK(waits.tickets.at(ticket).waits == alone.tickets.at(ticket).waits);
    place.now.waiting.clear();
    place.open(1);
    const auto free = simulate_hall(place.habits, place.now, {place.queue("card")}, {.paths = 1});
    CHECK(free.newcomers.at(place.queue("card")).waits.front() == 0);
}

TEST_CASE("S041 where nobody sits behind a desk the planned ones are counted on from when they are planned") {
    Place place{shop("6 min", "", "2"), 8 * 60 + 30};  // half an hour before the doors open
    place.wait(3);
    auto outlook = simulated_outlook(place.habits, place.now, {}, {.paths = 20});
    const auto first = std::get<rules::WaitForecast>(outlook.tickets.at(1));
    CHECK(first.mean == 30 * minute);
    CHECK(first.assumes_desks);
    CHECK(std::get<rules::WaitForecast>(outlook.tickets.at(3)).mean == 36 * minute);

    Place open{shop("6 min", "", "2")};  // ten o'clock, and nobody has come to work yet
    open.wait(3);
    outlook = simulated_outlook(open.habits, open.now, {}, {.paths = 20});
    CHECK(std::get<rules::WaitForecast>(outlook.tickets.at(3)).mean == 6 * minute);
    CHECK(std::get<rules::WaitForecast>(outlook.tickets.at(3)).assumes_desks);
    const auto by_rule = queue_length_outlook(open.habits, open.now, {}, 0.8);
    CHECK(std::get<rules::WaitForecast>(by_rule.tickets.at(3)).mean == 9 * minute);  // (2 + 1) 6 / 2
    CHECK(std::get<rules::WaitForecast>(by_rule.tickets.at(3)).assumes_desks);

    Place sunday{shop("6 min", "", "2")};
    sunday.habits = habits_by_model(sunday.model, sunday.model.sites.front(), sunday.plan, sunday.names,
                                    *parse_date("2026-01-04"));
    sunday.wait(1);
    CHECK(std::get<rules::NoWait>(simulated_outlook(sunday.habits, sunday.now, {}, {}).tickets.at(1)) ==
          rules::NoWait::no_desk);
    CHECK(std::get<rules::NoWait>(queue_length_outlook(sunday.habits, sunday.now, {}, 0.8).tickets.at(1)) ==
          rules::NoWait::no_desk);
}

TEST_CASE("S038 without an average time there is no estimate, and it says why") {
    Place place{shop("0 min")};
    place.open(1, rules::DeskDoing::serving);
    place.wait(1);
    CHECK(std::get<rules::NoWait>(simulated_outlook(place.habits, place.now, {}, {}).tickets.at(1)) ==
          rules::NoWait::no_average);
    CHECK(std::get<rules::NoWait>(queue_length_outlook(place.habits, place.now, {}, 0.8).tickets.at(1)) ==
          rules::NoWait::no_average);
}

TEST_CASE("where who waits at closing is sent away, who comes too late is told so") {
    Place place{shop("6 min"), 16 * 60 + 50};
    place.habits.sends_away = true;
    place.open(1, rules::DeskDoing::serving, 0);
    place.wait(3);
    const auto outlook = simulated_outlook(place.habits, place.now, {}, {.paths = 20});
    CHECK(std::get<rules::WaitForecast>(outlook.tickets.at(1)).mean == 6 * minute);
    CHECK(std::get<rules::NoWait>(outlook.tickets.at(3)) == rules::NoWait::not_today);
    place.habits.sends_away = false;
    const auto served = simulated_outlook(place.habits, place.now, {}, {.paths = 20});
    CHECK(std::get<rules::WaitForecast>(served.tickets.at(3)).before_closing == 0);
    CHECK(std::get<rules::WaitForecast>(served.tickets.at(1)).before_closing == 1);
}

TEST_CASE("the rule of the queue length is (n + 1) services over the desks, with the spread of Erlang") {
    Place place{shop("6 min")};
    place.open(2, rules::DeskDoing::serving, 0);
    place.wait(5);
    const auto line = line_before(place.habits, place.now, 4);
    CHECK(line.ahead == 4);
    CHECK(line.desks == 2);
    CHECK(*queue_length_wait(line) == doctest::Approx(15.0 * static_cast<double>(minute)));
    CHECK(*constant_over_desks(line) == doctest::Approx(15.0 * static_cast<double>(minute)));
    // Erlang of 5 phases and mean 5: half below 4.6709, four fifths below 6.7210.
    CHECK(*queue_length_quantile(line, 0.5) / static_cast<double>(minute) ==
          doctest::Approx(3 * 4.6709).epsilon(0.01));
    CHECK(*queue_length_quantile(line, 0.8) / static_cast<double>(minute) ==
          doctest::Approx(3 * 6.7210).epsilon(0.01));
    place.now.desks.front().doing = rules::DeskDoing::free;
    CHECK(*queue_length_wait(line_before(place.habits, place.now, 0)) == 0);
}

TEST_CASE("what was measured takes the place of what the model says, where there is enough of it") {
    Place place{shop("6 min")};
    rules::HallPast past;
    past.days = 10;
    auto& cards = past.served[{model::ServiceKey{"card"}, {}}];
    cards.assign(40, 9.0 * static_cast<double>(minute));
    past.served[{model::ServiceKey{"tax"}, {}}].assign(5, 9.0 * static_cast<double>(minute));
    past.ways.assign(45, 30.0 * static_cast<double>(des::second));
    past.holds.assign(15, 120.0 * static_cast<double>(des::second));
    CHECK(past.legs() == 45);
    learn_from(place.habits, past, place.names);
    CHECK(place.habits.length(place.queue("card")).mean() ==
          doctest::Approx(9.0 * static_cast<double>(minute)));
    CHECK(place.habits.length(place.queue("tax")).mean() ==
          doctest::Approx(9.0 * static_cast<double>(minute)));  // the model's, at the pace of all
    CHECK(place.habits.way.mean() == doctest::Approx(30e6));
    CHECK(place.habits.comes == doctest::Approx(0.75));
}
