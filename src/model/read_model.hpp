#pragma once
// The typed model of a tree, for the reader of models and for scenarios, which change the tree first.
// Internal to `model`.
#include <filesystem>
#include <string>

#include "model/read.hpp"
#include "model/remarks.hpp"
#include "text/yaml.hpp"

namespace balcao::model {

struct ModelSource {
    std::filesystem::path main_file;
    std::string key;
    const Files& files;
    const ReadOptions& options;
};

// Reads and checks; the remarks so far are part of the answer.
Read<Model> read_model_of_tree(const text::Yaml& root, const ModelSource& source, Remarks& remarks);

}  // namespace balcao::model
