#pragma once
// The typed readers of the parts of a model, one file each. They check each part by itself; check.hpp checks
// the whole. A part with a mistake is still handed back as far as it goes, so that later mistakes are found
// in the same run. Internal to `model`.
#include <optional>
#include <string>
#include <vector>

#include "model/context.hpp"
#include "model/model.hpp"

namespace balcao::model {

Service read_service(const Context& context, const YamlEntry& entry);
// What a service asks of whom, costs and takes.
void read_rules_of_service(const Context& context, const Fields& fields, Service& service);
// One source of all of it, or one of each field.
void read_sources_of_service(const Context& context, const Yaml& node, Service& service);
OtherNames read_other_names(const Context& context, const Yaml& node);
std::vector<PublishingRule> read_publishing(const Context& context, const Yaml& node);
When read_when(const Context& context, const Yaml& node);
Fact read_fact(const Context& context, const YamlEntry& entry);
Document read_document(const Context& context, const YamlEntry& entry);
WayIn read_way_in(const Context& context, const Yaml& node);
Detail read_detail(const Context& context, const YamlEntry& entry);
Request read_request(const Context& context, const Yaml& node);
LifeEvent read_life_event(const Context& context, const YamlEntry& entry);
Site read_site(const Context& context, const YamlEntry& entry);
DeskGroup read_desk(const Context& context, const YamlEntry& entry);
Appointments read_appointments(const Context& context, const Yaml& node);
std::vector<Kiosk> read_kiosks(const Context& context, const Yaml& node);
Interpreters read_interpreters(const Context& context, const Yaml& node);
OpeningHours read_opening(const Context& context, const Fields& site);
Group read_group(const Context& context, const YamlEntry& entry);
Duty read_duty(const Context& context, const YamlEntry& entry);
Protocol read_protocol(const Context& context, const YamlEntry& entry);
Retention read_retention(const Context& context, const Yaml& node);
Travel read_travel(const Context& context, const Yaml& node);
// Without a key; that needs all entries.
Demand read_demand(const Context& context, const Yaml& node);
std::optional<Arrivals> read_arrivals(const Context& context, const Yaml& node);
Bookings read_bookings(const Context& context, const Yaml& node);
Target read_target(const Context& context, const Yaml& node);

// The places of the entries that `by` finds twice in one list of hours or days.
template <class T, class Overlap>
void refuse_overlaps(const Context& context,
                     const std::vector<std::pair<T, YamlMark>>& ranges,
                     Overlap overlap,
                     std::string_view what) {
    for (std::size_t i = 1; i < ranges.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (overlap(ranges[i].first, ranges[j].first)) {
                context.mistake(ranges[i].second, std::string{what});
                break;
            }
}

void refuse_overlapping_hours(const Context& context,
                              const std::vector<std::pair<TimeRange, YamlMark>>& ranges);
void refuse_repeated_days(const Context& context, const std::vector<std::pair<WeekdaySet, YamlMark>>& days);

// The model's own names of channels and the six of the language.
std::set<std::string> channels_of(const Yaml& root);

}  // namespace balcao::model
