#include "plan/correction.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/read.hpp"
#include "plan/export_model.hpp"
#include "sim/simulate.hpp"

namespace balcao::plan {
namespace {

constexpr int whole_desk_rounds = 2;

// The people of the rounds, and others to judge what came of them.
constexpr std::uint64_t seed_of_rounds = 1;
constexpr std::uint64_t seed_of_judgement = 2;

struct Simulated {
    double wait = 0;
    double abandoned = 0;
    std::optional<double> wait_half_width{};
    std::optional<double> abandoned_half_width{};
};

struct Years {
    int count = 1;
    std::uint64_t seed = seed_of_rounds;
};

Result<model::Model> read_exported(const Network& network) {
    std::map<std::string, std::string> files;
    for (auto& [name, content] : export_model(network))
        files.emplace("fitted/" + name, std::move(content));
    const model::MemoryFiles memory{std::move(files)};
    model::Read<model::Model> read = model::read_model("fitted", memory, {.today = network.first_day});
    if (read.value) return std::move(*read.value);
    const std::string why = read.remarks.empty() ? "" : model::format_remark(read.remarks.front());
    return Error{Errc::invalid, "the fitted model cannot be read back: " + why};
}

Result<std::vector<Simulated>> simulate_network(const Network& network,
                                                const CorrectionOptions& options,
                                                Years years) {
    BALCAO_TRY(const model::Model city, read_exported(network));
    sim::RunOptions run;
    run.days = options.days;
    run.replications = years.count;
    run.seed = years.seed;
    run.threads = options.work.threads;
    run.stop = options.work.stop;
    BALCAO_TRY(const sim::Results results, sim::simulate(city, run));
    if (options.work.is_stopped()) return Error{Errc::unavailable, "stopped"};
    std::vector<Simulated> simulated;
    for (const NetworkShop& shop : network.shops) {
        sim::Breakdown of;
        of.site = shop.key;
        const sim::Row* wait = results.find(sim::Measure::wait, of);
        const sim::Row* abandoned = results.find(sim::Measure::abandoned_share, of);
        Simulated& of_shop = simulated.emplace_back();
        if (wait != nullptr) {
            of_shop.wait = wait->mean;
            of_shop.wait_half_width = wait->half_width;
        }
        if (abandoned != nullptr) {
            of_shop.abandoned = abandoned->mean;
            of_shop.abandoned_half_width = abandoned->half_width;
        }
    }
    return simulated;
}

// Where one shop is and was.
struct Search {
    double log_scale = 0;  // of the effective desks
    double distance = 0;   // on the day curve, simulated minus wanted load
    double last_scale = 0;
    double last_distance = 0;
    bool has_last = false;
    double best_miss = 1e300;
    double best_scale = 0;
    double best_rate = 0;
    std::vector<NetworkDesks> best_desks;
};

double miss_of(const NetworkShop& shop, const Simulated& simulated) {
    return std::abs(std::log(simulated.wait + 2) - std::log(shop.wait_wanted + 2)) +
           2 * std::abs(simulated.abandoned - shop.abandoned_wanted);
}

// The desks of the queueing approximation may be a whole desk off; once they are near, they stay.
enum class Staffing : unsigned char { whole_desks, factors };

void move(
    NetworkShop& shop, Search& search, const DayCurve& curve, const Simulated& simulated, Staffing staffing) {
    const double miss = miss_of(shop, simulated);
    if (miss < search.best_miss) {
        search.best_miss = miss;
        search.best_scale = search.log_scale;
        search.best_rate = shop.leaving_rate;
        search.best_desks = shop.desks;
    }
    search.distance = curve.load(simulated.wait) - curve.load(shop.wait_wanted);
    double step = search.distance;
    if (search.has_last && std::abs(search.log_scale - search.last_scale) > 1e-4) {
        const double slope =
            (search.distance - search.last_distance) / (search.log_scale - search.last_scale);
        // More desks shorten the wait; a slope that says otherwise is noise.
        if (slope < -0.2) step = -search.distance / std::max(slope, -5.0);
    }
    search.last_scale = search.log_scale;
    search.last_distance = search.distance;
    search.has_last = true;
    search.log_scale = std::clamp(search.log_scale + std::clamp(step, -0.5, 0.5), -2.0, 2.0);
    const double ratio = std::max(shop.abandoned_wanted, 0.002) / std::max(simulated.abandoned, 0.002);
    shop.leaving_rate = std::clamp(shop.leaving_rate * std::clamp(ratio, 0.5, 2.0), 1e-5, 1.0);
    shop.desk_scale = std::exp(search.log_scale);
    if (staffing == Staffing::whole_desks) {
        shop.staff();
        search.has_last = false;  // what the last move did says little about other whole desks
    } else {
        shop.set_factors();
    }
}

ShopCorrection correction_of(const NetworkShop& shop, const Simulated& before, const Simulated& after) {
    ShopCorrection correction{.shop = shop.shop.name,
                              .wait_wanted = shop.wait_wanted,
                              .wait_before = before.wait,
                              .wait_after = after.wait,
                              .wait_after_half_width = after.wait_half_width,
                              .abandoned_wanted = shop.abandoned_wanted,
                              .abandoned_before = before.abandoned,
                              .abandoned_after = after.abandoned,
                              .abandoned_after_half_width = after.abandoned_half_width};
    std::array<int, 7> desks{};
    double factor = 0;
    for (const NetworkDesks& group : shop.desks) {
        factor += group.share * group.factor;
        for (std::size_t weekday = 0; weekday < 7; ++weekday)
            desks[weekday] += group.count[weekday];
    }
    correction.desks = *std::max_element(desks.begin(), desks.end());
    correction.factor = factor;
    return correction;
}

}  // namespace

Result<std::vector<ShopCorrection>> correct_by_simulation(Network& network,
                                                          const Fitted& fitted,
                                                          const CorrectionOptions& options) {
    std::vector<Search> searches(network.shops.size());
    std::vector<Simulated> before;
    for (int round = 0; round <= options.rounds; ++round) {
        BALCAO_TRY(const std::vector<Simulated> simulated, simulate_network(network, options, {}));
        if (round == 0) before = simulated;
        for (std::size_t i = 0; i < network.shops.size(); ++i) {
            NetworkShop& shop = network.shops[i];
            move(shop, searches[i], fitted.find(shop.shop.name)->queue->curve, simulated[i],
                 round < whole_desk_rounds ? Staffing::whole_desks : Staffing::factors);
        }
        if (options.work.progress) options.work.progress(static_cast<std::size_t>(round) + 1);
    }
    for (std::size_t i = 0; i < network.shops.size(); ++i) {
        NetworkShop& shop = network.shops[i];
        shop.desk_scale = std::exp(searches[i].best_scale);
        shop.leaving_rate = searches[i].best_rate;
        shop.desks = searches[i].best_desks;
    }
    BALCAO_TRY(const std::vector<Simulated> after,
               simulate_network(network, options, {options.judged_years, seed_of_judgement}));
    if (options.work.progress)
        options.work.progress(static_cast<std::size_t>(options.rounds) + 1 +
                              static_cast<std::size_t>(options.judged_years));
    std::vector<ShopCorrection> corrections;
    for (std::size_t i = 0; i < network.shops.size(); ++i)
        corrections.push_back(correction_of(network.shops[i], before[i], after[i]));
    return corrections;
}

}  // namespace balcao::plan
