#include "report/figures.hpp"

#include <algorithm>

#include "report/summary.hpp"

namespace balcao::report {

namespace {

using sim::Measure;

void add_if_any(Section& section, Figure figure) {
    if (!figure.lines.empty() && !figure.columns.empty()) section.figures.push_back(std::move(figure));
}

// Where the wait is longest, in a sentence; who cannot be told apart from it stands beside it.
std::string longest_wait_text(const std::vector<const sim::Row*>& rows, const Names& names) {
    if (rows.size() < 2) return {};
    const std::vector<const sim::Row*> longest = longest_of(rows, rows.size());
    if (longest.empty()) return {};
    const Words& words = names.words();
    const auto name = [&](const sim::Row& row) {
        return row.of.hour ? hour_text(*row.of.hour) : names.of(row.of);
    };
    if (longest.size() == rows.size()) return words("The waits cannot be told apart.");
    if (longest.size() == 1)
        return words("The longest wait: {name}, {wait}.",
                     {{"name", name(*longest[0])},
                      {"wait", said({longest[0]->mean, longest[0]->half_width}, Measure::wait, words)}});
    std::vector<std::string> others;
    for (std::size_t i = 1; i < longest.size() && i < 4; ++i)
        others.push_back(name(*longest[i]));
    if (longest.size() > 4) others.push_back(words("{n} more", {{"n", std::to_string(longest.size() - 4)}}));
    return words("The longest wait: {name}, {wait}; it cannot be told apart from {others}.",
                 {{"name", name(*longest[0])},
                  {"wait", said({longest[0]->mean, longest[0]->half_width}, Measure::wait, words)},
                  {"others", list_of(others, words)}});
}

Section hours_section(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    Section section{.id = "hours", .title = words("By hour"), .paragraphs = {}, .figures = {}};
    Figure figure = table_of({.id = "by-hour",
                              .title = words("Waits and giving up, by hour of arrival"),
                              .row_heading = words("Hour"),
                              .parts = part_hour,
                              .drawn = {{Measure::wait}, {Measure::abandoned_share}},
                              .beside = {{Measure::arrivals}},
                              .drawings = {Drawing::lines}},
                             results, names);
    figure.lead = longest_wait_text(rows_of(results, {Measure::wait}, part_hour), names);
    add_if_any(section, std::move(figure));
    return section;
}

Section services_section(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    Section section{.id = "services", .title = words("By service"), .paragraphs = {}, .figures = {}};
    Figure figure = table_of({.id = "by-service",
                              .title = words("Waits and giving up, by service"),
                              .row_heading = words("Service"),
                              .parts = part_service,
                              .drawn = {{Measure::wait}, {Measure::abandoned_share}},
                              .beside = {{Measure::arrivals}, {Measure::time_in_system}},
                              .drawings = {Drawing::dots}},
                             results, names);
    figure.lead = longest_wait_text(rows_of(results, {Measure::wait}, part_service), names);
    add_if_any(section, std::move(figure));
    const unsigned parts = part_service | part_hour;
    add_if_any(section, hours_of({"service-hour-wait",
                                  words("Wait by service and hour"),
                                  words("Service"),
                                  parts,
                                  {Measure::wait}},
                                 results, names));
    add_if_any(section, hours_of({"service-hour-abandoned",
                                  words("Giving up by service and hour"),
                                  words("Service"),
                                  parts,
                                  {Measure::abandoned_share}},
                                 results, names));
    add_if_any(section, table_of({.id = "by-step",
                                  .title = words("Wait at each step of a visit"),
                                  .row_heading = words("Step"),
                                  .parts = part_site | part_service | part_step,
                                  .drawn = {{Measure::wait}},
                                  .beside = {{Measure::wait_all}},
                                  .drawings = {Drawing::dots}},
                                 results, names));
    return section;
}

// Where and for what people wait longest, and which groups fare worst.
Section worst_section(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    Section section{.id = "worst", .title = words("Who is served worst"), .paragraphs = {}, .figures = {}};
    if (names.model().sites.size() > 1)
        add_if_any(section, table_of({.id = "longest",
                                      .title = words("The ten longest waits"),
                                      .row_heading = words("Site and service"),
                                      .parts = part_site | part_service,
                                      .drawn = {{Measure::wait}, {Measure::abandoned_share}},
                                      .beside = {{Measure::arrivals}},
                                      .drawings = {Drawing::dots},
                                      .lines_max = 10},
                                     results, names));
    const std::vector<Measured> needs{{Measure::arrivals},         {Measure::visits_per_need},
                                      {Measure::days_to_solution}, {Measure::cost_per_need},
                                      {Measure::travel_per_need},  {Measure::solved_share}};
    Figure groups = table_of({.id = "by-group",
                              .title = words("Groups of people"),
                              .row_heading = words("Group"),
                              .parts = part_group,
                              .drawn = {{Measure::wait}, {Measure::abandoned_share}},
                              .beside = needs,
                              .drawings = {Drawing::dots}},
                             results, names);
    groups.lead = longest_wait_text(rows_of(results, {Measure::wait}, part_group), names);
    add_if_any(section, std::move(groups));
    Figure channels = table_of({.id = "by-channel",
                                .title = words("Channels"),
                                .row_heading = words("Channel"),
                                .parts = part_channel,
                                .drawn = {{Measure::wait}, {Measure::abandoned_share}},
                                .beside = needs,
                                .drawings = {Drawing::dots}},
                               results, names);
    if (channels.lines.size() > 1) section.figures.push_back(std::move(channels));
    return section;
}

Section sites_section(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    Section section{.id = "sites", .title = words("By site"), .paragraphs = {}, .figures = {}};
    if (names.model().sites.size() < 2) return section;
    Figure figure = table_of({.id = "by-site",
                              .title = words("Sites: people, waits and giving up"),
                              .row_heading = words("Site"),
                              .parts = part_site,
                              .drawn = {{Measure::wait}, {Measure::abandoned_share}},
                              .beside = {{Measure::arrivals}, {Measure::utilisation}},
                              .drawings = {Drawing::dots}},
                             results, names);
    figure.lead = longest_wait_text(rows_of(results, {Measure::wait}, part_site), names);
    const auto is_placed = [](const Line& line) { return line.location.has_value(); };
    if (std::count_if(figure.lines.begin(), figure.lines.end(), is_placed) > 1)
        figure.drawings.insert(figure.drawings.begin(), Drawing::map);
    add_if_any(section, std::move(figure));
    const unsigned parts = part_site | part_hour;
    add_if_any(
        section,
        hours_of({"site-hour-wait", words("Wait by site and hour"), words("Site"), parts, {Measure::wait}},
                 results, names));
    add_if_any(section, hours_of({"site-hour-abandoned",
                                  words("Giving up by site and hour"),
                                  words("Site"),
                                  parts,
                                  {Measure::abandoned_share}},
                                 results, names));
    return section;
}

Section desks_section(const sim::Results& results, const Names& names) {
    const Words& words = names.words();
    Section section{.id = "desks", .title = words("Load of the desks"), .paragraphs = {}, .figures = {}};
    section.paragraphs.push_back(words(
        "The share of the time with the desk open in which somebody was being served. The closer to 100%, "
        "the more every further person adds to the waits."));
    add_if_any(section, hours_of({"desk-hour-load",
                                  words("Load of the desks by hour"),
                                  words("Desks"),
                                  part_site | part_desk | part_hour,
                                  {Measure::utilisation}},
                                 results, names));
    add_if_any(section, table_of({.id = "by-desk",
                                  .title = words("Load of the desks, the whole day"),
                                  .row_heading = words("Desks"),
                                  .parts = part_site | part_desk,
                                  .drawn = {{Measure::utilisation}},
                                  .beside = {},
                                  .drawings = {Drawing::dots}},
                                 results, names));
    return section;
}

}  // namespace

std::vector<Section> sections_of(const sim::Results& results, const Names& names) {
    std::vector<Section> sections;
    for (const auto make : {hours_section, services_section, worst_section, sites_section, desks_section}) {
        Section section = make(results, names);
        if (!section.figures.empty()) sections.push_back(std::move(section));
    }
    return sections;
}

}  // namespace balcao::report
