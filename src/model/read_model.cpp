// The whole model from its tree.
#include "model/read_model.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/check.hpp"
#include "model/readers.hpp"

namespace balcao::model {
namespace {

constexpr std::string_view channels_of_the_language[] = {"counter", "phone", "chat",
                                                         "email",   "video", "online"};

void add_names(const Yaml* node, std::set<std::string>& names) {
    if (node == nullptr) return;
    if (node->is_scalar() && is_name(node->scalar)) names.insert(node->scalar);
    for (const Yaml& item : node->items)
        if (item.is_scalar() && is_name(item.scalar)) names.insert(item.scalar);
}

template <class Thing, class ReadOne>
void read_map(const Context& context, const Yaml* node, std::vector<Thing>& things, ReadOne read_one) {
    if (node == nullptr) return;
    for (const YamlEntry& entry : entries_of(context, *node, "a map from names to what they stand for"))
        if (check_name(context, entry.key_mark, entry.key)) things.push_back(read_one(context, entry));
}

Entity read_entity(const Context& context, const YamlEntry& entry) {
    Entity entity;
    entity.key = EntityKey{entry.key};
    const Fields fields{context, entry.value, "entity"};
    if (!fields.is_map()) return entity;
    if (const Yaml* name = fields.find("name")) entity.name = read_text(context, *name);
    if (const Yaml* also = fields.find("also")) entity.also = read_other_names(context, *also);
    if (const Yaml* kind = fields.find("kind"))
        entity.kind = EntityKind{
            static_cast<unsigned char>(read_word(context, *kind, {"public", "private"}).value_or(0))};
    if (const Yaml* way_in = fields.find("way_in")) entity.way_in = read_way_in(context, *way_in);
    if (const Yaml* source = fields.find("source"))
        entity.source = read_string(context, *source, "source_name").value_or("");
    return entity;
}

Source read_source(const Context& context, const YamlEntry& entry) {
    Source source;
    source.key = entry.key;
    const Fields fields{context, entry.value, "source"};
    if (!fields.is_map()) return source;
    if (const Yaml* title = fields.find("title")) source.title = read_string(context, *title).value_or("");
    if (const Yaml* url = fields.find("url")) {
        source.url = read_string(context, *url, "url").value_or("");
        if (!source.url.empty() && !source.url.starts_with("https://") && !source.url.starts_with("http://"))
            expected(context, *url, example_of("url"));
    }
    return source;
}

void read_languages(Context& context, const Fields& fields, Model& model) {
    if (const Yaml* languages = fields.find("languages")) {
        model.languages.clear();
        for (auto& [name, mark] : read_names(context, *languages)) {
            const bool is_code =
                name.size() >= 2 && name.size() <= 12 &&
                std::all_of(name.begin(), name.begin() + 2, [](char c) { return c >= 'a' && c <= 'z'; }) &&
                (name.size() <= 3 || name.find('-') < 4);
            if (!is_code)
                context.mistake(mark, fmt::format("{} is no language: expected a code such as pt", name));
            model.languages.push_back(std::move(name));
        }
    }
    context.languages = {model.languages.begin(), model.languages.end()};
}

void read_first_day(const Context& context, const Fields& fields, const ReadOptions& options, Model& model) {
    if (const Yaml* first_day = fields.find("first_day")) {
        model.first_day = read_date(context, *first_day).value_or(options.today);
        return;
    }
    model.first_day = options.today + std::chrono::days{7 - weekday_index(options.today)};
    context.remarks.note(
        {}, fmt::format("no first_day is given: the first simulated day is the Monday after today, {}",
                        format_date(model.first_day)));
}

void read_head(Context& context, const Fields& fields, const ReadOptions& options, Model& model) {
    if (const Yaml* version = fields.find("balcao"))
        if (!version->is_scalar() || version->scalar != "1")
            context.mistake(version->mark,
                            fmt::format("{} is no version of the language that is known here: expected 1",
                                        described(*version)));
    read_languages(context, fields, model);
    if (const Yaml* name = fields.find("name")) model.name = read_text(context, *name);
    if (const Yaml* about = fields.find("about")) model.about = read_text(context, *about);
    if (const Yaml* zone = fields.find("time_zone")) {
        model.time_zone = read_string(context, *zone, "time_zone").value_or("UTC");
        const bool is_zone = std::all_of(model.time_zone.begin(), model.time_zone.end(), [](char c) {
            return is_name(std::string_view{&c, 1}) || c == '/' || c == '+' || c == '-';
        });
        if (!is_zone) expected(context, *zone, example_of("time_zone"));
    }
    read_first_day(context, fields, options, model);
}

void read_demand_list(const Context& context, const Yaml& node, Model& model) {
    const auto& items =
        items_of(context, node, "a list of those who come, each with service, site and arrivals");
    if (node.is_sequence() && items.empty()) context.mistake(node.mark, "nobody comes: the list is empty");
    const std::vector<std::string> keys = demand_keys(node);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Demand demand = read_demand(context, items[i]);
        const bool has_id = !demand.key.empty();
        demand.key = DemandKey{keys[i]};
        if (has_id && !seen.insert(keys[i]).second)
            context.mistake(items[i].find("id")->mark, fmt::format("two entries have the id {}", keys[i]));
        model.demand.push_back(std::move(demand));
    }
}

}  // namespace

