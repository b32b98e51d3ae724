// What a change of the model would do to waits, found beside its preview.
#include "web/effects.hpp"

#include <condition_variable>

#include "web/town_test.hpp"

namespace balcao::web {
namespace {

// Answers when the test lets it.
class Slow final : public Simulator {
public:
    Result<Effect> effect_of(const model::Model&,
                             const model::Model&,
                             const std::atomic<bool>& stop) override {
        ++asked;
        while (!may_answer && !stop)
            std::this_thread::sleep_for(1ms);
        return answer;
    }

    std::atomic<int> asked{0};
    std::atomic<bool> may_answer{false};
    Result<Effect> answer = Effect{};
};

struct Administered {
    Town town;
    Slow slow;
    Pages pages{{*town.office, *town.staff, *town.bookings, *town.devices, town.cases},
                town.clock,
                {.installation = town.key,
                 .look_again = 50ms,
                 .editions = town.editions.get(),
                 .adopt = [this] { return town.adopt(); },
                 .simulator = &slow}};
    std::unique_ptr<http::Server> server = start();
    std::string cookie = sign_in(town);

    std::unique_ptr<http::Server> start() {
        http::Settings settings;
        settings.hooks = pages.hooks();
        auto started = http::Server::start(std::move(settings), pages.router());
        REQUIRE(started.has_value());
        return *std::move(started);
    }

    [[nodiscard]] http::Answer preview(const std::string& desks) const {
        auto answer = http::fetch(
            {.method = http::Method::post,
             .url = "http://127.0.0.1:" + std::to_string(server->port()) + "/en/administration/preview",
             .headers = {{"Cookie", cookie}, {"Content-Type", "application/x-www-form-urlencoded"}},
             .body = "kind=desks&site=shop&desks=both&based-on=1&count=" + desks});
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    // The preview once it says that.
    [[nodiscard]] http::Answer preview_that_says(const std::string& desks, std::string_view words) const {
        for (int tries = 0; tries < 500; ++tries) {
            auto page = preview(desks);
            if (has(page, words)) return page;
            std::this_thread::sleep_for(5ms);
        }
        return preview(desks);
    }
};

EffectRow row(double before, double after, std::optional<bool> is_better) {
    return {.site = model::SiteKey{"shop"},
            .before = before,
            .after = after,
            .half_width = 0.5,
            .is_better = is_better};
}

}  // namespace

TEST_CASE("the preview comes at once, and what the change does to waits when it is simulated") {
    Administered office;
    EffectRow within = row(0.8, 0.9, true);
    within.within_minutes = 20;
    within.half_width = 0.02;
    EffectRow tax = row(5, 7, false);
    tax.service = model::ServiceKey{"tax"};
    EffectRow city = row(3.01, 3, true);
    city.site = {};
    office.slow.answer = Effect{.first_day = *parse_date("2026-01-12"),
                                .days = 7,
                                .replications = 30,
                                .people_before = 212.4,
                                .people_after = 160,
                                .rows = {city, row(12, 9.5, true), within, tax}};
    const auto first = office.preview("5");
    CHECK(first.status == 200);
    CHECK(has(first, "It is being simulated: at most 20 seconds."));
    CHECK(has(first, "Look again"));
    CHECK(has(first, "data-live=\"/en/live/administration/effects/"));
    office.slow.may_answer = true;
    const auto then = office.preview_that_says("5", "Simulated: 7 days");
    CHECK(has(then, "Simulated: 7 days from Monday, 12 January 2026 on, 30 times"));
    CHECK(has(then, "People who come, a day: 212 now, 160 after the change."));
    CHECK(has(then, "hardly any"));
    CHECK(has(then, "12.0 min"));
    CHECK(has(then, "9.5 min"));
    CHECK(has(then, "better"));
    CHECK(has(then, "Waits up to 20 min"));
    CHECK(has(then, "80.0%"));
    CHECK(has(then, "Tax, Shop"));
    CHECK_FALSE(has(then, "Look again"));
    CHECK(office.slow.asked == 1);  // the same change is simulated once
}

TEST_CASE("one change is simulated at a time, the last that was asked for next") {
    Administered office;
    (void)office.preview("5");
    for (int tries = 0; tries < 500 && office.slow.asked == 0; ++tries)
        std::this_thread::sleep_for(5ms);
    (void)office.preview("6");
    (void)office.preview("7");
    CHECK(office.slow.asked == 1);
    office.slow.may_answer = true;
    CHECK(has(office.preview_that_says("7", "too little"), "In 20 seconds too little could be simulated"));
}

TEST_CASE("a change that cannot be simulated says why, and can be published all the same") {
    Administered office;
    office.slow.may_answer = true;
    office.slow.answer = Error{Errc::invalid, "a site never closes", ""};
    const auto page = office.preview_that_says("5", "cannot be simulated");
    CHECK(has(page, "a site never closes"));
    CHECK(has(page, "Publish"));
}

}  // namespace balcao::web
