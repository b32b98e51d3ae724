// When people come: arrivals and bookings.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/read_csv.hpp"
#include "model/readers.hpp"

namespace balcao::model {
namespace {

constexpr double per_hour_max = 1e7;
constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 6> patterns{"poisson", "per_hour", "by_weekday",
                                                   "renewal", "batch",    "log"};

PoissonArrivals read_poisson(const Context& context, const Yaml& node) {
    return {read_rate(context, node).value_or(0)};
}

HourlyArrivals read_hourly(const Context& context, const Yaml& node) {
    HourlyArrivals hourly;
    std::vector<std::pair<TimeRange, YamlMark>> seen;
    if (node.is_scalar()) {
        context.mistake(node.mark,
                        "expected a number for each range of hours, such as {\"09-12\": 20}; for the same "
                        "rate all day, poisson: 20 per hour");
        return hourly;
    }
    for (const YamlEntry& entry :
         entries_of(context, node, "a number for each range of hours, such as {\"09-12\": 20}")) {
        const auto range = read_hours(context, entry.key_mark, entry.key);
        const auto rate = read_number(context, entry.value, {0, per_hour_max});
        if (!range || !rate) continue;
        seen.emplace_back(*range, entry.key_mark);
        hourly.per_hour.emplace_back(*range, *rate);
    }
    if (node.is_map() && node.entries.empty()) context.mistake(node.mark, "no hours are named: nobody comes");
    refuse_overlapping_hours(context, seen);
    std::sort(hourly.per_hour.begin(), hourly.per_hour.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return hourly;
}

std::optional<std::variant<PoissonArrivals, HourlyArrivals>> read_day_pattern(const Context& context,
                                                                              const Yaml& node) {
    const Fields fields{context, node, "day_pattern"};
    const Yaml* poisson = fields.find("poisson");
    const Yaml* hourly = fields.find("per_hour");
    if (fields.is_map() && (poisson == nullptr) == (hourly == nullptr))
        context.mistake(node.mark, "expected either poisson or per_hour");
    if (poisson != nullptr) return read_poisson(context, *poisson);
    if (hourly != nullptr) return read_hourly(context, *hourly);
    return std::nullopt;
}

WeekdayArrivals read_by_weekday(const Context& context, const Yaml& node) {
    WeekdayArrivals arrivals;
    std::vector<std::pair<WeekdaySet, YamlMark>> seen;
    for (const YamlEntry& entry :
         entries_of(context, node, "a pattern for days, such as {mon-fri: {per_hour: …}}")) {
        const auto days = read_weekdays(context, entry.key_mark, entry.key);
        auto pattern = read_day_pattern(context, entry.value);
        if (!days || !pattern) continue;
        seen.emplace_back(*days, entry.key_mark);
        arrivals.by_weekday.emplace_back(*days, std::move(*pattern));
    }
    if (node.is_map() && node.entries.empty()) context.mistake(node.mark, "no days are named: nobody comes");
    refuse_repeated_days(context, seen);
    return arrivals;
}

BatchArrivals read_batch(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "batch"};
    BatchArrivals batch;
    if (const Yaml* size = fields.find("size"))
        batch.size = read_integer(context, *size, {1, 100'000}).value_or(1);
    if (const Yaml* rate = fields.find("poisson")) batch.per_hour = read_rate(context, *rate).value_or(0);
    return batch;
}

void read_season(const Context& context, const Yaml& node, Arrivals& arrivals) {
    for (const YamlEntry& entry : entries_of(context, node, "factors on months, such as {jan: 1.1}")) {
        const auto month = std::find(months.begin(), months.end(), entry.key);
        const auto factor = read_factor(context, entry.value);
        if (month == months.end()) {
            const std::vector<std::string> names{months.begin(), months.end()};
            context.mistake(entry.key_mark, fmt::format("{} is no month{}", text::quote_yaml(entry.key),
                                                        instead_of(entry.key, names)));
        } else if (factor) {
            arrivals.season[static_cast<std::size_t>(month - months.begin())] = *factor;
        }
    }
}

void read_date_factors(const Context& context, const Yaml& node, Arrivals& arrivals) {
    for (const YamlEntry& entry : entries_of(context, node, "factors on days, such as {2026-12-24: 0.5}")) {
        const auto date = parse_date(entry.key);
        const auto factor = read_factor(context, entry.value);
        if (!date)
            context.mistake(entry.key_mark, fmt::format("{} is no date: expected one such as 2026-12-24",
                                                        text::quote_yaml(entry.key)));
        else if (factor)
            arrivals.dates.emplace_back(*date, *factor);
    }
    std::sort(arrivals.dates.begin(), arrivals.dates.end());
}

void read_pattern(const Context& context, const Fields& fields, std::string_view name, Arrivals& arrivals) {
    const Yaml* node = fields.find(name);
    if (node == nullptr) return;
    if (name == "poisson") arrivals.pattern = read_poisson(context, *node);
    if (name == "per_hour") arrivals.pattern = read_hourly(context, *node);
    if (name == "by_weekday") arrivals.pattern = read_by_weekday(context, *node);
    if (name == "batch") arrivals.pattern = read_batch(context, *node);
    if (name == "renewal") {
        RenewalArrivals renewal;
        if (auto gap = read_distribution(context, *node, Quantity::time)) {
            if (mean_of(*gap) <= 0) context.mistake(node->mark, "the mean gap is zero: expected more");
            renewal.gap = std::move(*gap);
        }
        arrivals.pattern = std::move(renewal);
    }
    if (name == "log") {
        ArrivalLog log;
        if (const auto file = read_file_name(context, *node)) {
            log.file = file->from_model;
            log.arrivals = read_arrival_log(context, *node, *file);
        }
        arrivals.pattern = std::move(log);
    }
}

}  // namespace

std::optional<Arrivals> read_arrivals(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "arrivals"};
    if (!fields.is_map()) return std::nullopt;
    Arrivals arrivals;
    std::vector<std::string> given;
    for (const std::string_view name : patterns)
        if (node.find_entry(name) != nullptr) given.emplace_back(name);
    if (given.size() != 1) {
        const std::vector<std::string> all{patterns.begin(), patterns.end()};
        context.mistake(node.mark,
                        given.empty() ? fmt::format("no pattern of arrivals: expected one of {}", listed(all))
                                      : fmt::format("{} together: expected one pattern", listed(given)));
    }
    for (const std::string& name : given)
        read_pattern(context, fields, name, arrivals);
    if (const Yaml* growth = fields.find("growth"))
        arrivals.growth_per_year = read_growth(context, *growth).value_or(0);
    if (const Yaml* season = fields.find("season")) read_season(context, *season, arrivals);
    if (const Yaml* factor = fields.find("day_factor"))
        arrivals.day_factor = read_distribution(context, *factor, Quantity::factor);
    if (const Yaml* dates = fields.find("dates")) read_date_factors(context, *dates, arrivals);
    if (!given.empty() && given.front() == "log")
        for (const char* key : {"growth", "season", "day_factor", "dates"})
            if (const YamlEntry* entry = node.find_entry(key))
                context.mistake(entry->key_mark,
                                fmt::format("{} beside log: a log is replayed as it is", key));
    return arrivals;
}

Bookings read_bookings(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "bookings"};
    Bookings bookings;
    if (const Yaml* per_day = fields.find("per_day"))
        bookings.per_day = read_number(context, *per_day, {0, per_hour_max}).value_or(0);
    if (const Yaml* slot = fields.find("slot")) {
        bookings.slot = read_duration(context, *slot, Sign::positive).value_or(std::chrono::minutes{20});
        if (bookings.slot > std::chrono::hours{24})
            context.mistake(slot->mark,
                            fmt::format("{} is too long for a slot: expected a day at most", slot->scalar));
    }
    if (const Yaml* per_slot = fields.find("per_slot"))
        bookings.per_slot = read_integer(context, *per_slot, {1, 100'000}).value_or(1);
    if (const Yaml* ahead = fields.find("days_ahead"))
        bookings.days_ahead = read_distribution(context, *ahead, Quantity::time);
    if (const Yaml* share = fields.find("no_show"))
        bookings.no_show = read_share(context, *share).value_or(0);
    if (const Yaml* punctuality = fields.find("punctuality"))
        bookings.punctuality = read_distribution(context, *punctuality, Quantity::signed_time);
    if (const Yaml* late = fields.find("late_after"))
        bookings.late_after = read_duration(context, *late, Sign::not_negative);
    return bookings;
}

void refuse_overlapping_hours(const Context& context,
                              const std::vector<std::pair<TimeRange, YamlMark>>& ranges) {
    refuse_overlaps(
        context, ranges,
        [](TimeRange a, TimeRange b) {
            return a.begin_minute < b.end_minute && b.begin_minute < a.end_minute;
        },
        "these hours overlap with hours named above");
}

void refuse_repeated_days(const Context& context, const std::vector<std::pair<WeekdaySet, YamlMark>>& days) {
    refuse_overlaps(
        context, days, [](WeekdaySet a, WeekdaySet b) { return (a.bits & b.bits) != 0; },
        "a day of the week is named twice: it is named above already");
}

}  // namespace balcao::model