std::set<std::string> channels_of(const Yaml& root) {
    std::set<std::string> names{std::begin(channels_of_the_language), std::end(channels_of_the_language)};
    if (const Yaml* sites = root.find("sites"))
        for (const YamlEntry& site : sites->entries)
            if (const Yaml* desks = site.value.find("desks"))
                for (const YamlEntry& desk : desks->entries)
                    add_names(desk.value.find("channels"), names);
    return names;
}

Read<Model> read_model_of_tree(const Yaml& root, const ModelSource& source, Remarks& remarks) {
    Context context{remarks, source.files, source.main_file.parent_path()};
    context.channels = channels_of(root);
    Model model;
    model.key = source.key;
    const Fields fields{context, root, "model"};
    read_head(context, fields, source.options, model);
    context.first_day = model.first_day;
    read_map(context, fields.find("sources"), model.sources, read_source);
    read_map(context, fields.find("entities"), model.entities, read_entity);
    read_map(context, fields.find("documents"), model.documents, read_document);
    read_map(context, fields.find("facts"), model.facts, read_fact);
    read_map(context, fields.find("details"), model.details, read_detail);
    read_map(context, fields.find("services"), model.services, read_service);
    read_map(context, fields.find("life_events"), model.life_events, read_life_event);
    read_map(context, fields.find("sites"), model.sites, read_site);
    read_map(context, fields.find("people"), model.people, read_group);
    if (const Yaml* travel = fields.find("travel")) model.travel = read_travel(context, *travel);
    if (const Yaml* demand = fields.find("demand")) read_demand_list(context, *demand, model);
    if (const Yaml* targets = fields.find("targets"))
        for (const Yaml& item : items_of(context, *targets, "a list of targets"))
            model.targets.push_back(read_target(context, item));
    if (const Yaml* retention = fields.find("retention"))
        model.retention = read_retention(context, *retention);
    if (const Yaml* interpreters = fields.find("interpreters"))
        model.interpreters = read_interpreters(context, *interpreters);
    read_map(context, fields.find("duties"), model.duties, read_duty);
    read_map(context, fields.find("protocols"), model.protocols, read_protocol);
    if (const Yaml* publishing = fields.find("publishing"))
        model.publishing = read_publishing(context, *publishing);
    take_over_slots(model, PlaceOf{root}, remarks);
    check_model({model, PlaceOf{root}, remarks});
    Read<Model> read;
    if (!remarks.has_mistakes()) read.value = std::move(model);
    read.remarks = remarks.in_order();
    return read;
}

Read<Model> read_model(const std::filesystem::path& path, const Files& files, const ReadOptions& options) {
    Remarks remarks;
    const auto root = read_model_tree(path, files, remarks);
    if (!root) return {std::nullopt, remarks.in_order()};
    const ModelSource source{main_file_of(path, files).lexically_normal(), key_of_file(path), files, options};
    return read_model_of_tree(*root, source, remarks);
}

}  // namespace balcao::model
