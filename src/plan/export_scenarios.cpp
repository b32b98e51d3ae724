#include "plan/export_scenarios.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "plan/export_model.hpp"
#include "text/number.hpp"

namespace balcao::plan {
namespace {

constexpr double saturday_hours = 4;
constexpr std::size_t saturday = 5;

// The same shape in fewer hours: cut at the new closing, what came later spread over what is left.
DayProfile shortened(const DayProfile& profile, double end) {
    DayProfile shorter;
    shorter.edges = {profile.edges.front()};
    shorter.shares.clear();
    double sum = 0;
    for (std::size_t i = 0; i < profile.shares.size() && profile.edges[i] < end; ++i) {
        const double to = std::min(end, profile.edges[i + 1]);
        const double part = (to - profile.edges[i]) / (profile.edges[i + 1] - profile.edges[i]);
        shorter.edges.push_back(to);
        shorter.shares.push_back(profile.shares[i] * part);
        sum += shorter.shares.back();
    }
    for (double& share : shorter.shares)
        share /= sum;
    return shorter;
}

int open_days(const NetworkShop& shop) {
    return static_cast<int>(
        std::count_if(shop.tickets.begin(), shop.tickets.end(), [](double people) { return people > 0; }));
}

bool can_open_saturdays(const NetworkShop& shop) {
    return shop.tickets[saturday] <= 0 && open_days(shop) >= 4 && shop.profile.open_hours() > saturday_hours;
}

// Everything that changes in one shop.
std::string changes_for_saturday(const NetworkShop& shop) {
    const double earlier = saturday_hours / open_days(shop);
    const double week = shop.profile.open_hours() * open_days(shop);
    NetworkShop changed = shop;
    changed.profile = shortened(shop.profile, shop.profile.edges.back() - earlier);
    const DayProfile morning = shortened(shop.profile, shop.profile.edges.front() + saturday_hours);
    for (double& people : changed.tickets)
        people *= 1 - saturday_hours / week;
    const double on_saturday = shop.tickets_a_week() * saturday_hours / week;
    std::string opening = opening_in_words(changed);
    opening.pop_back();
    std::string out = fmt::format("  - set: sites.{}.open\n    to: {}, sat: \"{}\"}}\n", shop.key, opening,
                                  hours_in_words(morning.edges.front(), morning.edges.back()));
    for (const NetworkDesks& group : shop.desks) {
        double desks = 0;
        for (const int count : group.count)
            desks += count;
        std::array<int, 7> count = group.count;
        count[saturday] = static_cast<int>(std::lround(desks / open_days(shop)));
        out += fmt::format("  - set: sites.{}.desks.{}.count\n    to: {}\n", shop.key, group.key(),
                           roster_in_words(count));
    }
    for (std::size_t k = 0; k < family_count; ++k) {
        if (shop.families[k] <= 0) continue;
        out += fmt::format(
            "  - set: demand.{}-{}.arrivals.by_weekday\n    to:\n{}      sat: {{per_hour: {}}}\n", shop.key,
            name_of(static_cast<Family>(k)).key, weekdays_in_words(changed, shop.families[k], "      "),
            per_hour_in_words(morning, on_saturday * shop.families[k]));
    }
    return out;
}

}  // namespace

std::string integrated_desks(const Network& network) {
    std::string out =
        "# Every desk of a shop serves every family of services; as many desks, and each service takes as "
        "long as before.\n"
        "about:\n"
        "  pt: Balcões integrados em todas as lojas, com o mesmo número de postos\n"
        "  en: Integrated desks in all shops, with the same number of desks\n"
        "  es: Mesas integradas en todas las tiendas, con el mismo número de puestos\n"
        "changes:\n";
    for (const NetworkShop& shop : network.shops) {
        std::array<int, 7> count{};
        std::string skills;
        for (const NetworkDesks& group : shop.desks) {
            for (std::size_t weekday = 0; weekday < 7; ++weekday)
                count[weekday] += group.count[weekday];
            for (const Family family : group.families)
                skills += fmt::format("{}{}: {}", skills.empty() ? "" : ", ", name_of(family).key,
                                      text::format_shortest(std::round(group.factor * 1000) / 1000));
        }
        out += fmt::format(
            "  - set: sites.{}.desks\n    to: {{integrated: {{count: {}, skills: {{{}}}, kind: integrated, "
            "source: fit}}}}\n",
            shop.key, roster_in_words(count), skills);
    }
    return out;
}

std::string saturday_opening(const Network& network) {
    std::string changes;
    for (const NetworkShop& shop : network.shops)
        if (can_open_saturdays(shop)) changes += changes_for_saturday(shop);
    if (changes.empty()) return {};
    return "# Saturday mornings, with the same hours: shops that are closed on Saturdays open from nine to "
           "one and close\n"
           "# earlier from Monday to Friday, so that a week has as many hours and as many people. Assumed: "
           "people spread\n"
           "# over the week by its opening hours.\n"
           "about:\n"
           "  pt: Abertura ao sábado de manhã com as mesmas horas por semana\n"
           "  en: Saturday mornings with the same hours a week\n"
           "  es: Apertura los sábados por la mañana con las mismas horas a la semana\n"
           "changes:\n" +
           changes;
}

}  // namespace balcao::plan
