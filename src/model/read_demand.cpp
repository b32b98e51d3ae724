// Who comes and how they behave; groups of people, travel and targets.
#include <cmath>

#include <fmt/format.h>

#include "model/measures.hpp"
#include "model/readers.hpp"

namespace balcao::model {
namespace {

ChannelShare read_channel_share(const Context& context, const YamlEntry& entry, bool& complete) {
    ChannelShare one;
    one.channel = ChannelKey{read_channel(context, Yaml::of_scalar(entry.key, entry.key_mark))};
    const Yaml* share = &entry.value;
    if (entry.value.is_map()) {
        const Fields fields{context, entry.value, "channel_share"};
        share = fields.find("share");
        if (const Yaml* site = fields.find("site")) {
            const std::string name = read_name(context, *site);
            if (!name.empty()) one.site = SiteKey{name};
        }
    }
    const auto value = share != nullptr ? read_share(context, *share) : std::nullopt;
    complete = complete && value.has_value();
    one.share = value.value_or(0);
    return one;
}

std::vector<ChannelShare> read_channels(const Context& context, const Yaml& node) {
    std::vector<ChannelShare> channels;
    double sum = 0;
    bool complete = true;
    for (const YamlEntry& entry :
         entries_of(context, node, "shares of channels, such as {online: 40 %, counter: 60 %}")) {
        channels.push_back(read_channel_share(context, entry, complete));
        sum += channels.back().share;
    }
    if (node.is_map() && complete && std::abs(sum - 1) > 1e-6)
        context.mistake(
            node.mark, fmt::format("the shares of the channels add up to {:g} %: expected 100 %", sum * 100));
    return channels;
}

Balking read_balking(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "balking"};
    Balking balking;
    if (const Yaml* length = fields.find("at_length"))
        balking.at_length = read_integer(context, *length, {0, 1e9}).value_or(0);
    if (const Yaml* share = fields.find("share")) balking.share = read_share(context, *share).value_or(1);
    return balking;
}

Retry read_retry(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "if_unserved"};
    Retry retry;
    if (const Yaml* after = fields.find("retry_after"))
        if (auto gap = read_distribution(context, *after, Quantity::time)) retry.after = std::move(*gap);
    if (const Yaml* share = fields.find("share")) retry.share = read_share(context, *share).value_or(1);
    if (const Yaml* at_most = fields.find("at_most"))
        retry.at_most = read_integer(context, *at_most, {1, 1000}).value_or(1);
    return retry;
}

template <class K>
std::optional<K> read_key(const Context& context, const Yaml* node) {
    if (node == nullptr) return std::nullopt;
    std::string name = read_name(context, *node);
    if (name.empty()) return std::nullopt;
    return K{std::move(name)};
}

void read_behaviour(const Context& context, const Fields& fields, Demand& demand) {
    if (const Yaml* duration = fields.find("duration")) demand.duration = read_times(context, *duration);
    if (const Yaml* patience = fields.find("patience")) demand.patience = read_times(context, *patience);
    if (const Yaml* channels = fields.find("channels")) demand.channels = read_channels(context, *channels);
    if (const Yaml* balking = fields.find("balking")) demand.balking = read_balking(context, *balking);
    if (const Yaml* retry = fields.find("if_unserved")) demand.if_unserved = read_retry(context, *retry);
    if (const Yaml* share = fields.find("missing_document")) {
        demand.missing_document = read_share(context, *share).value_or(0);
        if (demand.missing_document >= 1)
            context.mistake(share->mark, "100 % must come again: nobody is ever done");
    }
    if (const Yaml* share = fields.find("learns")) demand.learns = read_share(context, *share).value_or(0);
    if (const Yaml* source = fields.find("source"))
        demand.source = read_string(context, *source, "source_name").value_or("");
}

// Shares as 0..1, times in minutes (days_to_solution: days), money in its main unit.
std::optional<double> read_bound(const Context& context, const Yaml& node, MeasureUnit unit) {
    switch (unit) {
        case MeasureUnit::share:
            return read_share(context, node);
        case MeasureUnit::number:
            return read_number(context, node, {0, 1e12});
        case MeasureUnit::money:
            if (const auto amount = read_money(context, node))
                return static_cast<double>(amount->cents) / 100;
            return std::nullopt;
        case MeasureUnit::minutes:
        case MeasureUnit::days:
            break;
    }
    const auto length = read_duration(context, node, Sign::not_negative);
    if (!length) return std::nullopt;
    const double minutes = static_cast<double>(length->count()) / 60e6;
    return unit == MeasureUnit::days ? minutes / 1440 : minutes;
}

}  // namespace

