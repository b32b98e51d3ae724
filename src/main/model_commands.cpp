// check, diff and schema: the model as text.
#include <fmt/format.h>

#include "main/commands.hpp"
#include "main/console.hpp"
#include "model/print.hpp"

namespace balcao::cli {

int check(const Check& command) {
    const auto model = read_model(command.model);
    if (!model) return wrong_input;
    const std::string scenarios = command.model + "/scenarios";
    const model::DiskFiles files;
    bool is_right = true;
    for (const auto& name : files.list(scenarios))
        is_right = read_scenario(command.model, scenarios + "/" + name).has_value() && is_right;
    const auto situations = model::read_situations(command.model, *model, files);
    tell(situations.remarks);
    if (!is_right || !situations.value) return wrong_input;
    if (command.prints) {
        fmt::print("{}", model::print_canonical(*model));
        return done;
    }
    fmt::print("{}: {} services, {} sites, {} demand entries, {} situations; no mistake.\n", model->key,
               model->services.size(), model->sites.size(), model->demand.size(), situations.value->size());
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
