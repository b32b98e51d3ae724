#include "plan/live_samples.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <set>
#include <tuple>

#include "base/civil.hpp"
#include "text/csv.hpp"
#include "text/number.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

constexpr int opening_hour = 9;
constexpr double default_closing = 15;
constexpr double early_until = 15.5;

struct LocalMoment {
    int day = 0;
    double hour = 0;
};

Date last_sunday(int year, unsigned month) {
    return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::Sunday[std::chrono::last]};
}

// "2026-07-27T00:47:30.403363+00:00" in UTC as local time of Lisbon.
std::optional<LocalMoment> local_moment(std::string_view text) {
    if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return {};
    const std::optional<Date> date = parse_date(text.substr(0, 10));
    const std::optional<int> minute = parse_time_of_day(text.substr(11, 5));
    if (!date || !minute) return {};
    const int year = int(std::chrono::year_month_day{*date}.year());
    const auto since_epoch = std::chrono::minutes{*minute} + date->time_since_epoch();
    const auto begin = last_sunday(year, 3).time_since_epoch() + std::chrono::hours{1};
    const auto end = last_sunday(year, 10).time_since_epoch() + std::chrono::hours{1};
    const int shift = since_epoch >= begin && since_epoch < end ? 60 : 0;
    const int local = *minute + shift;
    return LocalMoment{static_cast<int>(date->time_since_epoch().count()) + local / 1440,
                       std::round(local % 1440 / 60.0 * 100) / 100};
}

struct Sum {
    double waiting = 0;
    int open = 0;
};

double closing_of(const std::vector<LiveMoment>& moments, std::size_t all_moments) {
    int peak = 0;
    int least = moments.empty() ? 0 : moments.front().open_services;
    for (const LiveMoment& moment : moments) {
        peak = std::max(peak, moment.open_services);
        least = std::min(least, moment.open_services);
    }
    // Some services are flagged open day and night; that shows only where a branch was seen at every moment.
    const int always = moments.size() == all_moments ? least : 0;
    double last = 0;
    for (const LiveMoment& moment : moments)
        if (moment.open_services - always >= std::max(1.0, 0.1 * (peak - always)))
            last = std::max(last, moment.hour);
    return last > 0 ? std::ceil(last * 2) / 2 : default_closing;
}

double interpolate(const std::vector<std::pair<double, double>>& points, double x) {
    if (x <= points.front().first) return points.front().second;
    for (std::size_t i = 1; i < points.size(); ++i)
        if (x <= points[i].first) {
            const auto [x0, y0] = points[i - 1];
            const auto [x1, y1] = points[i];
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        }
    return points.back().second;
}

struct Group {
    std::vector<std::string> branches;
    double tickets = 0;
    double leaving_per_hour = 0;  // weighted by tickets
    double closing = 0;
};

Group group_of(const LiveSamples& samples,
               const std::map<std::string, BranchLevel>& levels,
               const DayShapes& shapes,
               bool is_early) {
    Group group;
    for (const auto& [branch, level] : levels) {
        const auto closing = shapes.closing_hour.find(branch);
        if (closing == shapes.closing_hour.end() || (closing->second <= early_until) != is_early) continue;
        double waiting = 0;
        for (const LiveMoment& moment : samples.branches.at(branch))
            waiting += moment.waiting;
        if (waiting <= 0) continue;
        group.branches.push_back(branch);
        group.tickets += level.tickets;
        group.leaving_per_hour += 60 * level.leaving_rate * level.tickets;
        group.closing += closing->second * level.tickets;
    }
    if (group.tickets <= 0) return group;
    group.leaving_per_hour /= group.tickets;
    group.closing = std::round(group.closing / group.tickets * 2) / 2;
    return group;
}

// People waiting per ticket of the day, by half hours between opening and closing.
std::vector<std::pair<double, double>> queue_curve(const LiveSamples& samples, const Group& group) {
    std::map<std::pair<int, double>, double> waiting;
    for (const std::string& branch : group.branches)
        for (const LiveMoment& moment : samples.branches.at(branch))
            if (moment.hour > opening_hour && moment.hour < group.closing)
                waiting[{moment.day, moment.hour}] += moment.waiting / group.tickets;
    std::map<double, std::vector<double>> by_half_hour;
    for (const auto& [when, value] : waiting)
        by_half_hour[std::nearbyint(when.second * 2) / 2].push_back(value);
    std::vector<std::pair<double, double>> points{{static_cast<double>(opening_hour), 0.0}};
    double last = 0;
    for (const auto& [hour, values] : by_half_hour) {
        double sum = 0;
        for (const double value : values)
            sum += value;
        last = sum / static_cast<double>(values.size());
        if (hour > opening_hour && hour < group.closing) points.emplace_back(hour, last);
    }
    points.emplace_back(group.closing, last * 0.6);
    return points;
}

