#pragma once
// Reads a service model from YAML and checks it as a whole. Every mistake of the model comes in one answer,
// each with its place; a model with a mistake is never handed out. Used by `main`, `plan` and the tests.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"
#include "model/model.hpp"
#include "model/sentence.hpp"
#include "model/situation.hpp"

namespace balcao::model {

enum class Severity : unsigned char { mistake, warning, note };

// One thing to say about a model. Lines and columns count from 1; 0 when there is no place in a file.
struct Remark {
    Severity severity = Severity::mistake;
    std::string file;
    int line = 0;
    int column = 0;
    Sentence what;  // what is wrong, what was expected, and a near miss where there is one
    friend bool operator==(const Remark&, const Remark&) = default;
};

// "models/shop.yaml:12:5: …", as compilers write it.
std::string format_remark(const Remark& remark);

// Where files come from: the disk, or a map in tests and fuzzing.
class Files {
public:
    virtual ~Files() = default;
    // Errors: not_found; unavailable and invalid with the reason alone ("Permission denied").
    [[nodiscard]] virtual Result<std::string> read(const std::filesystem::path& path) const = 0;
    // Names in a folder that end in .yaml, in order; empty when there is no such folder.
    [[nodiscard]] virtual std::vector<std::string> list(const std::filesystem::path& folder) const = 0;
    // Everything in a folder, files and folders, in no order; empty when there is no such folder.
    [[nodiscard]] virtual std::vector<std::string> names(const std::filesystem::path& folder) const = 0;
    [[nodiscard]] virtual bool is_folder(const std::filesystem::path& path) const = 0;
};

class DiskFiles final : public Files {
public:
    [[nodiscard]] Result<std::string> read(const std::filesystem::path& path) const override;
    [[nodiscard]] std::vector<std::string> list(const std::filesystem::path& folder) const override;
    [[nodiscard]] std::vector<std::string> names(const std::filesystem::path& folder) const override;
    [[nodiscard]] bool is_folder(const std::filesystem::path& path) const override;
};

// Files held in memory, by path.
class MemoryFiles final : public Files {
public:
    explicit MemoryFiles(std::map<std::string, std::string> files) : files_{std::move(files)} {}

    [[nodiscard]] Result<std::string> read(const std::filesystem::path& path) const override;
    [[nodiscard]] std::vector<std::string> list(const std::filesystem::path& folder) const override;
    [[nodiscard]] std::vector<std::string> names(const std::filesystem::path& folder) const override;
    [[nodiscard]] bool is_folder(const std::filesystem::path& path) const override;

private:
    std::map<std::string, std::string> files_;
};

// The file's text, or why there is none and which file may be meant: "there is no such file; did you mean
// models/lisbon?"
Result<std::string> read_or_why_not(const Files& files, const std::filesystem::path& path);

struct ReadOptions {
    Date today{};  // for the default of first_day (the Monday after it)
};

template <class T>
struct Read {
    std::optional<T> value;       // absent when there is any mistake
    std::vector<Remark> remarks;  // in order of file and place; mistakes, warnings and notes
};

// A file, or a folder with model.yaml.
Read<Model> read_model(const std::filesystem::path& path, const Files& files, const ReadOptions& options);

// The model with the scenario's changes made, checked again as a whole; a mistake names the scenario's line.
// The new model's key is the base model's; `Scenario::key` is the scenario file's name without ".yaml".
struct Scenario {
    std::string key;
    LocalText about;
    Model model;
};

Read<Scenario> read_scenario(const std::filesystem::path& model_path,
                             const std::filesystem::path& scenario_path,
                             const Files& files,
                             const ReadOptions& options);

// The changes of several scenarios, one after the other in that order, as one: "a+b", with what each says
// about itself. At least one.
Read<Scenario> read_scenarios_together(const std::filesystem::path& model_path,
                                       const std::vector<std::filesystem::path>& scenario_paths,
                                       const Files& files,
                                       const ReadOptions& options);

// Every situations/<name>.yaml beside a model, checked against it, in order of name.
Read<std::vector<Situation>> read_situations(const std::filesystem::path& model_path,
                                             const Model& model,
                                             const Files& files);

}  // namespace balcao::model
