#pragma once
// A fitted network of shops as it will stand in a service model: who comes when, which desks there are, how
// long people wait for them and leave. Between the fit and the model's text; corrected by simulation in
// between.
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/families.hpp"
#include "plan/fit.hpp"

namespace balcao::plan {

struct Place {
    double latitude = 0;
    double longitude = 0;
    bool is_of_municipality = false;  // the registry gives the municipality's position only
};

// registry.json of the folder, by branch; empty where there is none.
Result<std::map<std::string, Place>> read_registry(const std::filesystem::path& folder);

// Desks that serve some families and nobody else.
struct NetworkDesks {
    std::vector<Family> families;
    double share = 1;            // of the shop's people
    std::array<int, 7> count{};  // by weekday, whole desks; 0 where closed
    double factor = 1;           // on durations, so that count / factor is the effective number

    [[nodiscard]] std::string key() const;  // "registry", "registry-general" …
};

struct NetworkShop {
    std::string key;  // of the site
    Shop shop;
    std::optional<Place> place{};
    DayProfile profile;
    std::array<double, 7> tickets{};          // people a day, 0 where closed
    std::array<double, 7> effective_desks{};  // of the queueing approximation
    std::array<double, 12> season{};
    double day_cv = 0.1;
    double service_minutes = 6;
    double leaving_rate = 0.01;  // of a waiting person, per minute
    FamilyShares families{};
    std::vector<NetworkDesks> desks;
    double desk_scale = 1;  // the correction: on effective_desks
    double wait_wanted = 0;
    double abandoned_wanted = 0;

    [[nodiscard]] double tickets_a_week() const;
    // Whole desks, and factors with them, from effective_desks and desk_scale.
    void staff();
    // Factors only: the same whole desks.
    void set_factors();
};

struct Network {
    Date until{};
    Date first_day{};                                   // of the model: the first Monday after `until`
    std::vector<NetworkShop> shops;                     // by key
    std::vector<std::pair<Date, double>> date_factors;  // near holidays and Christmas, for all shops
    std::vector<Date> closed;                           // by custom, beside the national holidays
};

struct NetworkInput {
    const Fitted& fitted;
    const DailyData& data;
    const std::map<std::string, FamilyShares>& families;
    const std::map<std::string, Place>& places;
};

// Shops with a queue and at least a month of days in the last year.
Network lay_out(const NetworkInput& input);

}  // namespace balcao::plan
