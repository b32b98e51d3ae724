#include "plan/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plan/calendar.hpp"
#include "text/file.hpp"
#include "text/json.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

constexpr double desks_alone_min =
    0.75;  // a family with less than this many effective desks shares with another
constexpr std::size_t days_min = 20;

bool is_exceptional(ColumnGroup group) {
    return group == ColumnGroup::holiday || group == ColumnGroup::christmas;
}

double exceptional_effect(const ShopCoefficients& coefficients, const CalendarRow& row, bool is_wanted) {
    double sum = 0;
    for (const ColumnValue& value : row)
        if (is_exceptional(calendar_column_list()[value.column].group) == is_wanted)
            sum += coefficients.columns[value.column] * value.value;
    return sum;
}

// Months against the year, over the days on which the shop is open.
std::array<double, 12> season_of(const FittedShop& shop, const NetworkShop& laid, Date first_day) {
    std::array<double, 12> sums{};
    std::array<double, 12> people{};
    const ShopCoefficients& coefficients = shop.targets[static_cast<std::size_t>(Target::tickets)];
    for (int k = 0; k < 365; ++k) {
        const Date day = first_day + days{k};
        const double tickets = laid.tickets[static_cast<std::size_t>(weekday_index(day))];
        if (is_closed_by_calendar(day) || tickets <= 0) continue;
        const std::size_t month = unsigned(std::chrono::year_month_day{day}.month()) - 1;
        sums[month] += tickets * std::exp(exceptional_effect(coefficients, calendar_row(day), false));
        people[month] += tickets;
    }
    const double all = std::accumulate(sums.begin(), sums.end(), 0.0) /
                       std::max(1.0, std::accumulate(people.begin(), people.end(), 0.0));
    std::array<double, 12> season{};
    for (std::size_t month = 0; month < 12; ++month)
        season[month] = people[month] > 0 ? sums[month] / people[month] / all : 1;
    return season;
}

// What the last year saw: open weekdays, and the waits and leavings to reach.
struct YearSums {
    std::array<std::size_t, 7> days{};
    double waited = 0;
    double tickets_with_wait = 0;
    double tickets = 0;
    double abandoned = 0;
};

std::vector<YearSums> sum_year(const DailyData& data, Date until) {
    const DayJudgement judgement = judge_days(data, until);
    std::vector<YearSums> sums(data.shops.size());
    for (std::size_t row = 0; row < data.days.size(); ++row) {
        const ShopDay& day = data.days[row];
        if (day.date > until || day.date <= until - days{365} || judgement.use[row] == LeftOutOf::everything)
            continue;
        YearSums& sum = sums[static_cast<std::size_t>(day.shop)];
        ++sum.days[static_cast<std::size_t>(weekday_index(day.date))];
        sum.tickets += day.tickets;
        sum.abandoned += day.abandoned;
        if (!day.wait || judgement.use[row] == LeftOutOf::waits) continue;
        sum.waited += day.tickets * *day.wait;
        sum.tickets_with_wait += day.tickets;
    }
    return sums;
}

void set_weekdays(NetworkShop& laid, const FittedShop& shop, const YearSums& year) {
    const std::size_t most = *std::max_element(year.days.begin(), year.days.end());
    const ShopCoefficients& capacity = shop.targets[static_cast<std::size_t>(Target::capacity)];
    for (std::size_t weekday = 0; weekday < 7; ++weekday) {
        const std::optional<double>& mean = shop.naive[static_cast<std::size_t>(Forecast::tickets)][weekday];
        // A weekday that the shop opened now and then is not one of its opening days.
        if (!mean || year.days[weekday] * 4 < most) continue;
        laid.tickets[weekday] = *mean;
        const double load = std::log(*mean) - std::log(shop.usual_tickets);
        laid.effective_desks[weekday] =
            shop.queue->desks * std::exp(capacity.at(static_cast<int>(weekday), {}, load));
    }
}

// Families that would have less than most of a desk share with the next smallest.
std::vector<NetworkDesks> group_families(const FamilyShares& shares, double effective_desks) {
    std::vector<NetworkDesks> groups;
    for (std::size_t k = 0; k < family_count; ++k)
        if (shares[k] > 0) groups.push_back({{static_cast<Family>(k)}, shares[k], {}, 1});
    while (groups.size() > 1) {
        std::stable_sort(groups.begin(), groups.end(),
                         [](const NetworkDesks& a, const NetworkDesks& b) { return a.share < b.share; });
        if (groups.front().share * effective_desks >= desks_alone_min) break;
        groups[1].share += groups[0].share;
        groups[1].families.insert(groups[1].families.end(), groups[0].families.begin(),
                                  groups[0].families.end());
        std::sort(groups[1].families.begin(), groups[1].families.end());
        groups.erase(groups.begin());
    }
    std::sort(groups.begin(), groups.end(),
              [](const NetworkDesks& a, const NetworkDesks& b) { return a.families < b.families; });
    return groups;
}

std::string site_key(const std::string& branch, std::size_t common) {
    std::string key = branch.substr(common);
    for (const char* article : {"da_", "das_", "de_", "do_", "dos_"})
        if (key.starts_with(article)) {
            key.erase(0, std::string_view{article}.size());
            break;
        }
    std::replace(key.begin(), key.end(), '_', '-');
    return key;
}

// How many letters all branches begin with, up to a word's end.
std::size_t common_words(const std::vector<std::string>& branches) {
    if (branches.size() < 2) return 0;
    std::size_t common = branches.front().size();
    for (const std::string& branch : branches) {
        std::size_t same = 0;
        while (same < std::min(common, branch.size()) && branch[same] == branches.front()[same])
            ++same;
        common = same;
    }
    const std::size_t word = branches.front().rfind('_', common == 0 ? 0 : common - 1);
    return word == std::string::npos ? 0 : word + 1;
}

