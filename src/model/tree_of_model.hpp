#pragma once
// A model as a tree of the language, defaults left out, in the order of the language page: what
// `print_canonical` writes and `differences` compares. Internal to `model`.
#include <string>
#include <string_view>

#include "base/localized.hpp"
#include "model/model.hpp"
#include "text/yaml.hpp"

namespace balcao::model {

// A map in the making; what is given empty or null is left out.
class MapNode {
public:
    MapNode& add(std::string key, text::Yaml value) {
        if (!value.is_null()) node_.entries.push_back({std::move(key), {}, std::move(value)});
        return *this;
    }

    MapNode& add(std::string key, std::string value) {
        if (value.empty()) return *this;
        return add(std::move(key), text::Yaml::of_scalar(std::move(value)));
    }

    [[nodiscard]] bool is_empty() const { return node_.entries.empty(); }

    text::Yaml node() { return std::move(node_); }

private:
    text::Yaml node_ = text::Yaml::of(text::Yaml::Kind::map);
};

text::Yaml tree_of(const Model& model);
text::Yaml tree_of(const Site& site);
text::Yaml tree_of(const Appointments& appointments);
text::Yaml tree_of(const std::vector<Kiosk>& kiosks);
text::Yaml tree_of(const Interpreters& interpreters);
text::Yaml tree_of(const Demand& demand);
text::Yaml tree_of(const Duty& duty);
text::Yaml tree_of(const Protocol& protocol);
text::Yaml tree_of(const Document& document);
text::Yaml tree_of(const Fact& fact);
text::Yaml tree_of(const WayIn& way);  // null for the usual one
text::Yaml tree_of(const Detail& detail);
text::Yaml tree_of(const Request& request);
text::Yaml tree_of(const LifeEvent& event);
text::Yaml tree_of(const OtherNames& names);
text::Yaml tree_of(const std::vector<PublishingRule>& rules);
// One source of all of it, or one of each field.
text::Yaml tree_of_sources(const Service& service);
text::Yaml tree_of_fee(const PerChannel<Money>& fee);
// What a service asks of whom, costs and takes.
void add_rules(MapNode& map, const Service& service);
text::Yaml tree_of_text(const LocalText& text);
text::Yaml tree_of_times(const PerChannel<Distribution>& times);

enum class Of : unsigned char { time, factor };
text::Yaml tree_of(const Distribution& distribution, Of quantity);
text::Yaml tree_of(const Arrivals& arrivals);
text::Yaml tree_of(const Bookings& bookings);

// "13 %", or the plain number where that alone reads back to the same share.
std::string text_of_share(double share);
std::string text_of_hours(TimeRange range);

template <class Keys>
std::vector<std::string> texts_of(const Keys& keys) {
    std::vector<std::string> texts;
    texts.reserve(keys.size());
    for (const auto& key : keys)
        texts.push_back(key.text());
    return texts;
}

// A list, or the one item by itself.
text::Yaml list_or_one(std::vector<std::string> items);
text::Yaml list_of(std::vector<text::Yaml> items);

}  // namespace balcao::model
