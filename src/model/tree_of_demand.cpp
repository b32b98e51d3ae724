// Distributions and demand as trees.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "model/tree_of_model.hpp"
#include "text/number.hpp"

namespace balcao::model {
namespace {

using text::Yaml;

constexpr std::array<const char*, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                             "jul", "aug", "sep", "oct", "nov", "dec"};

std::string text_of(double value, Of quantity) {
    if (quantity == Of::factor) return text::format_shortest(value);
    return format_duration(Duration{std::llround(value)});
}

Yaml one_key(std::string key, Yaml value) { return MapNode{}.add(std::move(key), std::move(value)).node(); }

struct TreeOfShape {
    Of quantity;

    [[nodiscard]] std::string written(double value) const { return text_of(value, quantity); }

    Yaml operator()(const Constant& shape) const { return Yaml::of_scalar(written(shape.value)); }

    Yaml operator()(const Exponential& shape) const {
        return one_key("exponential", Yaml::of_scalar(written(shape.mean)));
    }

    Yaml operator()(const Erlang& shape) const {
        return one_key("erlang",
                       MapNode{}.add("mean", written(shape.mean)).add("k", std::to_string(shape.k)).node());
    }

    [[nodiscard]] Yaml with_cv(const char* name, double mean, double cv) const {
        return one_key(name,
                       MapNode{}.add("mean", written(mean)).add("cv", text::format_shortest(cv)).node());
    }

    Yaml operator()(const Gamma& shape) const { return with_cv("gamma", shape.mean, shape.cv); }

    Yaml operator()(const Lognormal& shape) const { return with_cv("lognormal", shape.mean, shape.cv); }

    Yaml operator()(const Weibull& shape) const { return with_cv("weibull", shape.mean, shape.cv); }

    Yaml operator()(const Hyperexponential& shape) const {
        return with_cv("hyperexponential", shape.mean, shape.cv);
    }

    Yaml operator()(const Normal& shape) const {
        return one_key("normal",
                       MapNode{}.add("mean", written(shape.mean)).add("sd", written(shape.sd)).node());
    }

    Yaml operator()(const Uniform& shape) const {
        return one_key("uniform",
                       list_of({Yaml::of_scalar(written(shape.low)), Yaml::of_scalar(written(shape.high))}));
    }

    Yaml operator()(const Triangular& shape) const {
        return one_key("triangular",
                       list_of({Yaml::of_scalar(written(shape.low)), Yaml::of_scalar(written(shape.mode)),
                                Yaml::of_scalar(written(shape.high))}));
    }

    Yaml operator()(const Mixture& shape) const {
        std::vector<Yaml> branches;
        for (const Branch& branch : shape.branches) {
            MapNode item;
            item.add("share", text_of_share(branch.share));
            Yaml form = tree_of(branch.distribution, quantity);
            if (form.is_map())
                item.add(form.entries.front().key, form.entries.front().value);
            else
                item.add("constant", std::move(form));
            branches.push_back(item.node());
        }
        return one_key("mixture", list_of(std::move(branches)));
    }

    Yaml operator()(const Empirical& shape) const {
        return one_key("empirical", Yaml::of_scalar(shape.file));
    }
};

std::string text_of_rate(double per_hour) { return text::format_shortest(per_hour) + " per hour"; }

void add_pattern(const PoissonArrivals& arrivals, MapNode& map) {
    map.add("poisson", text_of_rate(arrivals.per_hour));
}

void add_pattern(const HourlyArrivals& arrivals, MapNode& map) {
    MapNode hours;
    for (const auto& [range, rate] : arrivals.per_hour)
        hours.add(text_of_hours(range), text::format_shortest(rate));
    map.add("per_hour", hours.node());
}

void add_pattern(const WeekdayArrivals& arrivals, MapNode& map) {
    MapNode days;
    for (const auto& [weekdays, pattern] : arrivals.by_weekday) {
        MapNode day;
        std::visit([&](const auto& one) { add_pattern(one, day); }, pattern);
        days.add(format_weekdays(weekdays), day.node());
    }
    map.add("by_weekday", days.node());
}

void add_pattern(const RenewalArrivals& arrivals, MapNode& map) {
    map.add("renewal", tree_of(arrivals.gap, Of::time));
}

void add_pattern(const BatchArrivals& arrivals, MapNode& map) {
    map.add("batch", MapNode{}
                         .add("size", std::to_string(arrivals.size))
                         .add("poisson", text_of_rate(arrivals.per_hour))
                         .node());
}

void add_pattern(const ArrivalLog& arrivals, MapNode& map) { map.add("log", arrivals.file); }

// A growth in per cent that reads back to the same number.
std::string text_of_growth(double growth) {
    const auto percent = text::parse_number(fmt::format("{:.12g}", growth * 100));
    const bool is_exact = percent && *percent / 100 == growth;
    return text::format_shortest(is_exact ? *percent : growth * 100) + " % per year";
}

Yaml tree_of_channels(const std::vector<ChannelShare>& channels) {
    MapNode map;
    for (const ChannelShare& one : channels) {
        if (one.site)
            map.add(one.channel.text(),
                    MapNode{}.add("share", text_of_share(one.share)).add("site", one.site->text()).node());
        else
            map.add(one.channel.text(), text_of_share(one.share));
    }
    return map.is_empty() ? Yaml{} : map.node();
}

}  // namespace

