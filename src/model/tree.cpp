#include "model/tree.hpp"

#include <charconv>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace balcao::model {
namespace {

using text::Yaml;
using text::YamlEntry;
using text::YamlMark;

constexpr std::size_t includes_max = 1000;

std::string place_text(const YamlMark& mark) {
    return fmt::format("{}:{}:{}", mark.file ? *mark.file : std::string{}, mark.line, mark.column);
}

// What a model in several files has read so far.
struct Merge {
    const Files& files;
    Remarks& remarks;
    Yaml& root;
    std::set<std::string> seen{};

    void twice(const YamlMark& again, const std::string& key, const YamlMark& first) {
        remarks.mistake(again, fmt::format("{} is given twice; first at {}", key, place_text(first)));
    }

    void merge_maps(YamlEntry& into, YamlEntry from) {
        for (YamlEntry& entry : from.value.entries) {
            if (const YamlEntry* first = into.value.find_entry(entry.key))
                twice(entry.key_mark, fmt::format("{} in {}", entry.key, into.key), first->key_mark);
            else
                into.value.entries.push_back(std::move(entry));
        }
    }

    void merge_key(YamlEntry entry) {
        for (YamlEntry& into : root.entries) {
            if (into.key != entry.key) continue;
            if (into.value.is_map() && entry.value.is_map()) {
                merge_maps(into, std::move(entry));
            } else if (into.value.is_sequence() && entry.value.is_sequence() && entry.key != "languages") {
                for (Yaml& item : entry.value.items)
                    into.value.items.push_back(std::move(item));
            } else {
                twice(entry.key_mark, entry.key, into.key_mark);
            }
            return;
        }
        root.entries.push_back(std::move(entry));
    }

    void include(const Yaml& list) {
        if (!list.is_sequence()) {
            remarks.mistake(list.mark, "expected a list of files, such as [sites.yaml, demand.yaml]");
            return;
        }
        for (const Yaml& item : list.items) {
            if (!item.is_scalar()) {
                remarks.mistake(item.mark, "expected the name of a file");
                continue;
            }
            const auto folder = std::filesystem::path{*list.mark.file}.parent_path();
            const auto path = (folder / item.scalar).lexically_normal();
            if (!seen.insert(path.generic_string()).second || seen.size() > includes_max) {
                remarks.mistake(item.mark, fmt::format("{} is included twice", item.scalar));
                continue;
            }
            if (const auto content = read_or_why_not(files, path); !content) {
                remarks.mistake(item.mark, fmt::format("the file {} cannot be read: {}",
                                                       path.generic_string(), content.error().what));
                continue;
            }
            if (auto part = read_tree(path, files, remarks)) add(std::move(*part));
        }
    }

    void add(Yaml part) {
        if (!part.is_map()) {
            remarks.mistake(part.mark, "expected a map of keys and values, as in a model");
            return;
        }
        std::optional<Yaml> included;
        for (YamlEntry& entry : part.entries) {
            if (entry.key == "include")
                included = std::move(entry.value);
            else
                merge_key(std::move(entry));
        }
        if (included) include(*included);
    }
};

// The node at a path as far as it goes, with its key's mark where it has one.
struct Found {
    const Yaml* node;
    const YamlMark* key;
    bool is_complete = true;
};

Found walk(const Yaml& root, const std::vector<std::string>& path) {
    Found found{&root, &root.mark, true};
    for (const std::string& part : path) {
        if (const YamlEntry* entry = found.node->find_entry(part)) {
            found = {&entry->value, &entry->key_mark, true};
            continue;
        }
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
        const bool is_item = error == std::errc{} && end == part.data() + part.size() &&
                             found.node->is_sequence() && index < found.node->items.size();
        if (!is_item) {
            found.is_complete = false;
            break;
        }
        found.node = &found.node->items[index];
        found.key = &found.node->mark;
    }
    return found;
}

}  // namespace

