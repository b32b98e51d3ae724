// Sites and their hours.
#include <algorithm>

#include <fmt/format.h>

#include "model/readers.hpp"

namespace balcao::model {
namespace {

// `cure`: what to do where there are no hours.
std::vector<TimeRange> read_ranges(const Context& context,
                                   const YamlEntry& entry,
                                   std::string_view cure = "leave the days out") {
    std::vector<TimeRange> ranges;
    std::vector<std::pair<TimeRange, YamlMark>> seen;
    const auto add = [&](const Yaml& item) {
        if (!item.is_scalar()) {
            expected(context, item, example_of("hours"));
            return;
        }
        const auto range =
            item.scalar == "always" ? TimeRange{0, 1440} : read_hours(context, item.mark, item.scalar);
        if (!range) return;
        seen.emplace_back(*range, item.mark);
        ranges.push_back(*range);
    };
    if (entry.value.is_sequence())
        for (const Yaml& item : entry.value.items)
            add(item);
    else
        add(entry.value);
    if (entry.value.is_sequence() && entry.value.items.empty())
        context.mistake(entry.value.mark, fmt::format("the list of hours is empty: to be closed, {}", cure));
    refuse_overlapping_hours(context, seen);
    std::sort(ranges.begin(), ranges.end());
    return ranges;
}

void read_week(const Context& context, const Yaml& node, OpeningHours& open) {
    const auto is_day = [](const std::string& key) { return parse_weekdays(key).has_value(); };
    const Fields fields{context, node, "opening", is_day};
    std::vector<std::pair<WeekdaySet, YamlMark>> seen;
    for (const YamlEntry& entry : node.entries) {
        const auto days = parse_weekdays(entry.key);
        if (!days) continue;
        seen.emplace_back(*days, entry.key_mark);
        auto ranges = read_ranges(context, entry);
        if (!ranges.empty()) open.weekly.emplace_back(*days, std::move(ranges));
    }
    refuse_repeated_days(context, seen);
    if (node.is_map() && seen.empty() && !fields.has_unknown())
        context.mistake(
            node.mark,
            "no day is named: expected hours for days, such as mon-fri: \"09:00-18:00\", or always");
}

// Hours, a list of them, or these with a name.
DateHours read_date_hours(const Context& context, const YamlEntry& entry, Date date) {
    constexpr std::string_view cure = "write the date under closed";
    DateHours said{date, {}, {}};
    if (!entry.value.is_map()) {
        said.hours = read_ranges(context, entry, cure);
        return said;
    }
    const Fields fields{context, entry.value, "date_hours"};
    if (const Yaml* name = fields.find("name")) said.name = read_text(context, *name);
    if (fields.find("hours") != nullptr)
        said.hours = read_ranges(context, *entry.value.find_entry("hours"), cure);
    return said;
}

void read_dates_of_their_own(const Context& context, const Yaml& node, OpeningHours& open) {
    for (const YamlEntry& entry :
         entries_of(context, node, "hours of single days, such as {2026-12-24: \"09:00-12:00\"}")) {
        const auto date = parse_date(entry.key);
        if (!date) {
            context.mistake(entry.key_mark, fmt::format("{} is no date: expected one such as 2026-12-24",
                                                        text::quote_yaml(entry.key)));
            continue;
        }
        auto said = read_date_hours(context, entry, *date);
        if (std::binary_search(open.closed.begin(), open.closed.end(), *date))
            context.mistake(
                entry.key_mark,
                fmt::format("{} is under closed as well: a day has hours or is closed", entry.key));
        else if (open.find(*date) != nullptr)
            context.mistake(entry.key_mark, fmt::format("{} is named twice", entry.key));
        else if (!said.hours.empty())
            open.dates.insert(std::lower_bound(open.dates.begin(), open.dates.end(), *date,
                                               [](const DateHours& one, Date at) { return one.date < at; }),
                              std::move(said));
    }
}

std::string read_country(const Context& context, const Yaml& node) {
    const auto country = read_string(context, node, "country");
    if (!country) return {};
    if (is_known_country(*country)) return *country;
    context.mistake(node.mark, fmt::format("the public holidays of {} are not known: expected PT",
                                           text::quote_yaml(*country)));
    return {};
}

// `closed` and `holidays` may stand in `open` or beside it.
const Yaml* either(const Context& context, const Fields& site, const Fields* opening, std::string_view key) {
    const Yaml* beside = site.find(key);
    const Yaml* within = opening != nullptr ? opening->find(key) : nullptr;
    if (beside != nullptr && within != nullptr)
        context.mistake(beside->mark, fmt::format("{} is given twice: in open and beside it", key));
    return within != nullptr ? within : beside;
}

std::optional<Criterion> criterion_named(std::string_view name) {
    constexpr std::pair<std::string_view, Criterion> names[] = {
        {"priority", Criterion::priority},         {"booked_due", Criterion::booked_due},
        {"arrival", Criterion::arrival},           {"leg_arrival", Criterion::leg_arrival},
        {"last_arrival", Criterion::last_arrival}, {"shortest_mean", Criterion::shortest_mean}};
    for (const auto& [word, criterion] : names)
        if (word == name) return criterion;
    return std::nullopt;
}

void add_criterion(const Context& context, const YamlMark& mark, Criterion criterion, QueueOrder& queue) {
    const auto& seen = queue.criteria;
    if (std::find(seen.begin(), seen.end(), criterion) != seen.end())
        context.mistake(mark, "this criterion is named twice");
    else
        queue.criteria.push_back(criterion);
}

void read_criterion(const Context& context, const Yaml& node, Site& site) {
    if (node.is_scalar()) {
        if (node.scalar == "weights") {
            context.mistake(node.mark, "weights needs its numbers: expected {weights: {<service>: 2, …}}");
        } else if (const auto criterion = criterion_named(node.scalar)) {
            add_criterion(context, node.mark, *criterion, site.queue);
        } else {
            const std::vector<std::string> names{"priority",     "booked_due",    "arrival", "leg_arrival",
                                                 "last_arrival", "shortest_mean", "weights"};
            context.mistake(node.mark,
                            fmt::format("{} is no criterion of the queue{}", text::quote_yaml(node.scalar),
                                        instead_of(node.scalar, names)));
        }
        return;
    }
    const Fields fields{context, node, "criterion_map"};
    if (const Yaml* preempt = fields.find("preempt"))
        site.preempt = read_boolean(context, *preempt).value_or(false);
    const Yaml* weights = fields.find("weights");
    if (weights == nullptr) return;
    add_criterion(context, weights->mark, Criterion::weights, site.queue);
    for (const YamlEntry& entry :
         entries_of(context, *weights, "a weight for each service, such as {tax: 2}")) {
        const auto weight = read_number(context, entry.value, {0, 1e6});
        if (weight && *weight <= 0) context.mistake(entry.value.mark, "a weight must be above zero");
        if (weight) site.queue.weights.emplace_back(ServiceKey{entry.key}, *weight);
    }
}

void read_queue(const Context& context, const Yaml& node, Site& site) {
    site.queue.criteria.clear();
    if (node.is_sequence())
        for (const Yaml& item : node.items)
            read_criterion(context, item, site);
    else
        read_criterion(context, node, site);
    if (site.queue.criteria.empty()) site.queue.criteria.push_back(Criterion::arrival);
}

std::optional<Location> read_location(const Context& context, const Yaml& node) {
    const auto& items = items_of(context, node, "latitude and longitude, such as [38.71, -9.14]");
    if (items.size() != 2) {
        if (node.is_sequence())
            context.mistake(node.mark,
                            fmt::format("expected latitude and longitude, found a list of {}", items.size()));
        return std::nullopt;
    }
    const auto latitude = read_number(context, items[0], {-90, 90});
    const auto longitude = read_number(context, items[1], {-180, 180});
    if (!latitude || !longitude) return std::nullopt;
    return Location{*latitude, *longitude};
}

void read_lines(const Context& context, const Yaml& node, Site& site) {
    if (node.is_map()) {
        for (const YamlEntry& entry : node.entries) {
            const std::string channel = read_channel(context, Yaml::of_scalar(entry.key, entry.key_mark));
            const auto lines = read_integer(context, entry.value, {1, 1'000'000});
            if (lines && !channel.empty()) site.lines.emplace_back(ChannelKey{channel}, *lines);
        }
        return;
    }
    const auto lines = read_integer(context, node, {1, 1'000'000});
    if (!lines) return;
    for (const DeskGroup& desk : site.desks)
        for (const ChannelKey& channel : desk.channels) {
            const auto is_same = [&](const auto& other) { return other.first == channel; };
            if (channel.text() != "counter" && std::none_of(site.lines.begin(), site.lines.end(), is_same))
                site.lines.emplace_back(channel, *lines);
        }
    if (site.lines.empty())
        context.mistake(node.mark,
                        "no desk here serves a channel with lines, such as phone: for people inside, "
                        "write capacity");
}

Tickets read_tickets(const Context& context, const Yaml& node) {
    Tickets tickets;
    const Fields fields{context, node, "tickets"};
    if (const Yaml* first = fields.find("first"))
        tickets.first = read_integer(context, *first, {0, 99'999}).value_or(tickets.first);
    if (const Yaml* last = fields.find("last")) {
        tickets.last = read_integer(context, *last, {0, 99'999}).value_or(tickets.last);
        if (tickets.last < tickets.first)
            context.mistake(last->mark, fmt::format("the last number, {}, comes before the first, {}",
                                                    tickets.last, tickets.first));
    } else {
        tickets.last = std::max(tickets.last, tickets.first + 998);
    }
    if (const Yaml* calls = fields.find("calls"))
        tickets.calls = read_integer(context, *calls, {1, 20}).value_or(tickets.calls);
    if (const Yaml* pause = fields.find("pause"))
        tickets.pause = read_duration(context, *pause, Sign::not_negative).value_or(tickets.pause);
    return tickets;
}

void read_desks(const Context& context, const Yaml& node, Site& site) {
    for (const YamlEntry& entry :
         entries_of(context, node, "groups of desks by name, such as {a: {count: 2, serves: …}}"))
        if (check_name(context, entry.key_mark, entry.key)) site.desks.push_back(read_desk(context, entry));
    if (node.is_map() && node.entries.empty()) context.mistake(node.mark, "the site has no desks");
}

}  // namespace

OpeningHours read_opening(const Context& context, const Fields& site) {
    OpeningHours open;
    const Yaml* node = site.find("open");
    std::optional<Fields> opening;
    if (node != nullptr && node->is_scalar()) {
        open.always = node->scalar == "always";
        if (!open.always)
            expected(context, *node, "always, or hours for days such as {mon-fri: \"09:00-18:00\"}");
    } else if (node != nullptr) {
        read_week(context, *node, open);
        const auto any = [](const std::string&) { return true; };
        if (node->is_map()) opening.emplace(context, *node, "opening", any);
    }
    const Fields* within = opening ? &*opening : nullptr;
    const Yaml* closed = either(context, site, within, "closed");
    const Yaml* holidays = either(context, site, within, "holidays");
    if (closed != nullptr) open.closed = read_dates(context, *closed);
    if (holidays != nullptr) open.holidays = read_country(context, *holidays);
    if (within != nullptr)
        if (const Yaml* dates = within->find("dates")) read_dates_of_their_own(context, *dates, open);
    for (const Yaml* extra : {closed, holidays})
        if (open.always && extra != nullptr)
            context.mistake(extra->mark,
                            "a site that is always open has no closed days: write every day: always");
    return open;
}

Site read_site(const Context& context, const YamlEntry& entry) {
    Site site;
    site.key = SiteKey{entry.key};
    const Fields fields{context, entry.value, "site"};
    if (!fields.is_map()) return site;
    if (const Yaml* name = fields.find("name")) site.name = read_text(context, *name);
    if (const Yaml* kind = fields.find("kind")) site.kind = read_string(context, *kind).value_or("");
    if (const Yaml* location = fields.find("location")) site.location = read_location(context, *location);
    site.open = read_opening(context, fields);
    if (const Yaml* closing = fields.find("at_closing"))
        site.at_closing = AtClosing{
            static_cast<unsigned char>(read_word(context, *closing, {"serve", "send_away"}).value_or(0))};
    if (const Yaml* desks = fields.find("desks")) read_desks(context, *desks, site);
    if (const Yaml* queue = fields.find("queue")) read_queue(context, *queue, site);
    if (const Yaml* preempt = fields.find("preempt"))
        site.preempt = read_boolean(context, *preempt).value_or(false);
    if (const Yaml* capacity = fields.find("capacity"))
        site.capacity = read_integer(context, *capacity, {1, 10'000'000});
    if (const Yaml* lines = fields.find("lines")) read_lines(context, *lines, site);
    if (const Yaml* tickets = fields.find("tickets")) site.tickets = read_tickets(context, *tickets);
    if (const Yaml* offered = fields.find("appointments"))
        site.appointments = read_appointments(context, *offered);
    if (const Yaml* kiosks = fields.find("kiosks")) site.kiosks = read_kiosks(context, *kiosks);
    if (const Yaml* source = fields.find("source"))
        site.source = read_string(context, *source, "source_name").value_or("");
    return site;
}

}  // namespace balcao::model
