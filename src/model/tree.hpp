#pragma once
// A model's YAML as one tree: the main file with what it includes. Internal to `model`; it knows only the key
// `include`.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/remarks.hpp"
#include "text/yaml.hpp"

namespace balcao::model {

// The main file of a model: the path itself, or model.yaml in it when it is a folder.
std::filesystem::path main_file_of(const std::filesystem::path& model, const Files& files);

// The folder or file's name without ".yaml".
std::string key_of_file(const std::filesystem::path& path);

// One file as a tree, its mistakes told; nothing when it has no tree.
std::optional<text::Yaml> read_tree(const std::filesystem::path& file, const Files& files, Remarks& remarks);

// The main file and its includes: maps merged key by key, lists joined.
std::optional<text::Yaml> read_model_tree(const std::filesystem::path& model,
                                          const Files& files,
                                          Remarks& remarks);

// The mark of what stands at a path of keys (positions of list items as numbers from 0), or of the last part
// of it that is there.
struct PlaceOf {
    const text::Yaml& root;
    [[nodiscard]] text::YamlMark key(const std::vector<std::string>& path) const;
    [[nodiscard]] text::YamlMark value(const std::vector<std::string>& path) const;
    // Null when the path does not go so far.
    [[nodiscard]] const text::Yaml* find(const std::vector<std::string>& path) const;
    // Whether all of the path is there.
    [[nodiscard]] bool has(const std::vector<std::string>& path) const;
};

// The keys of the entries of `demand`, in order: `id`, or the service, with "-2", "-3" where that is taken.
std::vector<std::string> demand_keys(const text::Yaml& list);

// Writes that key as `id` into every entry that has none, so that an entry keeps it, and with it the random
// streams that are named by it, when a scenario takes away or adds others of its service.
void write_demand_keys(text::Yaml& root);

}  // namespace balcao::model
