#include "report/names.hpp"

#include <fmt/format.h>

#include "report/numbers.hpp"

namespace balcao::report {

namespace {

// In English, as the catalogues know them.
const char* english_name_of(sim::Measure measure) {
    switch (measure) {
        case sim::Measure::arrivals:
            return "People who came";
        case sim::Measure::served:
            return "People served";
        case sim::Measure::abandoned_share:
            return "Gave up waiting";
        case sim::Measure::balked_share:
            return "Turned away";
        case sim::Measure::sent_away_share:
            return "Sent away at closing";
        case sim::Measure::no_show_share:
            return "Did not come to their booking";
        case sim::Measure::wait:
            return "Wait of those served";
        case sim::Measure::wait_all:
            return "Wait, those who gave up included";
        case sim::Measure::waited_share:
            return "Had to wait";
        case sim::Measure::served_within:
            return "Served within {limit} min";
        case sim::Measure::time_in_system:
            return "Whole visit";
        case sim::Measure::queue_length:
            return "People waiting at a time";
        case sim::Measure::number_in_system:
            return "People inside at a time";
        case sim::Measure::utilisation:
            return "Load of the desks";
        case sim::Measure::visits_per_need:
            return "Visits per need";
        case sim::Measure::days_to_solution:
            return "Days until solved";
        case sim::Measure::cost_per_need:
            return "Cost per need";
        case sim::Measure::travel_per_need:
            return "Travel per need";
        case sim::Measure::solved_share:
            return "Needs solved";
    }
    return "";
}

template <class Things, class Key>
std::string name_in(const Things& things, const Key& key, const Words& words) {
    for (const auto& thing : things)
        if (thing.key.text() == key) return model::name_of(thing, words.code());
    return key;
}

}  // namespace

std::string unit_suffix(std::string_view unit, const Words& words) {
    if (unit == "share" || unit == "people" || unit == "visits" || unit == "days") return {};
    return fmt::format(" ({})", words.or_else(unit, unit));
}

std::string Names::plain_number(double value) const { return shortest_number(value, words_.language()); }

std::string Names::measure(sim::Measure measure, std::optional<double> limit_minutes) const {
    const char* english = english_name_of(measure);
    if (measure != sim::Measure::served_within) return words_(english);
    return words_(english, {{"limit", plain_number(limit_minutes.value_or(0))}});
}

std::string Names::heading(sim::Measure measure, std::optional<double> limit_minutes) const {
    return this->measure(measure, limit_minutes) + unit_suffix(sim::unit_of(measure), words_);
}

std::string Names::site(const std::string& key) const { return name_in(model_.sites, key, words_); }

std::string Names::service(const std::string& key) const { return name_in(model_.services, key, words_); }

std::string Names::group(const std::string& key) const { return name_in(model_.people, key, words_); }

std::string Names::step(const std::string& key) const { return key; }

std::string Names::channel(const std::string& key) const { return words_.or_else("channel: " + key, key); }

std::string Names::desk(const std::optional<std::string>& site_key, const std::string& key) const {
    for (const model::Site& site : model_.sites) {
        if (site_key && site.key.text() != *site_key) continue;
        for (const model::DeskGroup& desk : site.desks)
            if (desk.key.text() == key) return model::name_of(desk, words_.code());
    }
    return key;
}

std::string Names::of(const sim::Breakdown& breakdown) const {
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!text.empty()) text += " · ";
        text += part;
    };
    if (breakdown.site && (model_.sites.size() > 1 || breakdown == sim::Breakdown{.site = breakdown.site}))
        add(site(*breakdown.site));
    if (breakdown.service) add(service(*breakdown.service));
    if (breakdown.desk) add(desk(breakdown.site, *breakdown.desk));
    if (breakdown.step) add(step(*breakdown.step));
    if (breakdown.group) add(group(*breakdown.group));
    if (breakdown.channel) add(channel(*breakdown.channel));
    return text.empty() ? words_("All") : text;
}

}  // namespace balcao::report
