// What a catalogue of services says beside what is done: other names, where each field comes from, and what
// the city promises of all that it publishes.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/readers.hpp"
#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

constexpr std::array<const char*, 4> publishing_rules{"spot_below_counter", "simple_is_free",
                                                      "every_language", "offline_way"};

std::vector<std::string> read_words(const Context& context, const Yaml& node) {
    std::vector<std::string> words;
    const auto add = [&](const Yaml& item) {
        if (!item.is_scalar() || item.scalar.empty())
            expected(context, item, "a word or a few, such as ID card");
        else if (std::ranges::find(words, item.scalar) != words.end())
            context.mistake(item.mark,
                            fmt::format("{} is named twice in this list", text::quote_yaml(item.scalar)));
        else
            words.push_back(item.scalar);
    };
    if (!node.is_sequence()) {
        add(node);
        return words;
    }
    if (node.items.empty()) context.mistake(node.mark, "the list is empty: expected at least one name");
    for (const Yaml& item : node.items)
        add(item);
    return words;
}

void read_sources_of_fee(const Context& context, const Yaml& node, Service& service) {
    if (node.entries.empty()) expected(context, node, example_of("source_name"));
    for (const YamlEntry& entry : node.entries) {
        const std::string channel = read_channel(context, Yaml::of_scalar(entry.key, entry.key_mark));
        const auto source = read_string(context, entry.value, "source_name");
        if (!channel.empty() && source)
            service.field_sources.push_back({"fee", ChannelKey{channel}, *source});
    }
}

}  // namespace

std::string name_of(PublishingRule rule) { return publishing_rules.at(static_cast<std::size_t>(rule)); }

OtherNames read_other_names(const Context& context, const Yaml& node) {
    OtherNames names;
    if (!node.is_map()) {
        names.words.emplace_back("", read_words(context, node));
        return names;
    }
    if (node.entries.empty()) expected(context, node, example_of("other_names"));
    for (const YamlEntry& entry : node.entries) {
        if (!context.languages.contains(entry.key)) {
            const std::vector<std::string> known{context.languages.begin(), context.languages.end()};
            context.mistake(entry.key_mark,
                            fmt::format("the language {} is not in the model's languages{}",
                                        text::quote_yaml(entry.key), instead_of(entry.key, known)));
        }
        names.words.emplace_back(entry.key, read_words(context, entry.value));
    }
    return names;
}

std::vector<PublishingRule> read_publishing(const Context& context, const Yaml& node) {
    std::vector<PublishingRule> rules;
    for (const Yaml& item : items_of(context, node, "a list of rules, such as [offline_way]")) {
        const auto place =
            read_word(context, item,
                      {publishing_rules[0], publishing_rules[1], publishing_rules[2], publishing_rules[3]});
        if (!place) continue;
        const PublishingRule rule{static_cast<unsigned char>(*place)};
        if (std::ranges::find(rules, rule) != rules.end())
            context.mistake(item.mark, fmt::format("{} is named twice in this list", name_of(rule)));
        else
            rules.push_back(rule);
    }
    std::ranges::sort(rules);
    return rules;
}

void read_sources_of_service(const Context& context, const Yaml& node, Service& service) {
    if (!node.is_map()) {
        service.source = read_string(context, node, "source_name").value_or("");
        return;
    }
    const Fields fields{context, node, "field_sources"};
    if (node.entries.empty())
        expected(context, node, "a source, or one per field such as {fee: demonstration}");
    for (const KeyRow& row : keys_of("field_sources")) {
        const Yaml* source = fields.find(row.key);
        if (source == nullptr) continue;
        if (source->is_map() && row.key == "fee")
            read_sources_of_fee(context, *source, service);
        else
            service.field_sources.push_back(
                {std::string{row.key}, {}, read_string(context, *source, "source_name").value_or("")});
    }
}

std::vector<std::string> OtherNames::in(std::string_view language) const {
    std::vector<std::string> found;
    for (const auto& [of, names] : words)
        if (of.empty() || of == language) found.insert(found.end(), names.begin(), names.end());
    return found;
}

std::string Service::source_of(std::string_view field) const {
    const auto found = std::ranges::find_if(
        field_sources, [&](const FieldSource& of) { return of.field == field && !of.channel; });
    return found == field_sources.end() ? source : found->source;
}

std::string Service::source_of_fee(const ChannelKey& channel) const {
    const auto found = std::ranges::find(field_sources, channel, &FieldSource::channel);
    return found == field_sources.end() ? source_of("fee") : found->source;
}

bool is_demonstration(const Service& service) {
    return service.source == "demonstration" ||
           std::ranges::count(service.field_sources, "demonstration", &FieldSource::source) > 0;
}

Yaml tree_of(const OtherNames& names) {
    if (names.empty()) return {};
    if (names.words.size() == 1 && names.words.front().first.empty())
        return list_or_one(names.words.front().second);
    MapNode map;
    for (const auto& [language, words] : names.words)
        map.add(language, list_or_one(words));
    return map.node();
}

Yaml tree_of(const std::vector<PublishingRule>& rules) {
    std::vector<Yaml> items;
    for (const PublishingRule rule : rules)
        items.push_back(Yaml::of_scalar(name_of(rule)));
    return items.empty() ? Yaml{} : list_of(std::move(items));
}

Yaml tree_of_sources(const Service& service) {
    if (service.field_sources.empty())
        return service.source.empty() ? Yaml{} : Yaml::of_scalar(service.source);
    MapNode map;
    MapNode of_channels;
    for (std::size_t i = 0; i < service.field_sources.size(); ++i) {
        const FieldSource& of = service.field_sources[i];
        if (!of.channel) {
            map.add(of.field, of.source);
            continue;
        }
        of_channels.add(of.channel->text(), of.source);
        const bool is_last = i + 1 == service.field_sources.size() || !service.field_sources[i + 1].channel;
        if (is_last) map.add(of.field, of_channels.node());
    }
    return map.node();
}

}  // namespace balcao::model