Yaml tree_of(const Distribution& distribution, Of quantity) {
    return std::visit(TreeOfShape{quantity}, distribution.shape);
}

Yaml tree_of_times(const PerChannel<Distribution>& times) {
    if (times.all) return tree_of(*times.all, Of::time);
    MapNode map;
    for (const auto& [channel, distribution] : times.by_channel)
        map.add(channel.text(), tree_of(distribution, Of::time));
    return map.is_empty() ? Yaml{} : map.node();
}

Yaml tree_of(const Arrivals& arrivals) {
    MapNode map;
    std::visit([&](const auto& pattern) { add_pattern(pattern, map); }, arrivals.pattern);
    if (arrivals.growth_per_year != 0) map.add("growth", text_of_growth(arrivals.growth_per_year));
    MapNode season;
    for (std::size_t month = 0; month < months.size(); ++month)
        if (arrivals.season[month] != 1)
            season.add(months[month], text::format_shortest(arrivals.season[month]));
    if (!season.is_empty()) map.add("season", season.node());
    if (arrivals.day_factor) map.add("day_factor", tree_of(*arrivals.day_factor, Of::factor));
    MapNode dates;
    for (const auto& [date, factor] : arrivals.dates)
        dates.add(format_date(date), text::format_shortest(factor));
    if (!dates.is_empty()) map.add("dates", dates.node());
    return map.node();
}

Yaml tree_of(const Bookings& bookings) {
    MapNode map;
    map.add("per_day", text::format_shortest(bookings.per_day)).add("slot", format_duration(bookings.slot));
    if (bookings.per_slot != 1) map.add("per_slot", std::to_string(bookings.per_slot));
    if (bookings.days_ahead) map.add("days_ahead", tree_of(*bookings.days_ahead, Of::time));
    if (bookings.no_show != 0) map.add("no_show", text_of_share(bookings.no_show));
    if (bookings.punctuality) map.add("punctuality", tree_of(*bookings.punctuality, Of::time));
    if (bookings.late_after) map.add("late_after", format_duration(*bookings.late_after));
    return map.node();
}

Yaml tree_of(const Demand& demand) {
    MapNode map;
    if (demand.key.text() != demand.service.text()) map.add("id", demand.key.text());
    map.add("service", demand.service.text()).add("site", demand.site.text());
    if (demand.group) map.add("group", demand.group->text());
    if (demand.priority != 0) map.add("priority", std::to_string(demand.priority));
    if (demand.arrivals) map.add("arrivals", tree_of(*demand.arrivals));
    if (demand.bookings) map.add("bookings", tree_of(*demand.bookings));
    map.add("duration", tree_of_times(demand.duration)).add("patience", tree_of_times(demand.patience));
    map.add("channels", tree_of_channels(demand.channels));
    if (demand.balking) {
        MapNode balking;
        balking.add("at_length", std::to_string(demand.balking->at_length));
        if (demand.balking->share != 1) balking.add("share", text_of_share(demand.balking->share));
        map.add("balking", balking.node());
    }
    if (demand.if_unserved) {
        MapNode retry;
        retry.add("retry_after", tree_of(demand.if_unserved->after, Of::time));
        if (demand.if_unserved->share != 1) retry.add("share", text_of_share(demand.if_unserved->share));
        if (demand.if_unserved->at_most != 1)
            retry.add("at_most", std::to_string(demand.if_unserved->at_most));
        map.add("if_unserved", retry.node());
    }
    if (demand.missing_document != 0) map.add("missing_document", text_of_share(demand.missing_document));
    if (demand.learns != 0) map.add("learns", text_of_share(demand.learns));
    map.add("source", demand.source);
    return map.node();
}

}  // namespace balcao::model
