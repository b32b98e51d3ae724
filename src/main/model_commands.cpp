// check, diff and schema: the model as text.
#include <fmt/format.h>

#include "main/commands.hpp"
#include "main/console.hpp"
#include "model/print.hpp"

namespace balcao::cli {

namespace {

// "1 site", "3 sites", "2 demand entries".
std::string counted(std::size_t count, std::string_view what) {
    if (count == 1) return fmt::format("1 {}", what);
    if (what.ends_with('y')) return fmt::format("{} {}ies", count, what.substr(0, what.size() - 1));
    return fmt::format("{} {}s", count, what);
}

}  // namespace

int check(const Check& command) {
    const auto model = read_model(command.model);
    if (!model) return wrong_input;
    const model::DiskFiles files;
    const std::filesystem::path beside = files.is_folder(command.model)
                                             ? std::filesystem::path{command.model}
                                             : std::filesystem::path{command.model}.parent_path();
    const auto scenarios = files.list(beside / "scenarios");
    bool is_right = true;
    for (const auto& name : scenarios)
        is_right = read_scenario(command.model, {(beside / "scenarios" / name).string()}) && is_right;
    const auto situations = model::read_situations(command.model, *model, files);
    tell(situations.remarks);
    if (!is_right || !situations.value) return wrong_input;
    if (command.prints) {
        fmt::print("{}", model::print_canonical(*model));
        return done;
    }
    fmt::print("{}: {}, {}, {}, {}, {}; no mistake.\n", model->key,
               counted(model->services.size(), "service"), counted(model->sites.size(), "site"),
               counted(model->demand.size(), "demand entry"), counted(scenarios.size(), "scenario"),
               counted(situations.value->size(), "situation"));
    return done;
}

int diff(const Diff& command) {
    const auto from = read_model(command.from);
    const auto to = read_model(command.to);
    if (!from || !to) return wrong_input;
    const auto sentences = model::differences(*from, *to);
    for (const auto& sentence : sentences)
        fmt::print("{}\n", sentence);
    if (sentences.empty()) fmt::print("The two models say the same.\n");
    return done;
}

int schema() {
    fmt::print("{}\n", model::json_schema());
    return done;
}

}  // namespace balcao::cli