Demand read_demand(const Context& context, const Yaml& node) {
    Demand demand;
    const Fields fields{context, node, "demand"};
    if (!fields.is_map()) return demand;
    demand.key = read_key<DemandKey>(context, fields.find("id")).value_or(DemandKey{});
    demand.service = read_key<ServiceKey>(context, fields.find("service")).value_or(ServiceKey{});
    demand.site = read_key<SiteKey>(context, fields.find("site")).value_or(SiteKey{});
    demand.group = read_key<GroupKey>(context, fields.find("group"));
    if (const Yaml* priority = fields.find("priority"))
        demand.priority = read_integer(context, *priority, {-1000, 1000}).value_or(0);
    if (const Yaml* arrivals = fields.find("arrivals")) demand.arrivals = read_arrivals(context, *arrivals);
    if (const Yaml* bookings = fields.find("bookings")) demand.bookings = read_bookings(context, *bookings);
    if (!fields.has_unknown() && node.find_entry("arrivals") == nullptr &&
        node.find_entry("bookings") == nullptr)
        context.mistake(node.mark, "nobody comes: expected arrivals, bookings or both");
    read_behaviour(context, fields, demand);
    return demand;
}

Group read_group(const Context& context, const YamlEntry& entry) {
    Group group;
    group.key = GroupKey{entry.key};
    const Fields fields{context, entry.value, "group"};
    if (!fields.is_map()) return group;
    if (const Yaml* name = fields.find("name")) group.name = read_text(context, *name);
    if (const Yaml* size = fields.find("size"))
        group.size = read_number(context, *size, {0, 1e10}).value_or(0);
    if (const Yaml* digital = fields.find("digital"))
        group.digital = read_share(context, *digital).value_or(1);
    if (const Yaml* distance = fields.find("distance"))
        for (const YamlEntry& one :
             entries_of(context, *distance, "a distance for each site, such as {shop: 2.5 km}"))
            if (const auto km = read_distance_km(context, one.value))
                group.distance_km.emplace_back(SiteKey{one.key}, *km);
    if (const Yaml* source = fields.find("source"))
        group.source = read_string(context, *source, "source_name").value_or("");
    return group;
}

Retention read_retention(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "retention"};
    Retention retention;
    if (!fields.is_map()) return retention;
    const auto read = [&](const char* kind) -> std::optional<Duration> {
        const Yaml* length = fields.find(kind);
        return length == nullptr ? std::nullopt : read_duration(context, *length, Sign::not_negative);
    };
    retention.visits = read("visits");
    retention.appointments = read("appointments");
    retention.cases = read("cases");
    return retention;
}

Travel read_travel(const Context& context, const Yaml& node) {
    const Fields fields{context, node, "travel"};
    Travel travel;
    if (const Yaml* speed = fields.find("speed"))
        travel.speed_km_per_hour = read_speed_km_per_hour(context, *speed).value_or(travel.speed_km_per_hour);
    if (const Yaml* cost = fields.find("per_km"))
        travel.per_km = read_money(context, *cost).value_or(Money{});
    return travel;
}

Target read_target(const Context& context, const Yaml& node) {
    Target target;
    const Fields fields{context, node, "target"};
    if (!fields.is_map()) return target;
    std::optional<MeasureUnit> unit;
    if (const Yaml* measure = fields.find("measure")) {
        target.measure = read_string(context, *measure, "measure").value_or("");
        unit = unit_of_measure(target.measure);
        if (!unit && !target.measure.empty())
            context.mistake(measure->mark, fmt::format("{} is no measure{}", text::quote_yaml(target.measure),
                                                       instead_of(target.measure, measure_names())));
    }
    if (const Yaml* limit = fields.find("limit")) {
        target.limit = read_duration(context, *limit, Sign::not_negative);
        if (unit && target.measure != "served_within")
            context.mistake(limit->mark,
                            fmt::format("limit is for served_within: {} has none", target.measure));
    } else if (target.measure == "served_within") {
        context.mistake(node.mark, "served_within needs a limit, such as limit: 20 min");
    }
    const Yaml* at_least = fields.find("at_least");
    const Yaml* at_most = fields.find("at_most");
    if ((at_least != nullptr) == (at_most != nullptr))
        context.mistake(node.mark, "expected either at_least or at_most");
    if (at_least != nullptr && unit) target.at_least = read_bound(context, *at_least, *unit);
    if (at_most != nullptr && unit) target.at_most = read_bound(context, *at_most, *unit);
    target.site = read_key<SiteKey>(context, fields.find("site"));
    target.service = read_key<ServiceKey>(context, fields.find("service"));
    target.group = read_key<GroupKey>(context, fields.find("group"));
    if (const Yaml* channel = fields.find("channel")) {
        const std::string name = read_channel(context, *channel);
        if (!name.empty()) target.channel = ChannelKey{name};
    }
    return target;
}

}  // namespace balcao::model