NetworkShop lay_out_shop(const NetworkInput& input,
                         const FittedShop& shop,
                         const YearSums& year,
                         Date first_day) {
    NetworkShop laid;
    const std::string branch = branch_of(shop.shop.name);
    laid.shop = shop.shop;
    if (const auto place = input.places.find(branch); place != input.places.end()) laid.place = place->second;
    laid.profile = input.fitted.shapes.of(branch);
    set_weekdays(laid, shop, year);
    laid.season = season_of(shop, laid, first_day);
    // From a mean absolute error of a logarithm to a standard deviation, of near normal errors: √(π/2).
    laid.day_cv = std::clamp(1.2533 * shop.sigma[static_cast<std::size_t>(Forecast::tickets)], 0.02, 0.5);
    laid.service_minutes = shop.queue->service_minutes;
    laid.leaving_rate = shop.queue->leaving_rate;
    laid.families = {0, 0, 1};
    if (const auto shares = input.families.find(shop.shop.name); shares != input.families.end())
        laid.families = shares->second;
    double desks = 0;
    for (std::size_t weekday = 0; weekday < 7; ++weekday)
        desks += laid.effective_desks[weekday] * laid.tickets[weekday];
    laid.desks = group_families(laid.families, desks / std::max(1.0, laid.tickets_a_week()));
    laid.wait_wanted = year.waited / std::max(1.0, year.tickets_with_wait);
    laid.abandoned_wanted = year.abandoned / std::max(1.0, year.tickets);
    laid.staff();
    return laid;
}

}  // namespace

std::string NetworkDesks::key() const {
    std::string key;
    for (const Family family : families) {
        if (!key.empty()) key += '-';
        key += name_of(family).key;
    }
    return key;
}

double NetworkShop::tickets_a_week() const { return std::accumulate(tickets.begin(), tickets.end(), 0.0); }

void NetworkShop::staff() {
    for (NetworkDesks& group : desks)
        for (std::size_t weekday = 0; weekday < 7; ++weekday) {
            const double wanted = effective_desks[weekday] * desk_scale * group.share;
            group.count[weekday] =
                tickets[weekday] > 0 ? std::max(1, static_cast<int>(std::lround(wanted))) : 0;
        }
    set_factors();
}

void NetworkShop::set_factors() {
    for (NetworkDesks& group : desks) {
        double whole = 0;
        double effective = 0;
        for (std::size_t weekday = 0; weekday < 7; ++weekday) {
            whole += tickets[weekday] * group.count[weekday];
            effective += tickets[weekday] * effective_desks[weekday] * desk_scale * group.share;
        }
        group.factor = effective > 0 ? whole / effective : 1;
    }
}

Result<std::map<std::string, Place>> read_registry(const std::filesystem::path& folder) {
    std::map<std::string, Place> places;
    const std::filesystem::path file = folder / "registry.json";
    if (!std::filesystem::exists(file)) return places;
    BALCAO_TRY(const std::string content, text::read_file(file));
    BALCAO_TRY(const text::Json document, text::Json::parse(content, file.string()));
    const text::JsonView root = document.root();
    for (std::size_t i = 0; i < root.size(); ++i) {
        const text::JsonView one = root.at(i);
        const auto branch = one["branch_id"].as_text();
        const std::optional<double> latitude = one["latitude"].as_number();
        const std::optional<double> longitude = one["longitude"].as_number();
        if (branch && latitude && longitude)
            places[std::string{*branch}] = {*latitude, *longitude,
                                            one["geocode_precision"].as_text() != std::string_view{"store"}};
    }
    return places;
}

Network lay_out(const NetworkInput& input) {
    Network network;
    network.until = input.fitted.until;
    network.first_day = input.fitted.until + days{7 - weekday_index(input.fitted.until)};
    const std::vector<YearSums> years = sum_year(input.data, input.fitted.until);
    std::vector<std::string> branches;
    for (std::size_t i = 0; i < input.fitted.shops.size(); ++i) {
        const FittedShop& shop = input.fitted.shops[i];
        const std::size_t seen = std::accumulate(years[i].days.begin(), years[i].days.end(), std::size_t{0});
        if (!shop.queue || seen < days_min ||
            !shop.targets[static_cast<std::size_t>(Target::capacity)].is_fitted)
            continue;
        network.shops.push_back(lay_out_shop(input, shop, years[i], network.first_day));
        branches.push_back(branch_of(shop.shop.name));
    }
    const std::size_t common = common_words(branches);
    for (std::size_t i = 0; i < branches.size(); ++i)
        network.shops[i].key = site_key(branches[i], common);
    std::sort(network.shops.begin(), network.shops.end(),
              [](const NetworkShop& a, const NetworkShop& b) { return a.key < b.key; });
    const ShopCoefficients& pooled = input.fitted.pooled[static_cast<std::size_t>(Target::tickets)];
    for (int k = 0; k < 365; ++k) {
        const Date day = network.first_day + days{k};
        const std::vector<Date> holidays =
            public_holidays("PT", int(std::chrono::year_month_day{day}.year()));
        if (is_closed_by_calendar(day)) {
            if (!std::binary_search(holidays.begin(), holidays.end(), day)) network.closed.push_back(day);
            continue;
        }
        const double effect = exceptional_effect(pooled, calendar_row(day), true);
        if (weekday_index(day) < 6 && std::abs(effect) >= 0.02)
            network.date_factors.emplace_back(day, std::exp(effect));
    }
    return network;
}

}  // namespace balcao::plan
