#include "main/effect_simulator.hpp"

#include <doctest/doctest.h>

#include "model/read.hpp"

using namespace balcao;
using namespace balcao::cli;
using namespace std::chrono_literals;

namespace {

// Monday, 5 January 2026, at noon.
struct Noon final : Clock {
    [[nodiscard]] Instant now() const override {
        return Instant{std::chrono::sys_days{*parse_date("2026-01-05")}} + 12h;
    }
};

model::Model shop_of(const std::string& open, int desks) {
    const std::string text =
        "balcao: 1\nname: Town\nfirst_day: 2026-01-05\nservices: {x: {duration: {exponential: 6 min}}}\n"
        "people: {all: {size: 1000}}\nsites:\n  shop: {open: " +
        open + ", desks: {a: {count: " + std::to_string(desks) +
        ", serves: [x]}}}\n  other: {open: {mon-fri: \"09-17\"}, desks: {a: {count: 3, serves: [x]}}}\n"
        "demand:\n  - {service: x, site: shop, group: all, arrivals: {poisson: 25 per hour}}\n"
        "  - {service: x, site: other, arrivals: {poisson: 10 per hour}}\n"
        "targets: [{measure: served_within, limit: 10 min, at_least: 80 %}]\n";
    const model::MemoryFiles files{{{"town.yaml", text}}};
    const auto read = model::read_model("town.yaml", files, {});
    for (const auto& remark : read.remarks)
        MESSAGE(model::format_remark(remark));
    REQUIRE(read.value.has_value());
    return *read.value;
}

const std::string usual = "{mon-fri: \"09-17\"}";

web::Effect effect_of(const model::Model& now,
                      const model::Model& after,
                      std::chrono::milliseconds time = 4s) {
    const Noon noon;
    EffectSimulator simulator{noon, *Zone::find("Europe/Lisbon"), time};
    const std::atomic<bool> never{false};
    auto effect = simulator.effect_of(now, after, never);
    REQUIRE(effect.has_value());
    return *effect;
}

const web::EffectRow* find(const web::Effect& effect, const char* site, bool is_share) {
    for (const auto& row : effect.rows)
        if (row.site.text() == site && row.service.empty() && row.group.empty() &&
            row.within_minutes.has_value() == is_share)
            return &row;
    return nullptr;
}

}  // namespace

TEST_CASE(
    "a desk more shortens the wait of its site, more are within the promise, and other sites stay as they "
    "are") {
    const auto effect = effect_of(shop_of(usual, 3), shop_of(usual, 4));
    CHECK(effect.replications >= 4);
    const auto* wait = find(effect, "shop", false);
    REQUIRE(wait != nullptr);
    CHECK(wait->after < wait->before);
    CHECK(wait->half_width.has_value());
    CHECK(wait->is_better == true);
    const auto* within = find(effect, "shop", true);
    REQUIRE(within != nullptr);
    CHECK(within->within_minutes == 10);
    CHECK(within->after > within->before);
    CHECK(find(effect, "other", false) == nullptr);
    CHECK(effect.people_after == doctest::Approx(effect.people_before));
    const auto gains = [&](const web::EffectRow& row) {
        return row.group.text() == "all" && row.is_better == true;
    };
    CHECK(std::any_of(effect.rows.begin(), effect.rows.end(), gains));
}

TEST_CASE("what changes nothing for anybody is told by no row") {
    CHECK(effect_of(shop_of(usual, 3), shop_of(usual, 3)).rows.empty());
}

TEST_CASE("in too little time nothing is said") {
    const auto effect = effect_of(shop_of(usual, 3), shop_of(usual, 4), 0ms);
    CHECK(effect.replications == 0);
    CHECK(effect.rows.empty());
}

TEST_CASE("hours of one day are simulated in the week of that day, other changes next week") {
    const auto now = shop_of(usual, 3);
    const auto eve = shop_of("{mon-fri: \"09-17\", dates: {2026-12-24: \"09-12\"}}", 3);
    const Date today = *parse_date("2026-01-07");
    CHECK(first_day_to_simulate(now, eve, today) == *parse_date("2026-12-21"));
    CHECK(first_day_to_simulate(now, shop_of(usual, 4), today) == *parse_date("2026-01-12"));
    CHECK(first_day_to_simulate(now, eve, *parse_date("2026-12-25")) == *parse_date("2026-12-28"));
    const auto effect = effect_of(now, eve);
    CHECK(effect.first_day == *parse_date("2026-12-21"));
    CHECK(find(effect, "shop", false) != nullptr);
}

TEST_CASE("whoever was expected when the doors are shut now is missing, and that is told") {
    const auto effect = effect_of(shop_of(usual, 3), shop_of("{mon-fri: \"09-13\"}", 3));
    // 25 an hour at one site and 10 at the other, eight hours of five days in seven; four hours at the first.
    CHECK(effect.people_before == doctest::Approx(35 * 8 * 5 / 7.0).epsilon(0.1));
    CHECK(effect.people_after == doctest::Approx((25 * 4 + 10 * 8) * 5 / 7.0).epsilon(0.1));
}
