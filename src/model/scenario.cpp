// Scenarios: changes to the tree of a model, made before it is read, so that any path works and every mistake
// can name the scenario's line.
#include <algorithm>

#include <fmt/format.h>

#include "model/change.hpp"
#include "model/read_model.hpp"
#include "model/readers.hpp"
#include "model/tree.hpp"

namespace balcao::model {
namespace {

constexpr std::size_t changes_max = 1000;
constexpr std::size_t traced_changes_max = 50;

std::vector<std::string> read_path(const Context& context, const Yaml& node) {
    std::vector<std::string> path;
    if (node.is_scalar()) {
        std::size_t begin = 0;
        while (true) {
            const auto dot = node.scalar.find('.', begin);
            path.push_back(node.scalar.substr(begin, dot - begin));
            if (dot == std::string::npos) break;
            begin = dot + 1;
        }
    } else if (node.is_sequence()) {
        for (const Yaml& item : node.items)
            if (const auto part = read_string(context, item)) path.push_back(*part);
    } else {
        expected(context, node, example_of("path"));
        return {};
    }
    if (path.empty() ||
        std::any_of(path.begin(), path.end(), [](const auto& part) { return part.empty(); })) {
        context.mistake(node.mark, fmt::format("expected {}: keys joined by dots", example_of("path")));
        return {};
    }
    return path;
}

// The value beside a verb: `to`, `by` or `value`; and none of the others.
const Yaml* partner(const Context& context, const Fields& fields, const Yaml& item, std::string_view wanted) {
    for (const std::string_view other : {"to", "by", "value"})
        if (other != wanted && item.find_entry(other) != nullptr)
            context.mistake(item.find_entry(other)->key_mark,
                            wanted.empty() ? fmt::format("{} has no place here", other)
                                           : fmt::format("{} has no place here: expected {}", other, wanted));
    if (wanted.empty()) return nullptr;
    if (item.find_entry(wanted) == nullptr)
        context.mistake(item.mark, fmt::format("the key {} is missing", wanted));
    return fields.find(wanted);
}

std::optional<Change> read_change(const Context& context, const Yaml& item) {
    const Fields fields{context, item, "change"};
    if (!fields.is_map()) return std::nullopt;
    constexpr std::pair<std::string_view, std::string_view> verbs[] = {
        {"set", "to"}, {"scale", "by"}, {"add", "value"}, {"remove", ""}};
    std::optional<Change> change;
    int count = 0;
    for (std::size_t i = 0; i < std::size(verbs); ++i) {
        const YamlEntry* entry = item.find_entry(verbs[i].first);
        if (entry == nullptr) continue;
        if (++count > 1) {
            context.mistake(entry->key_mark,
                            "two changes in one: expected one of set, scale, add and remove");
            return std::nullopt;
        }
        const Yaml* path = fields.find(verbs[i].first);
        const Yaml* value = partner(context, fields, item, verbs[i].second);
        if (path == nullptr || (value == nullptr && !verbs[i].second.empty())) return std::nullopt;
        change = Change{Change::Verb{static_cast<unsigned char>(i)}, read_path(context, *path), path->mark,
                        value != nullptr ? *value : Yaml{}, 1};
        if (change->path.empty()) return std::nullopt;
        if (change->verb == Change::Verb::scale) {
            const auto factor = read_factor(context, *value);
            if (!factor) return std::nullopt;
            change->factor = *factor;
        }
    }
    if (count == 0) context.mistake(item.mark, "no change: expected one of set, scale, add and remove");
    return change;
}

std::vector<Change> read_changes(const Context& context, const Yaml& node) {
    std::vector<Change> changes;
    const auto& items = items_of(context, node, "a list of changes, such as [{set: …, to: …}]");
    if (items.size() > changes_max)
        context.mistake(node.mark, fmt::format("more than {} changes", changes_max));
    for (const Yaml& item : items) {
        if (changes.size() >= changes_max) break;
        if (auto change = read_change(context, item)) changes.push_back(std::move(*change));
    }
    return changes;
}

// What a scenario is read with.
struct ScenarioReading {
    const Yaml& base;
    const ModelSource& source;
    const std::vector<std::string>& files;
    const std::vector<Change>& changes;
};

// The model's remarks after the first so many changes.
Read<Model> read_after(const ScenarioReading& reading, std::size_t count) {
    Yaml tree = reading.base;
    Remarks remarks;
    for (std::size_t i = 0; i < count; ++i)
        apply_change(tree, reading.changes[i], remarks);
    return read_model_of_tree(tree, reading.source, remarks);
}

bool has_remark(const std::vector<Remark>& remarks, const Remark& remark) {
    return std::find(remarks.begin(), remarks.end(), remark) != remarks.end();
}

// The mistakes that stand in the model's own files came with a change: each is told at the first change from
// which on it is there.
void trace_to_changes(const ScenarioReading& reading, std::vector<Remark>& remarks) {
    std::vector<std::vector<Remark>> after;
    const bool is_traced = reading.changes.size() <= traced_changes_max;
    for (std::size_t count = 1; is_traced && count < reading.changes.size(); ++count)
        after.push_back(read_after(reading, count).remarks);
    for (Remark& remark : remarks) {
        const bool is_of_scenario =
            std::find(reading.files.begin(), reading.files.end(), remark.file) != reading.files.end();
        if (remark.severity != Severity::mistake || is_of_scenario || reading.changes.empty()) continue;
        std::size_t at = reading.changes.size() - 1;
        while (is_traced && at > 0 && has_remark(after[at - 1], remark))
            --at;
        const YamlMark& mark = reading.changes[at].mark;
        Remark told = remark;
        told.what = fmt::format("after this change, {}", format_remark(remark));
        told.file = mark.file ? *mark.file : std::string{};
        told.line = mark.line;
        told.column = mark.column;
        remark = std::move(told);
    }
}

// The file's tree; nothing after its mistakes were told.
std::optional<Yaml> read_scenario_tree(const std::filesystem::path& file,
                                       const Files& files,
                                       Remarks& remarks) {
    auto tree = read_tree(file, files, remarks);
    if (tree && tree->find("balcao") != nullptr && tree->find("changes") == nullptr)
        remarks.mistake(tree->mark, "this is a model, not a scenario: expected a list of changes");
    return tree;
}

// Both texts in each language that either has.
LocalText joined(const LocalText& first, const LocalText& second) {
    if (first.empty() || second.empty()) return first.empty() ? second : first;
    LocalText both;
    for (const LocalText* text : {&first, &second})
        for (const auto& wanted : text->texts)
            if (std::none_of(both.texts.begin(), both.texts.end(),
                             [&](const auto& has) { return has.first == wanted.first; }))
                both.texts.emplace_back(wanted.first,
                                        first.in(wanted.first) + "; " + second.in(wanted.first));
    return both;
}

}  // namespace

Read<Scenario> read_scenario(const std::filesystem::path& model_path,
                             const std::filesystem::path& scenario_path,
                             const Files& files,
                             const ReadOptions& options) {
    return read_scenarios_together(model_path, {scenario_path}, files, options);
}

Read<Scenario> read_scenarios_together(const std::filesystem::path& model_path,
                                       const std::vector<std::filesystem::path>& scenario_paths,
                                       const Files& files,
                                       const ReadOptions& options) {
    Read<Scenario> read;
    Read<Model> base = read_model(model_path, files, options);
    if (!base.value) {
        read.remarks = std::move(base.remarks);
        return read;
    }
    Remarks remarks;
    auto tree = read_model_tree(model_path, files, remarks);
    std::vector<std::string> names;
    std::vector<Yaml> scenario_trees;
    for (const auto& path : scenario_paths) {
        names.push_back(path.lexically_normal().generic_string());
        if (auto read_one = read_scenario_tree(path.lexically_normal(), files, remarks))
            scenario_trees.push_back(std::move(*read_one));
    }
    if (!tree || scenario_trees.size() != scenario_paths.size() || remarks.has_mistakes()) {
        read.remarks = remarks.in_order();
        return read;
    }
    const ModelSource source{main_file_of(model_path, files).lexically_normal(), base.value->key, files,
                             options};
    Context context{remarks, files, source.main_file.parent_path()};
    context.languages = {base.value->languages.begin(), base.value->languages.end()};
    Scenario scenario;
    std::vector<Change> changes;
    for (std::size_t i = 0; i < scenario_trees.size(); ++i) {
        const Fields fields{context, scenario_trees[i], "scenario"};
        scenario.key += (i == 0 ? "" : "+") + key_of_file(names[i]);
        if (const Yaml* about = fields.find("about"))
            scenario.about = joined(scenario.about, read_text(context, *about));
        if (const Yaml* list = fields.find("changes"))
            for (Change& change : read_changes(context, *list))
                changes.push_back(std::move(change));
    }
    write_demand_keys(*tree);
    Yaml changed = *tree;
    for (const Change& change : changes)
        apply_change(changed, change, remarks);
    Read<Model> model = read_model_of_tree(changed, source, remarks);
    read.remarks = std::move(model.remarks);
    if (!model.value) {
        trace_to_changes({*tree, source, names, changes}, read.remarks);
        return read;
    }
    scenario.model = std::move(*model.value);
    read.value = std::move(scenario);
    return read;
}

}  // namespace balcao::model