std::filesystem::path main_file_of(const std::filesystem::path& model, const Files& files) {
    return files.is_folder(model) ? model / "model.yaml" : model;
}

std::string key_of_file(const std::filesystem::path& path) {
    std::filesystem::path name = path.lexically_normal();
    if (name.filename().empty()) name = name.parent_path();
    if (name.filename() == "model.yaml" && name.has_parent_path()) name = name.parent_path();
    return name.extension() == ".yaml" || name.extension() == ".yml" ? name.stem().string()
                                                                     : name.filename().string();
}

std::optional<text::Yaml> read_tree(const std::filesystem::path& file, const Files& files, Remarks& remarks) {
    const std::string name = file.generic_string();
    const auto content = read_or_why_not(files, file);
    if (!content) {
        remarks.mistake({std::make_shared<const std::string>(name)},
                        fmt::format("the file cannot be read: {}", content.error().what));
        return std::nullopt;
    }
    text::YamlDocument document = text::parse_yaml(*content, name);
    for (text::YamlProblem& problem : document.problems)
        remarks.mistake(problem.mark, std::move(problem.what));
    return std::move(document.root);
}

std::optional<text::Yaml> read_model_tree(const std::filesystem::path& model,
                                          const Files& files,
                                          Remarks& remarks) {
    const auto file = main_file_of(model, files).lexically_normal();
    auto main = read_tree(file, files, remarks);
    if (!main) return std::nullopt;
    if (!main->is_map()) {
        remarks.mistake(main->mark, "expected a model: a map of keys and values, beginning with balcao: 1");
        return std::nullopt;
    }
    if (main->find("changes") != nullptr && main->find("balcao") == nullptr) {
        remarks.mistake(main->mark,
                        "this is a scenario, not a model: name the model first, then its scenarios");
        return std::nullopt;
    }
    Yaml root = Yaml::of(Yaml::Kind::map, main->mark);
    Merge merge{files, remarks, root};
    merge.seen.insert(file.generic_string());
    merge.add(std::move(*main));
    return root;
}

text::YamlMark PlaceOf::key(const std::vector<std::string>& path) const { return *walk(root, path).key; }

const text::Yaml* PlaceOf::find(const std::vector<std::string>& path) const {
    const Found found = walk(root, path);
    return found.is_complete ? found.node : nullptr;
}

bool PlaceOf::has(const std::vector<std::string>& path) const { return walk(root, path).is_complete; }

text::YamlMark PlaceOf::value(const std::vector<std::string>& path) const {
    return walk(root, path).node->mark;
}

std::vector<std::string> demand_keys(const text::Yaml& list) {
    std::set<std::string> taken;
    std::vector<std::string> keys;
    for (const Yaml& item : list.items) {
        const Yaml* id = item.find("id");
        if (id != nullptr && id->is_scalar()) taken.insert(id->scalar);
    }
    for (const Yaml& item : list.items) {
        const Yaml* id = item.find("id");
        const Yaml* service = item.find("service");
        if (id != nullptr && id->is_scalar()) {
            keys.push_back(id->scalar);
            continue;
        }
        const std::string base = service != nullptr && service->is_scalar() ? service->scalar : std::string{};
        std::string key = base;
        for (int count = 2; !base.empty() && !taken.insert(key).second; ++count)
            key = fmt::format("{}-{}", base, count);
        keys.push_back(key);
    }
    return keys;
}

void write_demand_keys(text::Yaml& root) {
    Yaml* list = root.find("demand");
    if (list == nullptr || !list->is_sequence()) return;
    const std::vector<std::string> keys = demand_keys(*list);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Yaml& item = list->items[i];
        if (!item.is_map() || item.find_entry("id") != nullptr || keys[i].empty()) continue;
        item.entries.push_back({"id", item.mark, Yaml::of_scalar(keys[i], item.mark)});
    }
}

}  // namespace balcao::model
