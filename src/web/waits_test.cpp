// Waits on the pages: a range and a promise, in three languages, and honest where they cannot be had.
#include "web/town_test.hpp"

using namespace balcao;
using namespace balcao::web;

namespace {

// Says the same of everybody.
struct Fortune final : office::Forecaster {
    rules::WaitAnswer answer = rules::WaitForecast{
        .mean = 900'000'000, .from = 600'000'000, .to = 1'200'000'000, .promise = 1'500'000'000};

    void learn(const office::Layout&, Date, const rules::HallPast&) override {}

    rules::Outlook forecast(const office::Layout&,
                            const rules::HallNow& now,
                            const std::vector<rules::QueueIndex>& newcomers,
                            double) override {
        rules::Outlook outlook;
        outlook.at = now.at;
        for (const auto& waiter : now.waiting)
            outlook.tickets.emplace(waiter.ticket, answer);
        for (const auto queue : newcomers)
            outlook.newcomers.emplace(queue, answer);
        return outlook;
    }
};

// It is ten o'clock.
struct ForeseenTown {
    SetClock clock{town::beginning()};
    journal::MemoryStore store;
    std::unique_ptr<office::FrontOffice> office = *office::FrontOffice::open(store, clock, model_of(city));
    Fortune fortune;
    office::Foresight foresight{*office, clock, fortune};
    crypto::SecretKey key = crypto::SecretKey::random();
    std::unique_ptr<staff::Staff> staff = *staff::Staff::open(store, clock, key, {});
    std::unique_ptr<booking::Bookings> bookings =
        *booking::Bookings::open(store, clock, key, office->model());
    std::unique_ptr<device::Devices> devices = *device::Devices::open(store, clock, key);
    SteadyStopwatch stopwatch;
    cases::Settings agreed{office->zone()};
    cases::Cases cases{store, clock, stopwatch, key, agreed};
    web::Pages pages{{*office, *staff, *bookings, *devices, cases},
                     clock,
                     {.installation = key, .foresight = &foresight, .look_again = 50ms}};
    std::unique_ptr<http::Server> server = start();

    std::unique_ptr<http::Server> start() {
        http::Settings settings;
        settings.hooks = pages.hooks();
        return *http::Server::start(std::move(settings), pages.router());
    }

    http::Answer ask(http::Method method, const std::string& path, const std::string& form = {}) const {
        http::Headers headers;
        if (!form.empty()) headers.set("Content-Type", "application/x-www-form-urlencoded");
        auto answer = http::fetch({.method = method,
                                   .url = "http://127.0.0.1:" + std::to_string(server->port()) + path,
                                   .headers = std::move(headers),
                                   .body = form});
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    http::Answer get(const std::string& path) const { return ask(http::Method::get, path); }

    // The address of the ticket, without its language.
    std::string take() const {
        return location_of(ask(http::Method::post, "/pt/sites/shop/tickets", "service=identity")).substr(3);
    }

    void look(std::chrono::milliseconds later) {
        clock.pass(later);
        REQUIRE(foresight.look_ahead());
    }
};

}  // namespace

TEST_CASE("a ticket shows the range as it is now and the promise as it was made, in three languages") {
    ForeseenTown town;
    const std::string ticket = town.take();
    CHECK(has(town.get("/pt" + ticket), "A sua espera está a ser calculada."));
    town.look(1s);
    CHECK(has(town.get("/pt" + ticket), "A sua vez: cerca das 10:10–10:21; o mais tardar às 10:25"));
    CHECK(has(town.get("/en" + ticket), "Your turn: about 10:10–10:21; at the latest 10:25"));
    CHECK(has(town.get("/es" + ticket), "Su turno: sobre las 10:10–10:21; a más tardar a las 10:25"));
    town.look(5min);  // no progress: the range moves on, the promise stays
    CHECK(has(town.get("/en" + ticket), "Your turn: about 10:15–10:25; at the latest 10:25"));
    town.look(15min);
    CHECK(has(town.get("/en" + ticket), "It takes longer than we said (10:25); we are sorry."));
}

TEST_CASE(
    "S153 a site shows the wait for each of its services now, on its page, in the list and on its board") {
    ForeseenTown town;
    CHECK_FALSE(has(town.get("/en/sites/shop"), "Wait now"));
    town.take();
    town.look(1s);
    const auto page = town.get("/en/sites/shop");
    CHECK(has(page, "Wait now"));
    CHECK(has(page, "Identity card: <strong>10–20 min</strong>"));
    CHECK(has(page, "Tax: <strong>10–20 min</strong>"));
    CHECK(has(town.get("/es"), "Espera ahora: 10–20 min"));
    CHECK(has(town.get("/pt/sites/shop/board"), "Espera agora: 10–20 min"));
}

TEST_CASE("where no wait can be told the pages say why instead") {
    ForeseenTown town;
    const std::string ticket = town.take();
    town.fortune.answer = rules::NoWait::no_average;
    town.look(1s);
    CHECK(has(town.get("/en" + ticket), "it is not known how long this service takes"));
    CHECK(has(town.get("/en/sites/shop"), "<strong>not known</strong>"));
    town.fortune.answer = rules::NoWait::no_desk;
    town.look(30s);
    CHECK(has(town.get("/en" + ticket), "no desk is open for it, and none is planned today"));
    town.fortune.answer = rules::NoWait::not_today;
    town.look(30s);
    CHECK(has(town.get("/en" + ticket), "It will probably not be your turn before closing time."));
    town.fortune.answer = rules::WaitForecast{.mean = 1,
                                              .to = 600'000'000,
                                              .promise = 700'000'000,
                                              .basis = rules::WaitBasis::queue_length,
                                              .assumes_desks = true};
    town.look(30s);
    const auto page = town.get("/en" + ticket);
    CHECK(has(page, "There is too little history here for a forecast"));
    CHECK(has(page, "This counts on the desks that are planned."));
    CHECK(has(town.get("/en/sites/shop"), "There is too little history here for a forecast"));
}

TEST_CASE("how a site kept its promises is public, and counted for who watches over the server") {
    ForeseenTown town;
    town.take();
    town.look(1s);
    CHECK(has(town.get("/en/sites/shop"), "No promise of a time has come due in the last seven days."));
    town.look(30min);
    CHECK(has(town.get("/en/sites/shop"), "Promises of the last seven days: 1; kept: 0 %."));
    const auto metrics = town.get("/metrics");
    CHECK(has(metrics, "balcao_promises_today{site=\"shop\",fate=\"broken\"} 1"));
    CHECK(has(metrics, "balcao_forecast_seconds_count 2"));
    CHECK(has(metrics, "balcao_promises_made_total 1"));
}