std::optional<DayProfile> profile_of(const LiveSamples& samples, const Group& group) {
    if (group.tickets <= 0 || group.closing <= opening_hour + 1) return {};
    const std::vector<std::pair<double, double>> points = queue_curve(samples, group);
    DayProfile profile;
    profile.edges.clear();
    for (int edge = opening_hour; edge <= group.closing; ++edge)
        profile.edges.push_back(edge);
    if (profile.edges.back() < group.closing) profile.edges.push_back(group.closing);
    std::vector<double> queue;
    for (const double edge : profile.edges)
        queue.push_back(interpolate(points, edge));
    const std::size_t ranges = profile.edges.size() - 1;
    double left = 0;
    for (std::size_t i = 0; i < ranges; ++i)
        left += group.leaving_per_hour * (queue[i] + queue[i + 1]) / 2 *
                (profile.edges[i + 1] - profile.edges[i]);
    const double served = 1 - left - queue.back();
    profile.shares.clear();
    double sum = 0;
    for (std::size_t i = 0; i < ranges; ++i) {
        const double length = profile.edges[i + 1] - profile.edges[i];
        const double even = length / profile.open_hours();
        const double share =
            std::max(0.02 * even, queue[i + 1] - queue[i] + served * even +
                                      group.leaving_per_hour * (queue[i] + queue[i + 1]) / 2 * length);
        profile.shares.push_back(share);
        sum += share;
    }
    for (double& share : profile.shares)
        share /= sum;
    return profile;
}

}  // namespace

const DayProfile& DayShapes::of(const std::string& branch) const {
    const auto closing = closing_hour.find(branch);
    const double hour = closing == closing_hour.end() ? default_closing : closing->second;
    return hour <= early_until ? early : late;
}

Result<LiveSamples> read_live_samples(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "live-samples.csv";
    if (!std::filesystem::exists(path) && !std::filesystem::exists(path.string() + ".gz"))
        return LiveSamples{};
    BALCAO_TRY(const text::CsvTable table, text::CsvTable::read(path));
    BALCAO_TRY(const std::size_t branch, table.column("branch_id"));
    BALCAO_TRY(const std::size_t sampled, table.column("sampled_at"));
    BALCAO_TRY(const std::size_t waiting, table.column("people_waiting"));
    BALCAO_TRY(const std::size_t open, table.column("is_open"));
    std::map<std::string, std::map<std::pair<int, double>, Sum>> sums;
    std::set<std::pair<int, double>> moments;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const std::optional<LocalMoment> moment = local_moment(table.field(row, sampled));
        if (!moment) return table.mistake(row, sampled, "is not a date and time");
        moments.emplace(moment->day, moment->hour);
        if (table.field(row, open) != "True" && table.field(row, open) != "true") continue;
        const std::optional<double> people = text::parse_number(table.field(row, waiting));
        if (!people) continue;
        Sum& sum = sums[std::string{table.field(row, branch)}][{moment->day, moment->hour}];
        sum.waiting += *people;
        ++sum.open;
    }
    LiveSamples samples;
    samples.moments = moments.size();
    for (const auto& [name, by_moment] : sums)
        for (const auto& [when, sum] : by_moment)
            samples.branches[name].push_back({when.first, when.second, sum.waiting, sum.open});
    return samples;
}

DayShapes shapes_of(const LiveSamples& samples, const std::map<std::string, BranchLevel>& levels) {
    DayShapes shapes;
    for (const auto& [branch, moments] : samples.branches)
        shapes.closing_hour.emplace(branch, closing_of(moments, samples.moments));
    const std::optional<DayProfile> early = profile_of(samples, group_of(samples, levels, shapes, true));
    const std::optional<DayProfile> late = profile_of(samples, group_of(samples, levels, shapes, false));
    if (early) shapes.early = *early;
    if (late) shapes.late = *late;
    return shapes;
}

}  // namespace balcao::plan
